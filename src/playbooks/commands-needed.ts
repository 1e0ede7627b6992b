import { type AllowedCommand, mustShowCommand, type ShowCommand } from '../evidence/show-command.ts';
import { entryOf } from './placeholders.ts';
import type { Playbook } from './playbook.ts';

/** What the playbooks in use want asked beyond the first round, each command once. Retired ones ask nothing. */
export function commandsNeeded(playbooks: readonly Playbook[]): readonly ShowCommand[] {
  const inUse = playbooks.filter((playbook) => playbook.status !== 'retired');
  return [...new Set(inUse.flatMap((playbook) => playbook.needs))].map(mustShowCommand);
}

/** What the playbooks in use may ask further on the router itself, as entries of the allow-list, each once. */
export function commandsAsked(playbooks: readonly Playbook[]): readonly AllowedCommand[] {
  const questions = playbooks
    .filter((playbook) => playbook.status !== 'retired')
    .flatMap((playbook) => playbook.hypotheses.flatMap((hypothesis) => hypothesis.ask))
    .filter((question) => question.at === 'here');
  return [...new Set(questions.map((question) => mustEntry(question.run)))];
}

/** @throws (our bug) on a question that the reader of playbooks should have refused */
function mustEntry(run: string): AllowedCommand {
  const entry = entryOf(run);
  if (entry === null) throw new Error(`a question that is not in the list of allowed commands: ${run}`);
  return entry;
}
