import type { LineRule } from '../line-rules.ts';
import { numberOf } from '../lines.ts';
import { added, fieldRule, itemRule, type Records } from '../records.ts';
import type { Ikev2Profile } from './facts.ts';
import { nameOrNull, namesIn } from './names.ts';

const field = fieldRule<Ikev2Profile>;

/** What a profile makes of a peer it takes. */
export const SETTING_RULES: readonly LineRule<Records<Ikev2Profile>>[] = [
  // Local identity: fqdn hub.example.net
  field('local', /^Local identity ?: ?(\S.{0,200})$/i, (match) => ({ localIdentity: nameOrNull(match[1]) })),
  field('remote', /^Remote identity ?: ?(\S.{0,200})$/i, (match) => ({
    remoteIdentity: nameOrNull(match[1]),
  })),
  field('local', /^Local authentication method ?: ?(\S.{0,60})$/i, (match) => ({
    localAuthentication: nameOrNull(match[1]),
  })),
  // Remote authentication method(s): rsa-sig eap
  field('remote', /^Remote authentication method(?:\(s\))? ?: ?(\S.{0,80})$/i, (match) => ({
    remoteAuthentications: namesIn(match[1]),
  })),
  field('eap', /^EAP options ?: ?(\S.{0,80})$/i, (match) => ({ eapOptions: nameOrNull(match[1]) })),
  // Keyring: KR1   |   Keyring: local KR1   |   Keyring: aaa LIST
  field('keyring', /^Keyring ?: ?(?:local )?(\S.{0,120})$/i, (match) => ({ keyring: nameOrNull(match[1]) })),
  field('ppk', /^PPK Keyring ?: ?(\S.{0,120})$/i, (match) => ({ ppkKeyring: nameOrNull(match[1]) })),
  // Trustpoint(s): none   |   Trustpoint(s): TP1 TP2   |   Trustpoint(s):   (and one line for each)
  field(
    'trustpoint',
    /^Trustpoint(?:\(s\))? ?:(?: ?(\S.{0,200}))?$/i,
    (match) => ({ trustpoints: namesIn(match[1]) }),
    'trustpoints',
  ),
  itemRule<Ikev2Profile>(
    'trustpoints',
    /^[A-Za-z0-9_][\w.-]{0,79}(?: \(?(?:sign|verify)\)?){0,2}$/,
    (profile, match) => {
      profile.trustpoints = added(profile.trustpoints, match[0]);
    },
  ),
  field('lifetime', /^Lifetime ?: ?(\d{1,10})(?: seconds?)?$/i, (match) => ({
    lifetimeSec: numberOf(match[1]),
  })),
  // DPD: interval 10, retry-interval 2, periodic   |   DPD: disabled
  field(
    'dpd',
    /^DPD ?: ?(?:(disabled)|interval (\d{1,6}), ?retry-interval (\d{1,6}), ?([a-z-]{1,20}))$/i,
    (match) => ({
      dpd: (match[1] ?? match[4] ?? '').toLowerCase(),
      dpdIntervalSec: numberOf(match[2]),
      dpdRetrySec: numberOf(match[3]),
    }),
  ),
  // NAT-keepalive: disabled   |   NAT-keepalive: 20 seconds
  field('nat', /^NAT-keepalive ?: ?(?:disabled|(\d{1,6})(?: seconds?)?)$/i, (match) => ({
    natKeepaliveSec: numberOf(match[1]),
  })),
  field('ivrf', /^Ivrf ?: ?(\S{1,80})$/i, (match) => ({ ivrf: nameOrNull(match[1]) })),
  // Virtual-template: none   |   Virtual-template: 1 (mode auto)
  field('virtual', /^Virtual-template ?: ?(\S.{0,60})$/i, (match) => ({
    virtualTemplate: nameOrNull(match[1]),
  })),
  // mode auto: none
  field('mode', /^mode auto ?: ?(\S.{0,80})$/i, (match) => ({ modeAuto: nameOrNull(match[1]) })),
  // AAA AnyConnect EAP authentication mlist: none
  field('aaa', /^AAA AnyConnect EAP authentication mlist ?: ?(\S.{0,80})$/i, (match) => ({
    aaaAnyconnectEapAuthentication: nameOrNull(match[1]),
  })),
  field('aaa', /^AAA EAP authentication mlist ?: ?(\S.{0,80})$/i, (match) => ({
    aaaEapAuthentication: nameOrNull(match[1]),
  })),
  field('aaa', /^AAA authentication mlist ?: ?(\S.{0,80})$/i, (match) => ({
    aaaAuthentication: nameOrNull(match[1]),
  })),
  field('aaa', /^AAA Accounting ?: ?(\S.{0,80})$/i, (match) => ({ aaaAccounting: nameOrNull(match[1]) })),
  // AAA group authorization: FLEX
  field('aaa', /^AAA group authorization ?: ?(\S.{0,80})$/i, (match) => ({
    aaaGroupAuthorization: nameOrNull(match[1]),
  })),
  field('aaa', /^AAA user authorization ?: ?(\S.{0,80})$/i, (match) => ({
    aaaUserAuthorization: nameOrNull(match[1]),
  })),
];
