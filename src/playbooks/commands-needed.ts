import { mustShowCommand, type ShowCommand } from '../evidence/show-command.ts';
import type { Playbook } from './playbook.ts';

/** What the playbooks in use want asked beyond the first round, each command once. Retired ones ask nothing. */
export function commandsNeeded(playbooks: readonly Playbook[]): readonly ShowCommand[] {
  const inUse = playbooks.filter((playbook) => playbook.status !== 'retired');
  return [...new Set(inUse.flatMap((playbook) => playbook.needs))].map(mustShowCommand);
}
