import { readerOf, startsOf } from '../line-rules.ts';
import { parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { noRecords } from '../records.ts';
import type { Ikev2Profile, Ikev2ProfileFacts } from './facts.ts';
import { MATCH_RULES } from './match-lines.ts';
import { SETTING_RULES } from './setting-lines.ts';

/** `show crypto ikev2 profile`: which peers each profile takes, how both ends prove who they are, and with which keyring or trustpoint. */
export const showCryptoIkev2Profile: Parser<Ikev2ProfileFacts> = {
  command: 'show crypto ikev2 profile',
  parse(text: string): Parsed<Ikev2ProfileFacts> {
    const state = noRecords<Ikev2Profile>();
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    const last = state.all.at(-1);
    return parsedFrom({ profiles: state.all }, scan, last !== undefined && last.dpd === null);
  },
};

const RULES = [...MATCH_RULES, ...SETTING_RULES];
const readLine = readerOf(RULES);
const starts = startsOf(RULES);
