import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { tunneldoc } from '../support/command-line.ts';

const RECORDING = join(import.meta.dirname, '..', '..', 'mocks', 'scenarios', 'psk-mismatch');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunneldoc-usage-'));
  writeFileSync(join(folder, 'json.yaml'), 'format: json\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a fault is the one JSON document of standard output, however JSON was asked for', () => {
  const absent = '/nonexistent/recording';
  for (const argv of [
    ['analyze', absent, '--format', 'json'],
    ['analyze', absent, '--format=json'],
    ['--format', 'json', 'analyze', absent],
    ['analyze', absent, '--format', 'text', '--format', 'json'],
    ['analyze', absent, '--config', 'json.yaml'],
    ['--quiet', 'parse', 'show version', absent],
    ['--log-level', 'info', 'parse', 'show version', '--nonesuch'],
    ['nonesuch', '--format', 'json'],
  ]) {
    test(argv.join(' '), async () => {
      const ran = await tunneldoc(argv.map((word) => (word === 'json.yaml' ? join(folder, word) : word)));
      expect(ran.code).toBe(2);
      expect(JSON.parse(ran.out)).toMatchObject({ format: 'tunneldoc.error/1' });
      expect(ran.err).toContain('tunneldoc: ');
    });
  }

  test('and where text was asked for, standard output stays empty', async () => {
    expect(await tunneldoc(['analyze', absent])).toMatchObject({ code: 2, out: '' });
  });
});

describe('--peer', () => {
  const peers = async (peer: string): Promise<unknown[]> => {
    const ran = await tunneldoc(['analyze', RECORDING, '--format', 'json', '--peer', peer]);
    return (JSON.parse(ran.out).tunnels as { peer: unknown }[]).map((tunnel) => tunnel.peer);
  };

  test('picks the tunnels of one address', async () => {
    expect(new Set(await peers('198.51.100.10'))).toEqual(new Set(['198.51.100.10']));
  });

  test('that is no address is a usage fault, not a tunnel that was not found', async () => {
    for (const peer of ['198.51.100', '198.51.100.10/32', 'branch10']) {
      const ran = await tunneldoc(['analyze', RECORDING, '--peer', peer]);
      expect(ran).toMatchObject({ code: 2, out: '' });
      expect(ran.err).toContain(`--peer: ${peer} is not an address`);
    }
  });
});
