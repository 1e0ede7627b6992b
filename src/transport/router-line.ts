import { Incoming } from './incoming.ts';
import { OwnQuiet } from './own-quiet.ts';
import { type Channel, type Sendable, send } from './send.ts';

/** Why waiting ended without what was waited for. After any of these the line is not usable any more. */
export interface Stopped {
  readonly kind: 'stopped';
  readonly why: 'closed' | 'silent' | 'too-long' | 'too-much' | 'session-too-much' | 'interrupted';
  /** For a person, e.g. `nothing for 30 s`. */
  readonly text: string;
}

export interface WaitLimits {
  readonly idleMs: number;
  readonly totalMs: number;
  readonly bytes: number;
  /** True when log lines are what is waited for: then they, too, end a silence. */
  readonly logsCount?: boolean;
}

/** So long must it be quiet before what has come is looked at. Not a proof of anything: see CommandWait. */
const QUIET_MS = 40;
/** Between two looks while log lines keep coming. */
const LOOK_EVERY_MS = 20;

/** Sees everything that passes on a line, in order; it cannot send. */
export interface LineTap {
  received(bytes: Uint8Array): void;
  sent(sendable: Sendable): void;
  closed(reason: string): void;
}

export interface LineOptions {
  readonly signal: AbortSignal | null;
  /** Most bytes of the whole session. */
  readonly sessionBytes: number;
  readonly tap?: LineTap | null;
}

/** One shell channel: what came since the last command, and waiting for it to make sense. */
export class RouterLine {
  readonly incoming = new Incoming();
  readonly #channel: Channel;
  readonly #signal: AbortSignal | null;
  readonly #tap: LineTap | null;
  readonly #sessionBytes: number;
  readonly #quiet = new OwnQuiet(performance.now());
  #closed: string | null = null;
  #came = 0;
  #last = '';
  #onChange: () => void = () => {};

  constructor(channel: Channel, options: LineOptions) {
    const { tap = null } = options;
    this.#channel = channel;
    this.#signal = options.signal;
    this.#tap = tap;
    this.#sessionBytes = options.sessionBytes;
    channel.onData((bytes) => {
      tap?.received(bytes);
      const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
      this.#came += piece.length;
      this.#last = piece.at(-1) ?? this.#last;
      this.incoming.append(piece);
      this.#quiet.came(piece, performance.now());
      this.#onChange();
    });
    channel.onClose((reason) => {
      tap?.closed(reason);
      this.#closed ??= reason;
      this.#onChange();
    });
  }

  /** Null while the channel is open. */
  get closed(): string | null {
    return this.#closed;
  }

  send(sendable: Sendable): void {
    this.#quiet.restart(performance.now());
    if (this.#closed !== null) return;
    this.#tap?.sent(sendable);
    send(this.#channel, sendable);
  }

  /**
   * Calls `look` whenever the line is quiet, until it returns something; also between log lines that keep coming. `quietMs` is
   * how long nothing came but log lines. Looking happens after pending input was read, so that a busy process does not take its
   * own delay for silence. `early` is called without any silence, when what came last may be the mark of a prompt.
   */
  waitFor<T>(
    look: (quietMs: number) => T | null,
    limits: WaitLimits,
    early: (() => T | null) | null = null,
  ): Promise<T | Stopped> {
    return new Promise((resolve) => {
      const started = performance.now();
      let lookedAt = started;
      const settle = (value: T | Stopped): void => {
        clearTimeout(timer);
        this.#onChange = () => {};
        this.#signal?.removeEventListener('abort', onAbort);
        resolve(value);
      };
      const onAbort = (): void => settle(stopped('interrupted', 'interrupted'));
      const lookNow = (): void => {
        lookedAt = performance.now();
        const end = look(this.#quiet.ms(lookedAt)) ?? this.#stop(started, limits);
        if (end !== null) settle(end);
      };
      const onQuiet = (): void => {
        if (this.#onChange !== onChange) return;
        if (this.#quiet.rawMs(performance.now()) >= QUIET_MS * 0.9) lookNow();
        if (this.#onChange === onChange) timer.refresh();
      };
      const onLog = (): void => {
        if (this.#onChange === onChange && this.#mayLookBehindLog(lookedAt)) lookNow();
      };
      const onEarly = (): void => {
        const end = this.#onChange === onChange && this.#endsLikePrompt ? early?.() : null;
        if (end !== null && end !== undefined) settle(end);
      };
      const timer = setTimeout(() => setImmediate(onQuiet), QUIET_MS);
      const onChange = (): void => {
        const stop = this.#stop(started, limits);
        if (stop !== null) settle(stop);
        else timer.refresh();
        if (stop === null && this.#mayLookBehindLog(lookedAt)) setImmediate(onLog);
        if (stop === null && early !== null && this.#endsLikePrompt) setImmediate(onEarly);
      };
      this.#onChange = onChange;
      this.#signal?.addEventListener('abort', onAbort, { once: true });
      if (this.#signal?.aborted) onAbort();
      else if (this.#closed !== null) onChange();
    });
  }

  /** A cheap look before a closer one: `R1#`, `R1>`, or a BEL behind it. */
  get #endsLikePrompt(): boolean {
    return this.#last === '#' || this.#last === '>' || this.#last === '\x07';
  }

  #mayLookBehindLog(lookedAt: number): boolean {
    const now = performance.now();
    return this.#quiet.isAfterLog && this.#quiet.ms(now) >= QUIET_MS && now - lookedAt >= LOOK_EVERY_MS;
  }

  #stop(started: number, limits: WaitLimits): Stopped | null {
    if (this.#closed !== null) return stopped('closed', this.#closed);
    if (this.incoming.length > limits.bytes) return stopped('too-much', `cut at ${limits.bytes} bytes`);
    if (this.#came > this.#sessionBytes)
      return stopped('session-too-much', `the session had brought ${this.#sessionBytes} bytes`);
    const now = performance.now();
    if ((limits.logsCount ? this.#quiet.rawMs(now) : this.#quiet.ms(now)) >= limits.idleMs)
      return stopped('silent', `nothing for ${seconds(limits.idleMs)}`);
    if (now - started >= limits.totalMs)
      return stopped('too-long', `not finished in ${seconds(limits.totalMs)}`);
    return null;
  }
}

function stopped(why: Stopped['why'], text: string): Stopped {
  return { kind: 'stopped', why, text };
}

export function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
