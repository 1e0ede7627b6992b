import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import type { Parser } from '../../src/parsers/parsed.ts';
import { scratchFolder } from '../support/scratch.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const scratch = scratchFolder();

const { newParser } = (await import('../support/new-parser.mjs' as string)) as {
  readonly newParser: (command: string, into: string) => readonly string[];
};

/** The parsers and what they stand on, in a folder of their own. */
function copyOfTheParsers(): string {
  const into = mkdtempSync(join(scratch, 'tree-'));
  mkdirSync(join(into, 'src'), { recursive: true });
  for (const room of ['core', 'evidence', 'parsers'])
    cpSync(join(root, 'src', room), join(into, 'src', room), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json']) cpSync(join(root, file), join(into, file));
  symlinkSync(join(root, 'node_modules'), join(into, 'node_modules'));
  return into;
}

function read(into: string, path: string): string {
  return readFileSync(join(into, path), 'utf8');
}

test('a new parser compiles, is formatted, and reads its case', async () => {
  const into = copyOfTheParsers();
  const written = newParser('show ip foo-bar', into);
  expect(written.every((path) => existsSync(join(into, path)))).toBe(true);
  expect(written).toContain('src/parsers/show-ip-foo-bar/cases/1-normal/origin.yaml');
  const typed = spawnSync('node_modules/.bin/tsc', ['-p', '.'], { cwd: into, encoding: 'utf8' });
  expect(typed.stdout).toBe('');
  const own = written.filter((path) => /\.ts$/.test(path));
  const format = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    ['check', `--config-path=${root}`, '--vcs-enabled=false', ...own],
    { cwd: into, encoding: 'utf8' },
  );
  expect(format.stderr.replace(/^npm warn.*\n/gm, '')).not.toMatch(/✖|×/);
  const { showIpFooBar } = (await import(join(into, 'src/parsers/show-ip-foo-bar/parse.ts'))) as {
    readonly showIpFooBar: Parser<unknown>;
  };
  const ofCase = (file: string) => read(into, `src/parsers/show-ip-foo-bar/cases/1-normal/${file}`);
  expect(showIpFooBar.parse(ofCase('input.txt'))).toEqual(JSON.parse(ofCase('expected.json')));
});

test('its lines stand in their places of the alphabet', () => {
  const into = copyOfTheParsers();
  newParser('show aaa', into);
  newParser('show ip foo-bar', into);
  newParser('show zzz', into);
  const registry = read(into, 'src/parsers/registry.ts');
  const names = [...registry.matchAll(/^ {2}(show\w+),$/gm)].map((found) => found[1] ?? '');
  expect(names).toEqual(expect.arrayContaining(['showAaa', 'showIpFooBar', 'showZzz']));
  expect(names).toEqual([...names].sort());
  expect(registry).toContain("import { showIpFooBar } from './show-ip-foo-bar/parse.ts';\n");
  const said = [...read(into, 'src/parsers/what-is-read.ts').matchAll(/'(show [a-z0-9 -]+)'/g)].map(
    (found) => found[1] ?? '',
  );
  expect(said.filter((command) => /aaa|foo-bar|zzz/.test(command))).toEqual([
    'show aaa',
    'show ip foo-bar',
    'show zzz',
  ]);
  expect(said.indexOf('show ip foo-bar')).toBe(said.indexOf('show ip interface brief') - 1);
});

test('what exists is refused, and nothing is written', () => {
  const into = copyOfTheParsers();
  const before = read(into, 'src/parsers/registry.ts');
  expect(() => newParser('show crypto isakmp sa', into)).toThrow(
    'src/parsers/show-crypto-isakmp-sa is already there',
  );
  expect(read(into, 'src/parsers/registry.ts')).toBe(before);
});

test.each([
  '',
  'show',
  'clear crypto sa',
  'show ip route 192.0.2.1',
  'show ../x',
  'Show version',
  'show a | b',
])('%j is refused', (command) => {
  const into = mkdtempSync(join(scratch, 'tree-'));
  expect(() => newParser(command, into)).toThrow('not a show command');
  expect(existsSync(join(into, 'src'))).toBe(false);
});
