import { assertNever } from '../core/never.ts';
import type { Condition, Leaf } from './condition.ts';
import { type Finding, joinGaps, joinSources } from './finding.ts';

/**
 * A condition over three-valued findings (Kleene): `all` fails when one part fails, `any` holds when one part holds, even if
 * others are unknown. The sources are those of the parts that decide.
 */
export function evaluate(condition: Condition, findingOf: (leaf: Leaf) => Finding): Finding {
  switch (condition.kind) {
    case 'all':
      return combine(condition.of, findingOf, 'fails');
    case 'any':
      return combine(condition.of, findingOf, 'holds');
    case 'not':
      return opposite(evaluate(condition.of, findingOf));
    default:
      return findingOf(condition);
  }
}

/** One part that is `deciding` decides; else one unknown part leaves it open; else every part decides together. */
function combine(
  parts: readonly Condition[],
  findingOf: (leaf: Leaf) => Finding,
  deciding: 'holds' | 'fails',
): Finding {
  const findings = parts.map((part) => evaluate(part, findingOf));
  const decided = findings.filter((finding) => finding.is === deciding);
  if (decided.length > 0) return together(decided, deciding);
  const open = findings.filter((finding) => finding.is === 'unknown');
  if (open.length > 0) return { is: 'unknown', gaps: joinGaps(open.map((finding) => finding.gaps)) };
  return together(findings, deciding === 'holds' ? 'fails' : 'holds');
}

function together(findings: readonly Finding[], is: 'holds' | 'fails'): Finding {
  const known = findings.filter((finding) => finding.is !== 'unknown');
  return {
    is,
    sources: joinSources(known.map((finding) => finding.sources)),
    command: known.find((finding) => finding.command !== null)?.command ?? null,
  };
}

function opposite(finding: Finding): Finding {
  switch (finding.is) {
    case 'holds':
      return { ...finding, is: 'fails' };
    case 'fails':
      return { ...finding, is: 'holds' };
    case 'unknown':
      return finding;
    default:
      return assertNever(finding);
  }
}
