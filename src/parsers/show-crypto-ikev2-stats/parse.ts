import { countRulesOf, oneCount, requestCount, saCount } from '../count-rule.ts';
import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { type Draft, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { Ikev2StatsFacts } from './facts.ts';

/** `show crypto ikev2 stats`: how many SAs and requests, how many refused and why. */
export const showCryptoIkev2Stats: Parser<Ikev2StatsFacts> = {
  command: 'show crypto ikev2 stats',
  parse(text: string): Parsed<Ikev2StatsFacts> {
    const facts = blankFacts();
    const scan = scanLines(text, (line) => readLine(facts, line), starts);
    return parsedFrom(facts, scan);
  },
};

const rule = countRulesOf<Ikev2StatsFacts>();

const RULES: readonly LineRule<Draft<Ikev2StatsFacts>>[] = [
  { word: '', pattern: /^-{3,200}$/, take: () => true },
  { word: 'crypto', pattern: /^Crypto IKEv2 SA Statistics$/i, take: () => true },
  // System Resource Limit: 0 Max IKEv2 SAs: 0 Max in nego(in/out): 40/400   |   … Max in nego: 1000
  rule(
    'system',
    /^System Resource Limit: ?(\d{1,10}) Max IKEv2 SAs: ?(\d{1,10})(?: Max in nego(?: ?\(in\/out\))?: ?(\d{1,10})(?:\/(\d{1,10}))?)?$/i,
    'limits',
    (lines, [limit = 0, sas = 0, inward = null, outward = inward]) => ({
      lines,
      systemResourceLimit: limit,
      maxSas: sas,
      maxNegotiatingIn: inward,
      maxNegotiatingOut: outward,
    }),
  ),
  rule(
    'total',
    /^Total IKEv2 SA Count: ?(\d{1,15}) active: ?(\d{1,15}) negotiating: ?(\d{1,15})$/i,
    'sas',
    saCount,
  ),
  rule(
    'total',
    /^Total incoming IKEv2 SA Count: ?(\d{1,15}) active: ?(\d{1,15}) negotiating: ?(\d{1,15})$/i,
    'incomingSas',
    saCount,
  ),
  rule(
    'total',
    /^Total outgoing IKEv2 SA Count: ?(\d{1,15}) active: ?(\d{1,15}) negotiating: ?(\d{1,15})$/i,
    'outgoingSas',
    saCount,
  ),
  rule(
    'incoming',
    /^Incoming IKEv2 Requests: ?(\d{1,15}) accepted: ?(\d{1,15}) rejected: ?(\d{1,15})$/i,
    'incomingRequests',
    requestCount,
  ),
  rule(
    'outgoing',
    /^Outgoing IKEv2 Requests: ?(\d{1,15}) accepted: ?(\d{1,15}) rejected: ?(\d{1,15})$/i,
    'outgoingRequests',
    requestCount,
  ),
  rule(
    'rejected',
    /^Rejected IKEv2 Requests: ?(\d{1,15}) rsrc low: ?(\d{1,15}) SA limit: ?(\d{1,15})$/i,
    'rejectedRequests',
    (lines, [total = 0, resourceLow = 0, saLimit = 0]) => ({ lines, total, resourceLow, saLimit }),
  ),
  rule('ikev', /^IKEv2 packets dropped at dispatch ?: ?(\d{1,15})$/i, 'droppedAtDispatch', oneCount),
  rule(
    'incoming',
    /^Incoming Requests dropped as LOW Q limit reached ?: ?(\d{1,15})$/i,
    'droppedLowQueue',
    oneCount,
  ),
  rule(
    'incoming',
    /^Incoming IKEv2 Cookie Challenged Requests ?: ?(\d{1,15})$/i,
    'cookieChallenged',
    oneCount,
  ),
  rule(
    'accepted',
    /^accepted: ?(\d{1,15}) rejected: ?(\d{1,15}) rejected no cookie: ?(\d{1,15})$/i,
    'cookieAnswers',
    (lines, [accepted = 0, rejected = 0, rejectedNoCookie = 0]) => ({
      lines,
      accepted,
      rejected,
      rejectedNoCookie,
    }),
  ),
  rule(
    'total',
    /^Total Deleted sessions of Cert Revoked Peers ?: ?(\d{1,15})$/i,
    'deletedRevokedPeers',
    oneCount,
  ),
  rule(
    'total',
    /^Total init sa request rejected due to queue limit ?: ?(\d{1,15})$/i,
    'rejectedQueueLimit',
    oneCount,
  ),
  rule(
    'sa',
    /^SA Strength Enforcement Rejects ?[-:] ?incoming: ?(\d{1,15}) outgoing: ?(\d{1,15})$/i,
    'strengthRejects',
    (lines, [incoming = 0, outgoing = 0]) => ({ lines, incoming, outgoing }),
  ),
  rule(
    'sessions',
    /^Sessions with Quantum Resistance: ?(\d{1,15}) Manual: ?(\d{1,15}) Dynamic: ?(\d{1,15})$/i,
    'quantumResistant',
    (lines, [total = 0, manual = 0, dynamic = 0]) => ({ lines, total, manual, dynamic }),
  ),
  rule('ppk', /^PPK Identity Mismatch ?: ?(\d{1,15})$/i, 'ppkIdentityMismatch', oneCount),
  ppkRule('ppkRetrieveFailures', /^PPK Retrieve Failure - ALL: ?(\d{1,15}) With PPK Required: ?(\d{1,15})$/i),
  ppkRule(
    'ppkAuthenticationFailures',
    /^PPK Authentication Failure - ALL: ?(\d{1,15}) With PPK Required: ?(\d{1,15})$/i,
  ),
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

// PPK Retrieve Failure - ALL: 0 With PPK Required: 0
function ppkRule(key: 'ppkRetrieveFailures' | 'ppkAuthenticationFailures', pattern: RegExp) {
  return rule('ppk', pattern, key, (lines, [all = 0, required = 0]) => ({ lines, all, required }));
}

function blankFacts(): Draft<Ikev2StatsFacts> {
  return {
    limits: null,
    sas: null,
    incomingSas: null,
    outgoingSas: null,
    incomingRequests: null,
    outgoingRequests: null,
    rejectedRequests: null,
    droppedAtDispatch: null,
    droppedLowQueue: null,
    cookieChallenged: null,
    cookieAnswers: null,
    deletedRevokedPeers: null,
    rejectedQueueLimit: null,
    strengthRejects: null,
    quantumResistant: null,
    ppkIdentityMismatch: null,
    ppkRetrieveFailures: null,
    ppkAuthenticationFailures: null,
  };
}
