import { parseAddress } from '../core/address.ts';
import { bodyAt, TERMINAL_WIDTH, tidy } from './body.ts';
import type { Coverage, Parsed, UnreadLine } from './parsed.ts';

/** One line of an output. `body` is `raw` trimmed, every run of blanks and tabs made one blank. */
export interface Line {
  readonly number: number;
  /** Number of the last printed line: differs from `number` when wrapped lines were joined. */
  readonly last: number;
  readonly raw: string;
  readonly body: string;
}

/** True when the line was put together from several printed ones. Then it is read whole or not at all: half of it may be another line. */
export function isJoined(line: Line): boolean {
  return line.last !== line.number;
}

/** true: understood. 'part': facts were taken but a piece was not understood. false: not understood, and nothing was changed. */
export type Outcome = boolean | 'part';

type Read = (line: Line) => Outcome;

/** What a scan found: how many lines were understood, and which were not. */
export interface Scan {
  readonly understood: number;
  readonly unread: readonly UnreadLine[];
}

/** A fact under construction. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

const MOST_WRAPS = 3;

/**
 * Offers every line that says something to `read`. A line that was cut at the terminal's width, or that makes sense only together
 * with the lines after it, is offered joined; `starts` knows lines that are never the second half of another. Preambles, prompts and console messages between the lines are passed over.
 */
export function scanLines(text: string, read: Read, starts: (body: string) => boolean = () => false): Scan {
  const rows = new Rows(text);
  const unread: UnreadLine[] = [];
  let understood = 0;
  for (let line = rows.next(); line !== null; line = rows.next()) {
    const joined = isCut(line, rows, starts) ? takeJoined(rows, line, read, '') : null;
    let outcome = joined ?? read(line);
    if (outcome === false) {
      const silent = saysNothing(line.body);
      if (!silent) outcome = takeJoined(rows, line, read, ' ') ?? takeJoined(rows, line, read, '') ?? false;
      if (outcome === false && silent) continue;
    }
    if (outcome !== false) understood++;
    if (outcome !== true) unread.push({ line: line.number, text: line.raw });
  }
  return { understood, unread };
}

/** Puts facts and scan together. `cut`: the parser saw that the text ends in the middle of a record. */
export function parsedFrom<F>(facts: F, scan: Scan, cut = false): Parsed<F> {
  return { facts, coverage: coverageOf(scan, cut), unread: scan.unread };
}

/** The lines of a text that say something, 1-based, read one by one; CR before LF and a byte order mark are dropped. */
class Rows {
  readonly #text: string;
  #start: number;
  #number = 0;
  /** Lines read in advance, blank ones included. */
  #ahead: Line[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  /** The next line that is not blank; null at the end. */
  next(): Line | null {
    for (;;) {
      const line = this.#ahead.length > 0 ? (this.#ahead.shift() ?? null) : this.#read();
      if (line === null || line.body !== '') return line;
    }
  }

  /** The line that many lines below the one `next` gave last; null behind the end. */
  peek(distance: number): Line | null {
    while (this.#ahead.length < distance) {
      const line = this.#read();
      if (line === null) return null;
      this.#ahead.push(line);
    }
    return this.#ahead[distance - 1] ?? null;
  }

  /** Passes over lines that were joined to the present one. */
  skip(count: number): void {
    this.#ahead.splice(0, count);
  }

  #read(): Line | null {
    const text = this.#text;
    const start = this.#start;
    if (start > text.length) return null;
    const feed = text.indexOf('\n', start);
    const stop = feed < 0 ? text.length : feed;
    const end = stop > start && text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop;
    this.#start = stop + 1;
    this.#number++;
    const raw = text.slice(start, end);
    return { number: this.#number, last: this.#number, raw, body: bodyAt(text, start, end) };
  }
}

/**
 * Sets fields that are still blank (null, empty) and leaves nulls in `values` out. When a field already says something else, nothing
 * is set and the result is false: two records ran into each other, and the second must not overwrite the first.
 */
export function fillBlank<T extends object>(target: T, values: Partial<T>): boolean {
  for (const key in values) {
    const value = values[key];
    if (value !== null && value !== undefined && !isBlank(target[key]) && target[key] !== value) return false;
  }
  for (const key in values) {
    const value = values[key];
    if (value !== null && value !== undefined) target[key] = value;
  }
  return true;
}

/** Canonical address, or the text as printed when it is none: a damaged address still names a peer. */
export function addressAsPrinted(text: string): string {
  return parseAddress(text) ?? text;
}

/** True for text with the look of an IPv4 or IPv6 address, also when it is no valid one. */
export function looksLikeAddress(text: string): boolean {
  // 203.0.113.2 or 2001:DB8::1
  return /^[0-9A-Fa-f]{0,4}[.:][0-9A-Fa-f.:]{1,43}$/.test(text);
}

/** `Tunnel 0` → `Tunnel0`: one name for one interface. */
export function interfaceName(text: string): string {
  return text.includes(' ') ? text.replace(/^([A-Za-z-]+) (?=\d)/, '$1') : text;
}

/** Number of a group of digits, or null. */
export function numberOf(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

/** `(none)`, `none` in brackets or nothing at all: the router has no such thing. */
export function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' || text === '(none)' ? null : text;
}

/** True for null, nothing, an empty text and an empty list. */
export function isBlank(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** True for a line that fills the terminal's width and goes on in the next one. */
function isCut(line: Line, rows: Rows, starts: (body: string) => boolean): boolean {
  if (line.raw.length !== TERMINAL_WIDTH) return false;
  const next = rows.peek(1);
  return next !== null && /^\S/.test(next.raw) && !starts(next.body);
}

/** Joins the line with one to three lines after it until the result is understood; null when it never is. */
function takeJoined(rows: Rows, line: Line, read: Read, glue: string): Outcome | null {
  let { raw } = line;
  for (let joined = 1; joined <= MOST_WRAPS; joined++) {
    const next = rows.peek(joined);
    if (next === null || next.body === '' || saysNothing(next.body)) return null;
    raw = raw + glue + next.raw;
    const outcome = read({ number: line.number, last: next.number, raw, body: tidy(raw) });
    if (outcome !== false) {
      rows.skip(joined);
      return outcome;
    }
  }
  return null;
}

const NOISE: readonly RegExp[] = [
  // Load for five secs: 1%/0%; one minute: 2%; five minutes: 2%
  /^Load for five secs: /,
  // Time source is NTP, 14:07:41.202 CET Tue Mar 4 2025
  /^(?:No time source|Time source is )/,
  // hub1#  |  hub1#show crypto isakmp sa
  /^[A-Za-z0-9_.()/-]{1,64}[#>] ?(?:(?:do )?sh[a-z]* .{0,200})?$/,
  // show dmvpn detail   (the echo of a command whose prompt was cut off)
  /^show [a-z][\w .|:/-]{0,200}$/i,
  // --More--
  /^-+ ?More ?-+/i,
  // *Mar  4 14:07:41.202: %CRYPTO-6-ISAKMP_ON_OFF: … (a console message that fell between the lines)
  /^(?:\d{1,10}: )?[*.]?[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d[.\d]{0,8}(?: [A-Z]{2,5})?: /,
];

/** True for lines that are around an output, not in it. */
function saysNothing(body: string): boolean {
  return NOISE.some((pattern) => pattern.test(body));
}

function coverageOf(scan: Scan, cut: boolean): Coverage {
  if (scan.understood === 0) return scan.unread.length === 0 ? 'empty' : 'unrecognised';
  return scan.unread.length > 0 || cut ? 'partial' : 'complete';
}
