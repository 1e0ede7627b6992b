import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { parsedFrom, scanLines } from '../lines.ts';
import { isLoose } from '../loose.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { added, fieldRule, itemRule, noRecords, openRecord, type Records } from '../records.ts';
import type { Ikev2Proposal, Ikev2ProposalFacts } from './facts.ts';

/** `show crypto ikev2 proposal`: the algorithms this router offers and accepts for IKEv2, the default proposal included. */
export const showCryptoIkev2Proposal: Parser<Ikev2ProposalFacts> = {
  command: 'show crypto ikev2 proposal',
  parse(text: string): Parsed<Ikev2ProposalFacts> {
    const state = noRecords<Ikev2Proposal>();
    const scan = scanLines(text, (line) => !isLoose(line) && readLine(state, line), starts);
    const last = state.all.at(-1);
    return parsedFrom({ proposals: state.all }, scan, last !== undefined && last.dhGroups === null);
  },
};

const field = fieldRule<Ikev2Proposal>;

const RULES: readonly LineRule<Records<Ikev2Proposal>>[] = [
  {
    // IKEv2 proposal: default
    word: 'ikev',
    pattern: /^IKEv2 proposal ?: ?(\S{1,120})$/i,
    take(state, match, line) {
      openRecord(state, line, {
        name: match[1] ?? '',
        encryption: null,
        integrity: null,
        prf: null,
        dhGroups: null,
        pqc: null,
        pqcOptional: null,
      });
      return true;
    },
  },
  // Encryption : AES-CBC-256 AES-CBC-192 AES-CBC-128
  field('encryption', /^Encryption ?: ?([A-Z0-9][\w -]{0,200})$/i, (match) => ({
    encryption: namesIn(match[1]),
  })),
  // Integrity : SHA512 SHA384   |   Integrity : none
  field('integrity', /^Integrity ?: ?([A-Z0-9][\w -]{0,200})$/i, (match) => ({
    integrity: namesIn(match[1]),
  })),
  field('prf', /^PRF ?: ?([A-Z0-9][\w -]{0,200})$/i, (match) => ({ prf: namesIn(match[1]) })),
  // DH Group : DH_GROUP_256_ECP/Group 19 DH_GROUP_2048_MODP/Group 14   |   DH Group :   (wrapped behind the label)
  field(
    'dh',
    /^DH Group ?:((?: ?DH_GROUP_\w{1,40}\/Group \d{1,3}){0,24})$/i,
    (match) => ({ dhGroups: groupsIn(match[1]) }),
    'groups',
  ),
  // DH_GROUP_521_ECP/Group 21   (wrapped at a blank)
  itemRule<Ikev2Proposal>(
    'groups',
    /^DH_GROUP_\w{1,40}\/Group \d{1,3}(?: DH_GROUP_\w{1,40}\/Group \d{1,3}){0,24}$/i,
    (proposal, match) => {
      for (const group of groupsIn(match[0])) proposal.dhGroups = added(proposal.dhGroups, group);
    },
  ),
  // PQC Key Exchange: ML-KEM-768 ML-KEM-1024 Optional
  field('pqc', /^PQC Key Exchange ?: ?([A-Z0-9][\w -]{0,120}?)( Optional)?$/i, (match) => ({
    pqc: namesIn(match[1]),
    pqcOptional: match[2] !== undefined,
  })),
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

function namesIn(text: string | undefined): string[] {
  return (text ?? '').split(' ').filter((name) => name !== '' && name.toLowerCase() !== 'none');
}

function groupsIn(text: string | undefined): number[] {
  return [...(text ?? '').matchAll(/\/Group (\d{1,3})/gi)].map((match) => Number(match[1]));
}
