import type { Gap } from '../evidence/gap.ts';
import type { Source } from '../evidence/source.ts';
import { gapsOf } from '../parsers/parse-recording.ts';
import { showCryptoIpsecSa } from '../parsers/show-crypto-ipsec-sa/parse.ts';
import type { AttachmentKind, Phase1Kind, Phase2Kind, TrafficKind } from '../playbooks/condition.ts';
import type { Finding } from '../playbooks/finding.ts';
import { carries } from '../tunnels/build-tunnels.ts';
import type { Flow, IkeRow, Tunnel } from '../tunnels/tunnel.ts';
import type { DiagnosisCase } from './diagnosis-case.ts';
import { decided, fails, holds, notAsked, unknown } from './findings.ts';

/** Lowest connection id on releases that number from 1001; there 0 means keys were never computed. */
const FIRST_CONN_ID = 1001;

export function phase1In({ tunnel }: DiagnosisCase, kinds: readonly Phase1Kind[]): Finding {
  if (tunnel === null) return fails();
  const { phase1 } = tunnel;
  if (phase1.kind === 'unknown') return unknown(...phase1.gaps);
  return decided(kinds.includes(phase1.kind), rowSources(phase1.rows), 'show crypto isakmp sa');
}

export function ikeState({ tunnel }: DiagnosisCase, states: readonly string[], living: boolean): Finding {
  if (tunnel === null) return fails();
  const rows = tunnel.phase1.rows.filter((row) => !living || !row.deleted);
  const found = rows.filter((row) => states.includes(row.state));
  if (found.length > 0) return holds(rowSources(found));
  if (tunnel.phase1.kind === 'unknown') return unknown(...tunnel.phase1.gaps);
  // Sessions and the detail form know no states of main mode.
  if (rows.some((row) => SESSION_STATES.has(row.state)))
    return notAsked('show crypto isakmp sa', 'the state of the IKE SA is not in the recording');
  return fails(rowSources(rows), 'show crypto isakmp sa');
}

const SESSION_STATES = new Set(['Active', 'Inactive', 'unknown']);

export function ikeRole({ tunnel }: DiagnosisCase, role: 'initiator' | 'responder'): Finding {
  if (tunnel === null) return fails();
  if (tunnel.role === 'unknown' && tunnel.phase1.kind === 'absent') return fails([], 'show crypto isakmp sa');
  if (tunnel.role === 'unknown')
    return notAsked('show crypto isakmp sa', 'no IKE row tells who started the negotiation');
  return decided(tunnel.role === role, rowSources(tunnel.phase1.rows).slice(0, 1));
}

export function connIdIs({ tunnel, tunnels, facts }: DiagnosisCase, is: 'zero' | 'non-zero'): Finding {
  if (tunnel === null) return fails();
  const rows = tunnel.phase1.rows.filter((row) => row.version === 1 && row.connId !== null);
  if (rows.length === 0 && tunnel.phase1.kind !== 'unknown') return fails([], 'show crypto isakmp sa');
  if (rows.length === 0)
    return notAsked('show crypto isakmp sa', 'no IKE row with a connection id for this peer');
  const numbered = tunnels.some((t) =>
    t.phase1.rows.some((row) => row.version === 1 && (row.connId ?? 0) >= FIRST_CONN_ID),
  );
  const major = facts.release?.major ?? 0;
  if (!numbered && major < 15) {
    return unknown({
      kind: 'unread',
      ask: 'show version',
      text: 'connection ids tell nothing on releases that number them from the start of main mode',
    });
  }
  const nonZero = rows.filter((row) => (row.connId ?? 0) > 0);
  if (is === 'non-zero') return decided(nonZero.length > 0, rowSources(nonZero.length > 0 ? nonZero : rows));
  return decided(nonZero.length === 0, rowSources(nonZero.length > 0 ? nonZero : rows));
}

export function ikeVersion({ tunnel }: DiagnosisCase, version: 1 | 2): Finding {
  if (tunnel === null) return fails();
  if (tunnel.phase1.version === null)
    return unknown(...(tunnel.phase1.gaps.length > 0 ? tunnel.phase1.gaps : [noRow()]));
  return decided(tunnel.phase1.version === version, rowSources(tunnel.phase1.rows));
}

export function ikev2RemoteSpi({ tunnel }: DiagnosisCase, is: 'zero' | 'set'): Finding {
  if (tunnel === null) return fails();
  const [row] = tunnel.phase1.rows.filter((item) => item.remoteSpiZero !== null);
  const hasV2 = tunnel.phase1.rows.some((item) => item.version === 2);
  if (!hasV2 && tunnel.phase1.kind !== 'unknown') return fails([], 'show crypto ikev2 sa detailed');
  if (row === undefined)
    return notAsked('show crypto ikev2 sa detailed', 'no IKEv2 row with its SPIs for this peer');
  return decided((row.remoteSpiZero === true) === (is === 'zero'), [row.source]);
}

export function phase2In({ tunnel }: DiagnosisCase, kinds: readonly Phase2Kind[]): Finding {
  if (tunnel === null) return fails();
  const known = tunnel.flows.filter((flow) => flow.phase2 !== 'unknown');
  const found = known.filter((flow) => (kinds as readonly string[]).includes(flow.phase2));
  if (found.length > 0) return holds(found.slice(0, 3).map((flow) => flow.phase2Source));
  const bySession = phase2BySession(tunnel, kinds);
  if (bySession !== null) return bySession;
  if (tunnel.phase2Gaps.length > 0) return unknown(...tunnel.phase2Gaps);
  const [open] = tunnel.flows.filter((flow) => flow.phase2 === 'unknown');
  if (open !== undefined) return unknown(notPrinted('the SAs of a flow were not printed'));
  if (known.length === 0) return decided(kinds.includes('absent'), [], 'show crypto ipsec sa');
  return fails(known.slice(0, 3).map((flow) => flow.phase2Source));
}

/** `Active SAs: n` of the session stands in when the IPsec table is not there. */
function phase2BySession(tunnel: Tunnel, kinds: readonly Phase2Kind[]): Finding | null {
  if (tunnel.flows.length > 0) return null;
  const session = tunnel.sessions.find((s) => s.activeSas !== null);
  if (session === undefined) return null;
  return decided(kinds.includes((session.activeSas ?? 0) > 0 ? 'up' : 'absent'), [session.statusSource]);
}

export function trafficIn({ tunnel }: DiagnosisCase, kinds: readonly TrafficKind[]): Finding {
  if (tunnel === null) return fails();
  const known = tunnel.flows.filter((flow) => flow.traffic !== 'unknown' && flow.phase2 !== 'absent');
  const found = known.filter((flow) => (kinds as readonly string[]).includes(flow.traffic));
  if (found.length > 0) return holds(found.flatMap((flow) => flow.trafficSources).slice(0, 4));
  if (tunnel.phase2Gaps.length > 0) return unknown(...tunnel.phase2Gaps);
  if (tunnel.flows.some(hasNoCounters)) return unknown(notPrinted('the counters of a flow were not printed'));
  return fails(known.flatMap((flow) => flow.trafficSources).slice(0, 4), 'show crypto ipsec sa');
}

export function sessionStatus({ tunnel }: DiagnosisCase, statuses: readonly string[]): Finding {
  const sessions = tunnel?.sessions ?? [];
  if (sessions.length === 0)
    return notAsked('show crypto session detail', 'no session of this peer in the recording');
  const found = sessions.filter((s) => statuses.includes(s.status));
  return decided(
    found.length > 0,
    (found.length > 0 ? found : sessions).map((s) => s.statusSource),
  );
}

export function attachmentIs({ tunnel }: DiagnosisCase, kinds: readonly AttachmentKind[]): Finding {
  if (tunnel === null) return fails();
  if (tunnel.attachment.kind === 'unknown') {
    return notAsked('show crypto ipsec sa', 'nothing tells what this tunnel is attached to');
  }
  const sources = [
    ...tunnel.flows.map((flow) => flow.headingSource),
    ...tunnel.configured.map((entry) => entry.source),
  ].slice(0, 1);
  return decided(kinds.includes(tunnel.attachment.kind), sources);
}

export function dmvpnState({ tunnel }: DiagnosisCase, states: readonly string[]): Finding {
  if (tunnel === null) return fails();
  if (tunnel.dmvpn === null && tunnel.attachment.kind === 'crypto-map') return fails();
  if (tunnel.dmvpn === null) return notAsked('show dmvpn', 'the DMVPN table does not show this peer');
  return decided(states.includes(tunnel.dmvpn.state), [tunnel.dmvpn.source]);
}

export function distinctPeers({ tunnels, facts }: DiagnosisCase, atLeast: number): Finding {
  const peers = new Map<string, Source>();
  for (const tunnel of tunnels) {
    const [flow] = tunnel.flows;
    if (flow !== undefined && tunnel.peer !== null) peers.set(tunnel.peer, flow.source);
  }
  const gaps = gapsOf(facts.parsed, showCryptoIpsecSa, 'show crypto ipsec sa');
  if (peers.size < atLeast && gaps.length > 0) return unknown(...gaps);
  return decided(peers.size >= atLeast, [...peers.values()].slice(0, 3));
}

/** The tunnel is up now and its packets are answered (decaps), so set-up faults that the log still holds are history. */
export function recovered({ tunnel }: DiagnosisCase, is: boolean): Finding {
  if (tunnel === null) return fails();
  const up = tunnel.flows.filter((flow) => carries(flow) || flow.phase2 === 'unknown');
  const answered = up.filter(
    (flow) => flow.traffic === 'both-ways' && (tunnel.phase1.kind === 'established' || carries(flow)),
  );
  const negotiating = tunnel.messages.some((m) => m.age === 'live' && isSetUpFailure(m.message.catalogueId));
  if (answered.length > 0 && !(negotiating && tunnel.phase1.kind !== 'established')) {
    return decided(is, answered[0]?.trafficSources ?? []);
  }
  if (tunnel.flows.length === 0 && tunnel.phase2Gaps.length > 0)
    return unknown(...tunnel.phase1.gaps, ...tunnel.phase2Gaps);
  if (up.some(hasNoCounters)) return unknown(notPrinted('the counters of a flow were not printed'));
  return decided(!is, rowSources(tunnel.phase1.rows), 'show crypto ipsec sa');
}

/** SAs may be there, and whether they carry anything was not printed. */
function hasNoCounters(flow: Flow): boolean {
  return flow.traffic === 'unknown' && flow.phase2 !== 'absent';
}

function notPrinted(text: string): Gap {
  return { kind: 'unread', ask: 'show crypto ipsec sa', text };
}

function isSetUpFailure(id: string | null): boolean {
  return id !== null && /IKMP_|PSK|NEG_ABORT|AUTH/.test(id);
}

function rowSources(rows: readonly IkeRow[]): readonly Source[] {
  return rows.slice(0, 3).map((row) => row.source);
}

function noRow() {
  return {
    kind: 'not-asked' as const,
    ask: 'show crypto isakmp sa',
    text: 'no IKE row of this peer tells its version',
  };
}
