import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parseCredentialRef } from '../../src/inventory/credential-ref.ts';
import type { CredentialRef } from '../../src/inventory/inventory.ts';
import { readSecretFile } from '../../src/inventory/read-secret-file.ts';
import { type CredentialSources, resolveCredential } from '../../src/inventory/resolve-credential.ts';

const folder = mkdtempSync(join(tmpdir(), 'tunneldoc-secret-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sources: CredentialSources = {
  env: { GOOD: 'Canary-pw', EMPTY: '', LINES: 'Canary\nshow run' },
  readFile: readSecretFile,
  ask: null,
  routerName: 'hub1',
};

function secretFile(name: string, text: string, mode = 0o600): CredentialRef {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return { kind: 'file', path };
}

describe('what does not work says what to do and tells no secret', () => {
  test.each<[CredentialRef, RegExp]>([
    [{ kind: 'env', name: 'MISSING' }, /^hub1: .*MISSING is not set; export it/],
    [{ kind: 'env', name: 'EMPTY' }, /EMPTY is empty/],
    [{ kind: 'env', name: 'LINES' }, /more than one line/],
    [{ kind: 'env', name: 'toString' }, /not set/],
    [{ kind: 'env', name: '__proto__' }, /not set/],
    [{ kind: 'file', path: join(folder, 'none') }, /no such file/],
    [{ kind: 'file', path: folder }, /folder|others/],
    [{ kind: 'ask' }, /no terminal; use env:NAME or file:PATH/],
    [secretFile('wide', 'Canary', 0o644), /mode 0644\); run: chmod 600 /],
    [secretFile('group', 'Canary', 0o640), /mode 0640/],
    [secretFile('written', 'Canary', 0o602), /mode 0602/],
    [secretFile('empty', ''), /empty/],
    [secretFile('newline', '\n'), /empty/],
    [secretFile('two', 'Canary\nCanary\n'), /more than one line/],
    [secretFile('big', 'C'.repeat(70_000)), /too large/],
  ])('%j', async (ref, expected) => {
    const found = await resolveCredential(ref, sources);
    expect(found.ok).toBe(false);
    const message = found.ok ? '' : found.message;
    expect(message).toMatch(expected);
    expect(message).not.toContain('Canary');
  });

  test('nothing typed', async () => {
    const found = await resolveCredential({ kind: 'ask' }, { ...sources, ask: async () => '' });
    expect(found).toEqual({ ok: false, message: 'hub1: no secret was typed' });
  });
});

test.each<[CredentialRef, string]>([
  [{ kind: 'env', name: 'GOOD' }, 'Canary-pw'],
  [{ kind: 'plain', value: 'x' }, 'x'],
  [secretFile('lf', ' p w \n'), ' p w '],
  [secretFile('crlf', 'pw\r\n'), 'pw'],
  [secretFile('bare', 'pw', 0o400), 'pw'],
])('%j', async (ref, value) => {
  expect(await resolveCredential(ref, sources)).toEqual({ ok: true, value });
});

test('the terminal is asked with the router in the question', async () => {
  const asked: string[] = [];
  const ask = async (question: string) => {
    asked.push(question);
    return 'typed';
  };
  expect(await resolveCredential({ kind: 'ask' }, { ...sources, ask })).toEqual({ ok: true, value: 'typed' });
  expect(asked).toEqual(['Password for hub1: ']);
});

test('references', () => {
  expect(parseCredentialRef('env:A_1')).toEqual({ ok: true, ref: { kind: 'env', name: 'A_1' } });
  expect(parseCredentialRef('file:/a:b c')).toEqual({ ok: true, ref: { kind: 'file', path: '/a:b c' } });
  for (const bad of ['', 'env:', 'env:1A', 'file:', 'file: ', 'Canary', 'ask ']) {
    const found = parseCredentialRef(bad);
    expect(found.ok).toBe(false);
    expect(JSON.stringify(found)).not.toContain('Canary');
  }
  expect(parseCredentialRef('', true).ok).toBe(false);
  expect(parseCredentialRef('env:', true).ok).toBe(false);
});
