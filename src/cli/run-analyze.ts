import { loadBuiltinPlaybooks } from '../app/load-playbooks.ts';
import { readEvidence } from '../app/read-evidence.ts';
import { reportOfRuns } from '../app/report-of-runs.ts';
import type { ExitCode } from './exit-code.ts';
import { Fault } from './fault.ts';
import type { Terminal } from './terminal.ts';
import { type ReportArguments, writeReport } from './write-report.ts';

export async function runAnalyze(
  args: ReportArguments & { readonly path: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const evidence = await readEvidence(args.path, terminal.readStdin);
  if (!evidence.ok) throw new Fault(evidence.message);
  const playbooks = await loadBuiltinPlaybooks();
  const report = reportOfRuns(
    evidence.recordings.map((recording) => ({ kind: 'collected', recording })),
    playbooks,
  );
  return writeReport(report, args, terminal);
}
