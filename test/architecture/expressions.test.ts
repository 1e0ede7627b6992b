import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseSync } from '@swc/core';
import { catalogueEntries } from '../../src/parsers/show-logging/catalogue.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { pumpedStrings } from '../support/pumped-strings.ts';
import { root } from './project-files.ts';

interface Expression {
  readonly where: string;
  /** The longest text it is ever given: the expressions of messages get the start of an entry, its blanks made one. */
  readonly longest?: number;
  readonly pattern: string;
  readonly flags: string;
}

const AUTHOR = 'reads what the author of a playbook wrote, who slows nobody but himself';

/** Expressions that need more than linear time on text made for it, with the reason why that does no harm. */
const HARMLESS: Readonly<Record<string, string>> = {
  '\\b(remove|drop|disable|omit|delete|leave out|take out|switch off|without)\\b.*\\b(\\w+-\\w+-hmac|hmac|integrity)\\b':
    AUTHOR,
  '\\b(disable|switch off|turn off|switching off)\\b.*\\breplay\\b|\\breplay (detection )?disable\\b': AUTHOR,
  '\\b(add|configure|use|set|choose|allow|enter)\\b.*\\b(esp-des|esp-3des|esp-md5-hmac|encr(yption)? 3?des|hash md5|group [125])(?![\\w-])':
    AUTHOR,
  '\\bkey\\b.*\\b0\\.0\\.0\\.0\\b': AUTHOR,
  '\\b(remove|take)\\b.*\\bcrypto map\\b.*\\b(from|off)\\b': AUTHOR,
  '\\(service-affecting\\b[^)]*\\)': AUTHOR,
  '\\[[^\\]]*\\]': AUTHOR,
  '\\bclear crypto\\b(?!.*\\b(peer|remote)\\s+(<peer>|[0-9a-f.:]+))': AUTHOR,
};

/** Every regular expression that stands in the text of a file of src, whatever room. */
function literalsOf(file: string): Expression[] {
  const found: Expression[] = [];
  walk(parseSync(readFileSync(join(root, 'src', file), 'utf8'), { syntax: 'typescript', target: 'es2023' }));
  return found;

  function walk(node: unknown): void {
    if (node === null || typeof node !== 'object') return;
    const { type, pattern, flags } = node as { type?: unknown; pattern?: unknown; flags?: unknown };
    if (type === 'RegExpLiteral') found.push({ where: file, pattern: String(pattern), flags: String(flags) });
    for (const child of Object.values(node)) walk(child);
  }
}

const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);
const literals = files.flatMap(literalsOf);
const compiled = catalogueEntries()
  .filter((entry) => entry.match !== '')
  .map((entry) => ({ where: `message ${entry.id}`, pattern: entry.match, flags: 'i', longest: 2_000 }));

const LONGEST = 12_000;

/** CPU milliseconds below which nothing is measured twice: no expression that is worse than linear stays below. */
const AT_ONCE = 2;

/** Four times the text: linear time gives 4, quadratic 16. */
const MOST = 9;

/** What a text may cost before longer ones are tried, so that an exponential or cubic expression ends the search early. */
const STEPS = [
  { length: 18, milliseconds: 20 },
  { length: 25, milliseconds: 20 },
  { length: 200, milliseconds: 25 },
  { length: 600, milliseconds: 50 },
];

/** The text on which the expression is worse than linear, or null. Only what is slow in every one of five measurements is. */
function worseThanLinear({ pattern, flags, longest }: Expression): string | null {
  // A sticky expression is tried at one place, any other at every one.
  const expression = new RegExp(pattern, flags.includes('y') ? flags : `${flags.replace('g', '')}g`);
  const cost = (text: string) => {
    expression.lastIndex = 0;
    const start = cpuMs();
    text.replace(expression, '');
    return cpuMs() - start;
  };
  const pumped = (length: number) =>
    pumpedStrings(pattern, flags, length).map((text) =>
      longest === undefined ? text : text.replace(/[ \t]+/g, ' ').slice(0, longest),
    );
  for (const { length, milliseconds } of STEPS) {
    const text = pumped(length).find(
      (each) => cost(each) > milliseconds && cost(each) > milliseconds && cost(each) > milliseconds,
    );
    if (text !== undefined) return text.slice(0, 60);
  }
  const long = pumped(longest ?? LONGEST);
  const short = pumped((longest ?? LONGEST) / 4);
  const at = long.findIndex((text, index) => {
    if (cost(text) < AT_ONCE) return false;
    for (let tries = 0; tries < 5; tries += 1)
      if (cost(text) / Math.max(0.2, cost(short[index] ?? '')) < MOST) return false;
    return true;
  });
  return at < 0 ? null : (long[at] ?? '').slice(0, 60);
}

describe('the regular expressions of src', () => {
  test('are found', () => {
    expect(literals.length).toBeGreaterThan(1_000);
    expect(compiled.length).toBeGreaterThan(100);
  });

  test('need no more than linear time on any text', () => {
    const slow = [...literals, ...compiled].flatMap((expression) => {
      const text = HARMLESS[expression.pattern] === undefined ? worseThanLinear(expression) : null;
      return text === null
        ? []
        : [`${expression.where}: /${expression.pattern}/${expression.flags} on ${JSON.stringify(text)}`];
    });
    expect(slow).toEqual([]);
  }, 300_000);

  test('that are excused still stand there', () => {
    const patterns = new Set(literals.map((literal) => literal.pattern));
    expect(Object.keys(HARMLESS).filter((pattern) => !patterns.has(pattern))).toEqual([]);
  });
});

describe('the check itself', () => {
  test.each([
    ['(a+)+$', ''],
    ['\\s+$', ''],
    ['^(?:\\w+,?)*$', ''],
    ['^event \\S*(?:pass|pw)\\S* ', 'i'],
    ['\\(service[^)]*\\)', ''],
    ['(.*)(\\d+)x', ''],
    ['-.*$', ''],
  ])('/%s/%s is seen', (pattern, flags) => {
    expect(worseThanLinear({ where: '', pattern, flags })).not.toBeNull();
  });

  test.each([
    ['^[a-z]+ \\d+$', ''],
    ['^(?:[a-z]{1,20} ){0,30}$', ''],
    ['^ *(?:peer|local) (\\S{1,45})', 'i'],
  ])('/%s/%s is not', (pattern, flags) => {
    expect(worseThanLinear({ where: '', pattern, flags })).toBeNull();
  });
});
