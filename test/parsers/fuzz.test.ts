import { describe, expect, test } from '@jest/globals';
import type { Parsed, Parser } from '../../src/parsers/parsed.ts';
import { PARSERS } from '../../src/parsers/registry.ts';

/** The parts of `bench/parse/fuzz.mjs`, which feeds the built program; this is a small share of it, on the sources. */
interface Mutations {
  readonly MUTATIONS: Readonly<Record<string, (text: string, random: () => number, other: string) => string>>;
  readonly randomFrom: (seed: number) => () => number;
  readonly seedOf: (seed: number, n: number) => number;
  readonly pick: <T>(random: () => number, list: readonly T[]) => T;
  readonly stretchOf: (text: string, random: () => number) => string;
  readonly damaged: (
    text: string,
    other: string,
    random: () => number,
  ) => { readonly text: string; readonly names: readonly string[] };
}
interface Soundness {
  readonly unsound: (parsed: Parsed<unknown>, text: string) => readonly string[];
  readonly changesWhenRepeated: (parser: Parser<unknown>, text: string) => boolean;
}
interface Samples {
  readonly samplesOf: (
    commands: readonly string[],
    which: { readonly corpora: boolean },
  ) => ReadonlyMap<string, readonly string[]>;
}

const mutations = (await import('../../bench/parse/mutations.mjs' as string)) as Mutations;
const { unsound, changesWhenRepeated } = (await import(
  '../../bench/parse/soundness.mjs' as string
)) as Soundness;
const { samplesOf } = (await import('../../bench/parse/samples.mjs' as string)) as Samples;
const { damaged, pick, randomFrom, seedOf, stretchOf } = mutations;

const SEED = 4;
const INPUTS = 20_000;

// Own cases only: the run is the same wherever it is made.
const samples = samplesOf(
  PARSERS.map((parser) => parser.command),
  { corpora: false },
);
const everyText = [...samples.values()].flat();

function inputOf(parser: Parser<unknown>, n: number): string {
  const random = randomFrom(seedOf(SEED, n));
  const own = samples.get(parser.command) ?? [];
  const text = stretchOf(pick(random, random() < 0.9 ? own : everyText), random);
  return damaged(text, stretchOf(pick(random, random() < 0.5 ? own : everyText), random), random).text;
}

describe(`${INPUTS} damaged outputs`, () => {
  const each = Math.ceil(INPUTS / PARSERS.length);

  test.each(PARSERS.map((parser) => ({ command: parser.command, parser })))('$command', ({ parser }) => {
    const broken: string[] = [];
    for (let n = 0; n < each; n += 1) {
      const text = inputOf(parser, n);
      const faults = unsound(parser.parse(text), text);
      if (faults.length > 0) broken.push(`input ${n}: ${faults[0]}: ${JSON.stringify(text)}`);
      if (n % 16 === 0 && changesWhenRepeated(parser, text)) broken.push(`input ${n} reads otherwise twice`);
    }
    expect(broken).toEqual([]);
  });
});

describe('what the run stands on', () => {
  test('the same seed makes the same inputs', () => {
    const [parser] = PARSERS;
    if (parser === undefined) throw new Error('no parser');
    expect([0, 1, 2].map((n) => inputOf(parser, n))).toEqual([0, 1, 2].map((n) => inputOf(parser, n)));
    expect(new Set([0, 1, 2].map((n) => seedOf(SEED, n))).size).toBe(3);
  });

  test.each(Object.keys(mutations.MUTATIONS))('«%s» damages', (name) => {
    const text = 'interface: Tunnel0\n    local  ident 10.1.0.0 port 500\n\n   #pkts encaps: 12\n';
    const results = Array.from({ length: 40 }, (_, n) =>
      mutations.MUTATIONS[name]?.(`${text}${'x'.repeat(90)}\n`, randomFrom(n), 'another\noutput 7\n'),
    );
    expect(results.every((result) => typeof result === 'string')).toBe(true);
    expect(results.some((result) => result !== `${text}${'x'.repeat(90)}\n`)).toBe(true);
  });

  const parsed = (facts: unknown, more: Partial<Parsed<unknown>> = {}): Parsed<unknown> => ({
    facts,
    coverage: 'complete',
    unread: [],
    ...more,
  });
  test.each<[string, Parsed<unknown>]>([
    ['a number that is none', parsed({ count: Number.NaN })],
    ['a number without end', parsed({ rows: [{ count: Number.POSITIVE_INFINITY }] })],
    ['nothing at all', parsed({ name: undefined })],
    ['lines behind the text', parsed({ rows: [{ lines: { first: 2, last: 3 } }] })],
    ['lines the wrong way round', parsed({ lines: { first: 2, last: 1 } })],
    ['a prototype key', parsed(JSON.parse('{"__proto__":{"a":1}}'))],
    ['a Map', parsed({ rows: new Map() })],
    ['an unread line behind the text', parsed({}, { coverage: 'partial', unread: [{ line: 3, text: '' }] })],
    [
      'an unread line twice',
      parsed({}, { coverage: 'partial', unread: Array(2).fill({ line: 1, text: 'one' }) }),
    ],
    ['the text of another line', parsed({}, { coverage: 'partial', unread: [{ line: 1, text: 'two' }] })],
    ['complete with unread lines', parsed({}, { unread: [{ line: 1, text: 'one' }] })],
    ['an unknown coverage', parsed({}, { coverage: 'whole' as 'complete' })],
  ])('%s is seen', (_what, result) => {
    expect(unsound(result, 'one\ntwo')).toHaveLength(1);
  });

  test('a sound result has no faults', () => {
    const facts = { rows: [{ name: 'x', count: null, lines: { first: 1, last: 2 } }] };
    expect(unsound(parsed(facts), 'one\ntwo')).toEqual([]);
  });

  test('a parser that keeps something between two texts is seen', () => {
    const calls: string[] = [];
    const parser: Parser<unknown> = {
      command: 'show x',
      parse: (text) => parsed({ calls: calls.push(text) }),
    };
    expect(changesWhenRepeated(parser, 'x')).toBe(true);
  });
});
