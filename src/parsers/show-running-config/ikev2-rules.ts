import { addressAsPrinted, type Draft, fillBlank, type Line, numberOf } from '../lines.ts';
import {
  anywhere,
  type BlockLines,
  type BlockRule,
  inARow,
  type Making,
  once,
  reachTo,
} from './config-block.ts';
import type {
  Ikev2PolicyBlock,
  Ikev2ProfileBlock,
  Ikev2ProposalBlock,
  KeyedPeer,
  KeyringBlock,
} from './facts.ts';
import { keyedPeer } from './isakmp-rules.ts';

export const PROPOSAL_RULES: readonly BlockRule<Ikev2ProposalBlock>[] = [
  // encryption aes-cbc-256 aes-cbc-128
  once('encryption', /^encryption (\S.{0,200})$/i, (match) => ({ encryption: words(match[1]) })),
  // integrity sha512 sha384
  once('integrity', /^integrity (\S.{0,200})$/i, (match) => ({ integrity: words(match[1]) })),
  // prf sha256
  once('prf', /^prf (\S.{0,200})$/i, (match) => ({ prf: words(match[1]) })),
  // group 19 14
  once('group', /^group (\d{1,3}(?: \d{1,3}){0,30})$/i, (match) => ({
    dhGroups: words(match[1]).map(Number),
  })),
];

export const POLICY_RULES: readonly BlockRule<Ikev2PolicyBlock>[] = [
  // proposal STRONG
  inARow('proposal', /^proposal (\S{1,64})$/i, (policy, match) => policy.proposals.push(match[1] ?? '')),
  // match fvrf OUTSIDE   |   match fvrf any
  once('match', /^match fvrf (\S{1,64})$/i, (match) => ({ matchFvrf: match[1] ?? null })),
  // match address local 192.0.2.1
  inARow('match', /^match address local (\S.{0,80})$/i, (policy, match) =>
    policy.matchLocal.push(addressAsPrinted(match[1] ?? '')),
  ),
];

export const PROFILE_RULES: readonly BlockRule<Ikev2ProfileBlock>[] = [
  once('match', /^match fvrf (\S{1,64})$/i, (match) => ({ matchFvrf: match[1] ?? null })),
  // match identity remote address 192.0.2.7 255.255.255.255   |   match identity remote fqdn domain example.com
  inARow('match', /^match identity remote (\S.{0,240})$/i, (profile, match) =>
    profile.identities.push(match[1] ?? ''),
  ),
  // match certificate CERTMAP
  inARow('match', /^match certificate (\S.{0,64})$/i, (profile, match) =>
    profile.certificateMaps.push(match[1] ?? ''),
  ),
  // match address local interface GigabitEthernet0/0
  inARow('match', /^match address local (\S.{0,80})$/i, (profile, match) =>
    profile.matchLocal.push(addressAsPrinted(match[1] ?? '')),
  ),
  // identity local address 192.0.2.1
  once('identity', /^identity local (\S.{0,240})$/i, (match) => ({ localIdentity: match[1] ?? null })),
  // authentication remote rsa-sig   |   authentication local pre-share key 6 <redacted>   (the key is not taken)
  anywhere(
    'authentication',
    /^authentication (local|remote) ([a-z0-9-]{2,30})(?: .{0,300})?$/i,
    (profile, match) => {
      const methods =
        match[1]?.toLowerCase() === 'local' ? profile.localAuthentications : profile.remoteAuthentications;
      methods.push(match[2] ?? '');
    },
  ),
  // keyring local BRANCHES   |   keyring BRANCHES   |   keyring aaa LIST
  once('keyring', /^keyring (?:local )?(\S.{0,100})$/i, (match) => ({ keyring: match[1] ?? null })),
  // pki trustpoint CORP   |   pki trustpoint CORP verify
  inARow('pki', /^pki trustpoint (\S.{0,80})$/i, (profile, match) =>
    profile.trustpoints.push(match[1] ?? ''),
  ),
  // lifetime 86400
  once('lifetime', /^lifetime (\d{1,9})$/i, (match) => ({ lifetimeSec: numberOf(match[1]) })),
  // dpd 10 2 on-demand
  once('dpd', /^dpd (\d{1,6}) (\d{1,6})(?: (on-demand|periodic))?$/i, (match) => ({
    dpdIntervalSec: numberOf(match[1]),
    dpdRetrySec: numberOf(match[2]),
    dpd: match[3]?.toLowerCase() ?? null,
  })),
  // virtual-template 1   |   virtual-template 1 mode auto
  once('virtual', /^virtual-template (\d{1,6})(?: .{0,40})?$/i, (match) => ({
    virtualTemplate: numberOf(match[1]),
  })),
  // ivrf RED
  once('ivrf', /^ivrf (\S{1,64})$/i, (match) => ({ ivrf: match[1] ?? null })),
  // aaa authorization group psk list LOCAL default   |   nat keepalive 20   |   config-exchange request
  ...[
    'aaa',
    'nat',
    'config',
    'redirect',
    'initial',
    'reconnect',
    'accounting',
    'anyconnect',
    'ppk',
    'no',
  ].map((word) =>
    anywhere<Ikev2ProfileBlock>(word, /^(\S.{0,240})$/i, (profile, match) => {
      profile.options.push(match[1] ?? '');
    }),
  ),
  // description of the profile
  once('description', /^description .{0,240}$/i, () => ({})),
];

export const IKEV2_KEYRING_RULES: readonly BlockRule<KeyringBlock>[] = [
  // peer SPOKE1
  anywhere('peer', /^peer (\S{1,128})$/i, (keyring, match, line) => {
    keyring.peers.push(keyedPeer(line, { name: match[1] ?? null }));
  }),
  // address 192.0.2.7   |   address 0.0.0.0 0.0.0.0   |   address 2001:DB8::/32
  ofPeer('address', /^address ([0-9A-F.:]{2,45})(?:\/(\d{1,3}))?(?: (\d[\d.]{6,14}))?$/i, (match) => ({
    address: addressAsPrinted(match[1] ?? ''),
    mask: match[3] ?? match[2] ?? null,
  })),
  // hostname spoke1
  ofPeer('hostname', /^hostname (\S{1,253})$/i, (match) => ({ hostname: match[1] ?? null })),
  // identity fqdn spoke1.example.com
  ofPeer('identity', /^identity (\S.{0,240})$/i, (match) => ({ identity: match[1] ?? null })),
  {
    // pre-shared-key <redacted>   |   pre-shared-key local 6 <redacted>   |   pre-share remote <redacted>   (by hand)
    word: 'pre',
    pattern: /^pre-shared?(?:-key)?(?: (local|remote))?(?: .*)?$/i,
    take(block, match, line) {
      const peer = lastPeer(block);
      if (peer === null) return false;
      const side = match[1]?.toLowerCase();
      peer.keys = [...peer.keys, side === 'local' || side === 'remote' ? side : 'both'];
      reachTo(peer, line);
      return true;
    },
  },
  // description branch in Lyon
  anywhere('description', /^description .{0,240}$/i, () => {}),
];

function ofPeer(
  word: string,
  pattern: RegExp,
  fieldsOf: (match: RegExpExecArray) => Partial<KeyedPeer>,
): BlockRule<KeyringBlock> {
  return {
    word,
    pattern,
    take(block, match, line: Line) {
      const peer = lastPeer(block);
      if (peer === null || !fillBlank(peer, fieldsOf(match))) return false;
      reachTo(peer, line);
      return true;
    },
  };
}

function lastPeer(block: BlockLines<Making<KeyringBlock>>): Draft<KeyedPeer> | null {
  return block.record.peers.at(-1) ?? null;
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(' ').filter((word) => word !== '');
}
