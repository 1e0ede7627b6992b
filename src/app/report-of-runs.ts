import { createHash } from 'node:crypto';
import type { Recording } from '../evidence/recording.ts';
import { writeRecording } from '../evidence/recording-files.ts';
import type { Declared } from '../fleet/expected-tunnels.ts';
import type { Playbook } from '../playbooks/playbook.ts';
import { buildReport, type RouterResult } from '../report/build-report.ts';
import type { Report } from '../report/report.ts';
import { assess } from './assess.ts';
import { packageVersion } from './package-root.ts';
import { notCollected, type RouterRun } from './router-run.ts';

/** The report of what was collected, routers that could not be asked included. Deterministic in its input. */
export function reportOfRuns(
  runs: readonly RouterRun[],
  playbooks: readonly Playbook[],
  declared: ReadonlyMap<string, Declared> = new Map(),
): Report {
  const recordings = runs.flatMap((run) => (run.kind === 'collected' ? [run.recording] : []));
  const assessed = assess(recordings, playbooks, declared);
  let next = 0;
  const results = runs.map((run): RouterResult => {
    if (run.kind === 'not-collected') return notCollected(run);
    const result = assessed[next];
    next += 1;
    if (result === undefined) throw new Error(`no result for ${run.recording.router}`);
    return result;
  });
  return buildReport(results, { tool: `tunneldoc ${packageVersion()}`, run: runId(recordings) });
}

/** The same recordings have the same id on any machine. */
function runId(recordings: readonly Recording[]): string {
  const hash = createHash('sha256');
  for (const recording of recordings) {
    hash.update(JSON.stringify([recording.router, writeRecording(recording)]));
  }
  return hash.digest('hex').slice(0, 16);
}
