import { type Draft, isBlank, isJoined, type Line } from './lines.ts';
import type { Fact } from './parsed.ts';

/**
 * The record that lines below a heading belong to. `record` is null before the first heading, and after a field came a second time:
 * then a heading is missing, and what follows belongs to a record that is not there.
 */
export interface OpenRecord<R extends Fact> {
  record: Draft<R> | null;
  /** Text of the last line that was taken; a line that a terminal printed twice closes nothing. */
  previous: string;
}

/** A place for records, with none begun. */
export function noRecord<R extends Fact>(): OpenRecord<R> {
  return { record: null, previous: '' };
}

/** Begins a record. */
export function beginRecord<R extends Fact>(open: OpenRecord<R>, record: Draft<R>, line: Line): void {
  open.record = record;
  open.previous = line.body;
}

/** The record that a line belongs to, its range stretched over the line; null when there is none. Call it when the line will be taken. */
export function recordAt<R extends Fact>(open: OpenRecord<R>, line: Line): Draft<R> | null {
  if (open.record === null) return null;
  open.record.lines = { first: open.record.lines.first, last: line.last };
  open.previous = line.body;
  return open.record;
}

/** Sets fields of the present record, each once. When one of them is there already nothing is set, the record is over, and the result is false. */
export function setFields<R extends Fact>(
  open: OpenRecord<R>,
  line: Line,
  values: Partial<Draft<R>>,
): boolean {
  const { record } = open;
  if (record === null) return false;
  const news = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  const old = record as unknown as Readonly<Record<string, unknown>>;
  if (news.some(([key]) => !isBlank(old[key]))) {
    if (!isJoined(line) && line.body !== open.previous) open.record = null;
    return false;
  }
  Object.assign(record, Object.fromEntries(news));
  return recordAt(open, line) !== null;
}
