import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';

/** A folder for one test file, gone when its tests have ended. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tunneldoc-e2e-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files by path below a folder and returns the folder. */
export function writeTree(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  mode = 0o644,
): string {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode });
  }
  return folder;
}
