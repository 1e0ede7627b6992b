import type { ClockFacts } from '../show-clock/facts.ts';
import { wallInterval } from '../show-clock/wall-time.ts';
import type { LoggingFacts, LogMessage, LogStamp } from './facts.ts';
import { BASE_YEAR, wallTimeOf } from './stamp.ts';

const DAY = 86_400_000;

/** A step back by more than this is a new year, not a clock set back or lines out of order. */
const HALF_YEAR = 183 * DAY;

const BASE_START = Date.UTC(BASE_YEAR, 0, 1);

/**
 * The same facts with every assumed year moved so that the newest (last) stamp is not after the router's clock,
 * with one day of tolerance. Stamps that print their year, and logs in which any does, stay as they are.
 */
export function withClock(facts: LoggingFacts, clock: ClockFacts['clock']): LoggingFacts {
  if (clock === null || facts.messages.some(printsYear)) return facts;
  const newest = facts.messages.findLast((message) => message.stamp.yearAssumed !== null)?.stamp;
  if (newest === undefined || newest.yearAssumed === null) return facts;
  const latest = clock.at.to + DAY;
  for (let year = clock.year + 1; year >= clock.year - 8; year -= 1) {
    const at = inYear(newest, year).at;
    if (at === null || at.from > latest) continue;
    const shift = year - newest.yearAssumed;
    return shift === 0
      ? facts
      : { ...facts, messages: facts.messages.map((message) => shifted(message, shift)) };
  }
  return facts;
}

/** Gives stamps without a year one: next to the stamps that print it, else from a fixed base, a step from December to January raising it. */
export function assumeYears(messages: readonly LogMessage[]): readonly LogMessage[] {
  if (!messages.some((message) => message.stamp.yearAssumed !== null)) return messages;
  const offsets = yearOffsets(messages);
  const anchor = messages.findIndex(printsYear);
  const at = messages[anchor]?.stamp.at;
  const base = at ? new Date(at.from).getUTCFullYear() - (offsets[anchor] ?? 0) : BASE_YEAR;
  // Nearly every log lies within one year, and its stamps stand there already.
  if (base === BASE_YEAR && offsets.at(-1) === 0) return messages;
  return messages.map((message, index) => {
    if (message.stamp.yearAssumed === null) return message;
    return shifted(message, base + (offsets[index] ?? 0) - message.stamp.yearAssumed);
  });
}

/** How many new years were passed between the first stamp and each. */
function yearOffsets(messages: readonly LogMessage[]): number[] {
  let offset = 0;
  let before: number | null = null;
  let markBefore: LogStamp['mark'] = null;
  return messages.map(({ stamp }) => {
    const ofYear = placeInYear(stamp);
    if (ofYear === null) return offset;
    // A `*` behind a good clock is a router that lost its clock (March 1 after a reload), not a new year.
    const lostClock = stamp.mark === '*' && markBefore !== '*';
    if (before !== null && before - ofYear > HALF_YEAR && !lostClock) offset += 1;
    before = ofYear;
    markBefore = stamp.mark;
    return offset;
  });
}

function placeInYear(stamp: LogStamp): number | null {
  if (stamp.at === null) return null;
  if (stamp.yearAssumed === BASE_YEAR) return stamp.at.from - BASE_START;
  return stamp.at.from - Date.UTC(new Date(stamp.at.from).getUTCFullYear(), 0, 1);
}

function shifted(message: LogMessage, shift: number): LogMessage {
  if (shift === 0 || message.stamp.yearAssumed === null) return message;
  return { ...message, stamp: inYear(message.stamp, message.stamp.yearAssumed + shift) };
}

function inYear(stamp: LogStamp, year: number): LogStamp {
  const time = wallTimeOf(stamp);
  return time === null ? stamp : { ...stamp, yearAssumed: year, at: wallInterval(time, year) };
}

function printsYear(message: LogMessage): boolean {
  return message.stamp.form === 'datetime' && message.stamp.yearAssumed === null;
}
