import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { errorPage, errorPageNames } from '../../src/app/error-pages.ts';
import { CUT_NAMES, REFUSALS } from '../../src/evidence/collected.ts';
import { CONNECT_ERROR_NAMES } from '../../src/transport/connect-error.ts';
import { ENABLE_ERRORS } from '../../src/transport/enable.ts';
import { readProjectFile } from '../architecture/project-files.ts';

const NAMES = [
  ...new Set<string>([...CONNECT_ERROR_NAMES, ...CUT_NAMES, ...REFUSALS, ...ENABLE_ERRORS]),
].sort();

describe('pages of the named errors', () => {
  test('there is one for every name, and none without', async () => {
    expect(await errorPageNames()).toEqual(NAMES);
  });

  test.each(NAMES)('%s is whole', async (name) => {
    const page = await errorPage(name);
    expect(page).toMatchObject({ kind: 'error', id: name });
    for (const point of [...(page?.reasons ?? []), ...(page?.remedy ?? []), ...(page?.checks ?? [])]) {
      expect(point).toMatch(/^\S.*\S$/);
    }
  });

  test('a page says what the code does about another try', async () => {
    const { connectError } = await import('../../src/transport/connect-error.ts');
    const WORDS = { never: /^never/, later: /^once, 30 seconds/, 'at-once': /^once, at once/ } as const;
    for (const name of CONNECT_ERROR_NAMES) {
      const { retry } = connectError(name, 'tcp', '');
      expect([name, (await errorPage(name))?.retry]).toEqual([name, expect.stringMatching(WORDS[retry])]);
    }
  });

  test('the index names each page once', () => {
    const index = readProjectFile('docs/errors/README.md');
    const named = [...index.matchAll(/^- \[([a-z0-9-]+)\]\(\1\.md\): /gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(NAMES);
  });

  test('pages ship with the package', () => {
    const { files } = JSON.parse(readProjectFile('package.json')) as { files: string[] };
    expect(files).toContain('docs/errors');
  });

  test('a name is found without regard to case, a path is no name', async () => {
    expect((await errorPage(' Connection-Refused '))?.id).toBe('connection-refused');
    for (const other of ['readme', '../recordings', '', 'constructor'])
      expect(await errorPage(other)).toBeNull();
  });
});

test('every page is linked text that a person can read alone: no markup but lists, fences and code', () => {
  for (const name of NAMES) {
    const text = readFileSync(new URL(`../../docs/errors/${name}.md`, import.meta.url), 'utf8');
    expect(text).not.toMatch(/<[a-z]|\]\(/i);
    expect(text.split('\n').filter((line) => line.startsWith('```'))).toHaveLength(2);
  }
});
