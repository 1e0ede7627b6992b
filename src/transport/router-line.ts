import { Incoming } from './incoming.ts';
import { type Channel, type Sendable, send } from './send.ts';

/** Why waiting ended without what was waited for. After any of these the line is not usable any more. */
export interface Stopped {
  readonly kind: 'stopped';
  readonly why: 'closed' | 'silent' | 'too-long' | 'too-much' | 'interrupted';
  /** For a person, e.g. `nothing for 30 s`. */
  readonly text: string;
}

export interface WaitLimits {
  readonly idleMs: number;
  readonly totalMs: number;
  readonly bytes: number;
}

/** So long must it be quiet before what has come is looked at. Not a proof of anything: see CommandWait. */
const QUIET_MS = 40;

/** Sees everything that passes on a line, in order; it cannot send. */
export interface LineTap {
  received(bytes: Uint8Array): void;
  sent(sendable: Sendable): void;
  closed(reason: string): void;
}

/** One shell channel: what came since the last command, and waiting for it to make sense. */
export class RouterLine {
  readonly incoming = new Incoming();
  readonly #channel: Channel;
  readonly #signal: AbortSignal | null;
  readonly #tap: LineTap | null;
  #closed: string | null = null;
  #lastChange = performance.now();
  #onChange: () => void = () => {};

  constructor(channel: Channel, signal: AbortSignal | null, tap: LineTap | null = null) {
    this.#channel = channel;
    this.#signal = signal;
    this.#tap = tap;
    channel.onData((bytes) => {
      tap?.received(bytes);
      this.incoming.append(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
      this.#lastChange = performance.now();
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
    this.#lastChange = performance.now();
    if (this.#closed !== null) return;
    this.#tap?.sent(sendable);
    send(this.#channel, sendable);
  }

  /**
   * Calls `look` whenever the line is quiet, until it returns something. `quietMs` is how long nothing came.
   * Looking happens after pending input was read, so that a busy process does not take its own delay for silence.
   */
  waitFor<T>(look: (quietMs: number) => T | null, limits: WaitLimits): Promise<T | Stopped> {
    return new Promise((resolve) => {
      const started = performance.now();
      const settle = (value: T | Stopped): void => {
        clearTimeout(timer);
        this.#onChange = () => {};
        this.#signal?.removeEventListener('abort', onAbort);
        resolve(value);
      };
      const onAbort = (): void => settle(stopped('interrupted', 'interrupted'));
      const onQuiet = (): void => {
        if (this.#onChange !== onChange) return;
        const quietMs = performance.now() - this.#lastChange;
        const found = quietMs < QUIET_MS * 0.9 ? null : look(quietMs);
        const stop = found ?? this.#stop(started, performance.now() - this.#lastChange, limits);
        if (stop !== null) settle(stop);
        else timer.refresh();
      };
      const timer = setTimeout(() => setImmediate(onQuiet), QUIET_MS);
      const onChange = (): void => {
        const stop = this.#stop(started, 0, limits);
        if (stop !== null) settle(stop);
        else timer.refresh();
      };
      this.#onChange = onChange;
      this.#signal?.addEventListener('abort', onAbort, { once: true });
      if (this.#signal?.aborted) onAbort();
      else if (this.#closed !== null) onChange();
    });
  }

  #stop(started: number, quietMs: number, limits: WaitLimits): Stopped | null {
    if (this.#closed !== null) return stopped('closed', this.#closed);
    if (this.incoming.length > limits.bytes) return stopped('too-much', `cut at ${limits.bytes} bytes`);
    if (quietMs >= limits.idleMs) return stopped('silent', `nothing for ${seconds(limits.idleMs)}`);
    if (performance.now() - started >= limits.totalMs)
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
