import { showCommand } from '../evidence/show-command.ts';
import { readCauseId } from './parse-hypothesis.ts';
import type { PlaybookReading } from './parse-leaf.ts';
import type { PlaybookTest } from './playbook.ts';
import { STANDINGS } from './weigh.ts';
import { all, readBoolean, readList, readMap, readText, readWord, type YamlNode } from './yaml-reading.ts';

const OPTIONAL = ['router', 'peer', 'leads', 'standing', 'silent', 'without', 'lists'] as const;

/** One entry of `tests`: which scenario to run and what must come out. It must expect something. */
export function parsePlaybookTest(reading: PlaybookReading, from: YamlNode): PlaybookTest | null {
  const keys = readMap(reading, from, { required: ['scenario'], optional: OPTIONAL });
  const scenarioNode = keys?.get('scenario');
  if (keys == null || scenarioNode === undefined) return null;
  const given = <T>(key: string, otherwise: T, reader: (node: YamlNode) => T | null): { value: T } | null => {
    const node = keys.get(key);
    if (node === undefined) return { value: otherwise };
    const value = reader(node);
    return value === null ? null : { value };
  };
  const text = (node: YamlNode): string | null => readText(reading, node);
  const ids = (node: YamlNode): readonly string[] | null =>
    all(readList(reading, node)?.map((item) => readCauseId(reading, item)));
  const scenario = readText(reading, scenarioNode);
  const router = given<string | null>('router', null, text);
  const peer = given<string | null>('peer', null, text);
  const leads = given<string | null>('leads', null, (node) => readCauseId(reading, node));
  const standing = given<string | null>('standing', null, (node) => readWord(reading, node, STANDINGS));
  const silent = given('silent', false, (node) => readBoolean(reading, node));
  const without = given<readonly string[]>('without', [], (node) => readCommands(reading, node));
  const lists = given<readonly string[]>('lists', [], ids);
  if (!(scenario && router && peer && leads && standing && silent && without && lists)) return null;
  const test: PlaybookTest = {
    scenario,
    router: router.value,
    peer: peer.value,
    leads: leads.value,
    standing: standing.value,
    silent: silent.value,
    without: without.value,
    lists: lists.value,
    position: reading.at(from),
  };
  return expectsSomething(reading, from, test);
}

function expectsSomething(reading: PlaybookReading, from: YamlNode, test: PlaybookTest): PlaybookTest | null {
  if (test.leads === null && !test.silent && test.lists.length === 0) {
    return reading.refuse(from, 'a test expects something: leads, silent: true or lists');
  }
  if (test.silent && (test.leads !== null || test.lists.length > 0)) {
    return reading.refuse(from, 'silent: true and leads or lists exclude each other');
  }
  if (test.standing !== null && test.leads === null) return reading.refuse(from, 'standing needs leads');
  return test;
}

function readCommands(reading: PlaybookReading, from: YamlNode): readonly string[] | null {
  return all(
    readList(reading, from)?.map((item) => {
      const command = readText(reading, item);
      if (command === null || showCommand(command) !== null) return command;
      return reading.refuse(item, `not in the list of allowed show commands: ${command}`);
    }),
  );
}
