import type { LineRule } from './line-rules.ts';
import type { Draft, Line } from './lines.ts';
import type { Fact } from './parsed.ts';
import { labelled, openRecord, type Records } from './records.ts';

/** Fields a value sets; null when the text is no value of this label. */
export type ValueReader<R> = (value: string) => Partial<Draft<R>> | null;

/** `label` (lower case, as printed) → how its value is read. */
export type LabelTable<R> = Readonly<Record<string, ValueReader<R>>>;

/** Puts a value into the record that a label belongs to; false when the table has no such label, or the value is none. */
export type LabelReader<R extends Fact> = (
  state: Records<R>,
  label: string,
  value: string,
  line: Line,
) => boolean;

/** Reads labels with a table. `blank`: the record the first label opens; without it a heading must have opened one. */
export function labelReader<R extends Fact>(
  table: LabelTable<R>,
  blank: (() => Omit<R, 'lines'>) | null = null,
): LabelReader<R> {
  const readers = new Map(Object.entries(table));
  return (state, label, value, line) => {
    const fields = readers.get(label)?.(value) ?? null;
    if (fields === null) return false;
    if (blank !== null && state.all.length === 0) openRecord(state, line, blank());
    const record = labelled(state, label, line);
    if (record === null) return false;
    Object.assign(record, fields);
    return true;
  };
}

/** A line that is a label and its value. */
export const LABEL_LINE = {
  // Hardware Mode = Duplex
  '=': /^([^=]{1,60}?) ?= ?(.{0,300})$/,
  // Group Name               : GETVPN
  ':': /^([^:]{1,60}?) ?: ?(.{0,300})$/,
} as const;

/** One rule for every line of the form `label <sign> value` whose label is in the table; `blank` as in `labelReader`. */
export function labelTableRule<R extends Fact>(
  sign: ':' | '=',
  table: LabelTable<R>,
  blank: (() => Omit<R, 'lines'>) | null = null,
): LineRule<Records<R>> {
  const read = labelReader(table, blank);
  return {
    word: '*',
    pattern: LABEL_LINE[sign],
    take: (state, match, line) => read(state, (match[1] ?? '').toLowerCase(), match[2] ?? '', line),
  };
}

/** A rule for records that are one part of what a parser keeps. */
export function within<S, P>(part: (state: S) => P, rule: LineRule<P>): LineRule<S> {
  return { ...rule, take: (state, match, line) => rule.take(part(state), match, line) };
}

/** Tells a line with one of the labels from the rest of a wrapped one. */
export function hasLabelOf(sign: ':' | '=', ...tables: readonly object[]): (body: string) => boolean {
  const labels = new Set(tables.flatMap((table) => Object.keys(table)));
  return (body) => {
    const at = body.slice(0, 62).indexOf(sign);
    return at > 0 && labels.has(body.slice(0, at).trim().toLowerCase());
  };
}

/** A value that is kept as printed; an empty one is null. */
export function textOf<R>(field: keyof R): ValueReader<R> {
  return (value) => ({ [field]: value === '' ? null : value }) as Partial<Draft<R>>;
}

/** A whole number, alone or with its unit behind it (`510`, `86400 secs`, `30000 milliseconds`). */
export function countOf<R>(field: keyof R): ValueReader<R> {
  return (value) => {
    // 518 sec
    const digits = /^(\d{1,16})(?: [A-Za-z()]{1,20})?$/.exec(value)?.[1];
    const count = Number(digits);
    return digits !== undefined && Number.isSafeInteger(count)
      ? ({ [field]: count } as Partial<Draft<R>>)
      : null;
  };
}

/** A value that says nothing a diagnosis needs. */
export function ignored<R>(): ValueReader<R> {
  return () => ({});
}
