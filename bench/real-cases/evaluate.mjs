/**
 * Where the diagnosis stands on labelled real cases: `node bench/real-cases/evaluate.mjs [folder of cases]` after `npm run build` (each case a folder with label.yaml).
 * Prints one line a case and a summary; graded as the cases' VOCABULARY.md says.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadBuiltinPlaybooks } from '../../dist/src/app/load-playbooks.js';
import { readEvidence } from '../../dist/src/app/read-evidence.js';
import { reportOfRuns } from '../../dist/src/app/report-of-runs.js';

const HEALTHY = /^(healthy|no-vpn-activity|no-interesting-traffic)/;
const folder = process.argv[2] ?? join('..', 'shared', 'cases');
const playbooks = await loadBuiltinPlaybooks();
const counts = {};

for (const name of readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort()) {
  const label = parse(readFileSync(join(folder, name, 'label.yaml'), 'utf8'));
  const evidence = await readEvidence(join(folder, name), async () => '');
  if (!evidence.ok) {
    count('no-evidence', name, label, evidence.message);
    continue;
  }
  const report = reportOfRuns(
    evidence.recordings.map((recording) => ({ kind: 'collected', recording })),
    playbooks,
  );
  count(grade(report, label), name, label, describe(report));
}
process.stdout.write(`${JSON.stringify(counts)}\n`);

function count(result, name, label, text) {
  counts[result] = (counts[result] ?? 0) + 1;
  process.stdout.write(
    `${result.padEnd(12)} ${name} [${label.root_cause}; ${label.confidence ?? ''}]\n             ${text}\n`,
  );
}

/** The first cause of the worst tunnel (or the first finding) against the label. */
function grade(report, label) {
  const findings = report.routers.flatMap((router) => router.findings);
  const accused = [...findings, ...report.tunnels.flatMap((tunnel) => tunnel.causes)].filter(
    (cause) => cause.severity !== 'info',
  );
  const wanted = [label.root_cause, ...(label.also_acceptable ?? [])];
  const firsts = [
    ...report.tunnels.map((tunnel) => tunnel.causes[0]?.id ?? tunnel.reason ?? ''),
    ...report.routers.flatMap((router) => router.findings.slice(0, 1).map((finding) => finding.id)),
  ];
  if (HEALTHY.test(label.root_cause)) {
    if (report.tunnels.some((tunnel) => tunnel.verdict === 'down')) return 'false-down';
    if (accused.length > 0 && !firsts.some((id) => wanted.includes(id))) return 'false-alarm';
    return accused.length > 0 ? 'accused' : 'correct';
  }
  if (firsts.some((id) => wanted.includes(id))) return 'correct';
  return accused.length > 0 ? 'other-cause' : 'missed';
}

function describe(report) {
  const findings = report.routers.flatMap((router) =>
    router.findings.map((finding) => `finding ${finding.id}(${finding.standing})`),
  );
  const tunnels = report.tunnels.map((tunnel) => {
    const [first] = tunnel.causes;
    return `${tunnel.router}→${tunnel.peer ?? '?'} ${tunnel.verdict} ${first === undefined ? (tunnel.reason ?? '-') : `${first.id}(${first.standing})`}`;
  });
  return [...findings, ...tunnels].join(' | ');
}
