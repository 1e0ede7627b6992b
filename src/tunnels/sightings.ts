import { parseAddress } from '../core/address.ts';
import type { Source } from '../evidence/source.ts';
import { type Output, outputsOf, type ParsedRecording, sourceOf } from '../parsers/parse-recording.ts';
import type { Ikev2Sa } from '../parsers/show-crypto-ikev2-sa/facts.ts';
import { showCryptoIkev2Sa } from '../parsers/show-crypto-ikev2-sa/parse.ts';
import type { IpsecFlow } from '../parsers/show-crypto-ipsec-sa/facts.ts';
import { showCryptoIpsecSa } from '../parsers/show-crypto-ipsec-sa/parse.ts';
import type { IsakmpSa } from '../parsers/show-crypto-isakmp-sa/facts.ts';
import { showCryptoIsakmpSa } from '../parsers/show-crypto-isakmp-sa/parse.ts';
import type { CryptoMapEntry } from '../parsers/show-crypto-map/facts.ts';
import { showCryptoMap } from '../parsers/show-crypto-map/parse.ts';
import type { CryptoSession } from '../parsers/show-crypto-session/facts.ts';
import { showCryptoSession } from '../parsers/show-crypto-session/parse.ts';
import type { DmvpnPeer } from '../parsers/show-dmvpn/facts.ts';
import { showDmvpn } from '../parsers/show-dmvpn/parse.ts';
import { showLogging } from '../parsers/show-logging/parse.ts';
import { isOutdated, newestSamples } from './newest-samples.ts';

/** One mention of a peer in one output, before the mentions are joined into tunnels. */
export interface Sighting {
  readonly peer: string;
  readonly local: string | null;
  readonly port: number | null;
  readonly fvrf: string | null;
  readonly of:
    | {
        readonly kind: 'flow';
        readonly flow: IpsecFlow;
        readonly sample: number;
        /** When it was asked, ISO 8601; null when the recording does not tell. */
        readonly askedAt: string | null;
        readonly text: readonly string[];
        /** A later whole answer to the same command is there. */
        readonly isOutdated: boolean;
      }
    | { readonly kind: 'ikev1'; readonly sa: IsakmpSa }
    | { readonly kind: 'ikev2'; readonly sa: Ikev2Sa }
    | { readonly kind: 'session'; readonly session: CryptoSession }
    | { readonly kind: 'dmvpn'; readonly dmvpn: DmvpnPeer }
    | {
        readonly kind: 'configured';
        readonly entry: CryptoMapEntry;
        readonly interfaces: readonly string[] | null;
        readonly interfacesSource: Source | null;
      }
    | { readonly kind: 'logged' };
  readonly source: Source;
  /** A source for any other lines of the same output. */
  readonly at: (line: number | null) => Source | null;
}

type SourceAt = (line: number | null) => Source | null;

/** Every peer that a table, a session or the configuration names. Log lines are joined later. */
export function tableSightings(from: ParsedRecording): readonly Sighting[] {
  const own = ownAddresses(from);
  return [
    ...flowSightings(from),
    ...ikev1Sightings(from, own),
    ...ikev2Sightings(from),
    ...sessionSightings(from),
    ...dmvpnSightings(from),
    ...mapSightings(from),
  ];
}

/** Addresses that are this router's own IKE endpoints, by every table that says so. */
function ownAddresses(from: ParsedRecording): ReadonlySet<string> {
  const own = new Set<string>();
  const add = (address: string | null): void => {
    if (address !== null && !isUnspecified(address)) own.add(address);
  };
  add(parseAddress(from.recording.address ?? ''));
  for (const output of outputsOf(from, showCryptoIpsecSa)) {
    for (const flow of output.parsed.facts.flows) {
      add(flow.localAddr);
      add(flow.localEndpoint);
    }
    for (const item of output.parsed.facts.interfaces) add(item.localAddr);
  }
  for (const output of outputsOf(from, showCryptoIsakmpSa))
    for (const sa of output.parsed.facts.sas) add(sa.local);
  for (const output of outputsOf(from, showCryptoIkev2Sa))
    for (const sa of output.parsed.facts.sas) add(sa.local);
  for (const output of outputsOf(from, showCryptoSession)) {
    for (const session of output.parsed.facts.sessions) for (const sa of session.ikeSas) add(sa.local);
  }
  return own;
}

/** What IOS prints for an interface that has no address. */
function isUnspecified(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

function flowSightings(from: ParsedRecording): Sighting[] {
  const outputs = outputsOf(from, showCryptoIpsecSa);
  return outputs.flatMap((output) =>
    output.parsed.facts.flows.flatMap((flow) => {
      const peer = flowPeer(flow);
      if (peer === null) return [];
      return {
        peer,
        local:
          [flow.localEndpoint, flow.localAddr].find((own) => own !== null && !isUnspecified(own)) ?? null,
        port: flow.peerPort,
        fvrf: null,
        of: {
          kind: 'flow' as const,
          flow,
          sample: output.collected.sample,
          askedAt: output.collected.at,
          text: output.textLines,
          isOutdated: isOutdated(output, outputs),
        },
        source: sourceOf(output, { first: flow.lines.first, last: flow.lines.first }),
        at: (line: number | null) => (line === null ? null : sourceOf(output, { first: line, last: line })),
      };
    }),
  );
}

/** A trimmed output may lack `current_peer`; of protected GRE the remote identity is the peer itself. */
export function flowPeer(flow: IpsecFlow): string | null {
  const isHost =
    flow.remoteIdent !== null && flow.remoteIdent.protocol === 47 && flow.remoteIdent.prefix === 32;
  return flow.peer ?? flow.remoteEndpoint ?? (isHost ? (flow.remoteIdent?.address ?? null) : null);
}

/**
 * `src` is the initiator, so which of the two is the peer must come from elsewhere: an address known as our own, a peer that
 * another table names, the one address that all rows share, or a peer that the log names.
 */
function ikev1Sightings(from: ParsedRecording, own: ReadonlySet<string>): Sighting[] {
  const outputs = newestSamples(outputsOf(from, showCryptoIsakmpSa));
  const rows = outputs.flatMap((output) => output.parsed.facts.sas);
  const elsewhere = new Set(
    [...flowSightings(from), ...mapSightings(from), ...dmvpnSightings(from), ...sessionSightings(from)].map(
      (s) => s.peer,
    ),
  );
  const shared = sharedAddress(rows);
  const logged = loggedPeers(from);
  return outputs.flatMap((output) =>
    output.parsed.facts.sas.flatMap((sa) => {
      if (sa.src === '' || sa.dst === '') return [];
      const local = sa.local ?? localOf(sa, own, elsewhere, shared) ?? otherThan(sa, logged);
      const peer = sa.remote ?? (local === sa.dst ? sa.src : sa.dst);
      const at: SourceAt = (line) => (line === null ? null : sourceOf(output, { first: line, last: line }));
      return {
        peer,
        local,
        port: null,
        fvrf: sa.fvrf,
        of: { kind: 'ikev1' as const, sa },
        source: sourceOf(output, sa.lines),
        at,
      };
    }),
  );
}

function localOf(
  sa: IsakmpSa,
  own: ReadonlySet<string>,
  peers: ReadonlySet<string>,
  shared: string | null,
): string | null {
  if (own.has(sa.src) && !own.has(sa.dst)) return sa.src;
  if (own.has(sa.dst) && !own.has(sa.src)) return sa.dst;
  const other = otherThan(sa, peers);
  if (other !== null) return other;
  if (shared !== null && (sa.src === shared || sa.dst === shared)) return shared;
  return null;
}

/** The end that is none of these peers when the other one is. */
function otherThan(sa: IsakmpSa, peers: ReadonlySet<string>): string | null {
  if (peers.has(sa.src) && !peers.has(sa.dst)) return sa.dst;
  if (peers.has(sa.dst) && !peers.has(sa.src)) return sa.src;
  return null;
}

function loggedPeers(from: ParsedRecording): ReadonlySet<string> {
  const messages = outputsOf(from, showLogging).flatMap((output) => output.parsed.facts.messages);
  return new Set(
    messages.flatMap((message) => (message.catalogueId === null ? [] : (message.fields['peer'] ?? []))),
  );
}

function sharedAddress(rows: readonly IsakmpSa[]): string | null {
  const pairs = new Set(rows.map((row) => [row.src, row.dst].sort().join(' ')));
  if (pairs.size < 2) return null;
  const [first] = rows;
  if (first === undefined) return null;
  return (
    [first.src, first.dst].find((address) =>
      rows.every((row) => row.src === address || row.dst === address),
    ) ?? null
  );
}

function ikev2Sightings(from: ParsedRecording): Sighting[] {
  return newestSamples(outputsOf(from, showCryptoIkev2Sa)).flatMap((output) =>
    output.parsed.facts.sas.map((sa) => ({
      peer: sa.remote,
      local: sa.local,
      port: sa.remotePort,
      fvrf: sa.fvrf,
      of: { kind: 'ikev2' as const, sa },
      source: sourceOf(output, { first: sa.lines.first, last: sa.lines.first }),
      at: (line: number | null) => (line === null ? null : sourceOf(output, { first: line, last: line })),
    })),
  );
}

function sessionSightings(from: ParsedRecording): Sighting[] {
  return newestSamples(outputsOf(from, showCryptoSession)).flatMap((output) =>
    output.parsed.facts.sessions.flatMap((session) => {
      if (session.peer === null) return [];
      return {
        peer: session.peer,
        local: session.ikeSas[0]?.local ?? null,
        port: session.peerPort,
        fvrf: session.fvrf,
        of: { kind: 'session' as const, session },
        source: sourceOf(output, { first: session.lines.first, last: session.lines.first }),
        at: (line: number | null) => (line === null ? null : sourceOf(output, { first: line, last: line })),
      };
    }),
  );
}

function dmvpnSightings(from: ParsedRecording): Sighting[] {
  return newestSamples(outputsOf(from, showDmvpn)).flatMap((output) =>
    output.parsed.facts.peers.flatMap((dmvpn) => {
      if (dmvpn.nbma === null) return [];
      return {
        peer: dmvpn.nbma,
        local: null,
        port: null,
        fvrf: null,
        of: { kind: 'dmvpn' as const, dmvpn },
        source: sourceOf(output, dmvpn.lines),
        at: (line: number | null) => (line === null ? null : sourceOf(output, { first: line, last: line })),
      };
    }),
  );
}

function mapSightings(from: ParsedRecording): Sighting[] {
  return newestSamples(outputsOf(from, showCryptoMap)).flatMap((output) =>
    output.parsed.facts.entries.flatMap((entry) => {
      const use = output.parsed.facts.maps.find((map) => map.map === entry.map);
      // Several `set peer` of one entry are one tunnel satisfied by any: the current peer stands for them.
      const peers = entry.currentPeer !== null && entry.peers.length > 1 ? [entry.currentPeer] : entry.peers;
      return peers.map((peer) => ({
        peer,
        local: null,
        port: null,
        fvrf: null,
        of: {
          kind: 'configured' as const,
          entry,
          interfaces: interfacesOf(use, output),
          interfacesSource: use === undefined ? null : sourceOf(output, use.lines),
        },
        source: sourceOf(output, { first: entry.lines.first, last: entry.lines.first }),
        at: (line: number | null) => (line === null ? null : sourceOf(output, { first: line, last: line })),
      }));
    }),
  );
}

/** *None* is believed only where the list was printed to its end. */
function interfacesOf(
  use: { readonly interfaces: readonly string[] } | undefined,
  { collected }: Output,
): readonly string[] | null {
  if (use === undefined) return null;
  const isWhole = collected.kind === 'answered' && !collected.filtered;
  return use.interfaces.length > 0 || isWhole ? use.interfaces : null;
}
