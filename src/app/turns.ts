import PQueue from 'p-queue';

/** Gives a turn back; calling it again does nothing. */
export type EndTurn = () => void;

/** Whose turn it is: at most `concurrency` routers at a time, and one session at a time with any address. */
export class Turns {
  readonly #queue: PQueue;
  readonly #lastAt = new Map<string, Promise<void>>();

  constructor(concurrency: number) {
    this.#queue = new PQueue({ concurrency });
  }

  /**
   * Waits for a turn. The address comes first, so that a router whose address is in use holds no place. `again` is for one that
   * gave its turn back to wait: its time is running, so it goes before those that have not begun.
   */
  async take(address: string, again = false): Promise<EndTurn> {
    const leave = await this.#enter(address);
    const free = await this.#place(again);
    return () => {
      free();
      leave();
    };
  }

  async #enter(address: string): Promise<() => void> {
    const before = this.#lastAt.get(address);
    const { promise, resolve } = signalled();
    this.#lastAt.set(address, promise);
    await before;
    return resolve;
  }

  #place(again: boolean): Promise<() => void> {
    return new Promise((taken) => {
      const hold = (): Promise<void> => new Promise((free) => taken(free));
      void this.#queue.add(hold, { priority: again ? 1 : 0 });
    });
  }
}

function signalled(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
