import type { LineRule } from '../line-rules.ts';
import { isJoined, type Line } from '../lines.ts';
import { type AcceleratorScan, presentDevice } from './draft.ts';

type Pair = readonly [name: string | undefined, value: string | undefined];

/** Lines of counters: two side by side, or one. */
export const COUNTER_RULES: readonly LineRule<AcceleratorScan>[] = [
  {
    // 560 packets in 562 packets out   |   0 bytes before decrypt 0 bytes encrypted
    word: '',
    pattern:
      /^(\d{1,15}) ((?:packets|bytes|paks\/sec|Kbits\/sec|bits\/sec)\b[A-Za-z/ ]{0,40}?)(?: (\d{1,15}) ((?:packets|bytes|paks\/sec|Kbits\/sec|bits\/sec)\b[A-Za-z/ ]{0,40}))?$/i,
    take: (state, match, line) =>
      count(state, line, [
        [match[2], match[1]],
        [match[4], match[3]],
      ]),
  },
  {
    // 1.0:1 compression ratio 1.0:1 overall
    word: '',
    pattern: /^[\d.]{1,12}:1 compression ratio [\d.]{1,12}:1 overall$/i,
    take: (state, _match, line) => presentDevice(state, line) !== null,
  },
  {
    // rx_no_endp: 0 rx_hi_discards: 0 cgx_errors 0   (three side by side, names of one word)
    word: '*',
    pattern: /^[A-Z]\w{2,60} ?: ?\d{1,15}(?: [A-Z]\w{2,60}(?: ?: ?| )\d{1,15}){1,3}$/i,
    take: (state, match, line) => count(state, line, pairsIn(match[0])),
  },
  {
    // ppq full errors : 0 ppq rx errors : 0   |   general: : 0 compress_bypassed : 0   |   IPSEC Unsupported Option: 0
    word: '*',
    pattern:
      /^([A-Z][\w /.()-]{0,40}?)(?: ?:){1,2} ?(\d{1,15})(?: ([A-Z][\w /.()-]{0,40}?)(?: ?:){1,2} ?(\d{1,15}))?$/i,
    take: (state, match, line) =>
      state.section !== null &&
      count(state, line, [
        [match[1], match[2]],
        [match[3], match[4]],
      ]),
  },
  {
    // Total Number of Packet Drops = 0   |   Pad Error = 0
    word: '*',
    pattern: /^([A-Z][\w /.()-]{0,60}?) ?= ?(\d{1,15})$/i,
    take: (state, match, line) => state.section !== null && count(state, line, [[match[1], match[2]]]),
  },
];

function pairsIn(text: string): Pair[] {
  return [...text.matchAll(/([A-Z]\w{2,60})(?: ?: ?| )(\d{1,15})/gi)].map((match) => [match[1], match[2]]);
}

function count(state: AcceleratorScan, line: Line, pairs: readonly Pair[]): boolean {
  // Names are free text: a line nobody knows must not become the first half of the next one's name.
  const device = isJoined(line) ? null : presentDevice(state, line);
  if (device === null) return false;
  const lines = { first: line.number, last: line.last };
  for (const [name, value] of pairs) {
    if (name !== undefined)
      device.counters.push({ lines, section: state.section, name, value: Number(value) });
  }
  return true;
}
