import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { numberOf, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { added, fieldRule, itemRule, noRecords, openRecord, type Records } from '../records.ts';
import type { IsakmpProfile, IsakmpProfileFacts } from './facts.ts';

/** `show crypto isakmp profile`: which peers each profile takes, and with which keyring or trustpoint. */
export const showCryptoIsakmpProfile: Parser<IsakmpProfileFacts> = {
  command: 'show crypto isakmp profile',
  parse(text: string): Parsed<IsakmpProfileFacts> {
    const state = noRecords<IsakmpProfile>();
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    const last = state.all.at(-1);
    return parsedFrom({ profiles: state.all }, scan, last !== undefined && last.trustpoints === null);
  },
};

const field = fieldRule<IsakmpProfile>;
const item = itemRule<IsakmpProfile>;

const RULES: readonly LineRule<Records<IsakmpProfile>>[] = [
  // ISAKMP PROFILE vpn1   |   IKEv1 PROFILE vpn1   (15.x)
  headingRule('isakmp', /^ISAKMP PROFILE:? (\S{1,120})$/i),
  headingRule('ikev', /^IKEv1 PROFILE:? (\S{1,120})$/i),
  field('ref', /^Ref Count ?[=:] ?(\d{1,10})$/i, (match) => ({ refCount: numberOf(match[1]) })),
  field('identities', /^Identities matched are:$/i, () => ({ identities: [] }), 'identities'),
  // ip-address 203.0.113.2 255.255.255.255 [fvrf]   |   group SALES   |   host domain example.net   |   user-fqdn a@example.net
  item(
    'identities',
    /^(?:ip-address|ipv6-address|address|group|host|user|user-fqdn|fqdn|dn|key-id|hostname)\b.{1,200}$/i,
    (profile, match) => {
      profile.identities = added(profile.identities, match[0]);
    },
  ),
  // Certificate maps matched are:   |   Certificate maps matched are: certmap
  field(
    'certificate',
    /^Certificate maps matched are:(?: ?(\S.{0,200}))?$/i,
    (match) => ({ certificateMaps: namesIn(match[1]) }),
    'certificate-maps',
  ),
  item('certificate-maps', /^[A-Za-z0-9_][\w.-]{0,79}$/, (profile, match) => {
    profile.certificateMaps = added(profile.certificateMaps, match[0]);
  }),
  // Identity presented is: ip-address
  field('identity', /^Identity presented is: ?(\S.{0,120})$/i, (match) => ({
    identityPresented: match[1] ?? null,
  })),
  // keyring(s): <none>   |   keyring: KR1
  field('keyring', /^keyring(?:\(s\))?: ?(\S.{0,200})$/i, (match) => ({ keyrings: namesIn(match[1]) })),
  // trustpoint(s): <all>
  field('trustpoint', /^trustpoint(?:\(s\))?: ?(\S.{0,200})$/i, (match) => ({
    trustpoints: namesIn(match[1]),
  })),
  field('virtual', /^virtual-template: ?(\S{1,40})$/i, (match) => ({ virtualTemplate: match[1] ?? null })),
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

function headingRule(word: string, pattern: RegExp): LineRule<Records<IsakmpProfile>> {
  return {
    word,
    pattern,
    take(state, match, line) {
      openRecord(state, line, {
        name: match[1] ?? '',
        refCount: null,
        identities: null,
        certificateMaps: null,
        identityPresented: null,
        keyrings: null,
        trustpoints: null,
        virtualTemplate: null,
      });
      return true;
    },
  };
}

/** Names in a row; `<none>` is no name. */
function namesIn(text: string | undefined): string[] {
  return (text ?? '').split(/[ ,]+/).filter((name) => name !== '' && !/^<?none>?$/i.test(name));
}
