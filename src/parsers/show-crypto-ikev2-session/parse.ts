import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { type Line, type Outcome, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { DETAIL_RULES } from '../show-crypto-ikev2-sa/detail-lines.ts';
import type { Ikev2Scan } from '../show-crypto-ikev2-sa/draft.ts';
import { ROW_RULES } from '../show-crypto-ikev2-sa/row-lines.ts';
import { readSuiteLine } from '../show-crypto-ikev2-sa/suite-line.ts';
import { CHILD_RULES, isChildSuite, readChildSuite } from './child-lines.ts';
import type { SessionScan } from './draft.ts';
import type { Ikev2SessionFacts } from './facts.ts';
import { HEADING_RULE, placeSa, SESSION_RULE, sessionsOf } from './session-line.ts';

/** `show crypto ikev2 session [detailed]`: sessions with their IKEv2 SAs and child SAs, of both address families. */
export const showCryptoIkev2Session: Parser<Ikev2SessionFacts> = {
  command: 'show crypto ikev2 session',
  parse(text: string): Parsed<Ikev2SessionFacts> {
    const ike: Ikev2Scan = { family: 'ipv4', sas: [], closed: false };
    const state: SessionScan = { ike, sessions: [], children: [], headings: 0, places: [] };
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    const sessions = sessionsOf(state);
    const cut = ike.sas.some(({ sa }) => sa.local === '' || sa.remote === '');
    return parsedFrom({ sessions }, scan, cut);
  },
};

const OWN_RULES: readonly LineRule<SessionScan>[] = [SESSION_RULE, HEADING_RULE, ...CHILD_RULES];
const SA_RULES: readonly LineRule<Ikev2Scan>[] = [...ROW_RULES, ...DETAIL_RULES];

const readOwnLine = readerOf(OWN_RULES);
const readSaLine = readerOf(SA_RULES);
const ownStarts = startsOf(OWN_RULES);
const saStarts = startsOf(SA_RULES);

function readLine(state: SessionScan, line: Line): Outcome {
  if (readOwnLine(state, line)) return true;
  if (isChildSuite(line)) return readChildSuite(state, line);
  const outcome = readSaLine(state.ike, line) || readSuiteLine(state.ike, line);
  if (state.ike.sas.length > state.places.length) placeSa(state);
  return outcome;
}

function starts(body: string): boolean {
  return ownStarts(body) || saStarts(body);
}
