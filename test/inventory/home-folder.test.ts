import { expect, test } from '@jest/globals';
import { expandHome, homeFolder } from '../../src/inventory/home-folder.ts';

const noAccount = (): string => {
  throw new Error('A system error occurred: uv_os_homedir returned ENOENT');
};

test('the first absolute folder is the home folder', () => {
  expect(homeFolder([() => '/home/ops', noAccount])).toBe('/home/ops');
});

test('HOME that is empty or relative does not put files where the program was started', () => {
  for (const home of ['', '.', 'ops']) expect(homeFolder([() => home, () => '/root'])).toBe('/root');
});

test('a process whose number no account has is without a home, not at fault', () => {
  expect(homeFolder([noAccount, noAccount])).toBeNull();
  expect(homeFolder([() => '', noAccount])).toBeNull();
});

test('only a leading ~/ is the home folder', () => {
  for (const path of ['/a/~/b', '~b/c', 'a', '~']) expect(expandHome(path)).toBe(path);
  const home = homeFolder();
  if (home !== null) expect(expandHome('~/key')).toBe(`${home}/key`);
});
