import { didYouMean } from '../core/closest.ts';
import { checkAddress } from './hosts.ts';
import { EXPECTATIONS, type Expectation, type InventoryTunnel } from './inventory.ts';
import type { Place, Problems } from './problem.ts';
import { checked, isRefused, mapping, text, unknownKey } from './read-values.ts';
import type { Field, Value } from './yaml-tree.ts';

/** The tunnels of one router; undefined field means none. Two entries of the same peer and interface are a problem. */
export function readTunnels(field: Field | undefined, problems: Problems): InventoryTunnel[] {
  if (field === undefined || isRefused(field.value)) return [];
  if (field.value.kind !== 'list') {
    problems.add(field.value.at, 'tunnels must be a list of - peer: … expect: …');
    return [];
  }
  const firstOf = new Map<string, Place>();
  return field.value.items.flatMap((item) => {
    const tunnel = readTunnel(item, problems);
    if (tunnel === undefined) return [];
    const id = `${tunnel.peer ?? ''} ${tunnel.peerIdentity ?? ''} ${tunnel.interface ?? ''}`;
    const before = firstOf.get(id);
    if (before !== undefined)
      problems.add(item.at, `this tunnel stands already in line ${before.line}; remove one`);
    else firstOf.set(id, item.at);
    return [tunnel];
  });
}

const TUNNEL_KEYS: readonly string[] = ['peer', 'peerIdentity', 'expect', 'description', 'interface'];

function readTunnel(item: Value, problems: Problems): InventoryTunnel | undefined {
  const map = mapping(item, 'a tunnel', problems);
  if (map === undefined) return undefined;
  const value = (key: string): Value | undefined => map.fields.find((field) => field.key === key)?.value;
  const read = <T>(
    key: string,
    reader: (value: Value, key: string, problems: Problems) => T | undefined,
  ): T | null => {
    const found = value(key);
    return found === undefined ? null : (reader(found, key, problems) ?? null);
  };
  for (const field of map.fields) {
    if (!TUNNEL_KEYS.includes(field.key)) unknownKey(field, 'a tunnel', TUNNEL_KEYS, problems);
  }
  const sides = [value('peer'), value('peerIdentity')].filter((side) => side !== undefined).length;
  if (sides === 0)
    problems.add(map.at, 'a tunnel needs peer: (an address) or peerIdentity: (its IKE identity)');
  if (sides === 2) problems.add(map.at, 'a tunnel has peer: or peerIdentity:, not both');
  return {
    peer: read('peer', checked(64, checkAddress)),
    peerIdentity: read('peerIdentity', text(255)),
    expect: read('expect', checked(32, checkExpectation)),
    description: read('description', text(500)),
    interface: read('interface', checked(64, checkInterface)),
  };
}

function checkExpectation(found: string): { readonly keep: Expectation } | { readonly expected: string } {
  const known = EXPECTATIONS.find((expectation) => expectation === found);
  return known !== undefined
    ? { keep: known }
    : { expected: `expected is one of ${EXPECTATIONS.join(', ')}${didYouMean(found, EXPECTATIONS)}` };
}

function checkInterface(found: string): { readonly keep: string } | { readonly expected: string } {
  // Tunnel0    GigabitEthernet0/0/1.100
  return /^[A-Za-z][A-Za-z-]{0,30}\d[\d/.:]{0,20}$/.test(found)
    ? { keep: found }
    : { expected: 'an interface name is expected, e.g. Tunnel0' };
}
