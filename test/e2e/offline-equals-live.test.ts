import { cpSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { startLab } from '../../mocks/ios-router/lab.ts';
import { deviations, loadScenarios, scenariosFolder } from '../../src/app/scenario.ts';
import type { Report } from '../../src/report/report.ts';
import { tunneldoc } from '../support/command-line.ts';
import { labPlan } from '../support/lab-inventory.ts';
import { reportOf } from '../support/report-schema.ts';
import { scratchFolder } from '../support/scratch.ts';

const scratch = scratchFolder();

/** Everything a person acts on, by router and tunnel; lines and stamps are left out, they differ between a lab and its folder. */
function judgement(report: Report) {
  const causes = (list: Report['tunnels'][number]['causes']) =>
    list.map(({ id, standing, rank, severity }) => ({ id, standing, rank, severity }));
  return {
    routers: report.routers
      .map(({ router, outcome, findings }) => ({ router, outcome, findings: causes(findings) }))
      .sort((a, b) => (a.router < b.router ? -1 : 1)),
    tunnels: report.tunnels
      .map((tunnel) => ({
        id: tunnel.id,
        verdict: tunnel.verdict,
        reason: tunnel.reason,
        causes: causes(tunnel.causes),
        ask: tunnel.ask,
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

function firsts(report: Report): Record<string, string> {
  return Object.fromEntries(
    report.tunnels
      .map((t) => [`${t.router} ${t.peer}`, `${t.verdict} ${t.causes[0]?.id ?? t.reason}`] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Sweeps the lab, records, and analyses the recording. */
async function sweepAndAnalyze(name: string, flags: readonly string[]) {
  const lab = await startLab(scenariosFolder());
  const kept = join(scratch, name, 'kept');
  try {
    const plan = labPlan(join(scratch, name), lab);
    const sweep = ['sweep', ...plan.argv, '--record', kept, '--format', 'json'];
    const quick = ['--timeout-command', '2', '--retry-after', '0'];
    const ran = await tunneldoc([...sweep, ...quick, ...flags], { env: plan.env });
    expect(ran.code).toBe(1);
    const recorded = await tunneldoc(['analyze', kept, '--format', 'json']);
    expect(recorded.code).toBe(1);
    return { kept, live: reportOf(ran.out), recordedJson: recorded.out, recorded: reportOf(recorded.out) };
  } finally {
    await lab.close();
  }
}

/** The scenarios as folders, those routers only, with or without their second samples. */
function scenarioFolders(name: string, keep: (path: string) => boolean): string {
  const folder = join(scratch, name);
  cpSync(scenariosFolder(), folder, { recursive: true, filter: keep });
  return folder;
}

const SECOND = readdirSync(scenariosFolder(), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('@2.txt'))
  .map((path) => basename(dirname(path)));

describe('all lab scenarios: what is said live is what is said of the recording', () => {
  let live: Report;
  let recorded: Report;
  let recordedJson: string;
  let kept: string;
  let folders: Report;
  beforeAll(async () => {
    ({ live, recorded, recordedJson, kept } = await sweepAndAnalyze('sweep', []));
    const single = scenarioFolders('single', (path) => !path.endsWith('@2.txt'));
    folders = reportOf((await tunneldoc(['analyze', single, '--format', 'json'])).out);
  }, 120_000);

  test('verdicts, causes, standings, findings and questions are equal', () => {
    expect(judgement(recorded)).toEqual(judgement(live));
    expect(live.tunnels.length).toBeGreaterThan(30);
  });

  test('the fate of every command is kept in the recording', () => {
    const fates = (report: Report) =>
      report.routers
        .map(({ router, collected }) => ({ router, collected }))
        .sort((a, b) => (a.router < b.router ? -1 : 1));
    expect(fates(recorded)).toEqual(fates(live));
  });

  test('the same recording gives the same bytes', async () => {
    expect((await tunneldoc(['analyze', kept, '--format', 'json'])).out).toBe(recordedJson);
  });

  test('with every file of the scenario at hand the first cause is the same', () => {
    // Two lab routers break off in the middle: there the folder holds what the session did not give, so live must know less.
    const broken = ['stall26 203.0.113.26', 'cut26 203.0.113.26'];
    const liveFirsts = Object.entries(firsts(live));
    expect(liveFirsts.filter(([tunnel]) => broken.includes(tunnel)).map(([, first]) => first)).toEqual([
      'undetermined null',
      'undetermined null',
    ]);
    const comparable = (all: object) => Object.entries(all).filter(([tunnel]) => !broken.includes(tunnel));
    expect(comparable(firsts(folders))).toEqual(comparable(firsts(live)));
  });

  test('live and offline are as each scenario expects', async () => {
    const scenarios = await loadScenarios();
    const odd = (report: Report) => scenarios.flatMap((scenario) => deviations(report, scenario, true));
    const whole = reportOf((await tunneldoc(['analyze', scenariosFolder(), '--format', 'json'])).out);
    const all = { live: odd(live), recorded: odd(recorded), folders: odd(folders), whole: odd(whole) };
    expect(all).toEqual({ live: [], recorded: [], folders: [], whole: [] });
  });
});

test('two samples live, recorded and as folders with a second sample are judged alike', async () => {
  const flags = ['--samples', '2', '--interval', '1', '--limit', SECOND.join(',')];
  const { live, recorded } = await sweepAndAnalyze('twice', flags);
  expect(judgement(recorded)).toEqual(judgement(live));
  expect(live.tunnels.some((tunnel) => tunnel.flows.some((flow) => flow.delta !== null))).toBe(true);
  const keep = (path: string) =>
    relative(scenariosFolder(), path).split('/').length < 2 ||
    SECOND.some((name) => path.includes(`/${name}`));
  const folders = reportOf(
    (await tunneldoc(['analyze', scenarioFolders('pairs', keep), '--format', 'json'])).out,
  );
  expect(firsts(folders)).toEqual(firsts(live));
}, 120_000);

describe('one router, named as people name it', () => {
  test('diagnose user@host:port --record gives a folder that analyze reads the same, follow-ups included', async () => {
    const lab = await startLab(scenariosFolder(), { scenarios: ['psk-missing'] });
    const [router] = lab.routers;
    if (router === undefined) throw new Error('no router');
    const kept = join(scratch, 'one');
    try {
      const ran = await tunneldoc(
        [
          ...['diagnose', `lab@127.0.0.1:${router.port}`, '--record', kept, '--format', 'json'],
          ...['--host-keys', 'accept-new', '--known-hosts', join(scratch, 'one-known')],
        ],
        { env: { TUNNELDOC_PASSWORD: router.password } },
      );
      const live = reportOf(ran.out);
      const recorded = reportOf((await tunneldoc(['analyze', kept, '--format', 'json'])).out);
      expect(recorded).toEqual({ ...live, run: recorded.run });
      expect(recorded.run).toBe(live.run);
      expect(live.tunnels.length).toBeGreaterThan(0);
    } finally {
      await lab.close();
    }
  });
});
