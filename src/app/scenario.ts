import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Report, ReportTunnel } from '../report/report.ts';
import { packageRoot } from './package-root.ts';

const texts = z.array(z.string());
const expectation = z.strictObject({
  router: z.string(),
  peer: z.string(),
  verdict: z.string(),
  reason: z.string().optional(),
  cause: z.string().nullable().optional(),
  standing: z.string().optional(),
  ask: z.union([z.string(), texts]).optional(),
  also_acceptable: texts.default([]),
  also_verdicts: texts.default([]),
  among_causes: texts.default([]),
  not_causes: texts.default([]),
  not_first: texts.default([]),
  needs_far_end: z.boolean().default(false),
  gap: z.string().optional(),
});
const scenarioSchema = z.strictObject({
  title: z.string(),
  about: z.string(),
  decidable: z.boolean(),
  debug: z.boolean(),
  demo: z.boolean(),
  expect: z.array(expectation).default([]),
  findings: z.array(z.strictObject({ router: z.string(), id: z.string() })).default([]),
  outcomes: z.array(z.strictObject({ router: z.string(), outcome: z.string() })).default([]),
});

/** One situation of the lab and what a diagnosis must say of it; the keys are described in mocks/scenarios/README.md. */
export type Scenario = z.infer<typeof scenarioSchema> & { readonly name: string };
export type ScenarioExpectation = z.infer<typeof expectation>;

export function scenariosFolder(): string {
  return join(packageRoot(), 'mocks', 'scenarios');
}

/** Every scenario of a folder by name. Throws with the file's name on a scenario.yaml that breaks the form. */
export async function loadScenarios(folder: string = scenariosFolder()): Promise<readonly Scenario[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(names.map((name) => loadScenario(folder, name)));
}

async function loadScenario(folder: string, name: string): Promise<Scenario> {
  const file = join(folder, name, 'scenario.yaml');
  const checked = scenarioSchema.safeParse(parse(await readFile(file, 'utf8')));
  if (!checked.success) throw new Error(`${file}: ${z.prettifyError(checked.error)}`);
  return { name, ...checked.data };
}

/** What a report says otherwise than the scenario expects, one sentence each; empty when it is as expected. */
export function deviations(report: Report, scenario: Scenario, farEndsSeen: boolean): readonly string[] {
  return [
    ...scenario.expect.flatMap((expected) => tunnelDeviations(report, expected, farEndsSeen)),
    ...scenario.findings.flatMap(({ router, id }) =>
      report.routers.some((r) => r.router === router && r.findings.some((finding) => finding.id === id))
        ? []
        : [`${router}: the finding ${id} is missing`],
    ),
    ...scenario.outcomes.flatMap(({ router, outcome }) => {
      const seen = report.routers.find((r) => r.router === router)?.outcome;
      return seen === outcome ? [] : [`${router}: outcome ${seen ?? 'absent'} instead of ${outcome}`];
    }),
  ];
}

function tunnelDeviations(
  report: Report,
  expected: ScenarioExpectation,
  farEndsSeen: boolean,
): readonly string[] {
  const where = `${expected.router} → ${expected.peer}`;
  const tunnel = report.tunnels.find((t) => t.router === expected.router && t.peer === expected.peer);
  if (tunnel === undefined) return [`${where}: not in the report`];
  const verdicts = [expected.verdict, ...expected.also_verdicts];
  const found: string[] = [];
  if (!verdicts.includes(tunnel.verdict))
    found.push(`verdict ${tunnel.verdict} instead of ${expected.verdict}`);
  if (expected.reason !== undefined && tunnel.reason !== expected.reason)
    found.push(`reason ${tunnel.reason ?? 'none'} instead of ${expected.reason}`);
  found.push(...causeDeviations(tunnel, expected, farEndsSeen));
  const asked = expected.ask === undefined ? [] : [expected.ask].flat();
  if (asked.length > 0 && !asked.some((ask) => tunnel.ask.some((text) => text.endsWith(ask)))) {
    found.push(`asks ${tunnel.ask.join(', ') || 'nothing'} instead of ${asked.join(' or ')}`);
  }
  return found.map((text) => `${where}: ${text}`);
}

function causeDeviations(
  tunnel: ReportTunnel,
  expected: ScenarioExpectation,
  farEndsSeen: boolean,
): readonly string[] {
  const ids = tunnel.causes.map((cause) => cause.id);
  const found: string[] = [];
  if (expected.cause === null && ids.length > 0) found.push(`accused of ${ids.join(', ')}`);
  if (typeof expected.cause === 'string') {
    const alone = expected.needs_far_end && !farEndsSeen;
    const accepted = [expected.cause, ...expected.also_acceptable];
    if (!accepted.includes(ids[0] ?? ''))
      found.push(`first cause ${ids[0] ?? 'none'} instead of ${expected.cause}`);
    if (!alone && expected.standing !== undefined && tunnel.causes[0]?.standing !== expected.standing) {
      found.push(`standing ${tunnel.causes[0]?.standing ?? 'none'} instead of ${expected.standing}`);
    }
    if (expected.needs_far_end && farEndsSeen && ids[0] !== expected.cause)
      found.push(`both ends are there, yet ${ids[0] ?? 'nothing'} is first instead of ${expected.cause}`);
  }
  for (const id of expected.among_causes) if (!ids.includes(id)) found.push(`${id} is not among the causes`);
  for (const id of expected.not_causes)
    if (ids.includes(id)) found.push(`${id} must not be among the causes`);
  if (ids[0] !== undefined && expected.not_first.includes(ids[0])) found.push(`${ids[0]} must not be first`);
  return found;
}
