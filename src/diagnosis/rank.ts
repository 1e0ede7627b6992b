import type { Weighed } from '../playbooks/weigh.ts';

export interface RankedCause {
  readonly weighed: Weighed;
  /** 1 is best; equal standing, class and score share a rank: ties stay ties. */
  readonly rank: number;
}

const STANDING_ORDER = ['confirmed', 'likely', 'possible'];

/**
 * What stands, best first. A symptom gives way to a likely or confirmed cause of its layer; where no cause is likely the
 * symptom comes first among the possible ones, because it is the honest answer.
 */
export function rankCauses(weighed: readonly Weighed[]): readonly RankedCause[] {
  const standing = weighed.filter((item) => STANDING_ORDER.includes(item.standing));
  const explained = new Set(standing.filter(isProven).map((item) => item.hypothesis.layer));
  const kept = standing.filter(
    (item) => item.hypothesis.class === 'cause' || !explained.has(item.hypothesis.layer),
  );
  const sorted = kept
    .map((item, order) => ({ item, order }))
    .sort((a, b) => compare(a.item, b.item) || a.order - b.order)
    .map(({ item }) => item);
  let rank = 0;
  return sorted.map((item, index) => {
    const previous = sorted[index - 1];
    if (previous === undefined || compare(previous, item) !== 0) rank = index + 1;
    return { weighed: item, rank };
  });
}

function isProven(item: Weighed): boolean {
  return item.hypothesis.class === 'cause' && (item.standing === 'confirmed' || item.standing === 'likely');
}

function compare(a: Weighed, b: Weighed): number {
  return (
    STANDING_ORDER.indexOf(a.standing) - STANDING_ORDER.indexOf(b.standing) ||
    classOrder(a) - classOrder(b) ||
    b.score - a.score
  );
}

/** Causes before symptoms among the likely ones, symptoms before causes among the merely possible ones. */
function classOrder(item: Weighed): number {
  const isSymptom = item.hypothesis.class === 'symptom' ? 1 : 0;
  return item.standing === 'possible' ? 1 - isSymptom : isSymptom;
}
