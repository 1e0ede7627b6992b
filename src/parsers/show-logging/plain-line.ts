import { monthNumber, type WallTime } from '../show-clock/wall-time.ts';
import { dated, type LineFront } from './stamp.ts';

/** The expression below is not tried on a longer line: such a line is damage, and may be as long as the text. */
const LONGEST_PLAIN = 1_000;

// %CRYPTO-6-IKMP_MODE_FAILURE: Processing of Main Mode failed with peer at 198.51.100.7      (printable ASCII, one blank between words)
const PLAIN = /[!-~]+(?: [!-~]+)* *$/y;

const MONTHS: ReadonlyMap<string, number | null> = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name) => [
    name,
    monthNumber(name),
  ]),
);

const ZERO = 48;
const COLON = 58;
const BLANK = 32;

/**
 * Reads the front of a line as nearly all logs have it, character by character: `000123: *Mar  1 18:46:11.123 UTC: %…`, number, mark, year,
 * fraction and zone each optional. It sees printable characters only, and nothing but them follows, single blanks between. Null for every
 * other line, also where `readFront` reads it: a front found here is the one found there.
 */
export function plainFront(line: string): LineFront | null {
  const numbered = sequenceAt(line);
  const at = numbered?.end ?? 0;
  const first = line.charCodeAt(at);
  const mark = first === 42 ? '*' : first === 46 ? '.' : '';
  const month = at + mark.length;
  const date = dateAt(line, month);
  if (date === null) return null;
  const time = timeAt(line, date);
  if (time === null) return null;
  const zone = zoneAt(line, time.end);
  const colon = time.end + (zone === null ? 0 : zone.length + 1);
  if (line.charCodeAt(colon) !== COLON || line.charCodeAt(colon + 1) !== BLANK) return null;
  if (line.length > LONGEST_PLAIN || !plainFrom(line, colon + 2)) return null;
  const stamp = dated(line.slice(at, colon), time, mark, zone);
  return { sequence: numbered?.value ?? null, stamp, end: colon + 2 };
}

function plainFrom(line: string, at: number): boolean {
  PLAIN.lastIndex = at;
  return PLAIN.test(line);
}

// 000123: *      (one blank behind the colon)
function sequenceAt(line: string): { value: number; end: number } | null {
  let at = 0;
  let value = 0;
  for (; at < 10 && isDigit(line.charCodeAt(at)); at++) value = value * 10 + line.charCodeAt(at) - ZERO;
  if (at === 0 || line.charCodeAt(at) !== COLON || line.charCodeAt(at + 1) !== BLANK) return null;
  return { value, end: at + 2 };
}

interface PlainDate extends Pick<WallTime, 'year' | 'month' | 'day'> {
  readonly end: number;
}

// Mar  1 18      |   Mar 10 2014 16
function dateAt(line: string, at: number): PlainDate | null {
  const month = MONTHS.get(line.slice(at, at + 3));
  if (month === undefined || month === null || line.charCodeAt(at + 3) !== BLANK) return null;
  const dayAt = line.charCodeAt(at + 4) === BLANK ? at + 5 : at + 4;
  const wide = isDigit(line.charCodeAt(dayAt + 1));
  const day = wide ? pairAt(line, dayAt) : digitAt(line, dayAt);
  const blank = dayAt + (wide ? 2 : 1);
  if (day < 1 || day > 31 || line.charCodeAt(blank) !== BLANK) return null;
  const century = pairAt(line, blank + 1);
  const years = pairAt(line, blank + 3);
  if (century < 0 || years < 0) return { month, day, year: null, end: blank + 1 };
  if (line.charCodeAt(blank + 5) !== BLANK) return null;
  return { month, day, year: century * 100 + years, end: blank + 6 };
}

// 18:46:11.123      (fraction of three digits, or none)
function timeAt(line: string, { year, month, day, end: at }: PlainDate): (WallTime & { end: number }) | null {
  const hour = pairAt(line, at);
  const minute = pairAt(line, at + 3);
  const second = pairAt(line, at + 6);
  if (line.charCodeAt(at + 2) !== COLON || line.charCodeAt(at + 5) !== COLON) return null;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return null;
  const pointed = line.charCodeAt(at + 8) === 46;
  if (pointed && (pairAt(line, at + 9) < 0 || digitAt(line, at + 11) < 0)) return null;
  const fraction = pointed ? line.slice(at + 9, at + 12) : null;
  return { year, month, day, hour, minute, second, fraction, end: pointed ? at + 12 : at + 8 };
}

// ` UTC` of ` UTC:`      (two to five capitals, but not AM and PM)
function zoneAt(line: string, at: number): string | null {
  if (line.charCodeAt(at) !== BLANK) return null;
  let end = at + 1;
  while (end < at + 6 && isCapital(line.charCodeAt(end))) end++;
  const zone = line.slice(at + 1, end);
  return zone.length < 2 || zone === 'AM' || zone === 'PM' ? null : zone;
}

/** The number that two digits make; negative when they are none. */
function pairAt(line: string, at: number): number {
  const tens = digitAt(line, at);
  const ones = digitAt(line, at + 1);
  return tens < 0 || ones < 0 ? -1 : tens * 10 + ones;
}

function digitAt(line: string, at: number): number {
  const code = line.charCodeAt(at);
  return isDigit(code) ? code - ZERO : -1;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= 57;
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}
