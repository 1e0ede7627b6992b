import { type LineRule, readerOf } from '../line-rules.ts';
import { isJoined, parsedFrom, scanLines } from '../lines.ts';
import { isLoose } from '../loose.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { ExchangeCounts, ExchangeRow, Ikev2StatsExchangeFacts } from './facts.ts';

/** Counters in a row below a heading, without those of retransmissions; above the first heading there may be rows of exchanges. */
const COLUMNS: Readonly<Record<string, number>> = { 'config payload type': 2, 'other counters': 1 };
const MOST_COLUMNS = 4;

interface ExchangeScan {
  section: string | null;
  /** True when the header names columns of retransmissions, false when it names none; null before it. */
  retransmissions: boolean | null;
  readonly rows: ExchangeRow[];
}

/** `show crypto ikev2 stats exchange`: how many of each message and notification were sent and received. */
export const showCryptoIkev2StatsExchange: Parser<Ikev2StatsExchangeFacts> = {
  command: 'show crypto ikev2 stats exchange',
  parse(text: string): Parsed<Ikev2StatsExchangeFacts> {
    const state: ExchangeScan = { section: null, retransmissions: null, rows: [] };
    const scan = scanLines(text, (line) => !isLoose(line) && readLine(state, line));
    return parsedFrom({ rows: state.rows }, scan);
  },
};

const RULES: readonly LineRule<ExchangeScan>[] = [
  {
    // EXCHANGE/NOTIFY TX(REQ) TX(RES) RX(REQ) RX(RES)   |   … RTX(REQ) RTX(RES) RRX(REQ) RRX(RES)
    word: 'exchange',
    pattern: /^EXCHANGE\/NOTIFY(?: [TR]X ?\((?:REQ|RES)\)){4}((?: R[TR]X ?\((?:REQ|RES)\)){4})?$/i,
    take(state, match) {
      state.retransmissions = match[1] !== undefined;
      return true;
    },
  },
  {
    // EXCHANGES   |   ERROR NOTIFY   |   CONFIG PAYLOAD TYPE TX RX   |   OTHER COUNTERS TX RTX
    word: '*',
    pattern: /^(EXCHANGES|ERROR NOTIFY|OTHER NOTIFY|CONFIG PAYLOAD TYPE|OTHER COUNTERS)(?: R?[TR]X){0,4}$/i,
    take(state, match) {
      state.section = (match[1] ?? '').toLowerCase();
      return true;
    },
  },
  // --------------------------------------------------------------------------
  { word: '', pattern: /^-{3,200}$/, take: () => true },
  {
    // IKE_SA_INIT 8 11 11 8   |   IKE_SA_INIT 8 11 11 8 0 0 0 0   |   CFG_REQUEST 5206 0   |   NO_NAT 19
    word: '*',
    pattern: /^([A-Z][A-Z0-9_]{1,60})((?: \d{1,15}){1,8})$/,
    take(state, match, line) {
      // Four columns are narrower than any terminal: what was joined is a cut row and the one after it.
      if (isJoined(line) && state.retransmissions !== true) return false;
      const counts = (match[2] ?? '').trim().split(' ').map(Number);
      const columns = COLUMNS[state.section ?? ''] ?? MOST_COLUMNS;
      const again = counts.slice(columns);
      if (counts.length < columns || !isWhole(again.length, columns, state.retransmissions)) return false;
      const { section } = state;
      const lines = { first: line.number, last: line.last };
      const retransmitted = again.length === 0 ? null : columnsOf(again, columns);
      state.rows.push({ lines, section, name: match[1] ?? '', ...columnsOf(counts, columns), retransmitted });
      return true;
    },
  },
];

const readLine = readerOf(RULES);

/** False for a row that was cut, or that stands below another heading than its own. */
function isWhole(again: number, columns: number, expected: boolean | null): boolean {
  if (again === 0) return expected !== true;
  return again === columns && expected !== false;
}

function columnsOf(counts: readonly number[], columns: number): ExchangeCounts {
  const [tx = 0, second = null, third = null, fourth = null] = counts.slice(0, columns);
  return columns === MOST_COLUMNS
    ? { tx, txResponses: second, rx: third, rxResponses: fourth }
    : { tx, txResponses: null, rx: second, rxResponses: null };
}
