import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the installed package (it holds playbooks/, mocks/scenarios/, inventory/), from source and from dist alike. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'playbooks', 'README.md'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the package is not complete: its playbooks folder was not found');
    folder = parent;
  }
  return folder;
}

/** Version of the package, as in its package.json. */
export function packageVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
