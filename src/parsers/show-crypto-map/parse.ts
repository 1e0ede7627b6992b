import { readerOf, startsOf } from '../line-rules.ts';
import { parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { ACL_RULES } from './acl-lines.ts';
import type { CryptoMapScan } from './draft.ts';
import { ENTRY_RULES } from './entry-lines.ts';
import type { CryptoMapFacts } from './facts.ts';
import { LIST_RULES } from './list-lines.ts';

/** `show crypto map`: static and dynamic entries, profile instances, and the interfaces each map is on. */
export const showCryptoMap: Parser<CryptoMapFacts> = {
  command: 'show crypto map',
  parse(text: string): Parsed<CryptoMapFacts> {
    const state: CryptoMapScan = { entries: [], maps: [], list: null };
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    return parsedFrom({ entries: state.entries, maps: state.maps }, scan, state.list === 'transform-sets');
  },
};

const RULES = [...ENTRY_RULES, ...ACL_RULES, ...LIST_RULES];
const readLine = readerOf(RULES);
const starts = startsOf(RULES);
