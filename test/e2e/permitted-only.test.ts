import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { type RunningRouter, startRouter } from '../../mocks/ios-router/ios-router.ts';
import { scenariosFolder } from '../../src/app/scenario.ts';
import type { Recording } from '../../src/evidence/recording.ts';
import { loadRecordings } from '../../src/evidence/recording-folder.ts';
import { renderText } from '../../src/report/render-text.ts';
import type { Report } from '../../src/report/report.ts';
import { openShell } from '../mocks/shell-client.ts';
import { type Judge, parserViewOf, tacPlus } from '../support/aaa-rules.ts';
import { tunneldoc } from '../support/command-line.ts';
import { sweepPlan } from '../support/lab-inventory.ts';
import { reportOf } from '../support/report-schema.ts';
import { scratchFolder } from '../support/scratch.ts';
import { record } from '../transport/stand-in.ts';

const scratch = scratchFolder();
const running: RunningRouter[] = [];
let folders = 0;

afterEach(async () => {
  await Promise.all(running.splice(0).map((router) => router.close()));
});

async function router(recording: Recording, behaviour: Partial<Behaviour>): Promise<RunningRouter> {
  const started = await startRouter({ recording, behaviour: { hostname: 'R1', ...behaviour } });
  running.push(started);
  return started;
}

async function recordingOf(scenario: string, name: string): Promise<Recording> {
  const [recording] = (await loadRecordings(join(scenariosFolder(), scenario, name))) ?? [];
  if (recording === undefined) throw new Error(`no recording ${scenario}/${name}`);
  return recording;
}

const printed = async (format: 'tacacs' | 'parser-view'): Promise<string> =>
  (await tunneldoc(['plan', '--format', format])).out;

/** The printed rules without the lines that hold one of these texts. */
const without = (text: string, ...gone: readonly string[]): string =>
  text
    .split('\n')
    .filter((line) => !gone.some((one) => line.includes(`"^${one}( <cr>)?$"`)))
    .join('\n');

async function sweep(routers: readonly { readonly name: string; readonly running: RunningRouter }[]) {
  folders += 1;
  const listed = routers.map(({ name, running: { port } }) => ({ name, port }));
  const { argv, env } = sweepPlan(join(scratch, `run-${folders}`), listed);
  const ran = await tunneldoc(['sweep', ...argv, '--format', 'json'], { env });
  const report = reportOf(ran.out);
  return { code: ran.code, report, text: renderText(report, { width: 100, quiet: false }) };
}

const refusals = (report: Report) =>
  report.routers.flatMap((one) =>
    one.collected.filter(({ fate, reason }) => fate === 'refused' && /authoriz/i.test(reason ?? '')),
  );

const SITES = [
  ['healthy-hub-and-spokes', 'hub1'],
  ['psk-mismatch', 'branch10'],
  ['seed-replay', 'hub5'],
] as const;

describe('on routers that permit the printed rules and nothing else', () => {
  test.each([
    ['tacacs', tacPlus],
    ['parser-view', parserViewOf],
  ] as const)(
    '%s: every command of every playbook runs, and the report is the same',
    async (format, read) => {
      const rules = read(await printed(format));
      const judged: Judge[] = [rules, { test: () => true }];
      const reports = await Promise.all(
        judged.map(async (judge) => {
          const routers = await Promise.all(
            SITES.map(async ([scenario, name]) => ({
              name,
              running: await router(await recordingOf(scenario, name), {
                hostname: name,
                permitted: [judge],
              }),
            })),
          );
          return sweep(routers);
        }),
      );
      const [strict, free] = reports.map(({ report }) => report);
      expect(strict?.routers.map(({ outcome }) => outcome)).toEqual(SITES.map(() => 'diagnosed'));
      expect(refusals(strict as Report)).toEqual([]);
      const verdicts = (report: Report | undefined) =>
        report?.tunnels.map(({ router, peer, verdict, causes }) => [
          router,
          peer,
          verdict,
          causes.map(({ id }) => id),
        ]);
      expect(verdicts(strict)).toEqual(verdicts(free));
      expect(verdicts(strict)?.length).toBeGreaterThan(5);
    },
  );

  test('every line a plan may hold is answered, with parameters', async () => {
    const rules = tacPlus(await printed('tacacs'));
    const plan = JSON.parse((await tunneldoc(['plan', '--format', 'json'])).out) as {
      readonly lines: readonly { readonly stage: string; readonly line: string }[];
    };
    const commands = plan.lines
      .filter(({ stage }) => stage === 'first-round' || stage === 'follow-ups')
      .map(({ line }) =>
        line
          .replace('<address>', '192.0.2.1')
          .replace('<interface>', 'GigabitEthernet0/0')
          .replace('<name>', 'VPN-ACL'),
      );
    const base = await recordingOf('healthy-hub-and-spokes', 'hub1');
    const outputs = commands.map((command) => ({
      kind: 'answered' as const,
      command,
      text: `answer to ${command}\n`,
      sample: 1,
      filtered: false,
      at: null,
      tookMs: null,
    }));
    const one = await router({ ...base, outputs }, { permitted: [rules] });
    const { error, ends } = await record(
      {
        name: 'R1',
        host: one.host,
        port: one.port,
        user: 'lab',
        password: 'lab',
        legacyAlgorithms: false,
        hostKeys: { policy: 'accept-new', knownHostsFile: join(scratch, 'hosts'), readOnlyFiles: [] },
      },
      commands,
    );
    expect(error).toBeNull();
    expect(ends.map(({ command, kind }) => [command, kind])).toEqual(
      commands.map((command) => [command, 'answered']),
    );
  });

  test('whatever else is typed is denied, a pipe behind a permitted command too', async () => {
    const rules = tacPlus(await printed('tacacs'));
    const one = await router(await recordingOf('healthy-hub-and-spokes', 'hub1'), { permitted: [rules] });
    const shell = await openShell(one);
    await shell.until('R1#');
    for (const line of [
      'show running-config',
      'show crypto isakmp key',
      'configure terminal',
      'clear crypto sa',
      'debug crypto isakmp',
      'reload',
      'copy running-config tftp:',
      'show version | redirect flash:x',
      'sh ver | append flash:x',
      'terminal monitor',
      'disable',
    ])
      expect([line, await shell.ask(line, 'R1#')]).toEqual([
        line,
        expect.stringContaining('authorization failed'),
      ]);
    expect(await shell.ask('sh ver', 'R1#')).toContain('Cisco IOS');
    shell.client.end();
  });
});

describe('one rule less', () => {
  test('that command is not authorized, the others are answered, and no tunnel is called fine or missing', async () => {
    const rules = tacPlus(without(await printed('tacacs'), 'crypto ipsec sa', 'crypto session detail'));
    const one = await router(await recordingOf('healthy-hub-and-spokes', 'hub1'), { permitted: [rules] });
    const { code, report, text } = await sweep([{ name: 'hub1', running: one }]);
    expect(code).toBe(3);
    expect(refusals(report).map(({ command }) => command)).toEqual(
      expect.arrayContaining(['show crypto ipsec sa', 'show crypto session detail']),
    );
    expect(
      report.routers[0]?.collected.find(({ command }) => command === 'show crypto isakmp sa')?.fate,
    ).toBe('answered');
    expect(report.tunnels.length).toBeGreaterThan(0);
    expect(report.tunnels.filter(({ verdict }) => verdict === 'healthy' || verdict === 'missing')).toEqual(
      [],
    );
    expect(text).toMatch(/show crypto ipsec sa[\s\S]*authorization failed/i);
  });

  test('no table at all: named as not authorized, and no sign of health', async () => {
    const nothing: Judge = { test: (line) => !/^show (?:crypto|dmvpn|ip|logging)/.test(line) };
    const one = await router(await recordingOf('healthy-hub-and-spokes', 'hub1'), { permitted: [nothing] });
    const { code, report, text } = await sweep([{ name: 'hub1', running: one }]);
    expect(code).toBe(3);
    expect(report.tunnels.filter(({ verdict }) => verdict !== 'undetermined')).toEqual([]);
    expect(text).toMatch(/authorization failed/i);
    expect(text).toMatch(/SA tables incomplete on 1 router/);
    expect(text).toMatch(/no sign of health/);
  });
});
