import { whyUnsafe } from './advice-safety.ts';
import type { Condition } from './condition.ts';
import { parseCondition } from './parse-condition.ts';
import type { PlaybookReading } from './parse-leaf.ts';
import { parseQuestion } from './parse-question.ts';
import type { Clue, Hypothesis } from './playbook.ts';
import { all, readList, readMap, readText, readTexts, readWord, type YamlNode } from './yaml-reading.ts';

const REQUIRED = [
  'id',
  'title',
  'class',
  'layer',
  'severity',
  'trigger',
  'supports',
  'remedy',
  'verify',
  'references',
] as const;
const OPTIONAL = ['scope', 'implies', 'against', 'ask'] as const;

/** What a cause of the whole router may look at: nothing that belongs to one tunnel. */
const ROUTER_LEAVES: readonly Condition['kind'][] = [
  'all',
  'any',
  'not',
  'router-logged',
  'counter',
  'counter-share',
  'version-before',
  'distinct-peers',
];

export function parseHypothesis(reading: PlaybookReading, from: YamlNode): Hypothesis | null {
  const keys = readMap(reading, from, { required: REQUIRED, optional: OPTIONAL });
  if (keys === null) return null;
  const read = <T>(key: string, reader: (node: YamlNode) => T | null): T | null => {
    const node = keys.get(key);
    return node === undefined ? null : reader(node);
  };
  const or = <T>(key: string, otherwise: T, reader: (node: YamlNode) => T | null): T | null =>
    keys.has(key) ? read(key, reader) : otherwise;
  const clues = (node: YamlNode): readonly Clue[] | null =>
    all(readList(reading, node)?.map((item) => parseClue(reading, item)));
  const draft = {
    id: read('id', (node) => readCauseId(reading, node)),
    title: read('title', (node) => readText(reading, node)),
    class: read('class', (node) => readWord(reading, node, ['cause', 'symptom'])),
    layer: read('layer', (node) =>
      readWord(reading, node, ['phase1', 'phase2', 'data-plane', 'pki', 'overlay', 'platform']),
    ),
    severity: read('severity', (node) =>
      readWord(reading, node, ['critical', 'high', 'medium', 'low', 'info']),
    ),
    scope: or('scope', 'tunnel' as const, (node) => readWord(reading, node, ['tunnel', 'router'])),
    implies: or('implies', 'none' as const, (node) => readWord(reading, node, ['down', 'degraded', 'none'])),
    trigger: read('trigger', (node) => parseCondition(reading, node)),
    supports: read('supports', clues),
    against: or('against', [], clues),
    ask: or('ask', [], (node) => all(readList(reading, node)?.map((item) => parseQuestion(reading, item)))),
    remedy: read('remedy', (node) => readAdvice(reading, node)),
    verify: read('verify', (node) => readAdvice(reading, node)),
    references: read('references', (node) => readTexts(reading, node)),
    position: reading.at(from),
  };
  if (!isWhole(draft)) return null;
  return draft.scope === 'router' ? routerWide(reading, from, draft) : draft;
}

/** A cause id in kebab-case. */
export function readCauseId(reading: PlaybookReading, from: YamlNode): string | null {
  const id = readText(reading, from);
  // ikev2-child-proposal-mismatch
  if (id === null || /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) return id;
  return reading.refuse(from, `${id} is not in kebab-case`);
}

function parseClue(reading: PlaybookReading, from: YamlNode): Clue | null {
  const keys = readMap(reading, from, { required: ['weight', 'when', 'because'], optional: [] });
  const [weightNode, whenNode, becauseNode] = [keys?.get('weight'), keys?.get('when'), keys?.get('because')];
  if (weightNode === undefined || whenNode === undefined || becauseNode === undefined) return null;
  const weight = readWord(reading, weightNode, ['weak', 'some', 'strong', 'decisive']);
  const when = parseCondition(reading, whenNode);
  const because = readText(reading, becauseNode);
  if (weight === null || when === null || because === null) return null;
  return { weight, when, because, position: reading.at(from) };
}

function readAdvice(reading: PlaybookReading, from: YamlNode): readonly string[] | null {
  const items = readList(reading, from);
  return all(
    items?.map((item, step) => {
      const text = readText(reading, item);
      const unsafe = text === null ? null : whyUnsafe(text, step);
      return unsafe === null ? text : reading.refuse(item, `unsafe advice: ${unsafe}`);
    }),
  );
}

function routerWide(reading: PlaybookReading, from: YamlNode, hypothesis: Hypothesis): Hypothesis | null {
  const conditions = [
    hypothesis.trigger,
    ...[...hypothesis.supports, ...hypothesis.against].map((clue) => clue.when),
  ];
  const foreign = conditions.flatMap(kindsIn).find((kind) => !ROUTER_LEAVES.includes(kind));
  if (foreign === undefined) return hypothesis;
  return reading.refuse(from, `a hypothesis of scope router cannot look at one tunnel (${foreign})`);
}

function kindsIn(condition: Condition): readonly Condition['kind'][] {
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.flatMap(kindsIn);
  return condition.kind === 'not' ? kindsIn(condition.of) : [condition.kind];
}

type Draft<T> = { readonly [K in keyof T]: T[K] | null };

function isWhole(draft: Draft<Hypothesis>): draft is Hypothesis {
  return Object.values(draft).every((value) => value !== null);
}
