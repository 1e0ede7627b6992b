import { gapsOf } from '../parsers/parse-recording.ts';
import { showCryptoIpsecSa } from '../parsers/show-crypto-ipsec-sa/parse.ts';
import { ikeGaps } from '../tunnels/build-tunnels.ts';
import { emptyTunnel } from '../tunnels/empty-tunnel.ts';
import type { RouterFacts } from '../tunnels/router-facts.ts';
import type { Expect, Tunnel } from '../tunnels/tunnel.ts';

/** What the inventory says of a tunnel; one of `peer` and `peerIdentity` is set. */
export interface DeclaredTunnel {
  readonly peer: string | null;
  readonly peerIdentity: string | null;
  readonly expect: Exclude<Expect, 'unknown'> | null;
  readonly description: string | null;
  readonly interface: string | null;
}

export interface Declared {
  readonly site: string | null;
  readonly tunnels: readonly DeclaredTunnel[];
}

/** The tunnels of a router with what was declared of them; a declared one that nothing shows is in the list too, never absent. */
export function withDeclared(
  tunnels: readonly Tunnel[],
  declared: Declared,
  facts: RouterFacts,
): readonly Tunnel[] {
  const known = tunnels.map((tunnel) => {
    const entry = declared.tunnels.find((item) => fits(item, tunnel));
    const site = tunnel.site ?? declared.site;
    if (entry === undefined) return { ...tunnel, site };
    return {
      ...tunnel,
      site,
      expect: entry.expect ?? tunnel.expect,
      description: tunnel.description ?? entry.description,
    };
  });
  const absent = declared.tunnels.filter((item) => !tunnels.some((tunnel) => fits(item, tunnel)));
  return [...known, ...absent.map((item) => declaredOnly(item, declared.site, facts))];
}

function fits(item: DeclaredTunnel, tunnel: Tunnel): boolean {
  const samePeer = item.peer === null ? item.peerIdentity === tunnel.peerIdentity : item.peer === tunnel.peer;
  return (
    samePeer &&
    (item.interface === null ||
      tunnel.attachment.interface === null ||
      sameInterface(item.interface, tunnel.attachment.interface))
  );
}

/** `Tu10`, `tunnel10` and `Tunnel10` are one interface. */
function sameInterface(written: string, printed: string): boolean {
  const [a, b] = [written, printed].map((name) => name.toLowerCase().replaceAll(' ', ''));
  const numberOf = (name = ''): string => name.replace(/^[a-z-]+/, '');
  const kindOf = (name = ''): string => name.slice(0, name.length - numberOf(name).length);
  return numberOf(a) === numberOf(b) && (kindOf(b).startsWith(kindOf(a)) || kindOf(a).startsWith(kindOf(b)));
}

function declaredOnly(item: DeclaredTunnel, site: string | null, facts: RouterFacts): Tunnel {
  const gaps = [...ikeGaps(facts), ...gapsOf(facts.parsed, showCryptoIpsecSa, 'show crypto ipsec sa')];
  return {
    ...emptyTunnel(facts.router, `${facts.router}/*-${item.peer ?? item.peerIdentity ?? ''}`, gaps),
    peer: item.peer,
    peerIdentity: item.peerIdentity,
    attachment: { kind: 'unknown', interface: item.interface, name: null },
    description: item.description,
    site,
    expect: item.expect ?? 'unknown',
    isDeclared: true,
  };
}
