import type { Gap } from '../evidence/gap.ts';
import type { Leaf } from './condition.ts';
import { evaluate } from './evaluate.ts';
import { type Finding, joinGaps } from './finding.ts';
import type { Clue, Hypothesis, Weight } from './playbook.ts';

export const STANDINGS = ['confirmed', 'likely', 'possible', 'ruled-out', 'undetermined'] as const;
export type Standing = (typeof STANDINGS)[number];

/** A clue that holds, and what makes it hold. */
export interface WeighedClue {
  readonly clue: Clue;
  readonly finding: Extract<Finding, { is: 'holds' }>;
}

export interface Weighed {
  readonly hypothesis: Hypothesis;
  /** silent: nothing in the evidence speaks of this hypothesis; it is not listed. */
  readonly standing: Standing | 'silent';
  /** Weights of the clues for, less those of the clues against; orders hypotheses of equal standing. */
  readonly score: number;
  readonly supports: readonly WeighedClue[];
  readonly against: readonly WeighedClue[];
  /** What was not to be seen: the trigger's and the open clues' gaps. */
  readonly missing: readonly Gap[];
}

const POINTS: Readonly<Record<Weight, number>> = { weak: 1, some: 2, strong: 4, decisive: 8 };
const LIKELY_FROM = 4;

/** Weighs one hypothesis; the rules are those of playbooks/README.md. */
export function weigh(hypothesis: Hypothesis, findingOf: (leaf: Leaf) => Finding): Weighed {
  const trigger = evaluate(hypothesis.trigger, findingOf);
  const nothing = { hypothesis, score: 0, supports: [], against: [], missing: [] };
  if (trigger.is === 'fails') return { ...nothing, standing: 'silent' };
  const supports = weighClues(hypothesis.supports, findingOf);
  const against = weighClues(hypothesis.against, findingOf);
  const score = points(supports.holding) - points(against.holding);
  return {
    hypothesis,
    standing: standingOf(hypothesis, { triggerIsOpen: trigger.is === 'unknown', supports, against, score }),
    score,
    supports: supports.holding,
    against: against.holding,
    missing: joinGaps([trigger.is === 'unknown' ? trigger.gaps : [], supports.gaps, against.gaps]),
  };
}

interface Side {
  readonly holding: readonly WeighedClue[];
  readonly open: readonly Clue[];
  readonly gaps: readonly Gap[];
}

interface Scales {
  readonly triggerIsOpen: boolean;
  readonly supports: Side;
  readonly against: Side;
  readonly score: number;
}

function standingOf(hypothesis: Hypothesis, scales: Scales): Standing | 'silent' {
  if (hasDecisive(scales.against.holding)) return 'ruled-out';
  if (hasDecisive(scales.supports.holding)) return hypothesis.class === 'symptom' ? 'likely' : 'confirmed';
  if (scales.score >= LIKELY_FROM) return 'likely';
  if (scales.score > 0) return 'possible';
  return withoutSupport(scales);
}

/** Nothing in sum speaks for it: open clues that could still tip the scales keep it undetermined, clues against reject it. */
function withoutSupport({ triggerIsOpen, supports, against, score }: Scales): Standing | 'silent' {
  const best = score + supports.open.reduce((sum, clue) => sum + POINTS[clue.weight], 0);
  if (best > 0 && supports.open.length > 0) return 'undetermined';
  if (against.holding.length > 0) return 'ruled-out';
  return triggerIsOpen ? 'undetermined' : 'silent';
}

function weighClues(clues: readonly Clue[], findingOf: (leaf: Leaf) => Finding): Side {
  const weighed = clues.map((clue) => ({ clue, finding: evaluate(clue.when, findingOf) }));
  return {
    holding: weighed.filter((item): item is WeighedClue => item.finding.is === 'holds'),
    open: weighed.filter((item) => item.finding.is === 'unknown').map((item) => item.clue),
    gaps: joinGaps(weighed.map(({ finding }) => (finding.is === 'unknown' ? finding.gaps : []))),
  };
}

function points(clues: readonly WeighedClue[]): number {
  return clues.reduce((sum, { clue }) => sum + POINTS[clue.weight], 0);
}

function hasDecisive(clues: readonly WeighedClue[]): boolean {
  return clues.some(({ clue }) => clue.weight === 'decisive');
}
