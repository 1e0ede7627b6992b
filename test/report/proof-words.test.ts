import { describe, expect, test } from '@jest/globals';
import { alikeWords, reasonSentence, reasonsOf } from '../../src/report/proof-words.ts';
import { quoted } from '../support/report-samples.ts';

const failed = (line: number, minute: number) =>
  quoted(
    'main mode failed',
    'show logging',
    line,
    `Nov 23 14:${minute}:27 EST: %CRYPTO-6-IKMP_MODE_FAILURE: x 198.51.100.6`,
  );
const row = (text: string, line: number, state: string) => quoted(text, 'show crypto isakmp sa', line, state);

describe('the proof of a cause', () => {
  test('tells a sentence once, with the newest of the log messages that repeat', () => {
    const [only, ...more] = reasonsOf([failed(39, 31), failed(40, 32), failed(41, 33)], new Set());
    expect(more).toEqual([]);
    expect(only?.quotes).toHaveLength(1);
    expect(only?.quotes[0]?.source.firstLine).toBe(41);
    expect(alikeWords(only?.quotes[0] ?? { source: failed(1, 1).source as never, alike: [] })).toBe(
      '2 more like it: lines 39, 40',
    );
  });

  test('quotes every row of a table, also where rows differ in figures only', () => {
    const rows = [row('stuck', 3, 'MM_NO_STATE 0'), row('stuck', 4, 'MM_NO_STATE 1')];
    expect(reasonsOf(rows, new Set())[0]?.quotes.map(({ source }) => source.firstLine)).toEqual([3, 4]);
  });

  test('tells messages of other words, and of other routers, apart', () => {
    const other = {
      ...failed(42, 33),
      source: {
        router: 'hub2',
        command: 'show logging',
        firstLine: 41,
        lastLine: 41,
        quote: failed(41, 33).source?.quote ?? '',
      },
    };
    expect(reasonsOf([failed(41, 33), other], new Set())[0]?.quotes).toHaveLength(2);
  });

  test('quotes no line twice and says where it stands', () => {
    const [, again] = reasonsOf(
      [failed(39, 31), failed(40, 32), { ...failed(40, 32), text: 'it failed' }],
      new Set(),
    );
    expect(again?.quotes).toEqual([]);
    expect(again && reasonSentence(again, 'hub1')).toBe('It failed (above: show logging:40).');
    expect(again && reasonSentence(again, 'hub2')).toBe('It failed (above: hub1 show logging:40).');
  });

  test('names the output whose silence speaks', () => {
    const [silent] = reasonsOf(
      [{ text: 'no attempt', source: null, command: 'show crypto isakmp sa' }],
      new Set(),
    );
    expect(silent).toMatchObject({ silence: 'show crypto isakmp sa', quotes: [], above: [] });
  });
});
