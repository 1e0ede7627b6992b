import { parseDuration } from '../../core/time.ts';
import { monthNumber, parseTimeOfDay, type WallTime, wallInterval } from '../show-clock/wall-time.ts';
import type { LogStamp } from './facts.ts';

/** The front of a log line taken apart: sequence number, stamp, and where the message itself begins. */
export interface LineFront {
  readonly sequence: number | null;
  readonly stamp: LogStamp;
  /** Offset of the first character behind sequence number and stamp. */
  readonly end: number;
}

export const NO_STAMP: LogStamp = {
  text: '',
  form: 'none',
  yearAssumed: null,
  at: null,
  uptime: null,
  mark: null,
  zone: null,
};

/** The year a stamp without one is first placed in: a leap year, so that 29 February exists. */
export const BASE_YEAR = 2000;

// <189>      (priority, on lines taken from a syslog server)
const PRIORITY = /<\d{1,3}>/y;

// 000123:
const SEQUENCE = /(\d{1,10}): {1,4}(?=\S)/y;

// *Mar  1 18:46:11.123 UTC:   |   Mar 10 2014 16:40:14:   |   .Jul  2 08:00:00 CEST:   |   Sep  2 02:27:57.707 PM UTC 2016:   |   Jul  2 08:00:00 UTC+8:00:
const CALENDAR =
  /([*.]?)([A-Z][a-z]{2}) {1,2}(\d{1,2})(?: (\d{4}))? {1,2}(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ([AP]M))?(?: ([^\s:%]{1,20}(?::\d\d)?))??(?: (\d{4}))?:(?= |$|%)/y;

// 2026-03-19T04:25:14.130Z:   |   *2026-03-19 04:25:14.130 +01:00   |   2019/11/12 14:02:44.106 UTC:
const ISO =
  /([*.]?)(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)(?: ?(Z|[+-]\d\d:?\d\d|[A-Z]{2,6}))?(?::(?= |$|%)|(?= ))/y;

// 2026-079T04:25:14.130:     (CCSDS: year and day of the year)
const CCSDS = /([*.]?)(\d{4})-(\d{3})T(\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)(Z?)(?::(?= |$|%)|(?= ))/y;

// 00:02:58:   |   3d04h:   |   1w2d:   |   1y12w:
const UPTIME = /(\d{1,4}:\d\d:\d\d|(?:\d{1,5}[ywdhm]){1,3}):(?= |$|%)/y;

/** Reads sequence number and stamp at the start of a line (leading blanks allowed); null when the line has neither. */
export function readFront(line: string): LineFront | null {
  let at = skipBlanks(line, 0);
  at = endOf(PRIORITY, line, at) ?? at;
  const bare = stampAt(line, at);
  if (bare !== null) return { sequence: null, ...bare };
  SEQUENCE.lastIndex = at;
  const numbered = SEQUENCE.exec(line);
  if (numbered === null) return null;
  const sequence = Number(numbered[1]);
  const stamped = stampAt(line, SEQUENCE.lastIndex);
  if (stamped !== null) return { sequence, ...stamped };
  // `logging` with sequence numbers and without time stamps.
  const next = line[SEQUENCE.lastIndex];
  return next === '%' ? { sequence, stamp: NO_STAMP, end: SEQUENCE.lastIndex } : null;
}

/** A sequence number with nothing that is a stamp behind it, and where that begins; null when the line has none. */
export function numberAlone(line: string): LineFront | null {
  SEQUENCE.lastIndex = skipBlanks(line, 0);
  const numbered = SEQUENCE.exec(line);
  return numbered && { sequence: Number(numbered[1]), stamp: NO_STAMP, end: SEQUENCE.lastIndex };
}

/** Finds the last stamp within `text`, e.g. behind a prompt or a syslog server's own prefix; null when there is none. */
export function findStamp(text: string): LogStamp | null {
  let found: LogStamp | null = null;
  for (let at = 0; at < text.length; ) {
    const read = startsToken(text, at) ? stampAt(text, at) : null;
    if (read !== null) found = read.stamp;
    at = read === null ? at + 1 : read.end;
  }
  return found;
}

/** The parts of a stamp's wall time, read again from its text; null for uptime stamps and none. */
export function wallTimeOf(stamp: LogStamp): WallTime | null {
  return calendarParts(`${stamp.text}:`, 0)?.time ?? null;
}

function stampAt(line: string, at: number): { stamp: LogStamp; end: number } | null {
  const first = line.charCodeAt(at);
  // A stamp begins with a digit, a mark or a capital: spare every other line the expressions below.
  const digit = first >= 48 && first <= 57;
  const mark = first === 42 || first === 46;
  const capital = first >= 65 && first <= 90;
  if (capital || mark) return calendarAt(line, at) ?? (mark ? isoAt(line, at) : null);
  return digit ? (uptimeAt(line, at) ?? isoAt(line, at)) : null;
}

function calendarAt(line: string, at: number): { stamp: LogStamp; end: number } | null {
  const parts = calendarParts(line, at);
  if (parts === null) return null;
  return {
    stamp: dated(line.slice(at, parts.end - 1), parts.time, parts.mark, parts.zone),
    end: skipBlanks(line, parts.end),
  };
}

function calendarParts(
  line: string,
  at: number,
): { time: WallTime; mark: string; zone: string | null; end: number } | null {
  CALENDAR.lastIndex = at;
  const found = CALENDAR.exec(line);
  if (found === null) return null;
  const month = monthNumber(found[2] ?? '');
  const day = Number(found[3]);
  const printed = Number(found[5]);
  if (month === null || day < 1 || day > 31 || printed > 23) return null;
  const half = found[9];
  const hour = half === 'PM' ? (printed % 12) + 12 : half === 'AM' ? printed % 12 : printed;
  const year = found[4] ?? found[11];
  const time: WallTime = {
    year: year === undefined ? null : Number(year),
    month,
    day,
    hour,
    minute: Number(found[6]),
    second: Number(found[7]),
    fraction: found[8] ?? null,
  };
  if (time.minute > 59 || time.second > 60) return null;
  return { time, mark: found[1] ?? '', zone: found[10] ?? null, end: CALENDAR.lastIndex };
}

function isoAt(line: string, at: number): { stamp: LogStamp; end: number } | null {
  ISO.lastIndex = at;
  const iso = ISO.exec(line);
  if (iso) {
    const time = parseTimeOfDay(iso[5] ?? '');
    const wall = time && { ...time, year: Number(iso[2]), month: Number(iso[3]), day: Number(iso[4]) };
    return wall && isoStamp(line, at, ISO.lastIndex, wall, iso[1] ?? '', iso[6] ?? null);
  }
  CCSDS.lastIndex = at;
  const ccsds = CCSDS.exec(line);
  const time = ccsds && parseTimeOfDay(ccsds[4] ?? '');
  if (!ccsds || !time) return null;
  const date = new Date(Date.UTC(Number(ccsds[2]), 0, Number(ccsds[3])));
  const wall = {
    ...time,
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  };
  return isoStamp(line, at, CCSDS.lastIndex, wall, ccsds[1] ?? '', ccsds[5] || null);
}

function isoStamp(line: string, at: number, end: number, time: WallTime, mark: string, zone: string | null) {
  const text = line.slice(at, end).replace(/:$/, '');
  return { stamp: dated(text, time, mark, zone), end: skipBlanks(line, end) };
}

/** A stamp that prints month and day. */
export function dated(text: string, time: WallTime, mark: string, zone: string | null): LogStamp {
  return {
    text,
    form: 'datetime',
    yearAssumed: time.year === null ? BASE_YEAR : null,
    at: wallInterval(time, time.year ?? BASE_YEAR),
    uptime: null,
    mark: mark === '*' || mark === '.' ? mark : null,
    zone,
  };
}

function uptimeAt(line: string, at: number): { stamp: LogStamp; end: number } | null {
  UPTIME.lastIndex = at;
  const found = UPTIME.exec(line);
  const uptime = found && parseDuration(found[1] ?? '');
  if (!found || !uptime) return null;
  const stamp: LogStamp = { ...NO_STAMP, text: found[1] ?? '', form: 'uptime', uptime };
  return { stamp, end: skipBlanks(line, UPTIME.lastIndex) };
}

/** A stamp cannot begin in the middle of a word or number. */
function startsToken(text: string, at: number): boolean {
  return at === 0 || !/[\w.:]/.test(text[at - 1] ?? '') || text[at] === '*';
}

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (line[at] === ' ' || line[at] === '\t') at += 1;
  return at;
}

function endOf(pattern: RegExp, line: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : null;
}
