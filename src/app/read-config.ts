import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Option values by name, as on the command line without the dashes. Throws an Error with the file's name when they cannot be read. */
export function readConfig(file: string): Record<string, unknown> {
  let values: unknown;
  try {
    values = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`--config ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new Error(`--config ${file}: a mapping of option names and values is expected`);
  }
  return values as Record<string, unknown>;
}
