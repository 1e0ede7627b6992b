import { didYouMean } from '../core/closest.ts';
import { printable } from '../core/printable.ts';
import type { Problems } from './problem.ts';
import { type Field, type MapValue, REFUSED, type Value } from './yaml-tree.ts';

/** Reads a value or adds a problem and returns undefined. `key` names the field in the message. */
export type Read<T> = (value: Value, key: string, problems: Problems) => T | undefined;

/** Text of at most `most` characters without control characters; numbers and true/false must be quoted. */
export function text(most: number): Read<string> {
  return (value, key, problems) => {
    if (isRefused(value)) return undefined;
    if (value.kind !== 'scalar') return wrong(value, `${key} must be text, not a ${value.kind}`, problems);
    if (value.value === null)
      return wrong(value, `${key} has no value; give it one or remove the line`, problems);
    if (typeof value.value !== 'string')
      return wrong(value, `${key} must be text; put the value in quotes`, problems);
    if (value.value.trim() === '')
      return wrong(value, `${key} is empty; give it a value or remove the line`, problems);
    if (value.value.length > most) return wrong(value, `${key} is longer than ${most} characters`, problems);
    if (/[\x00-\x08\x0a-\x1f\x7f]/.test(value.value))
      return wrong(value, `${key} holds control characters or line ends`, problems);
    return value.value;
  };
}

/** Text that a check accepts; the check returns the value to keep or a sentence that says what is expected. */
export function checked<T>(
  most: number,
  check: (text: string) => { readonly keep: T } | { readonly expected: string },
): Read<T> {
  const readText = text(most);
  return (value, key, problems) => {
    const found = readText(value, key, problems);
    if (found === undefined) return undefined;
    const result = check(found);
    return 'keep' in result
      ? result.keep
      : wrong(value, `${key} ${shown(found)}: ${result.expected}`, problems);
  };
}

export function wholeNumber(least: number, most: number): Read<number> {
  return (value, key, problems) => {
    if (isRefused(value)) return undefined;
    const found = value.kind === 'scalar' ? value.value : null;
    if (typeof found === 'number' && Number.isInteger(found) && found >= least && found <= most) return found;
    return wrong(value, `${key} must be a whole number from ${least} to ${most}`, problems);
  };
}

export const trueOrFalse: Read<boolean> = (value, key, problems) => {
  if (isRefused(value)) return undefined;
  if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value;
  return wrong(value, `${key} must be true or false`, problems);
};

/** A list of what `item` reads; a single value stands for a list of one. Repeats are named. */
export function listOf(
  item: Read<string>,
): Read<readonly { readonly value: string; readonly at: Value['at'] }[]> {
  return (value, key, problems) => {
    if (isRefused(value)) return undefined;
    if (value.kind === 'map') return wrong(value, `${key} must be a list`, problems);
    const items = value.kind === 'list' ? value.items : [value];
    const seen = new Set<string>();
    return items.flatMap((entry) => {
      const found = item(entry, key, problems);
      if (found === undefined) return [];
      if (seen.has(found)) problems.add(entry.at, `${key} names ${shown(found)} twice; remove one`);
      seen.add(found);
      return [{ value: found, at: entry.at }];
    });
  };
}

/** The map, or a problem and undefined. */
export function mapping(value: Value, what: string, problems: Problems): MapValue | undefined {
  if (value.kind === 'map') return value;
  return isRefused(value) ? undefined : wrong(value, `${what} must hold keys and values`, problems);
}

/** Adds the problem of a key that is not in `known`; the value is never repeated, it may be a secret. */
export function unknownKey(field: Field, where: string, known: readonly string[], problems: Problems): void {
  const guess = didYouMean(field.key, known);
  problems.add(
    field.at,
    `${where} knows no key ${shown(field.key)}${guess}; ${guess === '' ? `known are: ${known.join(', ')}` : 'correct or remove it'}`,
  );
}

/** Text of the file inside a message: quoted, cleaned, short. */
export function shown(value: string): string {
  const clean = printable(value);
  return `"${clean.length > 60 ? `${clean.slice(0, 60)}…` : clean}"`;
}

export function isRefused(value: Value): boolean {
  return value.kind === 'scalar' && value.value === REFUSED;
}

function wrong(value: Value, message: string, problems: Problems): undefined {
  problems.add(value.at, message);
  return undefined;
}
