import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse as parseYaml } from 'yaml';
import { PARSERS } from '../../src/parsers/registry.ts';

const parsersRoot = fileURLToPath(new URL('../../src/parsers/', import.meta.url));
const folders = readdirSync(parsersRoot, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** `show crypto isakmp sa` lives in `show-crypto-isakmp-sa`. */
function folderOf(command: string): string {
  return command.replaceAll(' ', '-');
}

describe('registry', () => {
  test('lists every folder that has a parser, once', () => {
    const withParser = folders.filter((folder) => existsSync(join(parsersRoot, folder, 'parse.ts')));
    expect(PARSERS.map((parser) => folderOf(parser.command)).sort()).toEqual(withParser.sort());
  });
});

describe.each(PARSERS.map((parser) => ({ command: parser.command, parser })))(
  '$command',
  ({ command, parser }) => {
    const casesRoot = join(parsersRoot, folderOf(command), 'cases');
    const cases = existsSync(casesRoot) ? readdirSync(casesRoot).sort() : [];

    test('has at least three cases', () => {
      expect(cases.length).toBeGreaterThanOrEqual(3);
    });

    test.each(cases)('%s', (name) => {
      const read = (file: string) => readFileSync(join(casesRoot, name, file), 'utf8');
      const origin = parseYaml(read('origin.yaml')) as Partial<
        Record<'kind' | 'source' | 'ios' | 'note', unknown>
      >;
      expect(['written', 'captured', 'quoted']).toContain(origin.kind);
      for (const field of ['source', 'ios', 'note'] as const) expect(typeof origin[field]).toBe('string');
      // Through JSON, as the golden file was: `undefined` must not hide a missing field.
      expect(JSON.parse(JSON.stringify(parser.parse(read('input.txt'))))).toEqual(
        JSON.parse(read('expected.json')),
      );
    });
  },
);
