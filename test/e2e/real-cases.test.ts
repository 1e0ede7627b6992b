import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { loadBuiltinPlaybooks } from '../../src/app/load-playbooks.ts';
import { packageRoot } from '../../src/app/package-root.ts';
import { readEvidence } from '../../src/app/read-evidence.ts';
import { reportOfRuns } from '../../src/app/report-of-runs.ts';
import type { Playbook } from '../../src/playbooks/playbook.ts';
import { renderJson } from '../../src/report/render-json.ts';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { renderText } from '../../src/report/render-text.ts';
import type { Report } from '../../src/report/report.ts';
import { reportOf } from '../support/report-schema.ts';

const CASES = join(packageRoot(), '..', 'shared', 'cases');
const there = existsSync(CASES);
const folders = there
  ? readdirSync(CASES, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
  : [];
const SCORES = join(packageRoot(), 'dist', 'real-cases.tsv');

/** Verdicts of the labels that are no fault; see VOCABULARY.md, class H. */
const NO_FAULT = /^(?:healthy|no-interesting-traffic|no-vpn-activity)/;

async function reportOfCase(name: string, playbooks: readonly Playbook[]): Promise<Report> {
  const evidence = await readEvidence(join(CASES, name), async () => '');
  if (!evidence.ok) throw new Error(evidence.message);
  const runs = evidence.recordings.map((recording) => ({ kind: 'collected' as const, recording }));
  return reportOfRuns(runs, playbooks);
}

/** Everything the report accuses somebody of, best first. */
function alarms(report: Report): string[] {
  const lists = [...report.tunnels.map((t) => t.causes), ...report.routers.map((r) => r.findings)];
  return lists.flatMap((list) => list.filter((cause) => cause.severity !== 'info').map((cause) => cause.id));
}

(there ? describe : describe.skip)('real cases (skipped where ../shared/cases is absent)', () => {
  let playbooks: readonly Playbook[];
  const scores: string[] = [];
  beforeAll(async () => {
    playbooks = await loadBuiltinPlaybooks();
  });
  // How well faults are told is measured, not demanded, here: one line a case, for whoever wants to read it.
  afterAll(() => {
    if (existsSync(join(packageRoot(), 'dist'))) writeFileSync(SCORES, scores.join(''));
  });

  test('there are cases', () => expect(folders.length).toBeGreaterThan(40));

  test.each(folders)('%s', async (name) => {
    const report = await reportOfCase(name, playbooks);
    expect(reportOf(renderJson(report))).toEqual(JSON.parse(renderJson(report)));
    expect(renderText(report, { width: 100, quiet: false })).not.toBe('');
    expect(renderMarkdown(report)).not.toBe('');
    const label = parse(readFileSync(join(CASES, name, 'label.yaml'), 'utf8')) as Record<string, unknown>;
    scores.push(score(name, label, report));
    if (!name.includes('healthy')) return;
    expect({ alarms: alarms(report), verdicts: report.tunnels.map((tunnel) => tunnel.verdict) }).toEqual({
      alarms: [],
      verdicts: expect.not.arrayContaining(['down']),
    });
  });
});

function score(name: string, label: Record<string, unknown>, report: Report): string {
  const accepted = [label['root_cause'], ...((label['also_acceptable'] as unknown[] | undefined) ?? [])].map(
    String,
  );
  const firsts = report.tunnels.map((tunnel) => tunnel.causes[0]?.id ?? tunnel.reason ?? tunnel.verdict);
  const all = [...firsts, ...report.routers.flatMap((router) => router.findings[0]?.id ?? [])];
  const isQuiet = accepted.some((id) => NO_FAULT.test(id)) && alarms(report).length === 0;
  const isRight = isQuiet || all.some((id) => accepted.includes(id));
  return `${name}\t${accepted[0]}\t${isRight ? 'right' : 'other'}\t${[...new Set(all)].join(' ')}\n`;
}
