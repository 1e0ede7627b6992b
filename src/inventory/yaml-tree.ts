import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLError } from 'yaml';
import type { Place, Problems } from './problem.ts';

/** A YAML text as plain values that know where they stand; keys are never made into properties of an object. */
export type Value = MapValue | ListValue | ScalarValue;

export interface MapValue {
  readonly kind: 'map';
  readonly at: Place;
  readonly fields: readonly Field[];
}
export interface ListValue {
  readonly kind: 'list';
  readonly at: Place;
  readonly items: readonly Value[];
}
export interface ScalarValue {
  readonly kind: 'scalar';
  readonly at: Place;
  readonly value: string | number | boolean | null;
}
export interface Field {
  readonly key: string;
  readonly at: Place;
  readonly value: Value;
}

/** Reads the text, adding every problem; null when nothing usable is left. Aliases, tags and deep nesting are refused. */
export function yamlTree(text: string, problems: Problems): Value | null {
  if (text.length > MAX_SIZE) {
    problems.add({ line: 1, column: 1 }, `the file is larger than ${MAX_SIZE / 1_000_000} MB; split it`);
    return null;
  }
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const root = composed(text, lines, place, problems);
  return root === null ? null : toValue(root, { place, problems, parent: 0, depth: 0 });
}

const MAX_SIZE = 10_000_000;
const MAX_DEPTH = 20;

interface Walk {
  readonly place: (offset: number) => Place;
  readonly problems: Problems;
  readonly parent: number;
  readonly depth: number;
}

function composed(text: string, lines: LineCounter, place: Walk['place'], problems: Problems): Node | null {
  const document = parseGuarded(text, lines);
  if (document === null) {
    problems.add({ line: 1, column: 1 }, 'nested too deeply to be an inventory');
    return null;
  }
  const faults = [...document.errors, ...document.warnings];
  for (const fault of faults) problems.add(place(fault.pos[0]), wordsFor(fault));
  const readable = faults.every(
    (fault) => fault.code === 'DUPLICATE_KEY' || fault.code === 'TAG_RESOLVE_FAILED',
  );
  return readable ? (document.contents as Node | null) : null;
}

/** The library recurses as deep as the text nests; running out of stack there is an answer, not our crash. */
function parseGuarded(text: string, lines: LineCounter): ReturnType<typeof parseDocument> | null {
  try {
    return parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      version: '1.2',
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Our own words: the library's quote the text, which may hold a password. */
function wordsFor(fault: YAMLError): string {
  const words = WORDS.get(fault.code);
  return words ?? 'this is no valid YAML here; check indentation, colons and quotes';
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['DUPLICATE_KEY', 'this key stands twice in the same place; remove one of the two'],
  ['TAB_AS_INDENT', 'a tab is no indentation in YAML; use blanks'],
  ['BAD_INDENT', 'the indentation fits no line above; line it up with its neighbours'],
  ['MISSING_CHAR', 'a closing quote, bracket, colon or comma is missing here'],
  ['MULTIPLE_DOCS', 'a second document begins here (---); an inventory is one document'],
  ['BAD_SCALAR_START', 'a value cannot begin with this character; put it in quotes'],
  ['BAD_ALIAS', 'aliases (*name) are not read; put shared values into defaults: or a group'],
  ['TAG_RESOLVE_FAILED', 'tags (!name) are not read; write the plain value'],
  ['MULTILINE_IMPLICIT_KEY', 'a key must stand on one line; a colon or a quote seems to be missing'],
  ['BLOCK_AS_IMPLICIT_KEY', 'two keys stand on one line; give each its own'],
]);

function toValue(node: Node | null, walk: Walk): Value {
  const offset = node?.range?.[0] ?? walk.parent;
  const at = walk.place(offset);
  const nothing: ScalarValue = { kind: 'scalar', at, value: null };
  const deeper: Walk = { ...walk, parent: offset, depth: walk.depth + 1 };
  if (walk.depth > MAX_DEPTH) {
    walk.problems.add(at, 'nested too deeply to be an inventory');
    return nothing;
  }
  if (isAlias(node)) {
    walk.problems.add(at, 'aliases (*name) are not read; put shared values into defaults: or a group');
    return { kind: 'scalar', at, value: REFUSED };
  }
  if (isMap(node)) return { kind: 'map', at, fields: node.items.flatMap((pair) => fieldOf(pair, deeper)) };
  if (isSeq(node))
    return { kind: 'list', at, items: node.items.map((item) => toValue(item as Node, deeper)) };
  return isScalar(node) ? { kind: 'scalar', at, value: plainScalar(node.value) } : nothing;
}

/** Stands for a value that was refused already, so that no second problem is told about it. */
export const REFUSED = '\u0000refused';

function fieldOf(pair: { key: unknown; value: unknown }, walk: Walk): Field[] {
  const key = pair.key as Node | null;
  const at = walk.place(key?.range?.[0] ?? walk.parent);
  if (!isScalar(key) || key.value === null) {
    walk.problems.add(at, 'a key must be a plain word');
    return [];
  }
  return [
    {
      key: String(key.value),
      at,
      value: toValue(pair.value as Node | null, { ...walk, parent: key.range?.[0] ?? walk.parent }),
    },
  ];
}

function plainScalar(value: unknown): ScalarValue['value'] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : String(value);
}
