import { readerOf, startsOf } from '../line-rules.ts';
import { type Line, type Outcome, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { CHILD_RULES } from './child-lines.ts';
import { DETAIL_RULES } from './detail-lines.ts';
import type { Ikev2Scan } from './draft.ts';
import type { Ikev2SaFacts } from './facts.ts';
import { ROW_RULES } from './row-lines.ts';
import { readSuiteLine } from './suite-line.ts';

/** `show crypto ikev2 sa [detailed]`, rows of both address families, with or without the child SAs some releases print below. */
export const showCryptoIkev2Sa: Parser<Ikev2SaFacts> = {
  command: 'show crypto ikev2 sa',
  parse(text: string): Parsed<Ikev2SaFacts> {
    const state: Ikev2Scan = { family: 'ipv4', sas: [], closed: false };
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    const sas = state.sas.map((draft) => draft.sa);
    return parsedFrom(
      { sas },
      scan,
      sas.some((sa) => sa.local === '' || sa.remote === ''),
    );
  },
};

const RULES = [...ROW_RULES, ...DETAIL_RULES, ...CHILD_RULES];
const readRuledLine = readerOf(RULES);
const starts = startsOf(RULES);

function readLine(state: Ikev2Scan, line: Line): Outcome {
  return readRuledLine(state, line) || readSuiteLine(state, line);
}
