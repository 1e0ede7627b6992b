import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Gap } from '../../src/evidence/gap.ts';
import type { Source } from '../../src/evidence/source.ts';
import type { Condition, Leaf } from '../../src/playbooks/condition.ts';
import { evaluate } from '../../src/playbooks/evaluate.ts';
import type { Finding } from '../../src/playbooks/finding.ts';
import type { Clue, Hypothesis, Weight } from '../../src/playbooks/playbook.ts';
import { weigh } from '../../src/playbooks/weigh.ts';

const position = { file: 'x.yaml', line: 1, column: 1 };

function source(line: number): Source {
  return { router: 'r', command: 'show logging', firstLine: line, lastLine: line, quote: `line ${line}` };
}
function gapOf(ask: string): Gap {
  return { kind: 'not-asked', ask, text: `${ask} was not asked` };
}

/** Leaves named by a release text, so that a test can say what each of them is. */
function leaf(name: string): Leaf {
  return { kind: 'version-before', release: name };
}
function findingOf(condition: Leaf): Finding {
  const name = condition.kind === 'version-before' ? condition.release : '';
  const line = Number(/\d+$/.exec(name)?.[0] ?? '0');
  if (name.startsWith('yes')) return { is: 'holds', sources: [source(line)], command: null };
  if (name.startsWith('no')) return { is: 'fails', sources: [], command: 'show logging' };
  return { is: 'unknown', gaps: [gapOf(name)] };
}

function clue(weight: Weight, name: string): Clue {
  return { weight, when: leaf(name), because: name, position };
}
function hypothesis(parts: Partial<Hypothesis>): Hypothesis {
  return {
    id: 'x',
    title: 'x',
    class: 'cause',
    layer: 'phase1',
    severity: 'high',
    scope: 'tunnel',
    implies: 'none',
    trigger: leaf('yes'),
    supports: [],
    against: [],
    ask: [],
    remedy: ['a'],
    verify: ['a'],
    references: ['a'],
    position,
    ...parts,
  };
}
function standing(parts: Partial<Hypothesis>): string {
  return weigh(hypothesis(parts), findingOf).standing;
}

describe('standing', () => {
  test('a failing trigger silences even a decisive clue', () => {
    const weighed = weigh(
      hypothesis({ trigger: leaf('no'), supports: [clue('decisive', 'yes')] }),
      findingOf,
    );
    expect(weighed).toMatchObject({ standing: 'silent', supports: [], missing: [] });
  });

  test.each<[string, Partial<Hypothesis>]>([
    ['confirmed', { supports: [clue('decisive', 'yes')] }],
    ['likely', { class: 'symptom', supports: [clue('decisive', 'yes')] }],
    ['ruled-out', { supports: [clue('decisive', 'yes1')], against: [clue('decisive', 'yes2')] }],
    ['likely', { supports: [clue('strong', 'yes')] }],
    ['likely', { supports: [clue('some', 'yes1'), clue('some', 'yes2')] }],
    ['possible', { supports: [clue('some', 'yes1'), clue('weak', 'yes2')] }],
    ['possible', { supports: [clue('strong', 'yes1')], against: [clue('some', 'yes2')] }],
    ['possible', { supports: [clue('weak', 'yes')], against: [clue('decisive', 'unknown')] }],
    ['ruled-out', { supports: [clue('some', 'yes1')], against: [clue('some', 'yes2')] }],
    ['ruled-out', { supports: [clue('some', 'no')], against: [clue('weak', 'yes')] }],
    [
      'undetermined',
      { supports: [clue('weak', 'yes1'), clue('strong', 'unknown')], against: [clue('some', 'yes2')] },
    ],
    ['ruled-out', { supports: [clue('weak', 'unknown')], against: [clue('some', 'yes')] }],
    ['silent', { supports: [clue('strong', 'no')] }],
    ['undetermined', { supports: [clue('strong', 'unknown')] }],
    ['undetermined', { trigger: leaf('unknown'), supports: [clue('strong', 'no')] }],
    ['likely', { trigger: leaf('unknown'), supports: [clue('strong', 'yes')] }],
  ])('%s', (expected, parts) => {
    expect(standing(parts)).toBe(expected);
  });

  test('holding clues carry their lines, open ones their gaps, each once', () => {
    const weighed = weigh(
      hypothesis({
        trigger: leaf('unknown a'),
        supports: [clue('strong', 'yes7'), clue('some', 'unknown a'), clue('weak', 'no')],
        against: [clue('weak', 'unknown b')],
      }),
      findingOf,
    );
    expect(weighed.supports.map(({ finding }) => finding.sources)).toEqual([[source(7)]]);
    expect(weighed.missing).toEqual([gapOf('unknown a'), gapOf('unknown b')]);
    expect(weighed.score).toBe(4);
  });
});

describe('three-valued logic', () => {
  test('one failing part decides all, one holding part decides any', () => {
    const all: Condition = { kind: 'all', of: [leaf('unknown'), leaf('no')] };
    const any: Condition = { kind: 'any', of: [leaf('unknown'), leaf('yes3'), leaf('no')] };
    expect(evaluate(all, findingOf)).toEqual({ is: 'fails', sources: [], command: 'show logging' });
    expect(evaluate(any, findingOf)).toEqual({ is: 'holds', sources: [source(3)], command: null });
  });

  test('an absence that decides names the output it was looked for in', () => {
    const condition: Condition = { kind: 'not', of: leaf('no') };
    expect(evaluate(condition, findingOf)).toEqual({ is: 'holds', sources: [], command: 'show logging' });
  });

  const conditions = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('yes', 'no', 'unknown').map((name): Condition => leaf(name)),
      fc.record({
        kind: fc.constantFrom('all' as const, 'any' as const),
        of: fc.array(tie('condition'), { minLength: 1, maxLength: 4 }),
      }),
      fc.record({ kind: fc.constant('not' as const), of: tie('condition') }),
    ),
  })).condition;

  test('De Morgan, and learning more never turns an answer round', () => {
    const is = (condition: Condition, open: Finding['is']): string =>
      evaluate(condition, (l) => {
        const finding = findingOf(l);
        if (finding.is !== 'unknown' || open === 'unknown') return finding;
        return { is: open, sources: [], command: null };
      }).is;
    fc.assert(
      fc.property(fc.array(conditions, { minLength: 1, maxLength: 4 }), (of) => {
        const notAll = is({ kind: 'not', of: { kind: 'all', of } }, 'unknown');
        const anyNot = is({ kind: 'any', of: of.map((part) => ({ kind: 'not', of: part })) }, 'unknown');
        expect(notAll).toBe(anyNot);
        const before = is({ kind: 'all', of }, 'unknown');
        if (before === 'unknown') return;
        expect([is({ kind: 'all', of }, 'holds'), is({ kind: 'all', of }, 'fails')]).toEqual([
          before,
          before,
        ]);
      }),
    );
  });
});
