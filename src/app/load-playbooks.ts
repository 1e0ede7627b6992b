import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { CATALOGUE } from '../parsers/show-logging/catalogue.generated.ts';
import { parsePlaybook } from '../playbooks/parse-playbook.ts';
import type { Playbook } from '../playbooks/playbook.ts';
import { packageRoot } from './package-root.ts';

/** One problem in a file a person wrote. */
export interface FileProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type LoadedPlaybooks =
  | { readonly ok: true; readonly playbooks: readonly Playbook[] }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Made by the build from the YAML files, which cost hundreds of milliseconds to read at every start. */
export const COMPILED_PLAYBOOKS = join('dist', 'playbooks.json');

/** The playbooks that come with the package: compiled ones when this runs from the build, the YAML files otherwise. */
export async function loadBuiltinPlaybooks(): Promise<readonly Playbook[]> {
  const root = packageRoot();
  const compiled = join(root, COMPILED_PLAYBOOKS);
  if (import.meta.url.includes('/dist/') && existsSync(compiled)) {
    return JSON.parse(await readFile(compiled, 'utf8')) as readonly Playbook[];
  }
  const loaded = await loadPlaybookFolder(join(root, 'playbooks'));
  if (loaded.ok) return loaded.playbooks;
  throw new Error(
    `the built-in playbooks are broken: ${loaded.problems.map((p) => `${p.file}:${p.line}:${p.column}: ${p.message}`).join('; ')}`,
  );
}

/** Every playbook file below a folder, or all problems of all files. */
export async function loadPlaybookFolder(folder: string): Promise<LoadedPlaybooks> {
  const ids = new Set(CATALOGUE.map((entry) => entry.id));
  const playbooks: Playbook[] = [];
  const problems: FileProblem[] = [];
  for (const file of await playbookFiles(folder)) {
    const parsed = parsePlaybook(await readFile(file, 'utf8'), relative(folder, file), ids);
    if (parsed.ok) playbooks.push(parsed.playbook);
    else problems.push(...parsed.problems);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, playbooks };
}

/** Every YAML file of a folder, at any depth, but the catalogue of messages and states that stands beside the built-in playbooks. */
async function playbookFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const inside = relative(folder, path);
      return inside !== 'states.yaml' && !inside.startsWith('messages/');
    })
    .sort();
}
