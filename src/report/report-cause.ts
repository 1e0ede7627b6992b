import type { Source } from '../evidence/source.ts';
import type { Weighed, WeighedClue } from '../playbooks/weigh.ts';
import type { Because, ReportCause } from './report.ts';

/** Most lines cited for one clue; the newest or the two ends, never a wall of repeats. */
const MOST_CITED = 4;

/** One weighed hypothesis as the report shows it; `rank` 0 stands for the why-not ledger. */
export function reportCause(weighed: Weighed, rank: number): ReportCause {
  const { hypothesis, standing } = weighed;
  return {
    id: hypothesis.id,
    title: hypothesis.title,
    class: hypothesis.class,
    standing: standing === 'silent' ? 'undetermined' : standing,
    rank,
    severity: hypothesis.severity,
    because: strongestFirst(weighed.supports).flatMap(reasons),
    against: strongestFirst(weighed.against).flatMap(reasons),
    missing: weighed.missing.map((gap) => ({ text: gap.text, ask: gap.ask })),
    remedy: [...hypothesis.remedy],
    verify: [...hypothesis.verify],
    references: [...hypothesis.references],
  };
}

const WEIGHT_ORDER = ['decisive', 'strong', 'some', 'weak'];

function strongestFirst(clues: readonly WeighedClue[]): readonly WeighedClue[] {
  const order = (item: WeighedClue): number => WEIGHT_ORDER.indexOf(item.clue.weight);
  return [...clues].sort((a, b) => order(a) - order(b));
}

/** One entry a cited line, all with the clue's sentence; without a line the output whose silence is the evidence. */
function reasons({ clue, finding }: WeighedClue): readonly Because[] {
  if (finding.sources.length === 0) return [{ text: clue.because, source: null, command: finding.command }];
  return finding.sources
    .slice(0, MOST_CITED)
    .map((source) => ({ text: clue.because, source: plain(source), command: source.command }));
}

export function plain(source: Source): NonNullable<Because['source']> {
  const { router, command, sample, firstLine, lastLine, quote } = source;
  return { router, command, ...(sample === undefined ? {} : { sample }), firstLine, lastLine, quote };
}
