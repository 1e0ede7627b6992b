import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COMPILED_PLAYBOOKS, loadPlaybookFolder } from './load-playbooks.ts';

export interface CompiledPlaybooks {
  /** How many playbooks were written; 0 when there are problems. */
  readonly count: number;
  /** `file:line:column: message`, one for each problem of every file; nothing is written while there is one. */
  readonly problems: readonly string[];
}

/**
 * Reads every playbook below `<root>/playbooks` strictly and writes them as one JSON file to `<root>/dist`, which must exist.
 * The positions stay in it, so that a reason can still name the line of the YAML it comes from.
 */
export async function compilePlaybooks(root: string): Promise<CompiledPlaybooks> {
  const loaded = await loadPlaybookFolder(join(root, 'playbooks'));
  if (!loaded.ok) return { count: 0, problems: loaded.problems.map(lineOf) };
  await writeFile(join(root, COMPILED_PLAYBOOKS), JSON.stringify(loaded.playbooks));
  return { count: loaded.playbooks.length, problems: [] };
}

function lineOf(problem: { file: string; line: number; column: number; message: string }): string {
  return `playbooks/${problem.file}:${problem.line}:${problem.column}: ${problem.message}`;
}
