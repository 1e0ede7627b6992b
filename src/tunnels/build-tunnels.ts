import type { Gap } from '../evidence/gap.ts';
import { gapsOf, outputsOf } from '../parsers/parse-recording.ts';
import { showCryptoIkev2Sa } from '../parsers/show-crypto-ikev2-sa/parse.ts';
import { showCryptoIpsecSa } from '../parsers/show-crypto-ipsec-sa/parse.ts';
import { showCryptoIsakmpSa } from '../parsers/show-crypto-isakmp-sa/parse.ts';
import { attachmentOf, expectOf } from './attachment.ts';
import { type Cluster, clusterSightings } from './cluster-sightings.ts';
import { type Attribution, attributeMessages, spiMarks, type TunnelMarks } from './correlate-messages.ts';
import { loggedSightings } from './logged-peers.ts';
import { ageMessages } from './message-age.ts';
import { decidingRow, sumPhase1 } from './phase1.ts';
import { buildFlows } from './phase2.ts';
import type { RouterFacts } from './router-facts.ts';
import { gapsOfTunnel } from './seen-before-cut.ts';
import { sessionStart, toldStart } from './session-start.ts';
import { tableSightings } from './sightings.ts';
import type { ConfiguredEntry, Flow, SessionSight, Tunnel } from './tunnel.ts';

/** The tunnels of one router, and the log lines that belong to none of them. */
export interface BuiltTunnels {
  readonly tunnels: readonly Tunnel[];
  readonly attributions: readonly Attribution[];
}

/** Joins everything a router said into tunnels: one per local and peer address and front-door VRF. */
export function buildTunnels(facts: RouterFacts): BuiltTunnels {
  const tables = tableSightings(facts.parsed);
  const clusters = clusterSightings([...tables, ...loggedSightings(facts, tables)]);
  const marks = clusters.map((cluster, index) => marksOf(cluster, `${index}`));
  const attributions = attributeMessages(facts.lines, marks);
  const byKey = new Map<string, Attribution[]>();
  for (const item of attributions) {
    const list = byKey.get(item.key);
    if (list === undefined) byKey.set(item.key, [item]);
    else list.push(item);
  }
  const tunnels = clusters.map((cluster, index) => buildTunnel(cluster, byKey.get(`${index}`) ?? [], facts));
  return { tunnels, attributions };
}

function buildTunnel(cluster: Cluster, attributions: readonly Attribution[], facts: RouterFacts): Tunnel {
  const { sightings, peer, local } = cluster;
  const phase2Gaps = gapsOf(facts.parsed, showCryptoIpsecSa, 'show crypto ipsec sa');
  const bareFlows = buildFlows(sightings, true);
  const hasSas = bareFlows.some((flow) => flow.phase2 === 'up' || flow.phase2 === 'rekeying');
  const phase1 = sumPhase1(
    sightings,
    local,
    [...ikeGaps(facts), ...sharedGaps(cluster, rowPeers(facts))],
    hasSas,
  );
  const established = phase1.kind === 'established';
  const flows = buildFlows(sightings, established);
  const since = established || hasSas ? sessionStart(sightings, flows, phase1.rows, facts.clock) : null;
  const sessions = sightings.flatMap(sessionSights);
  const attachment = attachmentOf(sightings);
  const clouds = sightings.flatMap((s) =>
    s.of.kind === 'dmvpn' ? [{ state: s.of.dmvpn.state, source: s.source }] : [],
  );
  const dmvpn = clouds.find((cloud) => cloud.state !== 'UP') ?? clouds[0];
  return {
    id: tunnelId(facts.router, cluster),
    router: facts.router,
    local,
    peer,
    peerIdentity: firstOf(sightings, (s) =>
      s.of.kind === 'ikev2' ? s.of.sa.remoteId : s.of.kind === 'session' ? s.of.session.phase1Id : null,
    ),
    peerPort: firstOf(sightings, (s) => s.port),
    fvrf: cluster.fvrf,
    ivrf: firstOf(sightings, (s) =>
      s.of.kind === 'session' ? s.of.session.ivrf : s.of.kind === 'flow' ? s.of.flow.protectedVrf : null,
    ),
    attachment,
    description: firstOf(sightings, (s) => (s.of.kind === 'session' ? s.of.session.description : null)),
    site: null,
    expect: expectOf(attachment, sightings),
    isDeclared: false,
    role: decidingRow(phase1)?.role ?? 'unknown',
    natt:
      sightings.some((s) => s.port === 4500) ||
      flows.some((flow) => flow.facts.inbound.esp.some((sa) => sa.natt)),
    phase1,
    flows,
    phase2Gaps: gapsOfTunnel(phase2Gaps, attachment, facts.parsed),
    sessions,
    dmvpn: dmvpn ?? null,
    configured: sightings.flatMap(configuredEntry),
    messages: ageMessages(
      attributions,
      { since, toldSince: since && toldStart(sightings, facts.clock), established: established || hasSas },
      facts,
    ),
    since,
  };
}

/** Phase 1 is absent only if the IKEv1 and the IKEv2 table both answered; a refusal by an old IOS without IKEv2 is an answer. */
export function ikeGaps(facts: RouterFacts): readonly Gap[] {
  const v1 = gapsOf(facts.parsed, showCryptoIsakmpSa, 'show crypto isakmp sa');
  const v2 = gapsOf(facts.parsed, showCryptoIkev2Sa, 'show crypto ikev2 sa detailed').filter(
    (gap) => !(gap.kind === 'refused' && noSuchCommand(facts)),
  );
  return [...v1, ...v2];
}

/** Behind one NAT address the IKEv1 table tells the peers apart by nothing: a row there may be of this one. */
function sharedGaps(cluster: Cluster, rowPeers: ReadonlySet<string>): readonly Gap[] {
  if (!cluster.isShared || !rowPeers.has(cluster.peer)) return [];
  const text = `several peers share ${cluster.peer}, and the ISAKMP table prints no port`;
  return [{ kind: 'unread', ask: 'show crypto session detail', text }];
}

function rowPeers(facts: RouterFacts): ReadonlySet<string> {
  return new Set(
    outputsOf(facts.parsed, showCryptoIsakmpSa).flatMap((output) =>
      output.parsed.facts.sas.flatMap((sa) => [sa.src, sa.dst]),
    ),
  );
}

function noSuchCommand(facts: RouterFacts): boolean {
  return facts.parsed.outputs.some(
    ({ collected }) =>
      collected.kind === 'refused' &&
      collected.refusal === 'invalid-input' &&
      collected.command.startsWith('show crypto ikev2'),
  );
}

/** Stable: attachment and configured peer, never a number that changes with a session. */
function tunnelId(router: string, cluster: Cluster): string {
  const vrf = cluster.fvrf === null ? '' : `@${cluster.fvrf}`;
  const port = cluster.port === null ? '' : `:${cluster.port}`;
  return `${router}/${cluster.local ?? '*'}-${cluster.peer}${port}${vrf}`;
}

function marksOf(cluster: Cluster, key: string): TunnelMarks {
  const ofs = cluster.sightings.map((sighting) => sighting.of);
  const sas = ofs.flatMap((of) =>
    of.kind === 'flow' ? [of.flow.inbound, of.flow.outbound].flatMap((d) => [...d.esp, ...d.ah]) : [],
  );
  const ikeConnIds = ofs.flatMap((of) =>
    of.kind === 'ikev1' && of.sa.connId !== null && !cluster.isShared ? [of.sa.connId] : [],
  );
  const saConnIds = sas.flatMap((sa) => (sa.connId === null ? [] : [sa.connId]));
  return {
    key,
    peer: cluster.peer,
    local: cluster.local,
    ikeConnIds,
    saConnIds: [...new Set(saConnIds)],
    spis: spiMarks(sas.map((sa) => sa.spi)),
  };
}

function sessionSights(sighting: Cluster['sightings'][number]): SessionSight[] {
  if (sighting.of.kind !== 'session' || sighting.of.session.status === null) return [];
  const { session } = sighting.of;
  const sum = (values: readonly (number | null)[]): number | null =>
    values.some((value) => value !== null)
      ? values.reduce<number>((total, value) => total + (value ?? 0), 0)
      : null;
  return [
    {
      status: session.status ?? '',
      uptimeSec: null,
      statusSource: sighting.at(session.statusLine) ?? sighting.source,
      activeSas: sum(session.flows.map((flow) => flow.activeSas)),
      inboundPackets: sum(session.flows.map((flow) => flow.inboundPackets)),
      outboundPackets: sum(session.flows.map((flow) => flow.outboundPackets)),
      packetSources: session.flows
        .flatMap((flow) => [sighting.at(flow.packetLines.inbound), sighting.at(flow.packetLines.outbound)])
        .filter((s) => s !== null),
    },
  ];
}

function configuredEntry(sighting: Cluster['sightings'][number]): ConfiguredEntry[] {
  if (sighting.of.kind !== 'configured') return [];
  const { entry, interfaces, interfacesSource } = sighting.of;
  return [
    { entry, interfaces, interfacesSource, pfsSource: sighting.at(entry.pfsLine), source: sighting.source },
  ];
}

function firstOf<T>(
  sightings: Cluster['sightings'],
  pick: (sighting: Cluster['sightings'][number]) => T | null,
): T | null {
  for (const sighting of sightings) {
    const value = pick(sighting);
    if (value !== null) return value;
  }
  return null;
}

/** True when a flow's SAs are in place. */
export function carries(flow: Flow): boolean {
  return flow.phase2 === 'up' || flow.phase2 === 'rekeying';
}
