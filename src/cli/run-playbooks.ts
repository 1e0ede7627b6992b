import { loadBuiltinPlaybooks, loadPlaybookFolder } from '../app/load-playbooks.ts';
import { testPlaybooks } from '../app/test-playbooks.ts';
import type { Playbook } from '../playbooks/playbook.ts';
import type { ExitCode } from './exit-code.ts';
import { Fault } from './fault.ts';
import type { Terminal } from './terminal.ts';

interface PlaybooksArguments {
  readonly action: 'list' | 'check' | 'test';
  readonly folder?: string | undefined;
  readonly format: 'text' | 'json';
}

export async function runPlaybooks(args: PlaybooksArguments, terminal: Terminal): Promise<ExitCode> {
  const playbooks = await load(args.folder);
  switch (args.action) {
    case 'list':
      list(playbooks, args.format, terminal);
      return 0;
    case 'check':
      terminal.out(
        args.format === 'json'
          ? `${JSON.stringify({ playbooks: playbooks.length, problems: [] })}\n`
          : `${playbooks.length} playbooks, no problem found\n`,
      );
      return 0;
    case 'test':
      return runTests(playbooks, args.format, terminal);
  }
}

async function load(folder: string | undefined): Promise<readonly Playbook[]> {
  if (folder === undefined) return loadBuiltinPlaybooks();
  const loaded = await loadPlaybookFolder(folder);
  if (loaded.ok && loaded.playbooks.length === 0) throw new Fault(`${folder} holds no playbook (*.yaml)`);
  if (loaded.ok) return loaded.playbooks;
  throw new Fault(
    `${folder} has ${loaded.problems.length} problem(s)`,
    loaded.problems.map((problem) => `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`),
  );
}

function list(playbooks: readonly Playbook[], format: 'text' | 'json', terminal: Terminal): void {
  if (format === 'json') {
    const rows = playbooks.flatMap((playbook) =>
      playbook.hypotheses.map(({ id, title, class: kind, layer, severity }) => ({
        playbook: playbook.id,
        id,
        title,
        class: kind,
        layer,
        severity,
      })),
    );
    terminal.out(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  for (const playbook of playbooks) {
    terminal.out(`${playbook.file} (${playbook.status}): ${playbook.title}\n`);
    for (const hypothesis of playbook.hypotheses) {
      terminal.out(
        `  ${hypothesis.id.padEnd(34)} ${hypothesis.class.padEnd(8)} ${hypothesis.severity.padEnd(9)} ${hypothesis.title}\n`,
      );
    }
  }
}

async function runTests(
  playbooks: readonly Playbook[],
  format: 'text' | 'json',
  terminal: Terminal,
): Promise<ExitCode> {
  const results = await testPlaybooks(playbooks);
  const failed = results.filter((result) => result.problems.length > 0);
  if (format === 'json') {
    const rows = results.map(({ playbook, test, problems }) => ({
      playbook,
      at: test.position,
      scenario: test.scenario,
      problems,
    }));
    terminal.out(`${JSON.stringify(rows, null, 2)}\n`);
  } else {
    for (const { test, problems } of failed) {
      const { file, line, column } = test.position;
      terminal.out(
        `${file}:${line}:${column}: ${test.scenario} ${test.router ?? ''} ${test.peer ?? ''}: ${problems.join('; ')}\n`,
      );
    }
    terminal.out(`${results.length - failed.length} of ${results.length} playbook tests passed\n`);
  }
  return failed.length > 0 ? 1 : 0;
}
