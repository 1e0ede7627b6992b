import type { Sighting } from './sightings.ts';
import type { Attachment, Expect } from './tunnel.ts';

/** What the tunnel hangs on: a crypto map on an interface, a tunnel interface with protection, a dynamic interface. */
export function attachmentOf(sightings: readonly Sighting[]): Attachment {
  const named = sightings.flatMap(interfaceOf);
  const best =
    named.find((item) => item.interface !== null && item.name !== null) ??
    named.find((item) => item.interface !== null) ??
    named[0];
  if (best === undefined) return { kind: 'unknown', interface: null, name: null };
  return { kind: kindOf(best.interface, best.name), interface: best.interface, name: best.name };
}

function interfaceOf(sighting: Sighting): { interface: string | null; name: string | null }[] {
  switch (sighting.of.kind) {
    case 'flow':
      return [{ interface: sighting.of.flow.interface, name: sighting.of.flow.cryptoMapTag }];
    case 'configured':
      return [{ interface: sighting.of.interfaces?.[0] ?? null, name: sighting.of.entry.map }];
    case 'session':
      return [{ interface: sighting.of.session.interface, name: null }];
    case 'dmvpn':
      return [{ interface: sighting.of.dmvpn.interface, name: null }];
    case 'ikev1':
    case 'ikev2':
    case 'logged':
      return [];
  }
}

function kindOf(name: string | null, map: string | null): Attachment['kind'] {
  if (name !== null && /^(Virtual-Access|Virtual-Template)/i.test(name)) return 'dynamic';
  // IOS names the hidden map of tunnel protection after its interface: `Tunnel0-head-0`.
  if ((name !== null && /^Tu(nnel)?\d/i.test(name)) || (map !== null && /-head-\d+$/.test(map)))
    return 'tunnel-protection';
  return map === null ? 'unknown' : 'crypto-map';
}

/** Expected state by attachment and role (the inventory may say otherwise, see `withExpectations`). */
export function expectOf(attachment: Attachment, sightings: readonly Sighting[]): Expect {
  if (attachment.kind === 'crypto-map') return 'on-demand';
  if (attachment.kind === 'dynamic') return 'dynamic';
  if (attachment.kind !== 'tunnel-protection') return 'unknown';
  const learned = sightings.some((s) => s.of.kind === 'dmvpn' && s.of.dmvpn.attributes.includes('D'));
  return learned ? 'dynamic' : 'always-up';
}
