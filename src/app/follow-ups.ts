import type { Recording } from '../evidence/recording.ts';
import { type AllowedCommand, allowedAs, type ShowCommand } from '../evidence/show-command.ts';
import { commandsAsked } from '../playbooks/commands-needed.ts';
import type { Playbook } from '../playbooks/playbook.ts';
import { VERDICT_ORDER } from '../report/report.ts';
import { assess, wantedCommands } from './assess.ts';

/** What follow-ups may cost on one router. */
export const FOLLOW_UP_BUDGET = { rounds: 2, commandsPerRound: 6 } as const;

export interface FollowUp {
  readonly command: ShowCommand;
  readonly why: string;
}

/** What facts and conditions name when something is missing, beside the questions of the playbooks. */
export const GAP_COMMANDS: readonly AllowedCommand[] = [
  'show version',
  'show logging',
  'show crypto isakmp sa',
  'show crypto isakmp policy',
  'show crypto ikev2 sa detailed',
  'show crypto ipsec sa',
  'show crypto ipsec sa detail',
  'show crypto session detail',
  'show crypto map',
  'show dmvpn',
  'show ip access-lists',
  'show ip access-lists <name>',
  'show ip cef <address>',
  'show ip route <address>',
];

/** Every command that may be a follow-up: what `tunneldoc plan` prints; nothing else is asked. None without playbooks. */
export function possibleFollowUps(playbooks: readonly Playbook[]): readonly AllowedCommand[] {
  if (playbooks.length === 0) return [];
  const first = new Set<string>(wantedCommands(playbooks));
  const asked = new Set([...commandsAsked(playbooks), ...GAP_COMMANDS]);
  return [...asked].filter((entry) => !first.has(entry)).sort();
}

/** The next commands whose answers would decide, worst tunnels first, each once, within the budget of one round. */
export function followUps(recording: Recording, playbooks: readonly Playbook[]): readonly FollowUp[] {
  const [result] = assess([recording], playbooks);
  const tried = new Set(recording.outputs.map((output) => output.command));
  const possible = new Set(possibleFollowUps(playbooks));
  const isPossible = (command: ShowCommand): boolean => {
    const entry = allowedAs(command);
    return entry !== null && possible.has(entry) && !tried.has(command);
  };
  const found = new Map<ShowCommand, FollowUp>();
  const worstFirst = [...(result?.tunnels ?? [])].sort(
    (a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict),
  );
  for (const { command, why } of [
    ...(result?.questions ?? []),
    ...worstFirst.flatMap((tunnel) => tunnel.questions),
  ]) {
    if (command !== null && isPossible(command) && !found.has(command)) found.set(command, { command, why });
  }
  return [...found.values()].slice(0, FOLLOW_UP_BUDGET.commandsPerRound);
}
