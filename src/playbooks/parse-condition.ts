import { didYouMean } from '../core/closest.ts';
import type { Condition, Leaf } from './condition.ts';
import { LEAF_KINDS, type PlaybookReading, parseLeaf } from './parse-leaf.ts';
import { all, isList, readEntries, readList, type YamlNode } from './yaml-reading.ts';

const KINDS: readonly string[] = ['all', 'any', 'not', ...LEAF_KINDS];
const DEEPEST = 12;

/**
 * A condition as written in YAML: a mapping with exactly one key (`all`, `any`, `not` or a leaf), or a list, which stands for
 * `all`. Null after a problem was noted.
 */
export function parseCondition(reading: PlaybookReading, from: YamlNode, depth = 0): Condition | null {
  if (depth > DEEPEST) return reading.refuse(from, `conditions nest at most ${DEEPEST} deep`);
  if (isList(from)) return many(reading, 'all', from, depth);
  const entries = readEntries(reading, from);
  if (entries === null) return null;
  const [entry, second] = entries;
  if (entry === undefined) return reading.refuse(from, 'expected a condition');
  if (second !== undefined) {
    return reading.refuse(second.keyNode, 'a condition has exactly one key; combine several with all or any');
  }
  if (entry.key === 'all' || entry.key === 'any') return many(reading, entry.key, entry.value, depth);
  if (entry.key === 'not') {
    const of = parseCondition(reading, entry.value, depth + 1);
    return of === null ? null : { kind: 'not', of };
  }
  if (isLeafKind(entry.key)) return parseLeaf(reading, entry.key, entry.value);
  return reading.refuse(entry.keyNode, `unknown condition ${entry.key}${didYouMean(entry.key, KINDS)}`);
}

function many(
  reading: PlaybookReading,
  kind: 'all' | 'any',
  from: YamlNode,
  depth: number,
): Condition | null {
  const of = all(readList(reading, from)?.map((item) => parseCondition(reading, item, depth + 1)));
  return of === null ? null : { kind, of };
}

function isLeafKind(key: string): key is Leaf['kind'] {
  return (LEAF_KINDS as readonly string[]).includes(key);
}
