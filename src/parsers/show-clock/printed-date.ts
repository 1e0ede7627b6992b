import type { Interval } from '../../core/time.ts';
import { monthNumber, parseTimeOfDay, wallInterval } from './wall-time.ts';

/** A date with its time as a router prints it in tables of certificates and of NTP. */
export interface PrintedDate {
  readonly text: string;
  /** The wall time read as if it were UTC; compare only with times of the same router and zone. Null when there is no such date. */
  readonly at: Interval | null;
  readonly zone: string | null;
}

// 09:17:52 UTC Jun 22 2022   |   08:34:12.835 MSK Thu Oct 1 2026
const DATE =
  /^(\d{1,2}:\d\d:\d\d(?:\.\d{1,9})?)(?: (\S{1,40}))?(?: (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun))? ([A-Z][a-z]{2}) (\d{1,2}) (\d{4})$/;

/** Reads a printed date; null when the text is none. */
export function readPrintedDate(text: string): PrintedDate | null {
  const found = DATE.exec(text);
  if (found === null) return null;
  const [, time = '', zone, monthName = '', day, year] = found;
  const ofDay = parseTimeOfDay(time);
  const month = monthNumber(monthName);
  const at =
    ofDay === null || month === null
      ? null
      : wallInterval({ ...ofDay, year: Number(year), month, day: Number(day) }, Number(year));
  return { text, at, zone: zone ?? null };
}
