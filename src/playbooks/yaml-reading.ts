import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { didYouMean } from '../core/closest.ts';
import type { Position } from './playbook.ts';

/** One fault of a playbook file, with the place where it stands (both 1-based). */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * A YAML file being read. Readers below take a node and give its value, or null after noting a problem:
 * reading goes on, so one pass finds every fault of a file.
 */
export interface Reading {
  readonly file: string;
  readonly problems: readonly Problem[];
  at(node: YamlNode): Position;
  refuse(node: YamlNode, message: string): null;
}

/** A node of the document and the place that stands for it (an empty value stands where its key stands). */
export interface YamlNode {
  readonly node: Node | null;
  readonly offset: number;
}

export interface KeySet {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

export function openYaml(text: string, file: string): { reading: Reading; root: YamlNode } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const problems: Problem[] = [];
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  for (const fault of [...document.errors, ...document.warnings]) {
    problems.push({ ...place(fault.pos[0]), message: firstLine(fault.message) });
  }
  const reading: Reading = {
    file,
    problems,
    at: (node) => place(node.offset),
    refuse: (node, message) => {
      problems.push({ ...place(node.offset), message });
      return null;
    },
  };
  return { reading, root: nodeAt(document.contents as Node | null, 0) };
}

/** The values of a mapping by key: unknown, repeated and missing keys are noted. Null when it is no mapping. */
export function readMap(
  reading: Reading,
  from: YamlNode,
  keys: KeySet,
): ReadonlyMap<string, YamlNode> | null {
  const entries = readEntries(reading, from);
  if (entries === null) return null;
  const known = [...keys.required, ...keys.optional];
  const found = new Map<string, YamlNode>();
  for (const { key, keyNode, value } of entries) {
    if (known.includes(key)) found.set(key, value);
    else reading.refuse(keyNode, `unknown key ${key}${didYouMean(key, known)}`);
  }
  for (const key of keys.required) {
    if (!found.has(key)) reading.refuse(from, `the key ${key} is missing`);
  }
  return found;
}

export interface YamlEntry {
  readonly key: string;
  readonly keyNode: YamlNode;
  readonly value: YamlNode;
}

/** Keys and values in order, whatever the keys are. */
export function readEntries(reading: Reading, from: YamlNode): readonly YamlEntry[] | null {
  if (!isMap(from.node)) return reading.refuse(from, 'expected keys and values');
  return from.node.items.map((pair) => {
    const keyNode = nodeAt(pair.key as Node | null, from.offset);
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    return { key, keyNode, value: nodeAt(pair.value as Node | null, keyNode.offset) };
  });
}

export function readList(reading: Reading, from: YamlNode): readonly YamlNode[] | null {
  if (!isSeq(from.node)) return reading.refuse(from, 'expected a list');
  if (from.node.items.length === 0) return reading.refuse(from, 'expected at least one item');
  return from.node.items.map((item) => nodeAt(item as Node | null, from.offset));
}

export function isList(from: YamlNode): boolean {
  return isSeq(from.node);
}

/** A text of at least one character, without blanks at its ends. */
export function readText(reading: Reading, from: YamlNode): string | null {
  if (isAlias(from.node)) return reading.refuse(from, 'anchors and aliases are not used in playbooks');
  if (!isScalar(from.node) || typeof from.node.value !== 'string')
    return reading.refuse(from, 'expected text');
  const text = from.node.value.trim();
  return text === '' ? reading.refuse(from, 'expected text') : text;
}

export function readTexts(reading: Reading, from: YamlNode): readonly string[] | null {
  return all(readList(reading, from)?.map((item) => readText(reading, item)));
}

export function readNumber(reading: Reading, from: YamlNode, least: number): number | null {
  const value = isScalar(from.node) ? from.node.value : undefined;
  if (typeof value === 'number' && Number.isFinite(value) && value >= least) return value;
  return reading.refuse(from, `expected a number, at least ${least}`);
}

export function readBoolean(reading: Reading, from: YamlNode): boolean | null {
  const value = isScalar(from.node) ? from.node.value : undefined;
  return typeof value === 'boolean' ? value : reading.refuse(from, 'expected true or false');
}

export function readWord<const T extends string>(
  reading: Reading,
  from: YamlNode,
  words: readonly T[],
): T | null {
  const text = readText(reading, from);
  if (text === null) return null;
  const word = words.find((candidate) => candidate === text);
  return word ?? reading.refuse(from, `${text} is not one of ${words.join(', ')}${didYouMean(text, words)}`);
}

export function readWords<const T extends string>(
  reading: Reading,
  from: YamlNode,
  words: readonly T[],
): readonly T[] | null {
  return all(readList(reading, from)?.map((item) => readWord(reading, item, words)));
}

/** The items when every one could be read; null otherwise (the problems are noted already). */
export function all<T>(items: readonly (T | null)[] | null | undefined): readonly T[] | null {
  if (items == null) return null;
  const read = items.filter((item): item is T => item !== null);
  return read.length === items.length ? read : null;
}

function nodeAt(node: Node | null, parentOffset: number): YamlNode {
  return { node, offset: node?.range?.[0] ?? parentOffset };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
