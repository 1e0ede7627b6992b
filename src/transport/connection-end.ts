import type { Duplex } from 'node:stream';

/** How a connection ends: lost, with a reason for those who use it, or closed by us. */
export class ConnectionEnd {
  readonly #stream: Duplex;
  #isStreamClosed = false;
  #because: string | null = null;
  readonly #whenLost: (() => void)[] = [];

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.once('close', () => {
      this.#isStreamClosed = true;
    });
  }

  /** Null while the connection stands; then why it ended. */
  get because(): string | null {
    return this.#because;
  }

  /** The first reason counts. `tellNow` false: those who use it are told later, when the stream has ended too. */
  lost(because: string, tellNow = true): void {
    this.#because ??= because;
    if (tellNow) for (const tell of this.#whenLost.splice(0)) tell();
  }

  /** Calls the listener once, when the connection has ended, with the reason for a person. */
  tellWhenLost(listener: (reason: string) => void): void {
    // The channel's last bytes may still be on their way to its listeners.
    const tell = (): void => void setImmediate(() => listener(this.#because ?? 'closed'));
    if (this.#because !== null) tell();
    else this.#whenLost.push(tell);
  }

  /** Resolves when the connection is lost, or after `graceMs`. */
  async waitFor(graceMs: number): Promise<void> {
    if (this.#because !== null) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      this.#whenLost.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Resolves when `sayGoodbye` has led to a closed stream; after `graceMs` the stream is cut. */
  async close(graceMs: number, sayGoodbye: () => void): Promise<void> {
    if (this.#isStreamClosed) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.#stream.destroy();
        resolve();
      }, graceMs);
      this.#stream.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      sayGoodbye();
    });
  }
}
