import type { LineRule } from '../line-rules.ts';
import { addressAsPrinted, numberOf } from '../lines.ts';
import { added, fieldRule, itemRule, openRecord, type Records, silentFields } from '../records.ts';
import type { Ikev2Profile } from './facts.ts';
import { nameOrNull, namesIn } from './names.ts';

const field = fieldRule<Ikev2Profile>;
const item = itemRule<Ikev2Profile>;

/** The heading of a profile, and what a peer must be for the profile to take it. */
export const MATCH_RULES: readonly LineRule<Records<Ikev2Profile>>[] = [
  {
    // IKEv2 profile: BRANCH
    word: 'ikev',
    pattern: /^IKEv2 profile ?: ?(\S{1,120})$/i,
    take(state, match, line) {
      openRecord(state, line, blankProfile(match[1] ?? ''));
      return true;
    },
  },
  // Shutdown : No
  field('shutdown', /^Shutdown ?: ?(Yes|No)$/i, (match) => ({ shutdown: match[1]?.toLowerCase() === 'yes' })),
  field('ref', /^Ref Count ?: ?(\d{1,10})$/i, (match) => ({ refCount: numberOf(match[1]) })),
  ...silentFields<Ikev2Profile>({ match: /^Match criteria ?:$/i }),
  field('fvrf', /^Fvrf ?: ?(\S{1,80})$/i, (match) => ({ matchFvrf: nameOrNull(match[1]) })),
  // Local address/interface: GigabitEthernet0/0
  field('local', /^Local address\/interface ?: ?(\S.{0,120})$/i, (match) => ({
    matchLocal: nameOrNull(match[1] === undefined ? undefined : addressAsPrinted(match[1])),
  })),
  // Identities: none   |   Identities:   (and one line for each)
  field('identities', /^Identities ?:(?: ?(none))?$/i, () => ({ identities: [] }), 'identities'),
  // address 203.0.113.0 255.255.255.0   |   fqdn domain example.net   |   email user@example.net   |   any
  item(
    'identities',
    /^(?:(?:address|fqdn|email|key-id|group|user|identity)\b.{1,200}|any)$/i,
    (profile, match) => {
      profile.identities = added(profile.identities, match[0]);
    },
  ),
  // Certificate maps: none   |   Certificate maps: CM1   |   Certificate maps:   (and one line for each)
  field(
    'certificate',
    /^Certificate maps ?:(?: ?(\S.{0,200}))?$/i,
    (match) => ({ certificateMaps: namesIn(match[1]) }),
    'certificate-maps',
  ),
  item('certificate-maps', /^[A-Za-z0-9_][\w.-]{0,79}$/, (profile, match) => {
    profile.certificateMaps = added(profile.certificateMaps, match[0]);
  }),
];

function blankProfile(name: string): Omit<Ikev2Profile, 'lines'> {
  return {
    name,
    shutdown: null,
    refCount: null,
    matchFvrf: null,
    matchLocal: null,
    identities: null,
    certificateMaps: null,
    localIdentity: null,
    remoteIdentity: null,
    localAuthentication: null,
    remoteAuthentications: null,
    eapOptions: null,
    keyring: null,
    ppkKeyring: null,
    trustpoints: null,
    lifetimeSec: null,
    dpdIntervalSec: null,
    dpdRetrySec: null,
    dpd: null,
    natKeepaliveSec: null,
    ivrf: null,
    virtualTemplate: null,
    modeAuto: null,
    aaaAnyconnectEapAuthentication: null,
    aaaEapAuthentication: null,
    aaaAuthentication: null,
    aaaAccounting: null,
    aaaGroupAuthorization: null,
    aaaUserAuthorization: null,
  };
}
