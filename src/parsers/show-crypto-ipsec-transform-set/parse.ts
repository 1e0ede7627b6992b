import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { parsedFrom, scanLines } from '../lines.ts';
import { isLoose } from '../loose.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { added, fieldRule, noRecords, openRecord, presentRecord, type Records } from '../records.ts';
import { transformsOf } from '../transforms.ts';
import type { TransformSet, TransformSetFacts } from './facts.ts';

/** `show crypto ipsec transform-set`: the sets this router can offer, the default set included. */
export const showCryptoIpsecTransformSet: Parser<TransformSetFacts> = {
  command: 'show crypto ipsec transform-set',
  parse(text: string): Parsed<TransformSetFacts> {
    const state = noRecords<TransformSet>();
    const scan = scanLines(text, (line) => !isLoose(line) && readLine(state, line), starts);
    const last = state.all.at(-1);
    return parsedFrom({ transformSets: state.all }, scan, last !== undefined && last.modes.length === 0);
  },
};

const field = fieldRule<TransformSet>;

const RULES: readonly LineRule<Records<TransformSet>>[] = [
  {
    // Transform set TS1: { esp-256-aes esp-sha256-hmac }   |   Transform proposal t1: { esp-des }   (12.0)
    word: 'transform',
    pattern: /^Transform (?:set|proposal) (\S{1,120}): ?\{ ?([^{}]{0,200})\} ?,?$/i,
    take(state, match, line) {
      openRecord(state, line, { name: match[1] ?? '', transforms: transformsOf(match[2] ?? ''), modes: [] });
      return true;
    },
  },
  {
    // { esp-des }   (ESP beside AH in one set has a line of its own)
    word: '',
    pattern: /^\{ ?([^{}]{1,200})\} ?,?$/,
    take(state, match, line) {
      const isNext = state.all.at(-1)?.lines.last === line.number - 1;
      const set = isNext ? presentRecord(state, line) : null;
      if (set === null) return false;
      for (const each of transformsOf(match[1] ?? '')) set.transforms = added(set.transforms, each);
      state.labels.clear();
      return true;
    },
  },
  // will negotiate = { Tunnel, },
  field('will', /^will negotiate ?= ?\{ ?([A-Za-z ,-]{0,60})\} ?,?$/i, (match) => ({
    modes: (match[1] ?? '')
      .split(',')
      .map((mode) => mode.trim())
      .filter((mode) => mode !== ''),
  })),
  // supported settings = { Tunnel, },   (12.0)
  field('supported', /^supported settings ?= ?\{[A-Za-z ,-]{0,60}\} ?,?$/i, () => ({})),
  // default settings = { Tunnel, },   (12.0)
  field('default', /^default settings ?= ?\{[A-Za-z ,-]{0,60}\} ?,?$/i, () => ({})),
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);
