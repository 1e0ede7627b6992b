import { join } from 'node:path';
import type { Recording } from '../evidence/recording.ts';
import { loadRecordings } from '../evidence/recording-folder.ts';
import { identifyCommand } from '../evidence/show-command.ts';
import type { Playbook, PlaybookTest } from '../playbooks/playbook.ts';
import type { RouterResult } from '../report/build-report.ts';
import { assess } from './assess.ts';
import { scenariosFolder } from './scenario.ts';

export interface PlaybookTestResult {
  readonly playbook: string;
  readonly test: PlaybookTest;
  /** What is not as the test says; empty when it passes. */
  readonly problems: readonly string[];
}

/** Runs the tests inside playbooks against the lab scenarios (as recordings, no SSH), with all playbooks in use. */
export async function testPlaybooks(
  playbooks: readonly Playbook[],
  folder: string = scenariosFolder(),
): Promise<readonly PlaybookTestResult[]> {
  const results: PlaybookTestResult[] = [];
  for (const playbook of playbooks) {
    for (const test of playbook.tests) {
      results.push({
        playbook: playbook.id,
        test,
        problems: await runTest(test, playbook, playbooks, folder),
      });
    }
  }
  return results;
}

async function runTest(
  test: PlaybookTest,
  playbook: Playbook,
  playbooks: readonly Playbook[],
  folder: string,
): Promise<readonly string[]> {
  let recordings: readonly Recording[] | null;
  try {
    recordings = await loadRecordings(join(folder, test.scenario));
  } catch {
    return [`there is no scenario ${test.scenario}`];
  }
  const kept = (recordings ?? []).map((recording) => without(recording, test.without));
  const results = assess(kept, playbooks).filter(
    (result) => test.router === null || result.router === test.router,
  );
  if (results.length === 0) return [`the scenario ${test.scenario} has no router ${test.router ?? ''}`];
  return check(test, playbook, results);
}

function check(test: PlaybookTest, playbook: Playbook, results: readonly RouterResult[]): readonly string[] {
  const own = new Set(playbook.hypotheses.map((hypothesis) => hypothesis.id));
  const lists = causeLists(test, results);
  const problems: string[] = [];
  if (lists.length === 0) problems.push(`no tunnel with peer ${test.peer ?? ''}`);
  for (const causes of lists) {
    const ids = causes.map((cause) => cause.weighed.hypothesis.id);
    const [first] = causes;
    if (test.leads !== null && ids[0] !== test.leads)
      problems.push(`${ids[0] ?? 'nothing'} leads instead of ${test.leads}`);
    if (test.standing !== null && first?.weighed.standing !== test.standing) {
      problems.push(`standing ${first?.weighed.standing ?? 'none'} instead of ${test.standing}`);
    }
    for (const id of test.lists) if (!ids.includes(id)) problems.push(`${id} is not among the causes`);
    const loud = ids.filter((id) => own.has(id));
    if (test.silent && loud.length > 0) problems.push(`not silent: ${loud.join(', ')}`);
  }
  return problems;
}

/** The cause lists a test speaks of: one tunnel's, the router's findings when a finding must lead, or all of them. */
function causeLists(test: PlaybookTest, results: readonly RouterResult[]) {
  const tunnels = results
    .flatMap((result) => result.tunnels)
    .filter((tunnel) => test.peer === null || tunnel.tunnel.peer === test.peer);
  const findings = results.map((result) => result.findings);
  if (test.peer !== null) return tunnels.map((tunnel) => tunnel.causes);
  if (test.leads !== null) {
    const leading = findings.filter((causes) => causes.length > 0);
    return leading.length > 0 ? leading : tunnels.map((tunnel) => tunnel.causes);
  }
  return [...findings, ...tunnels.map((tunnel) => tunnel.causes)];
}

function without(recording: Recording, commands: readonly string[]): Recording {
  if (commands.length === 0) return recording;
  const names = new Set(commands.map((command) => identifyCommand(command)?.name ?? command));
  return {
    ...recording,
    outputs: recording.outputs.filter((output) => !names.has(identifyCommand(output.command)?.name ?? '')),
  };
}
