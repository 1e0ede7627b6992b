import { type LineRule, readerOf, silentRules, startsOf } from '../line-rules.ts';
import { isJoined, numberOf, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { DropCounter, QfpDropFacts } from './facts.ts';

interface DropScan {
  cleared: QfpDropFacts['cleared'];
  readonly counters: DropCounter[];
}

/** `show platform hardware qfp active statistics drop [detail]`: what the forwarding processor dropped, by reason. */
export const showPlatformHardwareQfpActiveStatisticsDrop: Parser<QfpDropFacts> = {
  command: 'show platform hardware qfp active statistics drop',
  parse(text: string): Parsed<QfpDropFacts> {
    const state: DropScan = { cleared: null, counters: [] };
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    return parsedFrom({ cleared: state.cleared, counters: state.counters }, scan);
  },
};

const RULES: readonly LineRule<DropScan>[] = [
  {
    // IpsecInput                                  64574                 9813248   |   61  Ipv4NoRoute   181   7964   (detail)
    word: '*',
    pattern: /^(?:(\d{1,6}) )?([A-Za-z]\w{1,80}) (\d{1,16}) (\d{1,20})$/,
    // A row is narrower than any terminal: one that was put together from two lines is none.
    take(state, match, line) {
      const [packets, octets] = [numberOf(match[3]), numberOf(match[4])];
      if (packets === null || octets === null || isJoined(line)) return false;
      state.counters.push({
        lines: { first: line.number, last: line.last },
        id: numberOf(match[1]),
        name: match[2] ?? '',
        packets,
        octets,
      });
      return true;
    },
  },
  {
    // Last clearing of QFP drops statistics : never   |   … : Tue Mar  4 10:02:11 2025
    word: 'last',
    pattern: /^Last clearing of QFP drops statistics ?: ?(\S.{0,60})$/i,
    take(state, match, line) {
      const text = match[1] ?? '';
      if (state.cleared !== null && state.cleared.text !== text) return false;
      state.cleared = { lines: { first: line.number, last: line.last }, text };
      return true;
    },
  },
  ...silentRules<DropScan>({
    // Global Drop Stats                         Packets                  Octets
    global: /^Global Drop Stats(?: Packets Octets)?$/i,
    // ID  Global Drop Stats                         Packets                  Octets
    id: /^ID Global Drop Stats(?: Packets Octets)?$/i,
    // The Global drop stats were all zero
    the: /^The Global drop stats were all zero$/i,
    // -------------------------------------------------------------------------   |   (5h:12m:40s ago)
    '': /^(?:-{4,200}|\([\w:. ]{1,40} ago\))$/,
  }),
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);
