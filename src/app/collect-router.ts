import type { Log } from '../core/log.ts';
import type { Collected } from '../evidence/collected.ts';
import type { Collector } from '../evidence/collector.ts';
import type { Recording } from '../evidence/recording.ts';
import { redactRecording } from '../evidence/redact.ts';
import type { ShowCommand } from '../evidence/show-command.ts';
import type { Playbook } from '../playbooks/playbook.ts';
import { FOLLOW_UP_BUDGET, followUps } from './follow-ups.ts';

export interface CollectPlan {
  readonly router: string;
  readonly address: string | null;
  readonly commands: readonly ShowCommand[];
  readonly playbooks: readonly Playbook[];
  /** Further samples of `show crypto ipsec sa`, `intervalMs` apart. */
  readonly samples: number;
  readonly intervalMs: number;
  /** The login's own secrets, to be taken out of what the router prints back. */
  readonly secrets: readonly string[];
  /** What the transport noticed, so far. */
  readonly remarks: () => readonly string[];
  readonly collectedAt: string;
  readonly onCommand: (command: string, done: number, total: number) => void;
  readonly wait: (ms: number) => Promise<void>;
  readonly log: Log;
}

/**
 * Asks one router: the first round, further samples, then at most two rounds of follow-ups that would tell hypotheses apart.
 * Returns a redacted recording whatever happened on the way: partial evidence stays.
 */
export async function collectRouter(collector: Collector, plan: CollectPlan): Promise<Recording> {
  const outputs: Collected[] = [];
  await collectAll(collector, plan.commands, outputs, plan);
  for (let sample = 2; sample <= plan.samples && isAlive(outputs); sample += 1) {
    await plan.wait(plan.intervalMs);
    await collectAll(
      collector,
      plan.commands.filter((command) => command === 'show crypto ipsec sa'),
      outputs,
      plan,
    );
  }
  for (let round = 1; round <= FOLLOW_UP_BUDGET.rounds && isAlive(outputs); round += 1) {
    const next = followUps(recordingOf(outputs, plan), plan.playbooks);
    if (next.length === 0) break;
    for (const question of next)
      plan.log.info('follow-up', { router: plan.router, command: question.command, why: question.why });
    await collectAll(
      collector,
      next.map((question) => question.command),
      outputs,
      plan,
    );
  }
  return recordingOf(outputs, plan);
}

async function collectAll(
  collector: Collector,
  commands: readonly ShowCommand[],
  outputs: Collected[],
  plan: CollectPlan,
): Promise<void> {
  // All at once: a collector that may type ahead must know what comes next. The answers still come in order.
  const answers = commands.map((command) => collector.collect(command));
  for (const answer of answers) answer.catch(() => {});
  for (const [index, command] of commands.entries()) {
    plan.onCommand(command, index, commands.length);
    const answer = await answers[index];
    if (answer !== undefined) outputs.push(answer);
  }
}

function isAlive(outputs: readonly Collected[]): boolean {
  return outputs.at(-1)?.kind !== 'cut-short';
}

/** Whoever reads an output should know that it came in pieces. */
function unaskedRemark(outputs: readonly Collected[]): readonly string[] {
  const lines = outputs.reduce((sum, output) => sum + (output.unasked?.length ?? 0), 0);
  if (lines === 0) return [];
  const what = lines === 1 ? '1 line' : `${lines} lines`;
  return [
    `the router wrote ${what} of its own (log messages, warnings, time stamps) into the session: taken out of the outputs and kept beside them`,
  ];
}

/** Redacted at once: nothing after this line ever holds a secret. */
function recordingOf(outputs: readonly Collected[], plan: CollectPlan): Recording {
  const { router, address, collectedAt } = plan;
  const noticed = outputs.flatMap((output) => output.noticed ?? []);
  const remarks = [...plan.remarks(), ...new Set(noticed), ...unaskedRemark(outputs)];
  const kept = outputs.map(({ noticed: _told, ...output }) => output);
  const recording = { router, address, collectedAt, outputs: kept, notUsed: [], remarks };
  return redactRecording(recording, plan.secrets).recording;
}
