import { carries } from '../tunnels/build-tunnels.ts';
import { HANDFUL } from '../tunnels/phase2.ts';
import type { Expect, Flow, SessionSight, Tunnel } from '../tunnels/tunnel.ts';
import type { RankedCause } from './rank.ts';

export type Verdict = 'healthy' | 'idle' | 'degraded' | 'down' | 'missing' | 'undetermined';

export interface Judged {
  readonly verdict: Verdict;
  /** Id of the reason when there is no cause; null when a cause or a gap speaks. */
  readonly reason: string | null;
}

/** Messages of a failed or refused set-up; older than the session they are history, beside it they are noise. */
const SET_UP_FAILURE = /IKMP_|INV_SPI|NOT_IPSEC|NEG_ABORT|PSK|AUTH|NHS_DOWN|RECUR/;

/**
 * The verdict of one tunnel: what its tables show, then what a likely cause adds. Tables that do not tell and no likely cause
 * make it undetermined; unknown is never healthy.
 */
export function judge(tunnel: Tunnel, causes: readonly RankedCause[], nothingAsks: boolean): Judged {
  if (tunnel.expect === 'off') return { verdict: 'idle', reason: 'expected-off' };
  if (tunnel.isDeclared) return ofDeclared(tunnel);
  const shown = byTables(tunnel, nothingAsks);
  if (isStandby(tunnel) && shown.verdict !== 'healthy')
    return { verdict: 'idle', reason: 'expected-standby' };
  const implied = impliedBy(causes);
  const isFine = shown.verdict === 'healthy' || shown.verdict === 'idle';
  if (implied === null && isFine && isLoggedJustNow(tunnel, causes))
    return { verdict: 'undetermined', reason: null };
  if (implied === null) return shown;
  switch (shown.verdict) {
    case 'healthy':
    case 'idle':
      return { verdict: shown.verdict === 'healthy' || hasSas(tunnel) ? 'degraded' : implied, reason: null };
    case 'undetermined':
      return { verdict: implied, reason: null };
    default:
      return shown;
  }
}

/** In no table, no session and no log line: missing, unless nothing demands that it is there now. */
function ofDeclared(tunnel: Tunnel): Judged {
  if (tunnel.phase1.kind !== 'absent') return { verdict: 'undetermined', reason: null };
  if (isOptional(tunnel.expect)) return { verdict: 'idle', reason: `expected-${tunnel.expect}` };
  return { verdict: 'missing', reason: 'tunnel-missing' };
}

/** A tunnel that is there at times: spokes among each other, dial-in peers, backups. Its absence is no fault. */
function isOptional(expect: Expect): boolean {
  return expect === 'dynamic' || expect === 'backup';
}

/** The waiting router of a redundant pair holds copies of the SAs and carries nothing. */
function isStandby({ phase1 }: Tunnel): boolean {
  const living = phase1.rows.filter((row) => !row.deleted);
  return living.length > 0 && living.every((row) => row.standby);
}

/**
 * Packets dropped on receipt (replay, integrity, identity) hide behind two-way counters. While the counter that would give their
 * share is not in the evidence, a line logged just now keeps the tunnel from being called fine.
 */
function isLoggedJustNow(tunnel: Tunnel, causes: readonly RankedCause[]): boolean {
  const fresh = new Set(
    tunnel.messages
      .filter((item) => item.isFresh && item.age !== 'before-session')
      .map((item) => item.source),
  );
  return causes.some(
    ({ weighed }) =>
      weighed.hypothesis.layer === 'data-plane' &&
      weighed.supports.some(({ finding }) => finding.sources.some((source) => fresh.has(source))),
  );
}

function impliedBy(causes: readonly RankedCause[]): 'down' | 'degraded' | null {
  for (const { weighed } of causes) {
    if (weighed.standing === 'possible') continue;
    if (weighed.hypothesis.implies !== 'none') return weighed.hypothesis.implies;
  }
  return null;
}

function byTables(tunnel: Tunnel, nothingAsks: boolean): Judged {
  const live = tunnel.flows.filter(carries);
  if (live.length > 0) return byFlows(tunnel, live);
  const counted = tunnel.flows.filter((flow) => flow.phase2 === 'unknown' && flow.traffic !== 'unknown');
  if (counted.length > 0 && tunnel.phase1.kind === 'established') return byCounters(tunnel, counted);
  if (tunnel.flows.some(isHalf)) return { verdict: 'degraded', reason: null };
  if (tunnel.phase2Gaps.length > 0 || tunnel.flows.some((flow) => flow.phase2 === 'unknown'))
    return bySessions(tunnel);
  // The two tables were taken at different moments, or one is wrong: neither is believed.
  if (tunnel.sessions.some((session) => session.status === 'UP-ACTIVE'))
    return { verdict: 'undetermined', reason: null };
  return withoutSas(tunnel, nothingAsks);
}

/** SAs are there: the worst flow that should work decides. */
function byFlows(tunnel: Tunnel, live: readonly Flow[]): Judged {
  const traffic = live.map((flow) => flow.traffic);
  if (traffic.includes('encaps-only') || traffic.includes('decaps-only') || hasDeadFlow(tunnel))
    return { verdict: 'degraded', reason: null };
  if (overlayIsDown(tunnel))
    return { verdict: traffic.includes('both-ways') ? 'degraded' : 'down', reason: null };
  // What was cut away may be the flow that does not work.
  if (tunnel.phase2Gaps.some((gap) => gap.kind === 'cut-short'))
    return { verdict: 'undetermined', reason: null };
  if (traffic.includes('both-ways')) return { verdict: 'healthy', reason: healthyReason(tunnel) };
  if (traffic.includes('unknown')) return { verdict: 'undetermined', reason: null };
  return { verdict: 'idle', reason: 'healthy-idle' };
}

/** Counters without the lines about SAs: traffic proves SAs, silence proves nothing. */
function byCounters(tunnel: Tunnel, counted: readonly Flow[]): Judged {
  const judged = byFlows(tunnel, counted);
  return judged.verdict === 'idle' ? { verdict: 'undetermined', reason: 'healthy-phase1' } : judged;
}

/** Beside flows that live: one with half its SAs, or one whose packets find none (a first packet or two is lost to any set-up). */
function hasDeadFlow({ flows }: Tunnel): boolean {
  return flows.some(
    (flow) => isHalf(flow) || (flow.phase2 === 'absent' && (flow.facts.counters.sendErrors ?? 0) > HANDFUL),
  );
}

function isHalf({ phase2 }: Flow): boolean {
  return phase2 === 'inbound-only' || phase2 === 'outbound-only';
}

/** A DMVPN peer that is not registered passes no traffic although its SAs stand. */
function overlayIsDown(tunnel: Tunnel): boolean {
  return tunnel.dmvpn !== null && ['NHRP', 'IKE', 'IPSEC'].includes(tunnel.dmvpn.state);
}

function withoutSas(tunnel: Tunnel, nothingAsks: boolean): Judged {
  const failing = tunnel.flows.some((flow) => (flow.facts.counters.sendErrors ?? 0) > 0);
  switch (tunnel.phase1.kind) {
    case 'negotiating':
      return { verdict: 'down', reason: null };
    case 'deleted-only':
      if (isOptional(tunnel.expect) && !failing && !overlayIsDown(tunnel))
        return { verdict: 'idle', reason: `expected-${tunnel.expect}` };
      return { verdict: 'down', reason: null };
    case 'unknown':
      return bySessions(tunnel);
    case 'established':
    case 'absent':
    case 'no-ike':
      if (failing || overlayIsDown(tunnel) || tunnel.expect === 'always-up')
        return { verdict: 'down', reason: null };
      if (nothingAsks) return { verdict: 'idle', reason: 'no-interesting-traffic' };
      if (isOptional(tunnel.expect)) return { verdict: 'idle', reason: `expected-${tunnel.expect}` };
      return { verdict: 'undetermined', reason: null };
  }
}

/** The IPsec table did not answer in full: sessions, IKE rows and DMVPN states say what they can. */
function bySessions(tunnel: Tunnel): Judged {
  const judged = tunnel.sessions
    .map((session) => bySession(tunnel, session))
    .filter((item): item is Judged => item !== null);
  const verdicts = new Set(judged.map((item) => item.verdict));
  if (verdicts.has('down') && verdicts.size > 1) return { verdict: 'degraded', reason: null };
  const worst =
    judged.find((item) => item.verdict === 'degraded') ?? judged.find((item) => item.verdict === 'healthy');
  const [first] = judged;
  if (first !== undefined) return worst ?? first;
  if (tunnel.phase1.kind === 'negotiating' || tunnel.phase1.kind === 'deleted-only')
    return { verdict: 'down', reason: null };
  if (overlayIsDown(tunnel)) return { verdict: 'down', reason: null };
  if (tunnel.phase1.kind === 'established') return { verdict: 'undetermined', reason: 'healthy-phase1' };
  return { verdict: 'undetermined', reason: null };
}

function bySession(tunnel: Tunnel, session: SessionSight): Judged | null {
  if (session.status === 'DOWN-NEGOTIATING') return { verdict: 'down', reason: null };
  if (session.status !== 'UP-ACTIVE' && session.status !== 'UP-NO-IKE') return null;
  const { inboundPackets: inbound, outboundPackets: outbound } = session;
  if (inbound === null || outbound === null) return null;
  if (inbound > 0 && outbound > 0) return { verdict: 'healthy', reason: healthyReason(tunnel) };
  if (inbound + outbound <= HANDFUL) return { verdict: 'idle', reason: 'healthy-idle' };
  return { verdict: 'degraded', reason: null };
}

function hasSas(tunnel: Tunnel): boolean {
  return tunnel.flows.some(carries);
}

function healthyReason(tunnel: Tunnel): string {
  const noise = tunnel.messages.filter(
    (item) => item.message.catalogueId !== null && SET_UP_FAILURE.test(item.message.catalogueId),
  );
  if (noise.some((item) => item.age === 'live' || item.age === 'at-setup' || item.age === 'undated'))
    return 'healthy-with-transient-log';
  return noise.length > 0 ? 'healthy-recovered' : 'healthy';
}
