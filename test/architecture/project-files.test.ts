import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectFiles, readProjectFile, root } from './project-files.ts';

const listed = projectFiles();
const inGit = listed === null ? test.skip : test;
const files = listed ?? [];

/** What no file may hold, made of pieces so that this file does not hold it either. */
const FORBIDDEN: readonly (readonly [what: string, text: RegExp])[] = [
  ['the folder of a build machine', new RegExp(['/wo', 'rk/'].join(''))],
  ['a home folder', /\/home\/(?!user\b|admin\b|you\b|me\b)[a-z]+\/|\/Users\/[a-z]+\/|\/root\//],
  ['the address of a package registry', new RegExp(['registry\\.', '(?:npmjs|yarnpkg)'].join(''))],
  ['a private key', new RegExp(`-----BEGIN [A-Z ]*${'PRIVATE'} KEY-----\\n[A-Za-z0-9+/=]{40}`)],
];

describe('no file of the project holds', () => {
  inGit.each(FORBIDDEN)('%s', (_what, forbidden) => {
    expect(files.length).toBeGreaterThan(300);
    expect(files.filter((file) => forbidden.test(readFileSync(join(root, file), 'latin1')))).toEqual([]);
  });
});

describe('package-lock.json', () => {
  const lock = JSON.parse(readProjectFile('package-lock.json')) as {
    packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }>;
  };
  const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

  test('names no address and a checksum for every package', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
    expect(packages.filter(([, entry]) => entry.integrity === undefined).map(([path]) => path)).toEqual([]);
  });

  test('npm keeps addresses out of it', () => {
    expect(readProjectFile('.npmrc')).toContain('omit-lockfile-registry-resolved=true');
  });
});

describe('links', () => {
  // [the inventory](inventory/README.md#groups)  ![a picture](docs/x.svg)
  const LINK = /\]\(([^)\s]+)\)/g;
  const pages = files.filter((file) => file.endsWith('.md') && !file.includes('/golden/'));

  inGit('every relative link of every page leads to a file, every #part to a heading', () => {
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.flatMap((page) => brokenLinks(page))).toEqual([]);
  });

  test('a broken link and a missing heading are seen', () => {
    expect(
      brokenTargets('docs/page.md', '# A Title\n[a](none.md) [b](#a-title) [c](#b) [d](../package.json)'),
    ).toEqual(['docs/page.md → none.md', 'docs/page.md → #b']);
  });

  function brokenLinks(page: string): readonly string[] {
    return brokenTargets(page, readProjectFile(page));
  }

  function brokenTargets(page: string, text: string): readonly string[] {
    const prose = text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
    return [...prose.matchAll(LINK)]
      .map((match) => match[1] ?? '')
      .filter((target) => !/^(?:https?|mailto):/.test(target) && !leads(page, text, target))
      .map((target) => `${page} → ${target}`);
  }

  function leads(page: string, text: string, target: string): boolean {
    const [path = '', part] = target.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    if (path !== '' && !existsSync(join(root, file))) return false;
    if (part === undefined) return true;
    return headings(path === '' ? text : readProjectFile(file)).includes(part);
  }

  function headings(text: string): readonly string[] {
    return [...text.matchAll(/^#{1,6} (.+)$/gm)].map((match) =>
      (match[1] ?? '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    );
  }
});

describe('the two commands of the README', () => {
  const readme = existsSync(join(root, 'README.md')) ? readProjectFile('README.md') : '';
  const npmLines = [...readme.matchAll(/^```\w*\n([\s\S]*?)^```/gm)]
    .flatMap((block) => (block[1] ?? '').split('\n'))
    .filter((line) => /^npm /.test(line));

  test('are its first two npm lines', () => {
    expect(npmLines.slice(0, 2)).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
  });

  test('.ci/run runs the second one, as it stands', () => {
    expect(readProjectFile('.ci/run').split('\n')).toContain(`${npmLines[1]} || failed=1`);
  });
});

describe('the licence', () => {
  test('is the Apache License 2.0, in full, and named in package.json', () => {
    const text = readProjectFile('LICENSE');
    expect(text).toContain('Version 2.0, January 2004');
    expect(text).toContain('9. Accepting Warranty or Additional Liability.');
    expect(JSON.parse(readProjectFile('package.json'))).toMatchObject({ license: 'Apache-2.0' });
  });
});
