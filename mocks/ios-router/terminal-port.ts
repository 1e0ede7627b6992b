import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { ServerChannel } from 'ssh2';

/** Thrown inside a session when its connection is over; ends the session quietly. */
export class SessionEnded extends Error {
  constructor() {
    super('the session has ended');
    this.name = 'SessionEnded';
  }
}

/** How a port writes: bytes a second (0: no limit), the size of one write (0: whole), and which bytes a text is. */
export interface Pace {
  readonly rate: number;
  readonly chunk: number;
  readonly encoding: 'utf8' | 'latin1';
}

const SHORTEST_PAUSE = 0.005;

/**
 * Both directions of one channel: characters typed by the client, and paced output. Everything that waits throws
 * SessionEnded when the connection ends.
 */
export class TerminalPort {
  readonly #channel: ServerChannel;
  readonly #pace: Pace;
  readonly #signal: AbortSignal;
  readonly #cut: () => void;
  #typed = '';
  #taken = 0;
  /** Seconds that the line is behind. */
  #owed = 0;
  #wake: (() => void) | null = null;
  #drained: (() => void) | null = null;
  #ended = false;

  /** `cut` ends the TCP connection with nothing said on the channel; `signal` fires when the connection is over. */
  constructor(channel: ServerChannel, pace: Pace, signal: AbortSignal, cut: () => void) {
    this.#channel = channel;
    this.#pace = pace;
    this.#signal = signal;
    this.#cut = cut;
    channel.on('data', (bytes: Buffer) => {
      this.#typed = this.#typed.slice(this.#taken) + bytes.toString('latin1');
      this.#taken = 0;
      this.#wakeUp();
    });
    channel.on('drain', () => this.#drained?.());
    channel.on('error', () => this.#end());
    channel.once('close', () => this.#end());
    channel.once('end', () => this.#wakeUp());
    signal.addEventListener('abort', () => this.#end(), { once: true });
  }

  /** The next character the client typed; null when nothing came for `idleSeconds` (0: waits for ever). */
  async next(idleSeconds = 0): Promise<string | null> {
    const until = idleSeconds > 0 ? Date.now() + idleSeconds * 1000 : Number.POSITIVE_INFINITY;
    for (;;) {
      if (this.#taken < this.#typed.length) return this.#typed.charAt(this.#taken++);
      if (this.#ended || this.#channel.readableEnded) throw new SessionEnded();
      if (Date.now() >= until) return null;
      await this.#waitForInput(until);
    }
  }

  /** Sends text at the port's pace; resolves when the channel took it. */
  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text, this.#pace.encoding);
    const step =
      this.#pace.chunk || (this.#pace.rate > 0 ? Math.max(1, Math.floor(this.#pace.rate / 20)) : 65_536);
    for (let at = 0; at < bytes.length; at += step) {
      const piece = bytes.subarray(at, at + step);
      await this.#send(piece);
      if (this.#pace.rate > 0) await this.#payFor(piece.length);
      else if (this.#pace.chunk > 0) await nextTurn();
    }
  }

  /** Sends a short text so that nothing else gets between its pieces: a message goes into the line's queue as one. */
  writeUnbroken(text: string): void {
    if (this.#ended) return;
    const bytes = Buffer.from(text, this.#pace.encoding);
    const step = this.#pace.chunk || bytes.length;
    for (let at = 0; at < bytes.length; at += step) this.#channel.write(bytes.subarray(at, at + step));
  }

  async sleep(seconds: number): Promise<void> {
    if (this.#ended) throw new SessionEnded();
    await sleep(seconds * 1000, undefined, { signal: this.#signal }).catch(() => {
      throw new SessionEnded();
    });
  }

  /** Says nothing any more until the client gives up. */
  async stall(): Promise<never> {
    while (!this.#ended) await this.sleep(3_600);
    throw new SessionEnded();
  }

  /** Cuts the connection as a router does that dies: no end of the channel, no exit status. */
  drop(): never {
    this.#cut();
    throw new SessionEnded();
  }

  /** Waits for the time the line needs for so many bytes; an echo of one byte alone is not worth a timer. */
  async #payFor(bytes: number): Promise<void> {
    this.#owed += bytes / this.#pace.rate;
    if (this.#owed < SHORTEST_PAUSE) return;
    const seconds = this.#owed;
    this.#owed = 0;
    await this.sleep(seconds);
  }

  async #send(piece: Buffer): Promise<void> {
    if (this.#ended) throw new SessionEnded();
    if (this.#channel.write(piece)) return;
    await new Promise<void>((resolve) => {
      this.#drained = resolve;
    });
  }

  #waitForInput(until: number): Promise<void> {
    return new Promise((resolve) => {
      const left = until - Date.now();
      const timer = Number.isFinite(left) ? setTimeout(resolve, Math.max(1, left)) : null;
      this.#wake = () => {
        if (timer !== null) clearTimeout(timer);
        resolve();
      };
    });
  }

  #end(): void {
    this.#ended = true;
    this.#drained?.();
    this.#wakeUp();
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }
}
