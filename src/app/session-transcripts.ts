import { redact, withoutValues } from '../evidence/redact.ts';
import { redactSession } from '../evidence/redact-session.ts';
import type { SessionEvent, SessionTranscript, TranscriptEvent } from '../evidence/session-transcript.ts';
import { saveTranscript } from '../evidence/transcript-folder.ts';
import { packageVersion } from './package-root.ts';

/** The most that is kept of one session; what comes later is left out and the transcript says so. */
export interface TranscriptSize {
  readonly bytes: number;
  readonly events: number;
}

const USUAL_SIZE: TranscriptSize = { bytes: 32 * 1024 * 1024, events: 500_000 };

/**
 * Writes a transcript of every session into a folder, redacted, when the session ends. A router's further sessions of
 * the same run (after a lost connection) get a number. Nothing in here ever throws into a session.
 */
export class SessionTranscripts {
  readonly #folder: string;
  readonly #secrets: readonly string[];
  readonly #size: TranscriptSize;
  readonly #open = new Map<string, OpenTranscript>();
  readonly #sessions = new Map<string, number>();
  readonly #faults: string[] = [];
  #saving: Promise<void> = Promise.resolve();

  /** `secrets` are the values known to be secret; they may be added to while sessions run. */
  constructor(folder: string, secrets: readonly string[], size: TranscriptSize = USUAL_SIZE) {
    this.#folder = folder;
    this.#secrets = secrets;
    this.#size = size;
  }

  /** Takes what a session of this router tells. */
  add(router: string, event: SessionEvent): void {
    const before = this.#open.get(router);
    // Its thread died and could not say the end.
    if (before?.isOpen && event.kind === 'opened') this.#save(router, before);
    const session = this.#open.get(router) ?? new OpenTranscript(this.#size);
    this.#open.set(router, session);
    session.add(event);
    if (event.kind === 'ended') this.#save(router, session);
  }

  /** Resolves when all is written, sessions that never ended too; one sentence for each that could not be saved. */
  async finish(): Promise<readonly string[]> {
    for (const [router, session] of this.#open) this.#save(router, session);
    await this.#saving;
    return this.#faults;
  }

  #save(router: string, session: OpenTranscript): void {
    this.#open.delete(router);
    const number = (this.#sessions.get(router) ?? 0) + 1;
    this.#sessions.set(router, number);
    this.#saving = this.#saving.then(async () => {
      try {
        await saveTranscript(this.#folder, session.whole(router, this.#secrets), number);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        this.#faults.push(`the session transcript of ${router} could not be saved: ${why}`);
      }
    });
  }
}

/** One session as far as it has come, not redacted yet: it stays in memory. */
class OpenTranscript {
  readonly #size: TranscriptSize;
  readonly #events: TranscriptEvent[] = [];
  #opened: Extract<SessionEvent, { kind: 'opened' }> | null = null;
  #ended: Extract<SessionEvent, { kind: 'ended' }> | null = null;
  #bytes = 0;
  #isFull = false;

  constructor(size: TranscriptSize) {
    this.#size = size;
  }

  get isOpen(): boolean {
    return this.#opened !== null;
  }

  add(event: SessionEvent): void {
    if (event.kind === 'opened') this.#opened = event;
    else if (event.kind === 'ended') this.#ended = event;
    else this.#addPassed(event.event);
  }

  #addPassed(event: TranscriptEvent): void {
    const bytes = this.#bytes + ('bytes' in event ? event.bytes.length : 0);
    this.#isFull ||= bytes > this.#size.bytes || this.#events.length >= this.#size.events;
    if (this.#isFull) return;
    this.#bytes = bytes;
    this.#events.push(event);
  }

  /** Redacted. */
  whole(router: string, secrets: readonly string[]): SessionTranscript {
    const { events, count } = redactSession(this.#events, secrets);
    const clean = (text: string): string => withoutValues(redact(text).text, secrets);
    const { identification = '', algorithms = [] } = this.#opened ?? {};
    const t = this.#events.at(-1)?.t ?? 0;
    const cutOff = (reason: string) => ({ t, end: 'cut-off', reason, error: null }) as const;
    const ended = this.#ended?.end ?? cutOff('the program was stopped before the session had ended');
    const end = this.#isFull ? cutOff(`the session went on; a transcript holds ${this.#limit()}`) : ended;
    return {
      header: {
        router,
        identification: clean(identification),
        algorithms,
        started: (this.#opened ?? this.#ended)?.started ?? new Date(0).toISOString(),
        tool: packageVersion(),
        redactions: count,
      },
      events,
      end: { ...end, reason: clean(end.reason) },
    };
  }

  #limit(): string {
    return `at most ${this.#size.bytes} bytes in ${this.#size.events} pieces`;
  }
}
