import type { Collected } from '../evidence/collected.ts';
import type { Collector } from '../evidence/collector.ts';
import { mustShowCommand, type ShowCommand } from '../evidence/show-command.ts';
import { showVersion } from '../parsers/show-version/parse.ts';
import type { ConnectError } from '../transport/connect-error.ts';

/** A session as far as reconnecting needs it. */
export interface Session extends Collector {
  readonly facts: { readonly hostname: string; readonly remarks: readonly string[] };
}

export interface Reconnect {
  /** Opens another session with the same router. */
  readonly open: () => Promise<
    { readonly ok: true; readonly collector: Session } | { readonly ok: false; readonly error: ConnectError }
  >;
  /** Waits until a later try is due, and says how long that was (`30 s`); null when there is no later try. */
  readonly pause: (why: string) => Promise<string | null>;
  /** Ends the run or this router: then nothing is tried again. */
  readonly signal: AbortSignal;
  readonly now: () => number;
}

type CutShort = Extract<Collected, { kind: 'cut-short' }>;

/** Asked once more after a loss; `session-plan.ts` names it. */
const VERSION = mustShowCommand('show version');

/**
 * A collector that goes on after a lost connection: once in its life it connects again, runs the cut command once more and then
 * the rest. A connection that broke is opened again at once; a router that fell silent, or closed the idle line, gets its pause.
 */
export class ReconnectingCollector implements Collector {
  readonly #reconnect: Reconnect;
  readonly #startedAt: number;
  readonly #samples = new Map<string, number>();
  readonly #remarks: string[];
  #session: Session;
  #recovery: Promise<Collected> | null = null;

  constructor(session: Session, reconnect: Reconnect) {
    this.#session = session;
    this.#reconnect = reconnect;
    this.#startedAt = reconnect.now();
    this.#remarks = [...session.facts.remarks];
  }

  /** What the sessions noticed so far, and what was tried again. */
  get remarks(): readonly string[] {
    return [...new Set(this.#remarks)];
  }

  async collect(command: ShowCommand): Promise<Collected> {
    const sample = (this.#samples.get(command) ?? 0) + 1;
    this.#samples.set(command, sample);
    const session = this.#session;
    const first = await session.collect(command);
    if (first.kind !== 'cut-short') return { ...first, sample };
    // After any cut the session is out of step; only the first one of a router is worth another connection.
    if (this.#recovery === null) {
      this.#recovery = this.#again(command, first);
      return { ...(await this.#recovery), sample };
    }
    await this.#recovery;
    if (this.#session === session) return { ...first, sample };
    // It had been handed to the session that was lost.
    return { ...better(first, await this.#session.collect(command)), sample };
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  async #again(command: ShowCommand, first: CutShort): Promise<Collected> {
    const when = nextTry(first);
    if (when === null || this.#reconnect.signal.aborted) return first;
    const what = lossOf(first);
    await this.#session.close();
    const waited = when === 'at-once' ? '' : await this.#reconnect.pause(what);
    if (waited === null) return first;
    const opened = await this.#reconnect.open();
    const later = waited === '' ? '' : ` ${waited} later`;
    if (!opened.ok) {
      this.#remarks.push(
        `${what}; connecting again${later} failed: ${opened.error.name.replaceAll('-', ' ')}`,
      );
      return first;
    }
    const before = this.#session.facts.hostname;
    this.#session = opened.collector;
    this.#remarks.push(...opened.collector.facts.remarks);
    const second = await this.#session.collect(command);
    const result = second.kind === 'cut-short' ? `, but it was cut short again: ${second.reason}` : '';
    this.#remarks.push(`${what}; connected again${later}, the command was run once more${result}`);
    await this.#noteRestart(before, second);
    return better(first, second);
  }

  /** Outputs of before and after a restart do not belong together; the reader must know. */
  async #noteRestart(before: string, second: Collected): Promise<void> {
    const { hostname } = this.#session.facts;
    if (hostname !== before) {
      this.#remarks.push(
        `restarted or switched over during collection: ${before} answered before the connection was lost, ${hostname} after it`,
      );
      return;
    }
    if (second.kind === 'cut-short') return;
    const version = second.command === VERSION ? second : await this.#session.collect(VERSION);
    const elapsed = (this.#reconnect.now() - this.#startedAt) / 1000;
    const uptime = version.kind === 'answered' ? showVersion.parse(version.text).facts.uptime : null;
    if (uptime !== null && uptime.seconds + uptime.resolution <= elapsed)
      this.#remarks.push(
        `restarted during collection: its uptime is ${uptime.text}, but it was first asked ${Math.round(elapsed)} s ago`,
      );
  }
}

/** When another connection is worth it; null: the same would come again, or somebody ended it. */
function nextTry(cut: CutShort): 'at-once' | 'later' | null {
  switch (cut.error) {
    case 'connection-lost':
      return 'at-once';
    case 'command-silent':
    case 'not-run':
      return 'later';
    default:
      return null;
  }
}

function lossOf({ command, error, text }: CutShort): string {
  // The first cut of a session that is no cut of a command: the line was closed between two.
  if (error === 'not-run') return `connection lost before \`${command}\``;
  const what = error === 'command-silent' ? 'no further answer' : 'connection lost';
  return `${what} in \`${command}\` after ${Buffer.byteLength(text)} bytes`;
}

/** A whole output, or the longer of two beginnings. */
function better(first: CutShort, second: Collected): Collected {
  return second.kind === 'cut-short' && second.text.length <= first.text.length ? first : second;
}
