import type { AllowedCommand, ShowCommand } from '../evidence/show-command.ts';
import { mustShowCommand } from '../evidence/show-command.ts';
import type { Playbook } from '../playbooks/playbook.ts';
import { SESSION_KEYS, SESSION_LINES } from '../transport/session-commands.ts';
import { MAIN_COMMANDS, wantedCommands } from './assess.ts';
import { FOLLOW_UP_BUDGET, possibleFollowUps } from './follow-ups.ts';

/** What a run asks of every router: the first round, and the playbooks whose questions may follow. */
export interface WhatToAsk {
  readonly commands: readonly ShowCommand[];
  readonly playbooks: readonly Playbook[];
}

/** With `minimal` the three main commands and no follow-ups; else what the playbooks read. */
export function whatToAsk(playbooks: readonly Playbook[], minimal: boolean): WhatToAsk {
  return minimal
    ? { commands: MAIN_COMMANDS, playbooks: [] }
    : { commands: wantedCommands(playbooks), playbooks };
}

/** When in a session a line is sent. */
export type Stage = 'start' | 'first-round' | 'further-samples' | 'follow-ups' | 'after-a-loss' | 'end';

export interface PlannedLine {
  readonly stage: Stage;
  /** As it is sent, one CR behind it; `<address>`, `<interface>` and `<name>` stand for words of the router's own outputs. */
  readonly line: string;
  /** How often, where it is sent at all. */
  readonly times: number;
  /** What must be so for it to be sent; null: sent in every session. */
  readonly only: string | null;
}

/** Everything that may go over the wire in one session, in order. */
export interface SessionPlan {
  readonly lines: readonly PlannedLine[];
  readonly keys: readonly { readonly key: string; readonly only: string }[];
  readonly followUps: { readonly rounds: number; readonly commandsPerRound: number };
}

export interface PlanSettings {
  readonly minimal: boolean;
  /** As `--samples`: all samples of the SA counters, the one of the first round included. */
  readonly samples: number;
  /** True when the routers have an enable secret: only then can `enable` be sent. */
  readonly hasEnableSecret: boolean;
}

const SAMPLED: AllowedCommand = 'show crypto ipsec sa';
/** Asked once more after a lost connection, to see whether the router has restarted. */
const AFTER_A_LOSS = mustShowCommand('show version');
const LOSS =
  'when the connection was lost: once in a run it is opened again, its own lines go out again, and the cut command is asked once more';

/** The plan of one session, made from the same tables as the session itself. */
export function sessionPlan(playbooks: readonly Playbook[], settings: PlanSettings): SessionPlan {
  const asked = whatToAsk(playbooks, settings.minimal);
  const own = SESSION_LINES.filter(({ line }) => line !== 'enable' || settings.hasEnableSecret);
  const line = (stage: Stage, text: string, only: string | null, times = 1): PlannedLine => ({
    stage,
    line: text,
    times,
    only,
  });
  return {
    lines: [
      ...own.filter(({ line: text }) => text !== 'exit').map((l) => line('start', l.line, l.only)),
      ...asked.commands.map((command) => line('first-round', command, null)),
      ...(settings.samples > 1 ? [line('further-samples', SAMPLED, null, settings.samples - 1)] : []),
      ...possibleFollowUps(asked.playbooks).map((entry) => line('follow-ups', entry, FOLLOW_UP)),
      line('after-a-loss', AFTER_A_LOSS, LOSS),
      ...own.filter(({ line: text }) => text === 'exit').map((l) => line('end', l.line, l.only)),
    ],
    keys: SESSION_KEYS.map(({ key, only }) => ({ key, only })),
    followUps: FOLLOW_UP_BUDGET,
  };
}

const FOLLOW_UP = 'when its answer would tell the causes of a tunnel apart that are still open';

/** The lines that a router gets for certain that is at `#`, answers everything and leaves nothing open; in order. */
export function certainLines(plan: SessionPlan): readonly string[] {
  return plan.lines
    .filter(({ only }) => only === null)
    .flatMap(({ line, times }) => Array.from({ length: times }, () => line));
}

/** Every line that may be sent, once each: what AAA must permit. */
export function possibleLines(plan: SessionPlan): readonly string[] {
  return [...new Set(plan.lines.map(({ line }) => line))];
}
