import type { Hypothesis, Playbook } from '../playbooks/playbook.ts';
import { type Weighed, weigh } from '../playbooks/weigh.ts';
import type { Tunnel } from '../tunnels/tunnel.ts';
import type { DiagnosisCase, End } from './diagnosis-case.ts';
import { evaluateLeaf } from './evaluate-leaf.ts';
import { type Asked, questionsOf } from './next-questions.ts';
import { nothingAsks } from './nothing-asks.ts';
import { type RankedCause, rankCauses } from './rank.ts';
import { type Judged, judge } from './verdict.ts';

export interface TunnelDiagnosis extends Judged {
  readonly tunnel: Tunnel;
  /** The other end, when its router is in the run. */
  readonly farEnd: End | null;
  /** What stands, best first; empty for a healthy or idle tunnel. */
  readonly causes: readonly RankedCause[];
  /** The why-not ledger. */
  readonly ruledOut: readonly Weighed[];
  /** Commands whose answer would decide, cheapest and nearest first. */
  readonly questions: readonly Asked[];
}

export interface RouterDiagnosis {
  readonly findings: readonly RankedCause[];
  readonly questions: readonly Asked[];
}

/** One diagnosis: weighs every tunnel hypothesis, ranks what stands, judges the tunnel, and names what would decide. */
export function diagnoseTunnel(
  on: DiagnosisCase & { readonly tunnel: Tunnel },
  playbooks: readonly Playbook[],
): TunnelDiagnosis {
  const weighed = hypothesesOf(playbooks, 'tunnel').map((hypothesis) =>
    weigh(hypothesis, (leaf) => evaluateLeaf(leaf, on)),
  );
  const ranked = rankCauses(weighed);
  const judged = judge(on.tunnel, ranked, nothingAsks(on));
  const isFine = judged.verdict === 'healthy' || judged.verdict === 'idle';
  const withheld = isFine ? withheldEvidence(on) : [];
  const questions = isFine
    ? questionsOf(on, ranked.filter(isSeenInLog), [])
    : questionsOf(on, ranked, weighed);
  return {
    ...(withheld.length > 0 ? { verdict: 'undetermined', reason: null } : judged),
    tunnel: on.tunnel,
    farEnd: on.farEnd,
    causes: isFine ? [] : ranked,
    ruledOut: weighed.filter((item) => item.standing === 'ruled-out'),
    questions: [...withheld, ...questions.filter(({ text }) => !withheld.some((item) => item.text === text))],
  };
}

/**
 * The SA table and the log that were asked for and not given in full: what they hold could speak against a tunnel that looks fine,
 * so it is not called fine. They are named for a person; asking again in the same session would end the same way.
 */
function withheldEvidence({ tunnel, facts }: DiagnosisCase & { readonly tunnel: Tunnel }): readonly Asked[] {
  return [...tunnel.phase2Gaps, ...facts.log.gaps].flatMap(({ kind, ask, text }) =>
    (kind === 'refused' || kind === 'cut-short') && ask !== null
      ? [{ text: ask, command: null, why: text }]
      : [],
  );
}

/** Of lines without a peer only what they prove is a finding: likely causes, and symptoms that a line states. */
function isShownByLines(item: Weighed): boolean {
  if (item.standing === 'confirmed' || item.standing === 'likely') return true;
  return (
    item.standing === 'possible' &&
    item.hypothesis.class === 'symptom' &&
    isSeenInLog({ weighed: item, rank: 0 })
  );
}

/** A tunnel that looks fine is asked about only when a line of the log speaks of it: replay, MAC and identity drops hide behind two-way counters. */
function isSeenInLog({ weighed }: RankedCause): boolean {
  return weighed.supports.some(({ finding }) =>
    finding.sources.some((source) => source.command === 'show logging'),
  );
}

/**
 * Findings that belong to the router: hypotheses of that scope, and what log lines without a peer prove (`on.tunnel` holds them).
 */
export function diagnoseRouter(on: DiagnosisCase, playbooks: readonly Playbook[]): RouterDiagnosis {
  const ofRouter = hypothesesOf(playbooks, 'router').map((hypothesis) =>
    weigh(hypothesis, (leaf) => evaluateLeaf(leaf, { ...on, tunnel: null })),
  );
  const ofLoose =
    on.tunnel === null
      ? []
      : hypothesesOf(playbooks, 'tunnel')
          .map((hypothesis) => weigh(hypothesis, (leaf) => evaluateLeaf(leaf, on)))
          .filter(isShownByLines);
  const findings = rankCauses([...ofRouter, ...ofLoose]);
  return { findings, questions: questionsOf(on, findings, ofRouter) };
}

function hypothesesOf(playbooks: readonly Playbook[], scope: Hypothesis['scope']): readonly Hypothesis[] {
  return playbooks
    .filter((playbook) => playbook.status !== 'retired')
    .flatMap((playbook) => playbook.hypotheses.filter((hypothesis) => hypothesis.scope === scope));
}
