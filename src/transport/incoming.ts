/**
 * The bytes of one command as they come, one character a byte. Pieces are kept apart and joined only when asked for,
 * so that ten megabytes in one-byte packets stay linear.
 */
export class Incoming {
  #pieces: string[] = [];
  #length = 0;
  #head = '';
  #readTo = 0;

  get length(): number {
    return this.#length;
  }

  append(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#head.length < HEAD_BYTES) this.#head += piece.slice(0, HEAD_BYTES - this.#head.length);
  }

  clear(): void {
    this.#pieces = [];
    this.#length = 0;
    this.#head = '';
    this.#readTo = 0;
  }

  /** Marks all that has come as read. */
  read(): void {
    this.#readTo = this.#length;
  }

  /** What came since `read`. */
  unread(): string {
    return this.from(this.#readTo);
  }

  /** The first bytes, enough to find the echo in. */
  head(): string {
    return this.#head;
  }

  /** The last `count` bytes or a few more. */
  tail(count: number): string {
    return this.from(Math.max(0, this.#length - count));
  }

  /** All bytes from an offset on; costs what it returns, not what is stored. */
  from(offset: number): string {
    let start = this.#length;
    let first = this.#pieces.length;
    while (first > 0 && start > offset) start -= this.#pieces[--first]?.length ?? 0;
    return this.#pieces
      .slice(first)
      .join('')
      .slice(Math.max(0, offset - start));
  }
}

const HEAD_BYTES = 8192;
