import { addressAsPrinted, numberOf } from '../lines.ts';
import { transformsOf } from '../transforms.ts';
import { type ConfigLine, keptLine, placeOf } from './config-block.ts';
import { blockHeading, type HeadingRule, openPart } from './config-scan.ts';
import type { CryptoSetting, KeyedPeer } from './facts.ts';
import { IKEV2_KEYRING_RULES, POLICY_RULES, PROFILE_RULES, PROPOSAL_RULES } from './ikev2-rules.ts';
import type { CryptoMapBlock, IpsecSettings } from './ipsec-facts.ts';
import { IPSEC_PROFILE_RULES, MAP_RULES, TRANSFORM_SET_RULES } from './ipsec-rules.ts';
import { ISAKMP_POLICY_RULES, ISAKMP_PROFILE_RULES, KEYRING_RULES, keyedPeer } from './isakmp-rules.ts';

/** Headings of IKEv1. */
const ISAKMP_HEADINGS: readonly HeadingRule[] = [
  // crypto isakmp policy 10
  blockHeading(
    'crypto',
    /^crypto isakmp policy (\d{1,6})$/i,
    ISAKMP_POLICY_RULES,
    (facts) => facts.isakmpPolicies,
    (match) => ({
      priority: Number(match[1]),
      encryption: null,
      keyBits: null,
      hash: null,
      authentication: null,
      dhGroup: null,
      lifetimeSec: null,
    }),
  ),
  // crypto isakmp key 6 <redacted> address 192.0.2.7 255.255.255.0 no-xauth   |   … address ipv6 2001:DB8::7/128
  keyHeading(
    /^crypto isakmp key .{0,200}? ?\baddress (?:ipv6 )?([\w.:-]{2,128})(?:\/(\d{1,3}))?(?: (\d[\d.]{6,14}))?( no-xauth)?$/i,
    (match) => ({
      address: addressAsPrinted(match[1] ?? ''),
      mask: match[3] ?? match[2] ?? null,
      noXauth: match[4] !== undefined,
    }),
  ),
  // crypto isakmp key <redacted> hostname spoke1.example.com
  keyHeading(/^crypto isakmp key .{0,200}? ?\bhostname (\S{1,253})( no-xauth)?$/i, (match) => ({
    hostname: match[1] ?? null,
    noXauth: match[2] !== undefined,
  })),
  // crypto keyring BRANCHES vrf OUTSIDE
  blockHeading(
    'crypto',
    /^crypto keyring (\S{1,64})(?: vrf (\S{1,64}))?$/i,
    KEYRING_RULES,
    (facts) => facts.keyrings,
    (match) => keyring(1, match),
  ),
  // crypto isakmp profile BRANCHES
  blockHeading(
    'crypto',
    /^crypto isakmp profile (\S{1,64})(?: accounting \S{1,64})?$/i,
    ISAKMP_PROFILE_RULES,
    (facts) => facts.isakmpProfiles,
    (match) => ({
      name: match[1] ?? '',
      vrf: null,
      keyrings: [],
      identities: [],
      certificateMaps: [],
      selfIdentity: null,
      localAddress: null,
      trustpoints: [],
      keepalive: null,
      virtualTemplate: null,
      aggressive: false,
    }),
  ),
];

/** Headings of IKEv2. */
const IKEV2_HEADINGS: readonly HeadingRule[] = [
  // crypto ikev2 keyring BRANCHES
  blockHeading(
    'crypto',
    /^crypto ikev2 keyring (\S{1,64})$/i,
    IKEV2_KEYRING_RULES,
    (facts) => facts.keyrings,
    (match) => keyring(2, match),
  ),
  // crypto ikev2 proposal STRONG
  blockHeading(
    'crypto',
    /^crypto ikev2 proposal (\S{1,64})$/i,
    PROPOSAL_RULES,
    (facts) => facts.ikev2Proposals,
    (match) => ({ name: match[1] ?? '', encryption: [], integrity: [], prf: [], dhGroups: [] }),
  ),
  // crypto ikev2 policy DEFAULT
  blockHeading(
    'crypto',
    /^crypto ikev2 policy (\S{1,64})$/i,
    POLICY_RULES,
    (facts) => facts.ikev2Policies,
    (match) => ({ name: match[1] ?? '', proposals: [], matchFvrf: null, matchLocal: [] }),
  ),
  // crypto ikev2 profile BRANCHES
  blockHeading(
    'crypto',
    /^crypto ikev2 profile (\S{1,64})$/i,
    PROFILE_RULES,
    (facts) => facts.ikev2Profiles,
    (match) => ({
      name: match[1] ?? '',
      matchFvrf: null,
      ivrf: null,
      identities: [],
      certificateMaps: [],
      matchLocal: [],
      localIdentity: null,
      localAuthentications: [],
      remoteAuthentications: [],
      keyring: null,
      trustpoints: [],
      lifetimeSec: null,
      dpdIntervalSec: null,
      dpdRetrySec: null,
      dpd: null,
      virtualTemplate: null,
      options: [],
    }),
  ),
];

/** Headings of IPsec. */
const IPSEC_HEADINGS: readonly HeadingRule[] = [
  // crypto ipsec transform-set AES256 esp-aes 256 esp-sha-hmac
  blockHeading(
    'crypto',
    /^crypto ipsec transform-set (\S{1,64}) (\S.{0,160})$/i,
    TRANSFORM_SET_RULES,
    (facts) => facts.transformSets,
    (match) => ({ name: match[1] ?? '', transforms: transformsOf(match[2] ?? ''), mode: null }),
  ),
  // crypto ipsec profile VTI
  blockHeading(
    'crypto',
    /^crypto ipsec profile (\S{1,64})(?: default)?$/i,
    IPSEC_PROFILE_RULES,
    (facts) => facts.ipsecProfiles,
    (match) => ({ name: match[1] ?? '', ...blankSettings(), responderOnly: false }),
  ),
  // crypto map VPN 10 ipsec-isakmp   |   crypto map VPN 65535 ipsec-isakmp dynamic REMOTE   |   crypto map ipv6 VPN6 10 ipsec-isakmp
  blockHeading(
    'crypto',
    /^crypto map (?:ipv6 )?(\S{1,64}) (\d{1,6})(?: (ipsec-isakmp|ipsec-manual|gdoi|cisco)(?: dynamic (\S{1,64})(?: discover)?| profile \S{1,64})?)?$/i,
    MAP_RULES,
    (facts) => facts.cryptoMaps,
    (match) => ({ ...blankMap(match), type: match[3]?.toLowerCase() ?? null, dynamicMap: match[4] ?? null }),
  ),
  // crypto dynamic-map REMOTE 10
  blockHeading(
    'crypto',
    /^crypto dynamic-map (\S{1,64}) (\d{1,6})$/i,
    MAP_RULES,
    (facts) => facts.cryptoMaps,
    (match) => ({ ...blankMap(match), dynamic: true }),
  ),
];

// crypto map VPN local-address Loopback0   |   crypto isakmp keepalive 10   |   crypto ikev2 dpd 30 5 periodic   (nothing stands below them)
const ALONE =
  /^(?:no )?crypto (?:map|engine|logging|isakmp (?!client|peer)|ipsec (?:security-association|df-bit|fragmentation|nat-transparency|optional)|ikev2 (?:dpd|nat|cookie-challenge|limit|window|fragmentation|http-url|diagnose|certificate-cache)) /i;

/** Every heading that begins with `crypto`; what is none of the known ones is a setting, with the lines below it. */
export const CRYPTO_HEADINGS: readonly HeadingRule[] = [
  ...ISAKMP_HEADINGS,
  ...IKEV2_HEADINGS,
  ...IPSEC_HEADINGS,
  ...['crypto', 'no'].map(
    (word): HeadingRule => ({
      word,
      // crypto isakmp keepalive 10 periodic   |   crypto map VPN local-address Loopback0   |   crypto pki trustpoint CORP   |   no crypto isakmp default policy
      // The line `crypto map VPN` of an interface whose heading is missing is none, nor is what it makes with the lines after it.
      pattern:
        /^(?:no )?crypto (?:(?!map ).{1,200}|map (?:ipv6 )?\S{1,64} (?:local-address|client|isakmp|isakmp-profile|gdoi) .{1,160})$/i,
      take(scan, match, line) {
        const below: ConfigLine[] = [];
        const setting: { -readonly [K in keyof CryptoSetting]: CryptoSetting[K] } = {
          ...placeOf(line),
          text: match[0],
          below,
        };
        scan.facts.settings.push(setting);
        if (ALONE.test(match[0])) {
          scan.open = null;
          return true;
        }
        const isKey = /^crypto (?:pki certificate chain|key|ca certificate) /i.test(match[0]);
        scan.open = openPart(setting, (next) => {
          if (!isKey) below.push(keptLine(next));
        });
        return true;
      },
    }),
  ),
];

function keyHeading(pattern: RegExp, fieldsOf: (match: RegExpExecArray) => Partial<KeyedPeer>): HeadingRule {
  return {
    word: 'crypto',
    pattern,
    take(scan, match, line) {
      scan.facts.isakmpKeys.push(keyedPeer(line, { ...fieldsOf(match), keys: ['both'] }));
      scan.open = null;
      return true;
    },
  };
}

function keyring(version: 1 | 2, match: RegExpExecArray) {
  return { version, name: match[1] ?? '', vrf: match[2] ?? null, localAddress: null, peers: [] };
}

function blankMap(match: RegExpExecArray): Omit<CryptoMapBlock, 'lines' | 'unread'> {
  return {
    map: match[1] ?? '',
    sequence: numberOf(match[2]) ?? 0,
    dynamic: false,
    type: null,
    dynamicMap: null,
    description: null,
    peers: [],
    acl: null,
    gdoiGroup: null,
    ...blankSettings(),
  };
}

function blankSettings(): IpsecSettings {
  return {
    transformSets: [],
    pfs: false,
    dhGroup: null,
    isakmpProfile: null,
    ikev2Profile: null,
    lifetimeSec: null,
    lifetimeKb: null,
    idleSec: null,
    replayWindow: null,
    reverseRoute: null,
    otherSettings: [],
  };
}
