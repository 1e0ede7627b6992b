import { showCommand } from '../evidence/show-command.ts';
import { parseHypothesis, readCauseId } from './parse-hypothesis.ts';
import type { PlaybookReading } from './parse-leaf.ts';
import { parsePlaybookTest } from './parse-playbook-test.ts';
import type { Hypothesis, Playbook, PlaybookTest } from './playbook.ts';
import {
  all,
  openYaml,
  type Problem,
  readList,
  readMap,
  readText,
  readTexts,
  readWord,
  type YamlNode,
} from './yaml-reading.ts';

export type ParsedPlaybook =
  | { readonly ok: true; readonly playbook: Playbook }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const REQUIRED = ['id', 'title', 'status', 'references', 'hypotheses', 'tests'] as const;

/**
 * Reads one playbook file strictly and names every problem at once, each with its line and column.
 * `file` is the name for messages and must end in `<id>.yaml`. `catalogueIds`: the messages that exist; null leaves them unchecked.
 */
export function parsePlaybook(
  text: string,
  file: string,
  catalogueIds: ReadonlySet<string> | null = null,
): ParsedPlaybook {
  const { reading, root } = openYaml(text, file);
  if (reading.problems.length > 0) return { ok: false, problems: reading.problems };
  const playbook = readPlaybook({ ...reading, catalogueIds }, root);
  if (playbook !== null && reading.problems.length === 0) return { ok: true, playbook };
  return { ok: false, problems: inOrder(reading.problems) };
}

function readPlaybook(reading: PlaybookReading, root: YamlNode): Playbook | null {
  const keys = readMap(reading, root, { required: REQUIRED, optional: ['needs'] });
  if (keys === null) return null;
  const read = <T>(key: string, reader: (node: YamlNode) => T | null): T | null => {
    const node = keys.get(key);
    return node === undefined ? null : reader(node);
  };
  const id = read('id', (node) => readFileId(reading, node));
  const title = read('title', (node) => readText(reading, node));
  const status = read('status', (node) => readWord(reading, node, ['draft', 'stable', 'retired']));
  const needs = keys.has('needs') ? read('needs', (node) => readNeeds(reading, node)) : [];
  const references = read('references', (node) => readTexts(reading, node));
  const hypotheses = read('hypotheses', (node) => readHypotheses(reading, node));
  const tests = read('tests', (node) => readTests(reading, node, hypotheses ?? []));
  if (id === null || title === null || status === null || needs === null) return null;
  if (references === null || hypotheses === null || tests === null) return null;
  return { id, title, status, needs, references, hypotheses, tests, file: reading.file };
}

function readFileId(reading: PlaybookReading, from: YamlNode): string | null {
  const id = readCauseId(reading, from);
  const name =
    reading.file
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\.ya?ml$/, '') ?? '';
  if (id === null || id === name) return id;
  return reading.refuse(from, `the id ${id} is not the file name ${name}`);
}

function readNeeds(reading: PlaybookReading, from: YamlNode): readonly string[] | null {
  return all(
    readList(reading, from)?.map((item) => {
      const command = readText(reading, item);
      if (command === null || showCommand(command) !== null) return command;
      return reading.refuse(item, `not in the list of allowed show commands: ${command}`);
    }),
  );
}

function readHypotheses(reading: PlaybookReading, from: YamlNode): readonly Hypothesis[] | null {
  const items = readList(reading, from);
  const hypotheses = items?.map((item) => parseHypothesis(reading, item));
  const seen = new Set<string>();
  hypotheses?.forEach((hypothesis, i) => {
    const item = items?.[i];
    if (hypothesis == null || item === undefined) return;
    if (seen.has(hypothesis.id)) reading.refuse(item, `the id ${hypothesis.id} is used twice in this file`);
    seen.add(hypothesis.id);
  });
  return all(hypotheses);
}

function readTests(
  reading: PlaybookReading,
  from: YamlNode,
  own: readonly Hypothesis[],
): readonly PlaybookTest[] | null {
  const items = readList(reading, from);
  return all(
    items?.map((item) => {
      const test = parsePlaybookTest(reading, item);
      if (test === null || test.leads === null || own.length === 0) return test;
      if (own.some((hypothesis) => hypothesis.id === test.leads)) return test;
      return reading.refuse(item, `${test.leads} is no hypothesis of this file`);
    }),
  );
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
}
