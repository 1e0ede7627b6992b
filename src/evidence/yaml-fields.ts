import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';

/** A YAML file that cannot be taken as it is; the message begins with `file:line:column: `. */
export class YamlFault extends Error {
  readonly file: string;
  readonly line: number;
  readonly column: number;

  constructor(file: string, line: number, column: number, message: string) {
    super(`${file}:${line}:${column}: ${message}`);
    this.name = 'YamlFault';
    this.file = file;
    this.line = line;
    this.column = column;
  }
}

/** One value of a YAML file that knows where it stands. Every reader throws YamlFault when the value has another shape. */
export interface YamlValue {
  readonly isMap: boolean;
  readonly isList: boolean;
  readonly isNull: boolean;
  fault(message: string): YamlFault;
  string(): string;
  number(least?: number): number;
  boolean(): boolean;
  oneOf<const T extends string>(allowed: readonly T[]): T;
  list(): YamlValue[];
  /** Key, value and a fault placed at the key. */
  entries(): YamlEntry[];
}

export interface YamlEntry {
  readonly key: string;
  readonly value: YamlValue;
  keyFault(message: string): YamlFault;
}

/** The root of a YAML text; null for an empty one. Throws YamlFault on what YAML itself refuses (also duplicate keys). */
export function readYaml(text: string, file: string): YamlValue | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): { line: number; col: number } => lines.linePos(offset);
  const first = document.errors[0];
  if (first !== undefined) {
    const { line, col } = place(first.pos[0]);
    throw new YamlFault(file, line, col, first.message);
  }
  const faultAt = (offset: number, message: string): YamlFault => {
    const { line, col } = place(offset);
    return new YamlFault(file, line, col, message);
  };
  const root = document.contents;
  return root === null ? null : yamlValue(root as Node, 0, faultAt);
}

type FaultAt = (offset: number, message: string) => YamlFault;

function yamlValue(node: Node | null | undefined, parentOffset: number, faultAt: FaultAt): YamlValue {
  const offset = node?.range?.[0] ?? parentOffset;
  const fault = (message: string): YamlFault => faultAt(offset, message);
  const plain: unknown = isScalar(node) ? node.value : undefined;
  return {
    isMap: isMap(node),
    isList: isSeq(node),
    isNull: node == null || plain === null,
    fault,
    string: () => (typeof plain === 'string' ? plain : (sourceOf(node) ?? raise(fault('expected text')))),
    number: (least = Number.NEGATIVE_INFINITY) => {
      if (typeof plain === 'number' && Number.isFinite(plain) && plain >= least) return plain;
      throw fault(Number.isFinite(least) ? `expected a number, at least ${least}` : 'expected a number');
    },
    boolean: () => (typeof plain === 'boolean' ? plain : raise(fault('expected true or false'))),
    oneOf: (allowed) =>
      allowed.find((word) => word === plain) ?? raise(fault(`expected one of: ${allowed.join(', ')}`)),
    list: () => {
      if (!isSeq(node)) throw fault('expected a list');
      return node.items.map((item) => yamlValue(item as Node, offset, faultAt));
    },
    entries: () => {
      if (!isMap(node)) throw fault('expected keys and values');
      return mapEntries(node, offset, faultAt);
    },
  };
}

function mapEntries(map: YAMLMap, parentOffset: number, faultAt: FaultAt): YamlEntry[] {
  return map.items.map((pair) => {
    const keyNode = pair.key as Node | null;
    const keyOffset = keyNode?.range?.[0] ?? parentOffset;
    const key = isScalar(keyNode) ? String(keyNode.source ?? keyNode.value) : '';
    return {
      key,
      value: yamlValue(pair.value as Node | null, keyOffset, faultAt),
      keyFault: (message: string) => faultAt(keyOffset, message),
    };
  });
}

/** Numbers and dates written without quotes (`name: 007`) keep the text as it was typed; lists, maps and nothing do not count. */
function sourceOf(node: Node | null | undefined): string | null {
  return isScalar(node) && node.value !== null && typeof node.source === 'string' ? node.source : null;
}

function raise(error: Error): never {
  throw error;
}
