import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from './check-layers.ts';
import { readProjectFile, root } from './project-files.ts';

/** Every TypeScript file of the product: src and the mock router. */
export function productTree(): Tree {
  const files = ['src', 'mocks/ios-router'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => `${folder}/${path}`),
  );
  return new Map(files.sort().map((file) => [file, readProjectFile(file)]));
}
