/**
 * How a router begins its log lines, as seen where one stands alone on its line: the digits of a sequence number, and `*` or `.`
 * for a clock that is not in step. E.g. `n6*` (filled up to six digits), `n`, `.`, or nothing.
 */
export type LogForms = Set<string>;

/** A log message somewhere in a text. */
export interface LogPlace {
  readonly start: number;
  /** Behind its line end. */
  readonly end: number;
}

/**
 * Log messages with a full stamp and a `%FACILITY-n-MNEMONIC:`, each with its line end, also where one begins in the middle
 * of a line. Without a stamp nothing is a log message, and where it is not sure which characters in front of the stamp belong
 * to it, none is found. Learns into `forms`. A message without its line end is not complete and not found.
 */
export function logPlaces(text: string, forms: LogForms): readonly LogPlace[] {
  const stamped = allStamped(text, forms);
  const places: LogPlace[] = [];
  for (const message of stamped) {
    const start = startOf(text, message, forms);
    if (start !== null && message.end > 0) places.push({ start, end: message.end });
  }
  return places;
}

/** True for a line (without its line end) that is a log message from its first character on. */
export function isLogLine(line: string): boolean {
  return logPlaces(`${line}\n`, new Set()).at(0)?.start === 0;
}

// %CRYPTO-4-RECVD_PKT_INV_SPI:      %IOSXE_OIR-SP-6-INSCARD:      %SYS-5-CONFIG_I:
const MESSAGE_NAME = /%[A-Z][A-Z0-9_]{0,40}(?:-[A-Z0-9_]{1,40}){0,3}-[0-7]-[A-Z0-9_]{1,60}:/g;

// 000123: *Nov 23 09:30:12.345 UTC      .Mar  1 18:46:11      Mar 10 2014 16:40:14
const DATE_STAMP =
  /(?:(\d{1,10}): )?([*.]?)(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,6})?(?: [A-Z][A-Za-z0-9+-]{0,9})?$/;
// 000045: 00:02:58      3d04h      1w2d      1y20w
const UPTIME_STAMP = /(?:(\d{1,10}): )?(?:\d\d:\d\d:\d\d|\d{1,3}d\d\dh|\d{1,2}w\dd|\d{1,2}y\d{1,2}w)$/;
const LONGEST_STAMP = 64;
/** Sequence numbers are filled up with zeros to so many digits. */
const PADDED = 6;

interface Stamped {
  /** Behind its line end; 0 when that has not come. */
  readonly end: number;
  /** True when it begins its line, and does so not only because a log line before it broke that line. */
  readonly isAlone: boolean;
  /** Where it may begin, the longest reading first. */
  readonly starts: readonly { readonly at: number; readonly lead: string }[];
  /** The digits of the sequence number, if one seems to stand there. */
  readonly number: string | null;
  readonly isUptime: boolean;
}

function allStamped(text: string, forms: LogForms): Stamped[] {
  const all: Stamped[] = [];
  for (const name of text.matchAll(MESSAGE_NAME)) {
    const before = all.at(-1);
    // The text of a message may quote another one.
    const found = name.index < (before?.end ?? 0) ? null : stampedAt(text, name.index);
    const [first] = found?.starts ?? [];
    if (found === null || first === undefined) continue;
    const isBroken = before?.end === first.at && !before.isAlone;
    const isAlone = isLineStart(text, first.at) && !isBroken && fitsNumbering(first.lead, forms);
    if (isAlone) forms.add(first.lead);
    all.push({ ...found, isAlone });
  }
  return all;
}

function stampedAt(text: string, nameAt: number): Omit<Stamped, 'isAlone'> | null {
  const near = text.slice(Math.max(0, nameAt - LONGEST_STAMP), nameAt);
  const before = near.slice(near.lastIndexOf('\n') + 1);
  if (!before.endsWith(': ')) return null;
  const stamp = before.slice(0, -2);
  const date = DATE_STAMP.exec(stamp);
  const found = date ?? UPTIME_STAMP.exec(stamp);
  if (found === null) return null;
  const number = found[1] ?? null;
  const sign = date?.[2] === '*' || date?.[2] === '.' ? date[2] : '';
  const full = nameAt - before.length + found.index;
  const signed = full + (number === null ? 0 : number.length + 2);
  const digits = number?.length === PADDED ? PADDED : '';
  const starts = number === null ? [] : [{ at: full, lead: `n${digits}${sign}` }];
  // 12|000123: the digits in front may be of what it landed in.
  if (number !== null && number.length > PADDED && number[number.length - PADDED] === '0')
    starts.push({ at: signed - 2 - PADDED, lead: `n${PADDED}${sign}` });
  if (sign !== '') starts.push({ at: signed, lead: sign });
  starts.push({ at: signed + sign.length, lead: '' });
  return { end: text.indexOf('\n', nameAt) + 1, starts, number, isUptime: date === null };
}

/** Numbers are on or off for good, and keep their length; the sign in front of the stamp comes and goes with the clock's server. */
function fitsNumbering(lead: string, forms: LogForms): boolean {
  const [known] = forms;
  return known === undefined || withoutSign(known) === withoutSign(lead);
}

function withoutSign(lead: string): string {
  return lead.replace(/[*.]$/, '');
}

/** Null where a character in front may belong to the message or to what it landed in. */
function startOf(text: string, message: Stamped, forms: LogForms): number | null {
  const { starts, number, isUptime } = message;
  const [longest] = starts;
  if (longest === undefined) return null;
  const before = text[longest.at - 1] ?? '';
  if (message.isAlone) return longest.at;
  // 1|00:02:58 or 10|0:02:58: digits that run into digits tell nothing.
  if (isUptime && /[\w:.]/.test(before)) return null;
  const known = starts.find(({ lead }) => forms.has(lead) && !/^n[*.]?$/.test(lead));
  if (known !== undefined) return known.at;
  if (number !== null) return number.length === PADDED && number.startsWith('0') ? longest.at : null;
  // 10.0.0|.Nov 23: the dot of an address, or of the stamp?
  return longest.lead === '.' && /\w/.test(before) ? null : longest.at;
}

function isLineStart(text: string, at: number): boolean {
  const before = text[at - 1];
  return before === undefined || before === '\n' || before === '\r';
}
