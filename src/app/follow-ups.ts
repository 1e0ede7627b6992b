import type { Recording } from '../evidence/recording.ts';
import type { ShowCommand } from '../evidence/show-command.ts';
import type { Playbook } from '../playbooks/playbook.ts';
import { VERDICT_ORDER } from '../report/report.ts';
import { assess } from './assess.ts';

/** What follow-ups may cost on one router. */
export const FOLLOW_UP_BUDGET = { rounds: 2, commandsPerRound: 6 } as const;

export interface FollowUp {
  readonly command: ShowCommand;
  readonly why: string;
}

/** The next commands whose answers would decide, worst tunnels first, each once, within the budget of one round. */
export function followUps(recording: Recording, playbooks: readonly Playbook[]): readonly FollowUp[] {
  const [result] = assess([recording], playbooks);
  const tried = new Set(recording.outputs.map((output) => output.command));
  const found = new Map<ShowCommand, FollowUp>();
  const worstFirst = [...(result?.tunnels ?? [])].sort(
    (a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict),
  );
  for (const { command, why } of [
    ...(result?.questions ?? []),
    ...worstFirst.flatMap((tunnel) => tunnel.questions),
  ]) {
    if (command !== null && !tried.has(command) && !found.has(command)) found.set(command, { command, why });
  }
  return [...found.values()].slice(0, FOLLOW_UP_BUDGET.commandsPerRound);
}
