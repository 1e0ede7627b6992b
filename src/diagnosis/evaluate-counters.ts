import type { Source } from '../evidence/source.ts';
import type { FlowCounters } from '../parsers/show-crypto-ipsec-sa/facts.ts';
import type { CounterName, Leaf } from '../playbooks/condition.ts';
import type { Finding } from '../playbooks/finding.ts';
import type { Flow, Tunnel } from '../tunnels/tunnel.ts';
import type { DiagnosisCase } from './diagnosis-case.ts';
import { decided, unknown } from './findings.ts';

const FIELD: Readonly<Record<CounterName, keyof FlowCounters>> = {
  encaps: 'encaps',
  decaps: 'decaps',
  'send-errors': 'sendErrors',
  'recv-errors': 'recvErrors',
  'verify-failed': 'verifyFailed',
  'replay-failed': 'replayFailedRecv',
  'invalid-identity': 'invalidIdentityRecv',
  'invalid-sa': 'invalidSaRecv',
  'encaps-failed': 'encapsFailedSend',
};

interface CounterSum {
  readonly value: number;
  readonly sources: readonly Source[];
}

export function counterIs(on: DiagnosisCase, leaf: Extract<Leaf, { kind: 'counter' }>): Finding {
  const sum = sumCounter(tunnelsOf(on), leaf.name);
  if (sum === null) return notShown(leaf.name, on);
  if (leaf.equals !== null) return decided(sum.value === leaf.equals, sum.sources);
  return decided(sum.value >= (leaf.atLeast ?? 1), sum.sources);
}

export function counterShare(on: DiagnosisCase, leaf: Extract<Leaf, { kind: 'counter-share' }>): Finding {
  const part = sumCounter(tunnelsOf(on), leaf.of);
  const whole = sumCounter(tunnelsOf(on), leaf.in);
  if (part === null) return notShown(leaf.of, on);
  if (whole === null) return notShown(leaf.in, on);
  // Packets that failed the check are not in decaps on every release: the share is of all that arrived, so it never exceeds 1.
  const total = whole.value + part.value;
  const share = total === 0 ? 0 : part.value / total;
  const sources = [...part.sources, ...whole.sources].slice(0, 4);
  return decided(leaf.below !== null ? share < leaf.below : share >= (leaf.atLeast ?? 0), sources);
}

function tunnelsOf(on: DiagnosisCase): readonly Tunnel[] {
  return on.tunnel === null ? on.tunnels : [on.tunnel];
}

function sumCounter(tunnels: readonly Tunnel[], name: CounterName): CounterSum | null {
  const flows = tunnels.flatMap((tunnel) => tunnel.flows);
  const shown = flows.filter((flow) => flow.facts.counters[FIELD[name]] !== null);
  if (shown.length === 0) return sumSessions(tunnels, name);
  return {
    value: shown.reduce((sum, flow) => sum + (flow.facts.counters[FIELD[name]] ?? 0), 0),
    sources: shown.flatMap((flow) => counterSources(flow, name)).slice(0, 3),
  };
}

/** The session's packet counts stand in for encaps and decaps when the IPsec table is not there. */
function sumSessions(tunnels: readonly Tunnel[], name: CounterName): CounterSum | null {
  if (name !== 'encaps' && name !== 'decaps') return null;
  const sessions = tunnels.flatMap((tunnel) => tunnel.sessions);
  const values = sessions
    .map((s) => (name === 'encaps' ? s.outboundPackets : s.inboundPackets))
    .filter((v) => v !== null);
  if (values.length === 0) return null;
  return {
    value: values.reduce((sum, v) => sum + v, 0),
    sources: sessions.flatMap((s) => s.packetSources).slice(0, 2),
  };
}

function counterSources(flow: Flow, name: CounterName): readonly Source[] {
  return [flow.counterSources[FIELD[name]] ?? flow.source];
}

function notShown(name: CounterName, on: DiagnosisCase): Finding {
  const gaps = on.tunnel?.phase2Gaps ?? [];
  if (gaps.length > 0) return unknown(...gaps);
  const detail = !['encaps', 'decaps', 'send-errors', 'recv-errors'].includes(name);
  const ask = detail ? 'show crypto ipsec sa detail' : 'show crypto ipsec sa';
  return unknown({ kind: 'not-asked', ask, text: `the counter of ${name} is not in the recording` });
}
