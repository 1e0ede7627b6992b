import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';

/**
 * Compares `actual` with the committed file; with UPDATE_GOLDEN=1 it writes the file instead.
 * `path` is relative to the project's root.
 */
export function expectGolden(path: string, actual: string): void {
  const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
  }
  expect({ path, exists: existsSync(file) }).toEqual({ path, exists: true });
  expect(actual).toBe(readFileSync(file, 'utf8'));
}
