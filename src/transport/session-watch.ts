import { setImmediate as nextTurn } from 'node:timers/promises';
import { printable } from '../core/printable.ts';
import type { SessionEvent, TranscriptEnd } from '../evidence/session-transcript.ts';
import type { ConnectError } from './connect-error.ts';
import type { HandshakeFacts } from './handshake-facts.ts';
import type { LineTap } from './router-line.ts';
import { bytesOf, type Sendable } from './send.ts';

/** Tells what passes in a session, as plain values in order: for a transcript. It changes nothing and sends nothing. */
export class SessionWatch implements LineTap {
  readonly #tell: (event: SessionEvent) => void;
  readonly #now: () => number;
  #startedAt: number;
  #start = performance.now();
  #opened = false;
  #ended = false;
  #lost: string | null = null;

  /** `now`: milliseconds since 1970, for the start; what follows is measured from there on a clock that never jumps. */
  constructor(tell: (event: SessionEvent) => void, now: () => number) {
    this.#tell = tell;
    this.#now = now;
    this.#startedAt = now();
  }

  /** The shell is there: `t` counts from here. */
  opened({ identification, algorithms }: HandshakeFacts): void {
    this.#opened = true;
    this.#startedAt = this.#now();
    this.#start = performance.now();
    this.#tell({ kind: 'opened', started: this.#started(), identification, algorithms });
  }

  received(bytes: Uint8Array): void {
    if (bytes.length === 0 || this.#ended) return;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    this.#tell({ kind: 'passed', event: { t: this.#t(), from: 'router', bytes: text } });
  }

  sent(sendable: Sendable): void {
    if (this.#ended) return;
    const t = this.#t();
    const event =
      sendable.kind === 'enable-secret'
        ? ({ t, from: 'us', secret: 'enable' } as const)
        : ({ t, from: 'us', bytes: bytesOf(sendable) } as const);
    this.#tell({ kind: 'passed', event });
  }

  closed(reason: string): void {
    this.#lost ??= reason;
  }

  /** Call before our side is closed: what comes after counts for nothing. A second call says nothing more. */
  async ended(error: ConnectError | null): Promise<void> {
    if (this.#ended) return;
    // The end of the channel is told one turn after it came.
    await nextTurn();
    this.#ended = true;
    const by: TranscriptEnd['end'] = !this.#opened
      ? 'not-opened'
      : this.#lost === null
        ? 'closed-by-us'
        : 'closed-by-router';
    const reason = this.#lost ?? (error === null ? '' : printable(error.message));
    this.#tell({
      kind: 'ended',
      started: this.#started(),
      end: { t: this.#t(), end: by, reason, error: error?.name ?? null },
    });
  }

  #t(): number {
    return Math.max(0, Math.round(performance.now() - this.#start));
  }

  #started(): string {
    return new Date(this.#startedAt).toISOString();
  }
}
