import type { Source } from '../evidence/source.ts';
import { outputsOf, sourceOf } from '../parsers/parse-recording.ts';
import type { ProxyIdentity } from '../parsers/show-crypto-ipsec-sa/facts.ts';
import type { IsakmpPolicy } from '../parsers/show-crypto-isakmp-policy/facts.ts';
import { showCryptoIsakmpPolicy } from '../parsers/show-crypto-isakmp-policy/parse.ts';
import type { RouterFacts } from './router-facts.ts';
import type { Tunnel } from './tunnel.ts';

/** What two routers together prove about one tunnel, each value with the line it stands in. */
export type Compared =
  | { readonly is: 'differ' | 'agree'; readonly sources: readonly Source[] }
  | { readonly is: 'unknown'; readonly ask: string; readonly text: string };

interface TunnelEnd {
  readonly tunnel: Tunnel;
  readonly facts: RouterFacts;
}

type EndsFact =
  | 'phase1-policies-share-nothing'
  | 'pfs-differs'
  | 'transforms-share-nothing'
  | 'crypto-acls-not-mirrored'
  | 'spis-out-of-step';

export function compareEnds(fact: EndsFact, near: TunnelEnd, far: TunnelEnd): Compared {
  switch (fact) {
    case 'phase1-policies-share-nothing':
      return comparePolicies(near, far);
    case 'pfs-differs':
      return comparePfs(near, far);
    case 'transforms-share-nothing':
      return compareTransforms(near, far);
    case 'crypto-acls-not-mirrored':
      return compareIdentities(near, far);
    case 'spis-out-of-step':
      return compareSpis(near, far);
  }
}

function comparePolicies(near: TunnelEnd, far: TunnelEnd): Compared {
  const ours = policies(near.facts);
  const theirs = policies(far.facts);
  if (ours.length === 0 || theirs.length === 0) {
    return {
      is: 'unknown',
      ask: 'show crypto isakmp policy',
      text: 'the ISAKMP policies of both ends are needed',
    };
  }
  const shared = ours.find((a) => theirs.some((b) => samePolicy(a.policy, b.policy)));
  const match = shared && theirs.find((b) => samePolicy(shared.policy, b.policy));
  if (shared !== undefined && match !== undefined)
    return { is: 'agree', sources: [shared.source, match.source] };
  return { is: 'differ', sources: [...ours.slice(0, 2), ...theirs.slice(0, 2)].map((item) => item.source) };
}

function policies(facts: RouterFacts): readonly { readonly policy: IsakmpPolicy; readonly source: Source }[] {
  const all = outputsOf(facts.parsed, showCryptoIsakmpPolicy).flatMap((output) =>
    output.parsed.facts.policies.map((policy) => ({ policy, source: sourceOf(output, policy.lines) })),
  );
  const own = all.filter((item) => !item.policy.isDefault);
  return own.length > 0 ? own : all;
}

function samePolicy(a: IsakmpPolicy, b: IsakmpPolicy): boolean {
  return (
    a.encryption === b.encryption &&
    (a.keyBits ?? b.keyBits) === (b.keyBits ?? a.keyBits) &&
    a.hash === b.hash &&
    a.authentication === b.authentication &&
    a.dhGroup === b.dhGroup
  );
}

function comparePfs(near: TunnelEnd, far: TunnelEnd): Compared {
  const ours = pfs(near.tunnel);
  const theirs = pfs(far.tunnel);
  if (ours === null || theirs === null) {
    return { is: 'unknown', ask: 'show crypto map', text: 'the PFS setting of both ends is needed' };
  }
  return { is: ours.group === theirs.group ? 'agree' : 'differ', sources: [ours.source, theirs.source] };
}

function pfs(tunnel: Tunnel): { readonly group: string; readonly source: Source } | null {
  for (const { entry, source, pfsSource } of tunnel.configured) {
    if (entry.pfs === null) continue;
    return { group: entry.pfs ? (entry.dhGroup ?? 'some') : 'none', source: pfsSource ?? source };
  }
  return null;
}

function compareTransforms(near: TunnelEnd, far: TunnelEnd): Compared {
  const ours = transforms(near.tunnel);
  const theirs = transforms(far.tunnel);
  if (ours.length === 0 || theirs.length === 0) {
    return { is: 'unknown', ask: 'show crypto map', text: 'the transform sets of both ends are needed' };
  }
  const shared = ours.some((a) => theirs.some((b) => a.text === b.text));
  return {
    is: shared ? 'agree' : 'differ',
    sources: [...ours.slice(0, 1), ...theirs.slice(0, 1)].map((item) => item.source),
  };
}

function transforms(tunnel: Tunnel): readonly { readonly text: string; readonly source: Source }[] {
  return tunnel.configured.flatMap(({ entry, source }) =>
    entry.transformSets
      .filter((set) => set.transforms.length > 0)
      .map((set) => ({ text: [...set.transforms].sort().join(' '), source })),
  );
}

/** Crypto maps list every identity pair, also those without an SA, so the flows of both ends can be mirrored. */
function compareIdentities(near: TunnelEnd, far: TunnelEnd): Compared {
  const ours = pairs(near.tunnel);
  const theirs = pairs(far.tunnel);
  if (ours.length === 0 || theirs.length === 0) {
    return {
      is: 'unknown',
      ask: 'show crypto ipsec sa',
      text: 'the proxy identities of both ends are needed',
    };
  }
  const mirrored = new Set(theirs.map((pair) => `${pair.remote} ${pair.local}`));
  const odd = ours.filter((pair) => !mirrored.has(`${pair.local} ${pair.remote}`));
  if (odd.length === 0) return { is: 'agree', sources: ours.slice(0, 1).flatMap((pair) => pair.sources) };
  return {
    is: 'differ',
    sources: [...odd.slice(0, 1), ...theirs.slice(0, 1)].flatMap((pair) => pair.sources),
  };
}

function pairs(
  tunnel: Tunnel,
): readonly { readonly local: string; readonly remote: string; readonly sources: readonly Source[] }[] {
  return tunnel.flows.flatMap(({ facts, identSources }) => {
    if (facts.localIdent === null || facts.remoteIdent === null) return [];
    return {
      local: identText(facts.localIdent),
      remote: identText(facts.remoteIdent),
      sources: identSources,
    };
  });
}

function identText(ident: ProxyIdentity): string {
  return `${ident.address}/${ident.prefix ?? ident.mask}/${ident.protocol}/${ident.port}`;
}

/** The SPI we send with must be one the far end receives with. */
function compareSpis(near: TunnelEnd, far: TunnelEnd): Compared {
  // An end that holds no SA at all sends nothing; then what the other sends is compared with what this one receives.
  const hasNone = near.tunnel.phase2Gaps.length === 0 && outboundSpis(near).length === 0;
  const [from, to] = hasNone ? [far, near] : [near, far];
  const sending = outboundSpis(from);
  const receiving = new Set(to.tunnel.flows.flatMap((flow) => flow.facts.inbound.esp.map((sa) => sa.spi)));
  const [first] = sending;
  if (first === undefined)
    return { is: 'unknown', ask: 'show crypto ipsec sa', text: 'the SPIs of both ends are needed' };
  const known = sending.some((sa) => receiving.has(sa.spi));
  const theirs = to.tunnel.flows.slice(0, 1).map((flow) => flow.phase2Source);
  return { is: known ? 'agree' : 'differ', sources: [first.source, ...theirs] };
}

function outboundSpis({ tunnel }: TunnelEnd): readonly { readonly spi: string; readonly source: Source }[] {
  return tunnel.flows.flatMap((flow) =>
    flow.facts.outbound.esp.map((sa) => ({ spi: sa.spi, source: flow.phase2Source })),
  );
}
