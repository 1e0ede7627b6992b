/** A router's wall clock as it shows it: milliseconds as if the wall time were UTC, and the zone's name. */
export interface WallClock {
  readonly at: number;
  readonly zone: string;
}

/** Moves stamps of one router by whole seconds, so that distances between lines and digits of milliseconds stay. */
export interface StampShift {
  readonly seconds: number;
  /** The wall clock of the recording: tells the year of stamps that print none. */
  readonly reference: number;
}

/** The wall clock in an output of `show clock`, or null: `*18:00:49.603 UTC Thu Jul 17 2025`. */
export function readClock(text: string): WallClock | null {
  const match = CLOCK.exec(text);
  if (match === null) return null;
  const at = clockInstant(match);
  return at === null ? null : { at, zone: match[6] ?? '' };
}

/** The newest stamp with a date in an output of `show logging`, read against no year; null when there is none. */
export function newestStamp(text: string, latest: number): number | null {
  const stamps = text.split('\n').flatMap((line) => {
    const match = STAMP.exec(line);
    const at = match === null ? null : stampInstant(match, latest);
    return at === null ? [] : [at];
  });
  return stamps.length === 0 ? null : Math.max(...stamps);
}

/**
 * The seconds between a recording's wall clock and the same router's wall clock now (`now`: milliseconds UTC).
 * Zones are known by their common names; an unknown zone counts as UTC.
 */
export function shiftTo(now: number, recorded: WallClock): StampShift {
  const wallNow = now + zoneOffset(recorded.zone);
  // adding 0 turns -0 into 0
  return { seconds: Math.round((wallNow - recorded.at) / 1000) + 0, reference: recorded.at };
}

/** One output as served: log stamps, clocks and restart times moved; uptime stamps, certificate dates, all else as recorded. */
export function shiftOutput(command: string, text: string, shift: StampShift): string {
  const clocks = shiftClocks(text, shift);
  return command.startsWith('show logging') ? shiftLog(clocks, shift) : clocks;
}

/** Moves the stamp at the head of every log line; marks, widths, zones, sequence numbers and milliseconds stay. */
export function shiftLog(text: string, shift: StampShift): string {
  return text
    .split('\n')
    .map((line) => line.replace(STAMP, (...match) => shiftedStamp(match as string[], shift)))
    .join('\n');
}

/** Moves full clocks: `show clock`, `Time source is NTP, …`, `System restarted at …`. */
export function shiftClocks(text: string, shift: StampShift): string {
  return text
    .split('\n')
    .map((line) =>
      CLOCK_LINE.test(line)
        ? line.replace(CLOCK, (...match) => shiftedClock(match as string[], shift))
        : line,
    )
    .join('\n');
}

/** `*18:00:49.603 UTC Thu Jul 17 2025` for a wall clock; `mark` is `*`, `.` or nothing. */
export function clockText(wall: WallClock, mark: string): string {
  const date = new Date(wall.at);
  const ms = String(date.getUTCMilliseconds()).padStart(3, '0');
  const day = `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()} ${date.getUTCFullYear()}`;
  return `${mark}${timeOf(date)}.${ms} ${wall.zone} ${day}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const HOUR = 3_600_000;

// 004425: *Mar  1 2026 18:46:11.123 UTC: %SYS-5-…     groups: head, month, blanks, day, year, time, rest of the stamp
const STAMP =
  /^((?:\d{1,10}: )?[*.]?)(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)( {1,2})(\d{1,2}) (?:(\d{4}) )?(\d\d:\d\d:\d\d)(?=[.: ])/;

// 18:00:49.603 UTC Thu Jul 17 2025     groups: hour, minute, second, fraction, (blank) zone, weekday, month, blanks, day, year
const CLOCK =
  /(\d\d):(\d\d):(\d\d)(\.\d{1,6})?( )([A-Za-z0-9+:-]{1,12}) (Sun|Mon|Tue|Wed|Thu|Fri|Sat) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)( {1,2})(\d{1,2}) (\d{4})/;

// *18:00:49.603 UTC Thu …      Time source is NTP, 17:32:07.999 EST …      System restarted at 10:11:12 UTC …
const CLOCK_LINE = /^[*.]?\d\d:\d\d:\d\d|^Time source is |^System restarted at /;

function shiftedStamp(match: readonly string[], shift: StampShift): string {
  const [all = '', head = '', , blanks = '', day = '', year] = match;
  const at = stampInstant(match, shift.reference);
  if (at === null) return all;
  const date = new Date(at + shift.seconds * 1000);
  const narrow = day.length === 1 && blanks.length === 1;
  const dayText = narrow ? ` ${date.getUTCDate()}` : ` ${paddedDay(date, day)}`;
  const yearText = year === undefined ? '' : `${date.getUTCFullYear()} `;
  return `${head}${MONTHS[date.getUTCMonth()]}${dayText} ${yearText}${timeOf(date)}`;
}

function paddedDay(date: Date, like: string): string {
  return String(date.getUTCDate()).padStart(2, like.startsWith('0') ? '0' : ' ');
}

function shiftedClock(match: readonly string[], shift: StampShift): string {
  const [all = '', , , , fraction = '', , zone = '', , , blanks = '', day = ''] = match;
  const at = clockInstant(match);
  if (at === null) return all;
  const date = new Date(at + shift.seconds * 1000);
  const wide = blanks.length === 2 || day.startsWith('0');
  const dayText = wide ? paddedDay(date, day) : String(date.getUTCDate());
  const tail = `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${dayText} ${date.getUTCFullYear()}`;
  return `${timeOf(date)}${fraction} ${zone} ${tail}`;
}

/** Milliseconds of a full clock's date and time as if UTC (its fraction counts to the millisecond); null for no real date. */
function clockInstant(match: readonly (string | undefined)[]): number | null {
  const [, hour, minute, second, fraction, , , , month, , day, year] = match;
  const at = instantOf(Number(year), month ?? '', Number(day), `${hour}:${minute}:${second}`);
  return at === null ? null : at + Math.floor(Number(`0${fraction ?? ''}`) * 1000);
}

/** A stamp without a year belongs to the last such day that is not after the reference (a day's grace for zones). */
function stampInstant(match: readonly (string | undefined)[], reference: number): number | null {
  const [, , month = '', , day, year, time = ''] = match;
  if (year !== undefined) return instantOf(Number(year), month, Number(day), time);
  const latest = new Date(reference).getUTCFullYear() + 1;
  for (let guess = latest; guess > latest - 10; guess--) {
    const at = instantOf(guess, month, Number(day), time);
    if (at !== null && at <= reference + 24 * HOUR) return at;
  }
  return null;
}

function instantOf(year: number, month: string, day: number, time: string): number | null {
  const index = MONTHS.indexOf(month);
  const [hour, minute, second] = time.split(':').map(Number) as [number, number, number];
  const at = Date.UTC(year, index, day, hour, minute, second);
  const date = new Date(at);
  const real = date.getUTCMonth() === index && date.getUTCDate() === day && timeOf(date) === time;
  return real ? at : null;
}

function timeOf(date: Date): string {
  return [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
    .map((n) => String(n).padStart(2, '0'))
    .join(':');
}

const ZONE_HOURS: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  WET: 0,
  BST: 1,
  WEST: 1,
  CET: 1,
  MET: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
  MSK: 3,
  IST: 5.5,
  SGT: 8,
  JST: 9,
  KST: 9,
  AEST: 10,
  AEDT: 11,
  NZST: 12,
  NZDT: 13,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  BRT: -3,
};

/** The offset in milliseconds of a zone by its common name; 0 when unknown. */
function zoneOffset(zone: string): number {
  return (ZONE_HOURS[zone.toUpperCase()] ?? 0) * HOUR;
}
