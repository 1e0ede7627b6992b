import { expect, test } from '@jest/globals';
import { rankCauses } from '../../src/diagnosis/rank.ts';
import type { CauseClass, Layer } from '../../src/playbooks/playbook.ts';
import type { Standing, Weighed } from '../../src/playbooks/weigh.ts';

function weighed(
  id: string,
  standing: Standing | 'silent',
  { score = 1, layer = 'phase1' as Layer, symptom = false } = {},
): Weighed {
  const as: CauseClass = symptom ? 'symptom' : 'cause';
  const hypothesis = {
    id,
    title: id,
    class: as,
    layer,
    severity: 'high' as const,
    scope: 'tunnel' as const,
    implies: 'down' as const,
    trigger: { kind: 'all' as const, of: [] },
    supports: [],
    against: [],
    ask: [],
    remedy: [],
    verify: [],
    references: [],
    position: { file: 'x.yaml', line: 1, column: 1 },
  };
  return { hypothesis, standing, score, supports: [], against: [], missing: [] };
}

function ranked(...items: readonly Weighed[]): readonly string[] {
  return rankCauses(items).map(({ weighed: item, rank }) => `${rank} ${item.hypothesis.id}`);
}

test('what does not stand is not listed', () => {
  expect(
    ranked(
      weighed('a', 'silent'),
      weighed('b', 'ruled-out'),
      weighed('c', 'undetermined'),
      weighed('d', 'possible'),
    ),
  ).toEqual(['1 d']);
});

test('confirmed before likely before possible, whatever the score', () => {
  expect(
    ranked(
      weighed('p', 'possible', { score: 3 }),
      weighed('l', 'likely', { score: 9 }),
      weighed('c', 'confirmed'),
    ),
  ).toEqual(['1 c', '2 l', '3 p']);
});

test('the higher score first, ties share a rank and keep their order', () => {
  expect(
    ranked(
      weighed('b', 'possible'),
      weighed('a', 'possible'),
      weighed('c', 'possible', { score: 2 }),
      weighed('d', 'possible', { score: 0.5 }),
    ),
  ).toEqual(['1 c', '2 b', '2 a', '4 d']);
});

test.each(['likely', 'confirmed'] as const)(
  'a %s cause explains the symptoms of its layer, and of no other',
  (standing) => {
    const items = [
      weighed('s1', 'likely', { symptom: true }),
      weighed('s2', 'likely', { symptom: true, layer: 'phase2' }),
      weighed('c', standing),
    ];
    expect(ranked(...items).map((text) => text.slice(2))).toEqual(['c', 's2']);
  },
);

test('a merely possible cause explains nothing: the symptom comes first', () => {
  expect(ranked(weighed('c', 'possible', { score: 3 }), weighed('s', 'possible', { symptom: true }))).toEqual(
    ['1 s', '2 c'],
  );
});

test('a likely symptom explains no other symptom', () => {
  expect(
    ranked(weighed('s1', 'likely', { symptom: true }), weighed('s2', 'possible', { symptom: true })),
  ).toEqual(['1 s1', '2 s2']);
});

test('of likely ones a cause of another layer stands before a symptom', () => {
  expect(
    ranked(
      weighed('s', 'likely', { symptom: true, layer: 'phase2', score: 9 }),
      weighed('c', 'likely', { score: 4 }),
    ),
  ).toEqual(['1 c', '2 s']);
});
