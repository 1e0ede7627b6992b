import { readerOf, startsOf } from '../line-rules.ts';
import { type Line, parsedFrom, scanLines } from '../lines.ts';
import { isLoose } from '../loose.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { EliScan } from './draft.ts';
import { ENGINE_RULES } from './engine-lines.ts';
import type { CryptoEliFacts } from './facts.ts';
import { REST_RULES } from './rest-lines.ts';

/** `show crypto eli [all]`: crypto engines, what they can do and how full they are. */
export const showCryptoEli: Parser<CryptoEliFacts> = {
  command: 'show crypto eli',
  parse(text: string): Parsed<CryptoEliFacts> {
    const state: EliScan = {
      hardware: null,
      engineCount: null,
      engines: [],
      dhInUse: [],
      closed: false,
      software: null,
      list: null,
    };
    const scan = scanLines(text, (line: Line) => !isLoose(line) && readLine(state, line), starts);
    const { hardware, engineCount, engines, dhInUse } = state;
    const cut = engineCount !== null && engines.length < engineCount.count;
    return parsedFrom({ hardware, engineCount, engines, dhInUse }, scan, cut);
  },
};

const RULES = [...ENGINE_RULES, ...REST_RULES];
const readLine = readerOf(RULES);
const starts = startsOf(RULES);
