import { looksLikeLog } from './unasked-lines.ts';

/**
 * Since when nothing came but log lines. A router that logs to the line it is asked on may never be quiet, and yet have
 * answered long ago.
 */
export class OwnQuiet {
  /** Bytes since the last line end. */
  #open = '';
  #openedAt: number;
  #lastAt: number;
  #lastOwnAt: number;
  /** A blank line of which it is not known yet whether a log line brought it. */
  #blankAt: number | null = null;
  #afterLog = false;

  constructor(now: number) {
    this.#openedAt = now;
    this.#lastAt = now;
    this.#lastOwnAt = now;
  }

  /** Takes the next bytes of the router. */
  came(piece: string, now: number): void {
    this.#lastAt = now;
    let from = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      this.#lineEnds(this.#open + piece.slice(from, end), this.#open === '' ? now : this.#openedAt, now);
      this.#open = '';
      from = end + 1;
    }
    if (from === piece.length) return;
    if (this.#open === '') this.#openedAt = now;
    if (this.#open.length < LONGEST_LINE) this.#open += piece.slice(from);
  }

  /** Silence begins anew: something was sent. */
  restart(now: number): void {
    this.#lastAt = now;
    this.#lastOwnAt = now;
    this.#blankAt = null;
  }

  /** Milliseconds since the last byte that is not, or may not be, part of a log line. */
  ms(now: number): number {
    return now - (this.#open === '' ? (this.#blankAt ?? this.#lastOwnAt) : this.#lastAt);
  }

  /** Milliseconds since the last byte of any kind. */
  rawMs(now: number): number {
    return now - this.#lastAt;
  }

  /** True when the last thing that came is a whole log line. */
  get isAfterLog(): boolean {
    return this.#afterLog && this.#open === '';
  }

  #lineEnds(line: string, beganAt: number, now: number): void {
    const isBlank = /^\r*$/.test(line);
    this.#blankAt = isBlank ? now : null;
    if (isBlank) return;
    this.#afterLog = looksLikeLog(line);
    // What a log line landed behind is older than the log line.
    if (!this.#afterLog) this.#lastOwnAt = now;
    else if (BEHIND_PROMPT.test(line)) this.#lastOwnAt = Math.max(this.#lastOwnAt, beganAt);
  }
}

const LONGEST_LINE = 4096;
// R1#*Nov 23 09:30:12.345: %SYS-5-CONFIG_I: …
const BEHIND_PROMPT = /^[^%]{0,120}[>#][^%]{0,80}%/;
