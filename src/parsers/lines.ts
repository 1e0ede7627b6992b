import { parseAddress } from '../core/address.ts';
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

/** Terminal width at which IOS wraps when nobody set it. */
const TERMINAL_WIDTH = 80;
const MOST_WRAPS = 3;

/**
 * Offers every line that says something to `read`. A line that was cut at the terminal's width, or that makes sense only together
 * with the lines after it, is offered joined; `starts` knows lines that are never the second half of another. Preambles, prompts and console messages between the lines are passed over.
 */
export function scanLines(text: string, read: Read, starts: (body: string) => boolean = () => false): Scan {
  const lines = splitLines(text);
  const unread: UnreadLine[] = [];
  let understood = 0;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (line === undefined || line.body === '') continue;
    const taken = takeLine(lines, i, line, read, starts);
    if (taken.outcome !== false) understood++;
    if (taken.outcome === 'part') unread.push({ line: line.number, text: line.raw });
    if (taken.outcome === false && !saysNothing(line.body))
      unread.push({ line: line.number, text: line.raw });
    i += taken.joined;
  }
  return { understood, unread };
}

/** Puts facts and scan together. `cut`: the parser saw that the text ends in the middle of a record. */
export function parsedFrom<F>(facts: F, scan: Scan, cut = false): Parsed<F> {
  return { facts, coverage: coverageOf(scan, cut), unread: scan.unread };
}

/** Lines of `text`, 1-based; CR before LF and a byte order mark are dropped. */
function splitLines(text: string): Line[] {
  const rows = text.replace(/^\uFEFF/, '').split('\n');
  return rows.map((row, i) => {
    const raw = row.endsWith('\r') ? row.slice(0, -1) : row;
    return { number: i + 1, last: i + 1, raw, body: tidy(raw) };
  });
}

/**
 * Sets fields that are still blank (null, empty) and leaves nulls in `values` out. When a field already says something else, nothing
 * is set and the result is false: two records ran into each other, and the second must not overwrite the first.
 */
export function fillBlank<T extends object>(target: T, values: Partial<T>): boolean {
  const news = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  const old = target as Readonly<Record<string, unknown>>;
  if (news.some(([key, value]) => !isBlank(old[key]) && old[key] !== value)) return false;
  Object.assign(target, Object.fromEntries(news));
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
  return text.replace(/^([A-Za-z-]+) (?=\d)/, '$1');
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

function isBlank(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function takeLine(
  lines: readonly Line[],
  at: number,
  line: Line,
  read: Read,
  starts: (body: string) => boolean,
) {
  const next = lines[at + 1];
  if (
    line.raw.length === TERMINAL_WIDTH &&
    next !== undefined &&
    /^\S/.test(next.raw) &&
    !starts(next.body)
  ) {
    const joined = takeJoined(lines, at, read, '');
    if (joined !== null) return joined;
  }
  const alone = read(line);
  if (alone !== false || saysNothing(line.body)) return { outcome: alone, joined: 0 };
  return takeJoined(lines, at, read, ' ') ?? takeJoined(lines, at, read, '') ?? { outcome: alone, joined: 0 };
}

/** Joins the line with one to three lines after it until the result is understood; null when it never is. */
function takeJoined(lines: readonly Line[], at: number, read: Read, glue: string) {
  let raw = lines[at]?.raw ?? '';
  for (let joined = 1; joined <= MOST_WRAPS; joined++) {
    const next = lines[at + joined];
    if (next === undefined || next.body === '' || saysNothing(next.body)) return null;
    raw = raw + glue + next.raw;
    const outcome = read({ number: at + 1, last: next.number, raw, body: tidy(raw) });
    if (outcome !== false) return { outcome, joined };
  }
  return null;
}

function tidy(raw: string): string {
  const trimmed = (raw.length > TERMINAL_WIDTH ? unpad(raw) : raw).trim();
  return /[\t\v\f]| {2}/.test(trimmed) ? trimmed.split(/\s+/).join(' ') : trimmed;
}

/** A wrap that a capture turned into padding: 80 columns, many blanks, then the rest of the word. */
function unpad(raw: string): string {
  const rest = raw.slice(TERMINAL_WIDTH);
  const tail = rest.trimStart();
  return tail !== '' && rest.length - tail.length >= 20 ? raw.slice(0, TERMINAL_WIDTH) + tail : raw;
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
