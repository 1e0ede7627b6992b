import { type LabelTable, labelTableRule, textOf, within } from '../labelled-values.ts';
import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { fillBlank, type Line, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { noRecords, openRecord, type Records } from '../records.ts';
import type { CryptoThroughput, ThroughputFacts, ThroughputLevel } from './facts.ts';

interface ThroughputScan {
  readonly crypto: Records<CryptoThroughput>;
  level: ThroughputLevel | null;
}

/** `show platform hardware throughput crypto` and `… level`: what the licence enforces. */
export const showPlatformHardwareThroughput: Parser<ThroughputFacts> = {
  command: 'show platform hardware throughput',
  parse(text: string): Parsed<ThroughputFacts> {
    const state: ThroughputScan = { crypto: noRecords(), level: null };
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    return parsedFrom({ crypto: state.crypto.all[0] ?? null, level: state.level }, scan);
  },
};

const CRYPTO: LabelTable<CryptoThroughput> = {
  'current configured crypto throughput level': textOf('configured'),
  'current enforced crypto throughput level': textOf('enforced'),
  'default crypto throughput level': textOf('default'),
};

const RULES: readonly LineRule<ThroughputScan>[] = [
  within((state) => state.crypto, labelTableRule(':', CRYPTO, blankCrypto)),
  {
    // Level is saved, reboot is not required
    word: 'level',
    pattern: /^Level is (not )?saved, ?reboot is (not )?required$/i,
    take: (state, match, line) =>
      fill(state, line, { saved: match[1] === undefined, rebootRequired: match[2] === undefined }),
  },
  {
    // Crypto Throughput is not throttled   |   Crypto Throughput is throttled at 250M
    word: 'crypto',
    pattern: /^Crypto Throughput is (not )?throttled(?: at (\S.{0,60}))?$/i,
    take: (state, match, line) =>
      fill(state, line, { throttled: match[1] === undefined, throttledAt: match[2] ?? null }),
  },
  {
    // Current boot level is network-premier
    word: 'current',
    pattern: /^Current boot level is (\S{1,60})$/i,
    take: (state, match, line) => fill(state, line, { bootLevel: match[1] ?? null }),
  },
  {
    // The current throughput level is 500000 kb/s   |   The current throughput level is unthrottled
    word: 'the',
    pattern: /^The current throughput level is (?:(\d{1,12}) (kb\/s)|(unthrottled))\.?$/i,
    take(state, match, line) {
      const kbps = match[1] === undefined ? null : Number(match[1]);
      const level = kbps === null ? (match[3] ?? '') : `${match[1]} ${match[2]}`;
      if (state.level !== null && state.level.level !== level) return false;
      state.level = { lines: { first: line.number, last: line.last }, level, kbps };
      return true;
    },
  },
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

function fill(state: ThroughputScan, line: Line, fields: Partial<CryptoThroughput>): boolean {
  const crypto = state.crypto.all[0] ?? openRecord(state.crypto, line, blankCrypto());
  if (!fillBlank(crypto, fields)) return false;
  crypto.lines = { first: crypto.lines.first, last: line.last };
  return true;
}

function blankCrypto(): Omit<CryptoThroughput, 'lines'> {
  return {
    configured: null,
    saved: null,
    rebootRequired: null,
    enforced: null,
    throttled: null,
    throttledAt: null,
    default: null,
    bootLevel: null,
  };
}
