import { readerOf, startsOf } from '../line-rules.ts';
import { parsedFrom, scanLines } from '../lines.ts';
import { isLoose } from '../loose.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { noRecord } from '../record-fields.ts';
import { CLASS_RULES } from './class-lines.ts';
import type { PolicyScan } from './draft.ts';
import type { PolicyMapFacts } from './facts.ts';
import { HEADING_RULES } from './heading-lines.ts';
import { POLICE_RULES } from './police-lines.ts';

/** `show policy-map interface [<interface>]`: what each class of a policy let through, queued, delayed and dropped. */
export const showPolicyMapInterface: Parser<PolicyMapFacts> = {
  command: 'show policy-map interface',
  parse(text: string): Parsed<PolicyMapFacts> {
    const state: PolicyScan = {
      policies: [],
      open: noRecord(),
      interface: null,
      stack: [],
      matchIndent: 0,
      outcome: null,
    };
    const scan = scanLines(text, (line) => !isLoose(line) && readLine(state, line), starts);
    return parsedFrom({ policies: state.policies }, scan);
  },
};

const RULES = [...CLASS_RULES, ...POLICE_RULES, ...HEADING_RULES];
const readLine = readerOf(RULES);
const starts = startsOf(HEADING_RULES);
