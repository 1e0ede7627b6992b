import type { Instant, Interval } from '../../core/time.ts';

/** Month names as IOS prints them, whatever the language of the zone name. */
const MONTHS = new Map(
  ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map((name, index) => [
    name,
    index + 1,
  ]),
);

/** The parts of a printed wall time; `year` is null where the router leaves it out. `month` counts from 1. */
export interface WallTime {
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Digits after the second's point, as printed; null when there are none. */
  readonly fraction: string | null;
}

/** Number of an English month name (`Jul` → 7, any case), or null. */
export function monthNumber(name: string): number | null {
  return MONTHS.get(name.slice(0, 3).toLowerCase()) ?? null;
}

/** Reads the time of day `18:00:49.603` into its parts, or null when it is none. */
export function parseTimeOfDay(
  text: string,
): Pick<WallTime, 'hour' | 'minute' | 'second' | 'fraction'> | null {
  // 18:00:49.603
  const found = /^(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?$/.exec(text);
  if (found === null) return null;
  const [hour, minute, second] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (hour > 23 || minute > 59 || second > 60) return null;
  return { hour, minute, second, fraction: found[4] ?? null };
}

/**
 * The interval that a printed wall time stands for, read as if it were UTC: one millisecond long when milliseconds
 * are printed, one second when they are not. Null when the date does not exist (30 February).
 */
export function wallInterval(time: WallTime, year: number): Interval | null {
  if (time.day < 1 || time.day > daysIn(time.month, year)) return null;
  const midnight = midnightOf(year, time.month, time.day);
  const from =
    midnight + ((time.hour * 60 + time.minute) * 60 + time.second) * 1000 + milliseconds(time.fraction);
  return { from, to: from + resolution(time.fraction) - 1 };
}

const DAY = 86_400_000;

/** As `Date.UTC` gives it; reckoned, as a log asks for each of its lines. */
function midnightOf(year: number, month: number, day: number): Instant {
  if (year < 1970) return Date.UTC(year, month - 1, day);
  const leapDays =
    Math.floor((year - 1969) / 4) - Math.floor((year - 1901) / 100) + Math.floor((year - 1601) / 400);
  return ((year - 1970) * 365 + leapDays + daysBefore(month, year) + day - 1) * DAY;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days of the year before the first of each month, without a leap day. */
const DAYS_BEFORE = MONTH_DAYS.map((_, month) => MONTH_DAYS.slice(0, month).reduce((a, b) => a + b, 0));

function daysIn(month: number, year: number): number {
  return month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

function daysBefore(month: number, year: number): number {
  return (DAYS_BEFORE[month - 1] ?? 0) + (month > 2 && isLeap(year) ? 1 : 0);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function milliseconds(fraction: string | null): Instant {
  if (fraction === null) return 0;
  return Number(fraction.length === 3 ? fraction : fraction.slice(0, 3).padEnd(3, '0'));
}

function resolution(fraction: string | null): number {
  if (fraction === null) return 1000;
  return fraction.length === 1 ? 100 : fraction.length === 2 ? 10 : 1;
}
