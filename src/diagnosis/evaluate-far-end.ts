import type { BothEndsFact, TrafficKind } from '../playbooks/condition.ts';
import type { Finding } from '../playbooks/finding.ts';
import { compareEnds } from '../tunnels/compare-ends.ts';
import type { DiagnosisCase, End } from './diagnosis-case.ts';
import { matches } from './evaluate-log.ts';
import { trafficIn } from './evaluate-state.ts';
import { decided, FAR_END_NOT_SEEN, fails, holds, unknown } from './findings.ts';

export function bothEnds(on: DiagnosisCase, fact: BothEndsFact): Finding {
  if (on.tunnel === null) return fails();
  if (on.farEnd === null) return FAR_END_NOT_SEEN;
  const compared = compareEnds(fact, { tunnel: on.tunnel, facts: on.facts }, on.farEnd);
  switch (compared.is) {
    case 'differ':
      return holds(compared.sources);
    case 'agree':
      return fails(compared.sources);
    case 'unknown':
      return unknown({ kind: 'not-asked', ask: compared.ask, text: compared.text });
  }
}

export function farEndTraffic(on: DiagnosisCase, kinds: readonly TrafficKind[]): Finding {
  if (on.farEnd === null) return FAR_END_NOT_SEEN;
  return trafficIn(asSeenBy(on.farEnd), kinds);
}

export function farEndLogged(
  on: DiagnosisCase,
  leaf: { readonly ids: readonly string[]; readonly fields: Readonly<Record<string, string>> },
): Finding {
  if (on.farEnd === null) return FAR_END_NOT_SEEN;
  const found = on.farEnd.tunnel.messages.filter(
    (item) => item.age !== 'before-session' && matches(item.message, leaf),
  );
  return found.length > 0
    ? holds(found.slice(-3).map((item) => item.source))
    : decided(false, [], 'show logging');
}

function asSeenBy(end: End): DiagnosisCase {
  return { tunnel: end.tunnel, facts: end.facts, tunnels: [end.tunnel], farEnd: null };
}
