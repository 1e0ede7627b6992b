import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { isPlainIpv4, maskToPrefix } from '../../src/core/address.ts';
import { bodyAt, tidy } from '../../src/parsers/body.ts';
import { readerOf } from '../../src/parsers/line-rules.ts';
import type { Parser } from '../../src/parsers/parsed.ts';
import { wallInterval } from '../../src/parsers/show-clock/wall-time.ts';
import { plainPair, readPair } from '../../src/parsers/show-crypto-ipsec-sa/counter-lines.ts';
import { showCryptoIpsecSa } from '../../src/parsers/show-crypto-ipsec-sa/parse.ts';
import { catalogueEntries } from '../../src/parsers/show-logging/catalogue.ts';
import { namedPattern, valuesOf } from '../../src/parsers/show-logging/named-groups.ts';
import { showLogging } from '../../src/parsers/show-logging/parse.ts';
import { plainFront } from '../../src/parsers/show-logging/plain-line.ts';
import { readFront } from '../../src/parsers/show-logging/stamp.ts';

/*
 * What nearly every line looks like is read by a shorter way than what any line may look like. Both ways must say the same, on
 * every line there is: of the cases, of the samples beside the project where they are, and of those damaged in every manner.
 */

const parsersRoot = fileURLToPath(new URL('../../src/parsers/', import.meta.url));
const corpora = fileURLToPath(new URL('../../../shared/corpora/', import.meta.url));

function textsUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.txt'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

function inputsOf(command: string): string[] {
  return textsUnder(join(parsersRoot, command.replaceAll(' ', '-'), 'cases'));
}

const lines = [
  ...new Set([...textsUnder(parsersRoot), ...textsUnder(corpora)].flatMap((text) => text.split('\n'))),
];
const logLines = lines.filter((line) => /\d:\d\d:\d\d/.test(line));
const counterLines = lines.filter((line) => line.includes('#'));

/** A line with up to four places written over by something that means something to one of the ways. */
function damaged(samples: readonly string[]): fc.Arbitrary<string> {
  const put = fc.oneof(
    fc.constantFrom(
      ' ',
      '  ',
      '\t',
      '\r',
      '\u00a0',
      '\u0000',
      ':',
      '.',
      ',',
      '*',
      '%',
      '#',
      '0',
      '24',
      'AM',
      ' 2026',
      'é',
      '',
    ),
    fc.string({ maxLength: 3 }),
  );
  const edit = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), put, fc.nat(3));
  return fc.tuple(fc.constantFrom(...samples), fc.array(edit, { maxLength: 4 })).map(([line, edits]) =>
    edits.reduce((now, [at, text, gone]) => {
      const place = Math.floor(at * now.length);
      return now.slice(0, place) + text + now.slice(place + gone);
    }, line),
  );
}

function expectOnLines(samples: readonly string[], holds: (line: string) => void): void {
  for (const line of samples) holds(line);
  fc.assert(fc.property(damaged(samples), holds), { numRuns: 3000 });
}

describe('the body of a line', () => {
  test('is the same wherever it is cut out of a text', () => {
    expectOnLines(lines, (sample) => {
      const line = sample.replaceAll('\n', '');
      for (const end of ['', '\n', '\n  x', '\r\n']) {
        expect(bodyAt(`head  \n${line}${end}`, 7, 7 + line.length)).toBe(tidy(line));
      }
    });
  });
});

describe('the first word of a line', () => {
  const words = [
    'current',
    'current_peer',
    'ip',
    'ipv',
    'in',
    'inbound',
    '',
    'a_word_of_21_letters_',
    'twenty_letters_long_',
  ];
  const taken: string[] = [];
  const read = readerOf(words.map((word) => ({ word, pattern: /^/, take: () => taken.push(word) > 0 })));

  test('finds the rules of that word and of no other', () => {
    const body = fc
      .tuple(fc.constantFrom(...words), fc.constantFrom('', ' ', '_', 's', 'S', '6', ':', 'é'))
      .map((each) => each.join(''));
    fc.assert(
      fc.property(body, fc.boolean(), (lower, upper) => {
        const text = upper ? lower.toUpperCase() : lower;
        taken.length = 0;
        read({}, { number: 1, last: 1, raw: text, body: text });
        const word = (/^[A-Za-z_]{1,20}/.exec(text)?.[0] ?? '').toLowerCase();
        expect(taken).toEqual(words.includes(word) ? [word] : []);
      }),
    );
  });
});

describe('show crypto ipsec sa', () => {
  test('a counter read by character is the one the expression reads', () => {
    let short = 0;
    expectOnLines(counterLines, (line) => {
      const body = tidy(line);
      for (let start = 0; start <= body.length; ) {
        const comma = body.indexOf(',', start);
        const end = comma < 0 ? body.length : comma;
        const pair = plainPair(body, start, end);
        if (pair !== null) expect(pair).toEqual(readPair(body.slice(start, end)));
        if (pair !== null) short += 1;
        start = end + 1;
      }
    });
    expect(short).toBeGreaterThan(1000);
  });
});

describe('show logging', () => {
  test('a front read by character is the one the expressions read', () => {
    let short = 0;
    expectOnLines(logLines, (line) => {
      const front = plainFront(line);
      if (front !== null) expect(front).toEqual(readFront(line));
      if (front !== null) short += 1;
    });
    expect(short).toBeGreaterThan(1000);
  });

  test('every group of the catalogue has a name, and values go with names', () => {
    const messages = [...new Set(logLines.map((line) => line.slice(line.indexOf('%'))))];
    for (const { id, match } of catalogueEntries()) {
      const pattern = new RegExp(match, 'i');
      const named = namedPattern(pattern);
      const empty = new RegExp(`${match}|`, 'i').exec('');
      expect({ id, names: named.names }).toEqual({ id, names: Object.keys(empty?.groups ?? {}) });
      expect({ id, groups: named.names.length }).toEqual({ id, groups: (empty?.length ?? 0) - 1 });
      const torn = messages.filter((message) => {
        const found = valuesOf(named, message);
        const pairs = found?.names.map((name, at) => [name, found.values[at + 1]]) ?? [];
        return JSON.stringify(pairs) !== JSON.stringify(Object.entries(pattern.exec(message)?.groups ?? {}));
      });
      expect({ id, torn }).toEqual({ id, torn: [] });
    }
  });
});

describe('addresses and times', () => {
  test('an address taken as it is printed is the one the address library makes of it', () => {
    const number = fc.oneof(fc.nat(300).map(String), fc.constantFrom('', '0', '00', '010', '256', '1e2'));
    const address = fc
      .tuple(fc.array(number, { minLength: 3, maxLength: 5 }), fc.constantFrom('', '.', ' '))
      .map(([parts, end]) => parts.join('.') + end);
    fc.assert(
      fc.property(address, (text) => {
        const plain = ipaddr.IPv4.isValidFourPartDecimal(text) && ipaddr.IPv4.parse(text).toString() === text;
        expect(isPlainIpv4(text)).toBe(plain);
      }),
      { numRuns: 2000 },
    );
  });

  test('every mask has the prefix length that the address library gives it', () => {
    for (let prefix = 0; prefix <= 32; prefix++) {
      expect(maskToPrefix(ipaddr.IPv4.subnetMaskFromPrefixLength(prefix).toString())).toBe(prefix);
    }
    expect(maskToPrefix('255.0.255.0')).toBeNull();
    expect(maskToPrefix('255.255.255.256')).toBeNull();
  });

  test('an instant is the one that Date gives', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9999 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
        (year, month, day) => {
          const time = { year, month, day, hour: 7, minute: 8, second: 9, fraction: '012' };
          const from = Date.UTC(year, month - 1, day, 7, 8, 9, 12);
          expect(wallInterval(time, year)).toEqual({ from, to: from });
        },
      ),
      { numRuns: 2000 },
    );
    const leap = (year: number) =>
      wallInterval({ year, month: 3, day: 1, hour: 0, minute: 0, second: 0, fraction: null }, year)?.from;
    for (const year of [1900, 1970, 1972, 2000, 2024, 2100]) expect(leap(year)).toBe(Date.UTC(year, 2, 1));
  });
});

/** A tab at its end says nothing and sends a line the long way; a line as wide as the terminal would become another one. */
function theLongWay(text: string): string {
  const width = 80;
  return text
    .split('\n')
    .map((line) => (Math.abs(line.length - width) <= 1 || line.trim() === '' ? line : `${line}\t`))
    .join('\n');
}

function expectSameTheLongWay(parser: Parser<unknown>, text: string): void {
  const [short, long] = [parser.parse(text), parser.parse(theLongWay(text))];
  expect(long.facts).toEqual(short.facts);
  expect(long.coverage).toBe(short.coverage);
  expect(long.unread.map(({ line }) => line)).toEqual(short.unread.map(({ line }) => line));
}

describe('whole outputs say the same when no line takes the short way', () => {
  test('show crypto ipsec sa', () => {
    for (const input of inputsOf('show crypto ipsec sa')) expectSameTheLongWay(showCryptoIpsecSa, input);
  });

  test('show logging, with any line damaged', () => {
    const inputs = inputsOf('show logging');
    for (const input of inputs) expectSameTheLongWay(showLogging, input);
    const mixed = fc.constantFrom(...inputs).chain((text) => {
      const each = text.split('\n');
      return fc
        .tuple(fc.nat(each.length - 1), damaged(each))
        .map(([at, line]) => each.with(at, line).join('\n'));
    });
    fc.assert(
      fc.property(mixed, (text) => expectSameTheLongWay(showLogging, text)),
      { numRuns: 500 },
    );
  });
});
