import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Parser } from '../../src/parsers/parsed.ts';
import { PARSERS, parserFor } from '../../src/parsers/registry.ts';
import { costRatio } from '../support/cpu-time.ts';
import { lostOrInvented, rangesOutside } from './invariants.ts';

const parsersRoot = fileURLToPath(new URL('../../src/parsers/', import.meta.url));

function inputsOf(command: string): string[] {
  const root = join(parsersRoot, command.replaceAll(' ', '-'), 'cases');
  if (!existsSync(root)) return [];
  return readdirSync(root).map((name) => readFileSync(join(root, name, 'input.txt'), 'utf8'));
}

const REFUSALS = [
  "                ^\n% Invalid input detected at '^' marker.\n",
  '% Incomplete command.\n',
  "% Ambiguous command:  'show crypto is'\n",
  '% Authorization failed.\n',
];

/** Everything that must hold for any text whatever. */
function expectSound(parser: Parser<unknown>, text: string): void {
  const parsed = parser.parse(text);
  const count = text.split('\n').length;
  expect(rangesOutside(parsed.facts, count)).toEqual([]);
  for (const { line } of parsed.unread) expect(line >= 1 && line <= count).toBe(true);
  expect(() => JSON.stringify(parsed)).not.toThrow();
  if (parsed.unread.length > 0) expect(['partial', 'unrecognised']).toContain(parsed.coverage);
}

describe.each(PARSERS.map((parser) => ({ command: parser.command, parser })))(
  '$command',
  ({ command, parser }) => {
    const inputs = inputsOf(command);

    test('has inputs to be tried on', () => {
      expect(inputs.length).toBeGreaterThan(0);
    });

    test.each(['', '\n', ' \n\r\n\t\n'])('nothing printed (%j) is coverage empty', (text) => {
      const parsed = parser.parse(text);
      expect(parsed.coverage).toBe('empty');
      expect(parsed.unread).toEqual([]);
    });

    test.each(REFUSALS)('a refusal is unrecognised and unread: %j', (text) => {
      const parsed = parser.parse(text);
      expect(parsed.coverage).toBe('unrecognised');
      expect(parsed.unread.length).toBeGreaterThan(0);
    });

    test('every case holds the invariants, with LF and with CRLF, whole and cut at any line', () => {
      for (const input of inputs) {
        const lines = input.split('\n');
        expect(lostOrInvented(command, input, parser.parse(input))).toEqual([]);
        expect(parser.parse(lines.join('\r\n')).facts).toEqual(parser.parse(input).facts);
        for (let end = 0; end <= lines.length; end++) {
          const text = lines.slice(0, end).join('\n');
          expectSound(parser, text);
          expect(lostOrInvented(command, text, parser.parse(text))).toEqual([]);
        }
      }
    });

    test('nothing is lost in silence when lines are dropped, doubled or swapped', () => {
      for (const input of inputs) {
        const lines = input.split('\n');
        fc.assert(
          fc.property(
            fc.nat(lines.length - 1),
            fc.nat(lines.length - 1),
            fc.constantFrom('drop', 'double', 'swap'),
            (a, b, how) => {
              const text = mutateLines(lines, a, b, how).join('\n');
              expectSound(parser, text);
              expect(lostOrInvented(command, text, parser.parse(text))).toEqual([]);
            },
          ),
          { numRuns: 60 },
        );
      }
    });

    test('no text makes it throw: cut at any byte, shuffled, bytes replaced, noise', () => {
      const input = fc.constantFrom(...inputs);
      const damaged = fc.oneof(
        fc
          .tuple(input, fc.double({ min: 0, max: 1, noNaN: true }))
          .map(([text, at]) => text.slice(0, at * text.length)),
        input.chain((text) => {
          const lines = text.split('\n');
          return fc.shuffledSubarray(lines, { minLength: lines.length }).map((mixed) => mixed.join('\n'));
        }),
        fc
          .tuple(
            input,
            fc.array(
              fc.tuple(
                fc.double({ min: 0, max: 1, noNaN: true }),
                fc.string({ maxLength: 6, unit: 'binary' }),
              ),
            ),
          )
          .map(([text, edits]) =>
            edits.reduce((now, [at, put]) => {
              const place = Math.floor(at * now.length);
              return now.slice(0, place) + put + now.slice(place + put.length);
            }, text),
          ),
        fc.string({ maxLength: 400, unit: 'binary' }),
      );
      fc.assert(
        fc.property(damaged, (text) => expectSound(parser, text)),
        { numRuns: 250 },
      );
    });

    test("another command's output does not make it throw", () => {
      for (const other of PARSERS) for (const text of inputsOf(other.command)) expectSound(parser, text);
    });

    test('preambles and prompts around an output change nothing but line numbers', () => {
      const head =
        'Load for five secs: 1%/0%; one minute: 2%; five minutes: 2%\nTime source is NTP, 14:07:41.202 UTC Tue Mar 4 2025\n\n';
      for (const input of inputs) {
        const plain = parser.parse(input);
        const framed = parser.parse(`${head}${input}\n`);
        expect(framed.coverage).toBe(plain.coverage);
        expect(withoutLines(framed.facts)).toEqual(withoutLines(plain.facts));
      }
    });

    test('time grows with the size of the input, not with its square', () => {
      const unit = `${inputs.join('\n')}\n`;
      const small = unit.repeat(Math.ceil(60_000 / unit.length));
      parser.parse(small);
      const large = small.repeat(8);
      // Linear gives 8, quadratic 64.
      const ratio = costRatio(
        () => parser.parse(small),
        () => parser.parse(large),
        32,
      );
      expect(ratio).toBeLessThan(32);
    });

    test('a line pumped up at any of its words is read in linear time', () => {
      const lines = [...new Set(inputs.flatMap((input) => input.split('\n')).map((line) => line.trim()))];
      const worst = Math.max(...lines.filter((line) => line !== '').map((line) => pumpRatio(parser, line)));
      // Eight times the length: linear gives 8, quadratic 64.
      expect(worst).toBeLessThan(40);
    });
  },
);

describe('parserFor', () => {
  test('the detail forms are read by the parser of the plain command', () => {
    expect(parserFor('show crypto ipsec sa detail')?.command).toBe('show crypto ipsec sa');
    expect(parserFor('show crypto ikev2 sa detailed')?.command).toBe('show crypto ikev2 sa');
    expect(parserFor('show ip nhrp nhs detail')?.command).toBe('show ip nhrp nhs');
    expect(parserFor('show crypto pki certificates verbose')?.command).toBe('show crypto pki certificates');
    expect(parserFor('show processes cpu sorted')?.command).toBe('show processes cpu');
    expect(parserFor('show redundancy states')?.command).toBe('show redundancy');
    expect(parserFor('show platform hardware throughput level')?.command).toBe(
      'show platform hardware throughput',
    );
  });

  test('a command no parser reads has none', () => {
    expect(parserFor('show privilege')).toBeNull();
  });
});

function mutateLines(
  lines: readonly string[],
  a: number,
  b: number,
  how: 'drop' | 'double' | 'swap',
): string[] {
  const copy = [...lines];
  if (how === 'drop') copy.splice(a, 1);
  if (how === 'double') copy.splice(a, 0, lines[a] ?? '');
  if (how === 'swap') [copy[a], copy[b]] = [lines[b] ?? '', lines[a] ?? ''];
  return copy;
}

/** How much longer a line takes that is pumped up eight times as far: at its end, at each blank, and by repeating it whole. */
function pumpRatio(parser: Parser<unknown>, line: string): number {
  const pumped = (count: number) =>
    [
      `${line}${(line.at(-1) ?? 'x').repeat(count)}\u0000`,
      `${line.replaceAll(' ', ' '.repeat(Math.ceil(count / 10)))}\u0000`,
      `${`${line} `.repeat(Math.ceil(count / line.length))}\u0000`,
      `${`${line},`.repeat(Math.ceil(count / line.length))}\u0000`,
    ].join('\n');
  const [short, long] = [pumped(1_000), pumped(8_000)];
  parser.parse(short);
  // Below a millisecond the clock says nothing: such a line is fast enough whatever the ratio.
  return costRatio(
    () => parser.parse(short),
    () => parser.parse(long),
    40,
  );
}

/** Facts with every key that names a line taken out. */
function withoutLines(facts: unknown): unknown {
  return JSON.parse(
    JSON.stringify(facts, (key, value) =>
      /^lines$|Lines?$/.test(key) && key !== 'aclLines' ? undefined : value,
    ),
  );
}
