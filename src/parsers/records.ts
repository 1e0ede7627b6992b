import type { LineRule } from './line-rules.ts';
import type { Draft, Line } from './lines.ts';
import type { Fact } from './parsed.ts';

/**
 * Records that each begin with a heading and go on with labelled lines, every label once. When a label comes a second time the next
 * heading is missing: the record is closed, and what follows stays unread rather than being added to the wrong record.
 */
export interface Records<R extends Fact> {
  readonly all: Draft<R>[];
  /** Labels the present record has had. */
  readonly labels: Set<string>;
  /** The line read before this one: a capture may hold a line twice in a row. */
  before: Line | null;
  closed: boolean;
  /** What lines without a label belong to: the list whose heading came last. */
  list: string | null;
}

/** No records yet. */
export function noRecords<R extends Fact>(): Records<R> {
  return { all: [], labels: new Set(), before: null, closed: false, list: null };
}

/** A new record at the end, begun by `line`. */
export function openRecord<R extends Fact>(
  state: Records<R>,
  line: Line,
  fields: Omit<R, 'lines'>,
): Draft<R> {
  const record = { lines: { first: line.number, last: line.last }, ...fields } as Draft<R>;
  state.all.push(record);
  state.labels.clear();
  state.before = line;
  state.closed = false;
  state.list = null;
  return record;
}

/** The record a line belongs to; null before the first heading and after a closed record. */
export function presentRecord<R extends Fact>(state: Records<R>, line: Line): Draft<R> | null {
  const record = state.all.at(-1);
  if (record === undefined || state.closed) return null;
  record.lines = { first: record.lines.first, last: line.last };
  return record;
}

/** The record a line with this label belongs to; null when there is none or the label came before. */
export function labelled<R extends Fact>(state: Records<R>, label: string, line: Line): Draft<R> | null {
  if (state.labels.has(label) && !isTwice(state.before, line)) state.closed = true;
  const record = presentRecord(state, line);
  if (record === null) return null;
  state.labels.add(label);
  state.before = line;
  state.list = null;
  return record;
}

/** A rule for a labelled line that sets fields; its pattern tells one label from another. `list`: lines without a label that follow are its items. */
export function fieldRule<R extends Fact>(
  word: string,
  pattern: RegExp,
  fieldsOf: (match: RegExpExecArray) => Partial<R>,
  list: string | null = null,
): LineRule<Records<R>> {
  return {
    word,
    pattern,
    take(state, match, line) {
      const record = labelled(state, pattern.source, line);
      if (record === null) return false;
      Object.assign(record, fieldsOf(match));
      state.list = list;
      return true;
    },
  };
}

/** A rule for a label that may stand several times in one record: each line adds to it. */
export function repeatedRule<R extends Fact>(
  word: string,
  pattern: RegExp,
  add: (record: Draft<R>, match: RegExpExecArray, line: Line) => void,
): LineRule<Records<R>> {
  return {
    word,
    pattern,
    take(state, match, line) {
      const record = presentRecord(state, line);
      if (record === null) return false;
      add(record, match, line);
      state.list = null;
      return true;
    },
  };
}

/** A rule for items of an open list, which have no label. */
export function itemRule<R extends Fact>(
  list: string,
  pattern: RegExp,
  add: (record: Draft<R>, match: RegExpExecArray, line: Line) => void,
): LineRule<Records<R>> {
  return {
    word: '*',
    pattern,
    take(state, match, line) {
      const record = state.list === list ? presentRecord(state, line) : null;
      if (record === null) return false;
      add(record, match, line);
      return true;
    },
  };
}

/** The list with one item more. It grows in place: copying it for every item would take time that grows with its square. */
export function added<T>(list: readonly T[] | null, item: T): readonly T[] {
  if (list === null) return [item];
  (list as T[]).push(item);
  return list;
}

/** Rules for labelled lines of a record that say nothing a diagnosis needs. */
export function silentFields<R extends Fact>(
  patterns: Readonly<Record<string, RegExp>>,
): LineRule<Records<R>>[] {
  return Object.entries(patterns).map(([word, pattern]) => fieldRule(word, pattern, () => ({})));
}

function isTwice(before: Line | null, line: Line): boolean {
  return before !== null && before.body === line.body && before.last + 1 === line.number;
}
