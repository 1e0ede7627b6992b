import { addressAsPrinted, type Line, numberOf } from '../lines.ts';
import { anywhere, type BlockRule, inARow, type Making, once, placeOf } from './config-block.ts';
import type { IsakmpPolicyBlock, IsakmpProfileBlock, KeyedPeer, KeyringBlock } from './facts.ts';

export const ISAKMP_POLICY_RULES: readonly BlockRule<IsakmpPolicyBlock>[] = [
  // encr aes 256   |   encryption 3des
  ...['encr', 'encryption'].map((word) =>
    once<IsakmpPolicyBlock>(word, /^encr(?:yption)? (\S{1,20})(?: (\d{3}))?$/i, (match) => ({
      encryption: match[1] ?? null,
      keyBits: numberOf(match[2]),
    })),
  ),
  // hash sha256
  once('hash', /^hash (\S{1,20})$/i, (match) => ({ hash: match[1] ?? null })),
  // authentication pre-share   |   authentication pre   (typed by hand)
  once('authentication', /^authentication (\S{1,20})$/i, (match) => ({
    authentication: match[1] === 'pre' ? 'pre-share' : (match[1] ?? null),
  })),
  // group 14
  once('group', /^group (\d{1,3})$/i, (match) => ({ dhGroup: numberOf(match[1]) })),
  // lifetime 28800
  once('lifetime', /^lifetime (\d{1,9})$/i, (match) => ({ lifetimeSec: numberOf(match[1]) })),
];

export const KEYRING_RULES: readonly BlockRule<KeyringBlock>[] = [
  // pre-shared-key address 192.0.2.1 255.255.255.0 key 6 <redacted>   |   pre-shared-key address ipv6 2001:DB8::1/64 key <redacted>
  anywhere(
    'pre',
    /^pre-shared-key address (?:ipv6 )?([0-9A-F.:]{2,45})(\/\d{1,3})?(?: (\d[\d.]{6,14}))? key(?: .*)?$/i,
    (keyring, match, line) => {
      const mask = match[3] ?? match[2]?.slice(1) ?? null;
      const address = addressAsPrinted(match[1] ?? '');
      keyring.peers.push(keyedPeer(line, { address, mask, keys: ['both'] }));
    },
  ),
  // pre-shared-key hostname spoke1.example.com key 6 <redacted>
  anywhere('pre', /^pre-shared-key hostname (\S{1,253}) key(?: .*)?$/i, (keyring, match, line) => {
    keyring.peers.push(keyedPeer(line, { hostname: match[1] ?? null, keys: ['both'] }));
  }),
  // local-address GigabitEthernet0/0   |   local-address 192.0.2.1 OUTSIDE
  once('local', /^local-address (\S.{0,80})$/i, (match) => ({ localAddress: match[1] ?? null })),
  // description keys of the branches
  once('description', /^description .{0,240}$/i, () => ({})),
];

export const ISAKMP_PROFILE_RULES: readonly BlockRule<IsakmpProfileBlock>[] = [
  // vrf RED
  once('vrf', /^vrf (\S{1,64})$/i, (match) => ({ vrf: match[1] ?? null })),
  // keyring BRANCHES
  inARow('keyring', /^keyring (\S{1,64})$/i, (profile, match) => profile.keyrings.push(match[1] ?? '')),
  // match identity address 192.0.2.0 255.255.255.0 OUTSIDE   |   match identity group REMOTE
  inARow('match', /^match identity (\S.{0,240})$/i, (profile, match) =>
    profile.identities.push(match[1] ?? ''),
  ),
  // match certificate CERTMAP
  inARow('match', /^match certificate (\S.{0,64})$/i, (profile, match) =>
    profile.certificateMaps.push(match[1] ?? ''),
  ),
  // self-identity user-fqdn hub@example.com
  once('self', /^self-identity (\S.{0,240})$/i, (match) => ({ selfIdentity: match[1] ?? null })),
  // local-address GigabitEthernet0/0
  once('local', /^local-address (\S.{0,80})$/i, (match) => ({ localAddress: match[1] ?? null })),
  // ca trust-point CORP
  inARow('ca', /^ca trust-point (\S{1,64})$/i, (profile, match) => profile.trustpoints.push(match[1] ?? '')),
  // keepalive 30 retry 5
  once('keepalive', /^keepalive (\d{1,6}(?: .{1,40})?)$/i, (match) => ({ keepalive: match[1] ?? null })),
  // virtual-template 1
  once('virtual', /^virtual-template (\d{1,6})$/i, (match) => ({ virtualTemplate: numberOf(match[1]) })),
  // initiate mode aggressive
  once('initiate', /^initiate mode aggressive$/i, () => ({ aggressive: true })),
  // description remote access
  once('description', /^description .{0,240}$/i, () => ({})),
];

/** A peer with a key, the fields a line does not tell left blank. */
export function keyedPeer(line: Line, told: Partial<Making<KeyedPeer>>): KeyedPeer {
  return {
    ...placeOf(line),
    name: null,
    address: null,
    mask: null,
    hostname: null,
    identity: null,
    keys: [],
    noXauth: false,
    ...told,
  };
}
