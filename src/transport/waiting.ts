import type { ConnectError, Phase } from './connect-error.ts';

export interface WaitingOwner {
  /** Something else than the awaited thing ended the wait. */
  onClock(phase: Phase, ms: number): void;
  onAbort(): void;
}

/**
 * One wait at a time on a connection: ends by success, by an error, by the clock of the phase it is in, or by an abort.
 * What comes after the end changes nothing.
 */
export class Waiting {
  readonly #owner: WaitingOwner;
  readonly #signal: AbortSignal | null;
  #phase: Phase;
  #timer: NodeJS.Timeout | undefined;
  #settle: ((error: ConnectError | null) => void) | null = null;

  constructor(phase: Phase, signal: AbortSignal | null, owner: WaitingOwner) {
    this.#phase = phase;
    this.#signal = signal;
    this.#owner = owner;
  }

  /** The phase of the wait that goes on, or of the last one. */
  get phase(): Phase {
    return this.#phase;
  }

  get isOn(): boolean {
    return this.#settle !== null;
  }

  /** Starts a wait; null when it succeeded. */
  run(start: () => void): Promise<ConnectError | null> {
    return new Promise((resolve) => {
      const onAbort = (): void => this.#owner.onAbort();
      this.#settle = (error) => {
        this.#settle = null;
        clearTimeout(this.#timer);
        this.#timer = undefined;
        this.#signal?.removeEventListener('abort', onAbort);
        resolve(error);
      };
      this.#signal?.addEventListener('abort', onAbort, { once: true });
      if (this.#signal?.aborted) onAbort();
      else start();
    });
  }

  /** A phase begins, with a clock of its own. */
  enter(phase: Phase, ms: number): void {
    this.#phase = phase;
    clearTimeout(this.#timer);
    // What ssh2 asks for after the end must not start a clock that nobody stops: it would hold the program for a minute.
    if (this.#settle === null) return;
    // Looked at again after pending input was read: this process may have been the slow one.
    const timer = setTimeout(() => {
      setImmediate(() => {
        if (this.#timer === timer) this.#owner.onClock(phase, ms);
      });
    }, ms);
    this.#timer = timer;
  }

  /** Ends the wait; null: with success. False when it had ended before. */
  end(error: ConnectError | null): boolean {
    if (this.#settle === null) return false;
    this.#settle(error);
    return true;
  }
}
