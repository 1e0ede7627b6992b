/** Places for threads: a thread costs some 20 MB, and all of them share the processors for their prime numbers. */
export class ThreadPlaces {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(places: number) {
    this.#free = places;
  }

  /** Waits for a place; the function that is returned gives it back, once. Null: the signal came first. */
  async take(signal: AbortSignal | null): Promise<(() => void) | null> {
    while (this.#free === 0 && !signal?.aborted) await this.#nextChange(signal);
    if (signal?.aborted) {
      // We may have been woken for a place: the next one gets it.
      if (this.#free > 0) this.#wake();
      return null;
    }
    this.#free -= 1;
    let isMine = true;
    return () => {
      if (isMine) this.#free += 1;
      isMine = false;
      this.#wake();
    };
  }

  #wake(): void {
    const [first] = this.#waiting;
    first?.();
  }

  #nextChange(signal: AbortSignal | null): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        this.#waiting.delete(go);
        signal?.removeEventListener('abort', go);
        resolve();
      };
      signal?.addEventListener('abort', go, { once: true });
      this.#waiting.add(go);
    });
  }
}
