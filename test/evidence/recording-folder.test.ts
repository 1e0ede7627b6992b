import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Recording } from '../../src/evidence/recording.ts';
import { fileSafeName, loadRecordings, saveRecording } from '../../src/evidence/recording-folder.ts';
import { YamlFault } from '../../src/evidence/yaml-fields.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'recording-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

const recordingOf = (router: string, text = 'Cisco\n'): Recording => ({
  router,
  address: null,
  collectedAt: null,
  outputs: [
    { kind: 'answered', command: 'show version', sample: 1, filtered: false, text, at: null, tookMs: null },
  ],
  notUsed: [],
  remarks: [],
});

describe('loadRecordings', () => {
  test('a folder with outputs is one recording named after it', async () => {
    await mkdir(join(dir, 'hub1'));
    await writeFile(join(dir, 'hub1', 'show-version.txt'), 'Cisco\r\n');
    await writeFile(join(dir, 'hub1', 'label.yaml'), 'x: 1');
    const [recording, ...others] = (await loadRecordings(join(dir, 'hub1'))) ?? [];
    expect(others).toEqual([]);
    expect(recording).toMatchObject({
      router: 'hub1',
      notUsed: ['label.yaml'],
      outputs: [{ text: 'Cisco\n' }],
    });
  });

  test('a folder of router folders gives several; what is beside them is listed as not used', async () => {
    for (const name of ['RT02', 'RT01']) {
      await mkdir(join(dir, name));
      await writeFile(join(dir, name, 'show-version.txt'), name);
    }
    await mkdir(join(dir, '.git'));
    await writeFile(join(dir, '.git', 'show-version.txt'), 'hidden');
    await writeFile(join(dir, 'label.yaml'), '');
    const recordings = (await loadRecordings(dir)) ?? [];
    expect(recordings.map((r) => r.router)).toEqual(['RT01', 'RT02']);
    expect(recordings[0]?.notUsed).toEqual(['label.yaml']);
  });

  test('a single file is null, an empty folder is no recording, a missing path throws', async () => {
    const file = join(dir, 'paste.log');
    await writeFile(file, 'R1#show version');
    expect(await loadRecordings(file)).toBeNull();
    await rm(file);
    expect(await loadRecordings(dir)).toEqual([]);
    await expect(loadRecordings(join(dir, 'nowhere'))).rejects.toThrow('ENOENT');
  });

  test('links are not followed', async () => {
    await symlink('/etc/hostname', join(dir, 'show-version.txt'));
    expect(await loadRecordings(dir)).toEqual([]);
  });

  test('a bad recording.yaml names its path', async () => {
    await writeFile(join(dir, 'recording.yaml'), 'collected: soon\n');
    await expect(loadRecordings(dir)).rejects.toThrow(`${dir}/recording.yaml:1:12: `);
    await expect(loadRecordings(dir)).rejects.toBeInstanceOf(YamlFault);
  });
});

describe('saveRecording', () => {
  test('files are for their owner only and read back equal', async () => {
    const folder = await saveRecording(join(dir, 'new', 'place'), recordingOf('hub1'));
    expect(folder).toBe(join(dir, 'new', 'place', 'hub1'));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'show-version.txt'))).mode & 0o777).toBe(0o600);
    expect(await loadRecordings(folder)).toEqual([recordingOf('hub1')]);
  });

  test('a second recording replaces the first, stale outputs go, notes stay', async () => {
    const folder = await saveRecording(dir, recordingOf('hub1'));
    await writeFile(join(folder, 'notes.md'), 'mine');
    await writeFile(join(folder, 'show-logging.txt'), 'stale');
    await saveRecording(dir, recordingOf('hub1', 'newer\n'));
    expect((await readdir(folder)).sort()).toEqual(['notes.md', 'recording.yaml', 'show-version.txt']);
    expect(await readdir(dir)).toEqual(['hub1']);
    expect((await loadRecordings(folder))?.[0]?.outputs[0]?.text).toBe('newer\n');
  });

  test.each([
    '../../evil',
    '..',
    '.',
    '',
    '/etc/passwd',
    'a\0b',
    'hub1:22',
    'x'.repeat(500),
    'CON',
    '-rf',
    '.hidden',
    'ü\n',
  ])('hostile name %j stays inside the folder and keeps its name', async (name) => {
    const inside = join(dir, 'inside');
    const folder = await saveRecording(inside, recordingOf(name));
    expect(await readdir(dir)).toEqual(['inside']);
    expect(await readdir(inside)).toHaveLength(1);
    expect(folder.startsWith(`${inside}/`)).toBe(true);
    expect(await loadRecordings(folder)).toHaveLength(1);
  });

  test('different names never share a folder', () => {
    expect(new Set(['a/b', 'a_b', 'a:b', 'a b'].map(fileSafeName)).size).toBe(4);
    expect(fileSafeName('192.0.2.1')).toBe('192.0.2.1');
    expect(fileSafeName('hub1.example')).toBe('hub1.example');
  });
});

const cases = join(import.meta.dirname, '..', '..', '..', 'shared', 'cases');
(existsSync(cases) ? test : test.skip)(
  'every folder of the shared cases loads; only known names are used',
  async () => {
    const recordings = (await loadRecordings(cases)) ?? [];
    expect(recordings.length).toBeGreaterThan(55);
    expect(recordings.every((r) => r.outputs.length > 0)).toBe(true);
    const notUsed = new Set(recordings.flatMap((r) => r.notUsed.map((n) => n.split('/').at(-1))));
    expect([...notUsed].filter((n) => n?.startsWith('show-crypto') || n?.startsWith('show-logging'))).toEqual(
      [],
    );
  },
);
