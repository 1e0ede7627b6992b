import type { Coverage, Parsed, Parser, UnreadLine } from '../parsed.ts';
import type { ClockFacts } from './facts.ts';
import { monthNumber, parseTimeOfDay, wallInterval } from './wall-time.ts';

type Clock = NonNullable<ClockFacts['clock']>;

// *18:00:49.603 UTC Thu Jul 17 2025
const CLOCK =
  /^([*.]?)(\d{1,2}:\d\d:\d\d(?:\.\d{1,9})?)(?: (\S{1,40}))? (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) +(\d{1,2}) (\d{4})$/;

// Time source is NTP, 17:32:07.999 EST Wed Feb 3 2016
const PREAMBLE_SOURCE = /^Time source is ([^,]{1,60}), (.{1,100})$/;

// Time source is NTP     |     No time source
const DETAIL_SOURCE = /^(?:Time source is (.{1,60})|No time source)$/;

// Load for five secs: 1%/0%; one minute: 1%; five minutes: 1%     |     Summer time starts 02:00:00 CET Sun Mar 29 2026
const SAYS_NOTHING = /^(?:Load for five secs:|Summer time |Time zone )/;

/** Reads `show clock` and `show clock detail`, with or without the load preamble of `exec prompt timestamp`. */
export const showClock: Parser<ClockFacts> = { command: 'show clock', parse };

function parse(text: string): Parsed<ClockFacts> {
  let clock: Clock | null = null;
  let preamble: Clock | null = null;
  let timeSource: string | null = null;
  const unread: UnreadLine[] = [];
  const lines = text.split(/\r?\n/);
  lines.forEach((raw, index) => {
    const line = raw.trim().replace(/[ \t]+/g, ' ');
    const stamped = PREAMBLE_SOURCE.exec(line);
    const detail = stamped === null ? DETAIL_SOURCE.exec(line) : null;
    const own = readClock(line, index + 1);
    if (own !== null && clock === null) clock = own;
    else if (stamped !== null) {
      preamble = readClock(stamped[2] ?? '', index + 1);
      timeSource ??= stamped[1] ?? null;
      if (preamble === null) unread.push({ line: index + 1, text: raw });
    } else if (detail !== null) timeSource = detail[1] ?? 'none';
    else if (line !== '' && !SAYS_NOTHING.test(line)) unread.push({ line: index + 1, text: raw });
  });
  // The preamble's clock was read a moment before: good enough when the command's own line was lost.
  const best: Clock | null = clock ?? preamble;
  const facts: ClockFacts = { clock: best === null ? null : { ...(best as Clock), timeSource } };
  return { facts, coverage: coverageOf(text, facts, unread), unread };
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

function coverageOf(text: string, facts: ClockFacts, unread: readonly UnreadLine[]): Coverage {
  if (text.trim() === '') return 'empty';
  if (facts.clock === null) return 'unrecognised';
  return unread.length > 0 ? 'partial' : 'complete';
}
