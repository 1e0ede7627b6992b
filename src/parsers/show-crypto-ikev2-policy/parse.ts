import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { addressAsPrinted, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { added, fieldRule, noRecords, openRecord, type Records, repeatedRule } from '../records.ts';
import type { Ikev2Policy, Ikev2PolicyFacts } from './facts.ts';

/** `show crypto ikev2 policy`: which proposals are used for which front VRF and local address. */
export const showCryptoIkev2Policy: Parser<Ikev2PolicyFacts> = {
  command: 'show crypto ikev2 policy',
  parse(text: string): Parsed<Ikev2PolicyFacts> {
    const state = noRecords<Ikev2Policy>();
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    const last = state.all.at(-1);
    return parsedFrom({ policies: state.all }, scan, last !== undefined && last.proposals.length === 0);
  },
};

const repeated = repeatedRule<Ikev2Policy>;

const RULES: readonly LineRule<Records<Ikev2Policy>>[] = [
  {
    // IKEv2 policy : default
    word: 'ikev',
    pattern: /^IKEv2 policy ?: ?(\S{1,120})$/i,
    take(state, match, line) {
      openRecord(state, line, { name: match[1] ?? '', matchFvrf: null, matchLocal: [], proposals: [] });
      return true;
    },
  },
  fieldRule<Ikev2Policy>('match', /^Match fvrf ?: ?(\S{1,80})$/i, (match) => ({
    matchFvrf: match[1] ?? null,
  })),
  // Match address local : any   |   Match address local : 192.0.2.1   (may come several times)
  repeated('match', /^Match address local ?: ?(\S{1,80})$/i, (policy, match) => {
    policy.matchLocal = added(policy.matchLocal, addressAsPrinted(match[1] ?? ''));
  }),
  // Proposal : default   (may come several times)
  repeated('proposal', /^Proposal ?: ?(\S{1,120})$/i, (policy, match) => {
    policy.proposals = added(policy.proposals, match[1] ?? '');
  }),
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);
