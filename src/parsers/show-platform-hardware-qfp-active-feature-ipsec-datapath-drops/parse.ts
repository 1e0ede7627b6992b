import { type LineRule, readerOf, silentRules, startsOf } from '../line-rules.ts';
import { isJoined, numberOf, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { IpsecDropCounter, IpsecDropFacts } from './facts.ts';

interface DropScan {
  readonly counters: IpsecDropCounter[];
}

/** `show platform hardware qfp active feature ipsec datapath drops [all]`: why IPsec dropped packets in the data path. */
export const showPlatformHardwareQfpActiveFeatureIpsecDatapathDrops: Parser<IpsecDropFacts> = {
  command: 'show platform hardware qfp active feature ipsec datapath drops',
  parse(text: string): Parsed<IpsecDropFacts> {
    const state: DropScan = { counters: [] };
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    return parsedFrom({ counters: state.counters }, scan);
  },
};

const RULES: readonly LineRule<DropScan>[] = [
  {
    //  4  IN_US_V4_PKT_SA_NOT_FOUND_SPI                           64574
    word: '',
    pattern: /^(\d{1,6}) ([A-Z]\w{1,80}) (\d{1,16})$/,
    // A row is narrower than any terminal: one that was put together from two lines is none.
    take(state, match, line) {
      const [type, packets] = [numberOf(match[1]), numberOf(match[3])];
      if (type === null || packets === null || isJoined(line)) return false;
      state.counters.push({
        lines: { first: line.number, last: line.last },
        type,
        name: match[2] ?? '',
        packets,
      });
      return true;
    },
  },
  ...silentRules<DropScan>({
    // Drop Type  Name                                     Packets
    drop: /^Drop Type Name Packets$/i,
    // ------------------------------------------------------------------------
    '': /^-{4,200}$/,
  }),
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);
