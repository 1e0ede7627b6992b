import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadPlaybookFolder } from '../../src/app/load-playbooks.ts';
import { readProjectFile, root } from './project-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'tunneldoc-package-'));
const installed = join(folder, 'node_modules', 'tunneldoc');
const bin = join(folder, 'bin', 'tunneldoc');
const manifest = JSON.parse(readProjectFile('package.json')) as {
  version: string;
  bin: Record<string, string>;
  dependencies: Record<string, string>;
};
let packed: readonly string[] = [];

/** Runs a program without the user's home, settings and terminal. */
function run(
  command: string,
  args: readonly string[],
  cwd: string,
): { out: string; err: string; code: number | null } {
  const env = { PATH: process.env['PATH'] ?? '', HOME: join(folder, 'home') };
  const ended = spawnSync(command, args, { cwd, env, encoding: 'utf8', input: '', timeout: 120_000 });
  if (ended.error !== undefined) throw ended.error;
  return { out: ended.stdout, err: ended.stderr, code: ended.status };
}

/** What `npm install` would do with the packed file, without a network: unpack, make the bin executable, put the dependencies beside. */
function install(tarball: string): void {
  mkdirSync(installed, { recursive: true });
  expect(run('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed], folder).code).toBe(0);
  for (const name of Object.keys(manifest.dependencies)) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
  mkdirSync(dirname(bin), { recursive: true });
  symlinkSync(join(installed, manifest.bin['tunneldoc'] ?? ''), bin);
}

beforeAll(() => {
  if (!existsSync(join(root, 'dist/playbooks.json'))) throw new Error('there is no build: npm run build');
  mkdirSync(join(folder, 'home'), { recursive: true });
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { out, err, code } = run('npm', args, root);
  if (code !== 0) throw new Error(`npm pack: ${err}`);
  const [pack] = Object.values(
    JSON.parse(out) as Record<string, { filename: string; files: { path: string }[] }>,
  );
  packed = pack?.files.map((file) => file.path) ?? [];
  install(join(folder, pack?.filename ?? ''));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed package', () => {
  test.each([
    'package.json',
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
    'dist/src/main.js',
    'dist/src/cli/run-demo.js',
    'dist/mocks/ios-router/lab.js',
    'dist/playbooks.json',
    'playbooks/README.md',
    'playbooks/states.yaml',
    'inventory/README.md',
    'docs/schema/tunneldoc.report-1.schema.json',
    'mocks/scenarios/healthy-hub-and-spokes/scenario.yaml',
  ])('holds %s', (path) => {
    expect(packed).toContain(path);
  });

  test('holds nothing that only the project needs', () => {
    const PRODUCT =
      /^(?:dist\/(?:src|mocks\/ios-router)\/.*\.js|dist\/playbooks\.json|playbooks\/.*\.(?:yaml|md)|mocks\/scenarios\/.*|inventory\/.*|docs\/(?:schema\/.*\.json|errors\/.*\.md)|[A-Z]+(?:\.md)?|package\.json)$/;
    expect(packed.filter((path) => !PRODUCT.test(path))).toEqual([]);
    expect(packed).not.toContain('dist/src/finish-build.js');
  });

  test('is small enough to fetch without thinking', () => {
    expect(packed.length).toBeGreaterThan(300);
    expect(statSync(join(folder, `tunneldoc-${manifest.version}.tgz`)).size).toBeLessThan(2_000_000);
  });

  test('the bin starts with a shebang and is executable', () => {
    const main = join(installed, 'dist/src/main.js');
    expect(readFileSync(main, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
    expect(statSync(main).mode & 0o111).toBe(0o111);
  });

  test('the compiled playbooks are those of the YAML files', async () => {
    const loaded = await loadPlaybookFolder(join(installed, 'playbooks'));
    const compiled: unknown = JSON.parse(readFileSync(join(installed, 'dist/playbooks.json'), 'utf8'));
    expect(loaded.ok && loaded.playbooks.length).toBeGreaterThan(3);
    expect(loaded.ok && loaded.playbooks).toEqual(compiled);
  });
});

describe('installed elsewhere', () => {
  test('it tells its version', () => {
    expect(run(bin, ['--version'], folder)).toEqual({ out: `${manifest.version}\n`, err: '', code: 0 });
  });

  test('it knows the messages', () => {
    const { out, code } = run(bin, ['explain', 'IKMP_MODE_FAILURE'], folder);
    expect(code).toBe(0);
    expect(out).toContain('CRYPTO-6-IKMP_MODE_FAILURE');
  });

  test('it diagnoses a recording with its own playbooks', () => {
    const recording = join(installed, 'mocks/scenarios/psk-mismatch');
    const { out, code } = run(bin, ['analyze', recording, '--format', 'json'], folder);
    const report = JSON.parse(out) as { format: string; tunnels: { causes: { id: string }[] }[] };
    expect(code).toBe(1);
    expect(report.format).toBe('tunneldoc.report/1');
    expect(report.tunnels[0]?.causes[0]?.id).toBe('psk-mismatch');
  });

  test('it runs its lab over SSH', () => {
    const { err, code } = run(bin, ['demo', 'healthy-hub-and-spokes'], folder);
    expect({ err, code }).toEqual({ err: expect.stringContaining('as expected'), code: 0 });
  });
});
