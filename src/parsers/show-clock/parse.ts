import { parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { ClockFacts } from './facts.ts';
import { monthNumber, parseTimeOfDay, wallInterval } from './wall-time.ts';

type Clock = NonNullable<ClockFacts['clock']>;

// *18:00:49.603 UTC Thu Jul 17 2025
const CLOCK =
  /^([*.]?)(\d{1,2}:\d\d:\d\d(?:\.\d{1,9})?)(?: (\S{1,40}))? (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) +(\d{1,2}) (\d{4})$/;

// Time source is NTP, 17:32:07.999 EST Wed Feb 3 2016
const PREAMBLE_SOURCE = /^Time source is ([^,]{1,60}), (.{1,100})$/;

// Time source is NTP     |     No time source
const DETAIL_SOURCE = /^(?:Time source is ([^,]{1,60})|No time source)$/;

// Summer time starts 02:00:00 CET Sun Mar 29 2026
const SUMMER_TIME = /^Summer time /;

/** Reads `show clock` and `show clock detail`, with or without the load preamble of `exec prompt timestamp`. */
export const showClock: Parser<ClockFacts> = { command: 'show clock', parse };

function parse(text: string): Parsed<ClockFacts> {
  const found: { clock: Clock | null; preamble: Clock | null; timeSource: string | null } = {
    clock: null,
    preamble: null,
    timeSource: null,
  };
  const scan = scanLines(text, ({ body, number }) => {
    const own = found.clock === null ? readClock(body, number) : null;
    const before = PREAMBLE_SOURCE.exec(body);
    const detail = DETAIL_SOURCE.exec(body);
    if (own !== null) found.clock = own;
    else if (before !== null) found.preamble = readPreamble(before, number);
    else if (detail !== null) found.timeSource = detail[1] ?? 'none';
    else return SUMMER_TIME.test(body);
    return true;
  });
  // The preamble's clock was read a moment before: good enough when the command's own line was lost.
  const { clock, preamble, timeSource } = found;
  return parsedFrom({ clock: clock === null ? preamble : { ...clock, timeSource } }, scan);
}

function readPreamble(found: RegExpExecArray, number: number): Clock | null {
  const clock = readClock(found[2] ?? '', number);
  return clock === null ? null : { ...clock, timeSource: found[1] ?? null };
}

function readClock(line: string, number: number): Clock | null {
  const found = CLOCK.exec(line);
  if (found === null) return null;
  const [, mark = '', time = '', zone, monthName = '', day = '', year = ''] = found;
  const ofDay = parseTimeOfDay(time);
  const month = monthNumber(monthName);
  if (ofDay === null || month === null) return null;
  const at = wallInterval({ ...ofDay, year: Number(year), month, day: Number(day) }, Number(year));
  if (at === null) return null;
  return {
    text: line,
    at,
    year: Number(year),
    mark: mark === '*' || mark === '.' ? mark : null,
    zone: zone ?? null,
    timeSource: null,
    lines: { first: number, last: number },
  };
}
