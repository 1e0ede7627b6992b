import { countRule } from '../count-rule.ts';
import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { type Draft, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { CallAdmissionFacts } from './facts.ts';

/** `show crypto call admission statistics`: how many IKE and IPsec requests were admitted, how many refused and why. */
export const showCryptoCallAdmissionStatistics: Parser<CallAdmissionFacts> = {
  command: 'show crypto call admission statistics',
  parse(text: string): Parsed<CallAdmissionFacts> {
    const facts = blankFacts();
    const scan = scanLines(text, (line) => readLine(facts, line), starts);
    return parsedFrom(facts, scan);
  },
};

const rule = countRule<CallAdmissionFacts>;

const RULES: readonly LineRule<Draft<CallAdmissionFacts>>[] = [
  { word: '', pattern: /^-{3,200}$/, take: () => true },
  { word: 'crypto', pattern: /^Crypto Call Admission Control Statistics$/i, take: () => true },
  // System Resource Limit: 0 Max IKE SAs: 0 Max in nego: 1000   (12.3 prints no third number)
  rule(
    'system',
    /^System Resource Limit: ?(\d{1,10}) Max IKE SAs: ?(\d{1,10})(?: Max in nego: ?(\d{1,10}))?$/i,
    'limits',
    (lines, [systemResourceLimit = 0, maxIkeSas = 0, maxNegotiating = null]) => ({
      lines,
      systemResourceLimit,
      maxIkeSas,
      maxNegotiating,
    }),
  ),
  saRule('ikeSas', /^Total IKE SA Count: ?(\d{1,15}) active: ?(\d{1,15}) negotiating: ?(\d{1,15})$/i),
  saRule('ipsecSas', /^Total IPSEC SA Count: ?(\d{1,15}) active: ?(\d{1,15}) negotiating: ?(\d{1,15})$/i),
  requestRule(
    'incomingIke',
    'incoming',
    /^Incoming IKE Requests: ?(\d{1,15}) accepted: ?(\d{1,15}) rejected: ?(\d{1,15})$/i,
  ),
  requestRule(
    'outgoingIke',
    'outgoing',
    /^Outgoing IKE Requests: ?(\d{1,15}) accepted: ?(\d{1,15}) rejected: ?(\d{1,15})$/i,
  ),
  requestRule(
    'incomingIpsec',
    'incoming',
    /^Incoming IPSEC Requests: ?(\d{1,15}) accepted: ?(\d{1,15}) rejected: ?(\d{1,15})$/i,
  ),
  requestRule(
    'outgoingIpsec',
    'outgoing',
    /^Outgoing IPSEC Requests: ?(\d{1,15}) accepted: ?(\d{1,15}) rejected: ?(\d{1,15})$/i,
  ),
  // Rejected IKE Requests: 0 rsrc low: 0 Active SA limit: 0   |   … SA limit: 0   (12.3)
  rule(
    'rejected',
    /^Rejected IKE Requests: ?(\d{1,15}) rsrc low: ?(\d{1,15}) (?:Active )?SA limit: ?(\d{1,15})$/i,
    'rejectedIke',
    (lines, [total = 0, resourceLow = 0, activeSaLimit = 0]) => ({
      lines,
      total,
      resourceLow,
      activeSaLimit,
    }),
  ),
  oneRule('negotiatingSaLimit', 'in', /^In-neg SA limit: ?(\d{1,15})$/i),
  oneRule('droppedAtDispatch', 'ike', /^IKE packets dropped at dispatch: ?(\d{1,15})$/i),
  oneRule('maxIpsecSas', 'max', /^Max IPSEC SAs: ?(\d{1,15})$/i),
  rule(
    'sa',
    /^SA Strength Enforcement Rejects ?[-:] ?incoming: ?(\d{1,15}) outgoing: ?(\d{1,15})$/i,
    'strengthRejects',
    (lines, [incoming = 0, outgoing = 0]) => ({ lines, incoming, outgoing }),
  ),
  oneRule('phase15Negotiating', 'phase', /^Phase1\.5 SAs under negotiation: ?(\d{1,15})$/i),
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

// Total IKE SA Count: 1 active: 1 negotiating: 0
function saRule(key: 'ikeSas' | 'ipsecSas', pattern: RegExp) {
  return rule('total', pattern, key, (lines, [total = 0, active = 0, negotiating = 0]) => ({
    lines,
    total,
    active,
    negotiating,
  }));
}

// Incoming IKE Requests: 0 accepted: 0 rejected: 0
function requestRule(
  key: 'incomingIke' | 'outgoingIke' | 'incomingIpsec' | 'outgoingIpsec',
  word: string,
  pattern: RegExp,
) {
  return rule(word, pattern, key, (lines, [total = 0, accepted = 0, rejected = 0]) => ({
    lines,
    total,
    accepted,
    rejected,
  }));
}

// Max IPSEC SAs: 0
function oneRule(
  key: 'negotiatingSaLimit' | 'droppedAtDispatch' | 'maxIpsecSas' | 'phase15Negotiating',
  word: string,
  pattern: RegExp,
) {
  return rule(word, pattern, key, (lines, [count = 0]) => ({ lines, count }));
}

function blankFacts(): Draft<CallAdmissionFacts> {
  return {
    limits: null,
    ikeSas: null,
    incomingIke: null,
    outgoingIke: null,
    rejectedIke: null,
    negotiatingSaLimit: null,
    droppedAtDispatch: null,
    maxIpsecSas: null,
    ipsecSas: null,
    incomingIpsec: null,
    outgoingIpsec: null,
    strengthRejects: null,
    phase15Negotiating: null,
  };
}
