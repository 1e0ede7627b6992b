import { countRulesOf, oneCount, requestCount, saCount } from '../count-rule.ts';
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

const rule = countRulesOf<CallAdmissionFacts>();

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
  rule(
    'total',
    /^Total IKE SA Count: ?(\d{1,15}) active: ?(\d{1,15}) negotiating: ?(\d{1,15})$/i,
    'ikeSas',
    saCount,
  ),
  rule(
    'total',
    /^Total IPSEC SA Count: ?(\d{1,15}) active: ?(\d{1,15}) negotiating: ?(\d{1,15})$/i,
    'ipsecSas',
    saCount,
  ),
  rule(
    'incoming',
    /^Incoming IKE Requests: ?(\d{1,15}) accepted: ?(\d{1,15}) rejected: ?(\d{1,15})$/i,
    'incomingIke',
    requestCount,
  ),
  rule(
    'outgoing',
    /^Outgoing IKE Requests: ?(\d{1,15}) accepted: ?(\d{1,15}) rejected: ?(\d{1,15})$/i,
    'outgoingIke',
    requestCount,
  ),
  rule(
    'incoming',
    /^Incoming IPSEC Requests: ?(\d{1,15}) accepted: ?(\d{1,15}) rejected: ?(\d{1,15})$/i,
    'incomingIpsec',
    requestCount,
  ),
  rule(
    'outgoing',
    /^Outgoing IPSEC Requests: ?(\d{1,15}) accepted: ?(\d{1,15}) rejected: ?(\d{1,15})$/i,
    'outgoingIpsec',
    requestCount,
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
  rule('in', /^In-neg SA limit: ?(\d{1,15})$/i, 'negotiatingSaLimit', oneCount),
  rule('ike', /^IKE packets dropped at dispatch: ?(\d{1,15})$/i, 'droppedAtDispatch', oneCount),
  rule('max', /^Max IPSEC SAs: ?(\d{1,15})$/i, 'maxIpsecSas', oneCount),
  rule(
    'sa',
    /^SA Strength Enforcement Rejects ?[-:] ?incoming: ?(\d{1,15}) outgoing: ?(\d{1,15})$/i,
    'strengthRejects',
    (lines, [incoming = 0, outgoing = 0]) => ({ lines, incoming, outgoing }),
  ),
  rule('phase', /^Phase1\.5 SAs under negotiation: ?(\d{1,15})$/i, 'phase15Negotiating', oneCount),
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

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
