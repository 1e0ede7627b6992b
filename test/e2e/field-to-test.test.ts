import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Lab, startLab } from '../../mocks/ios-router/lab.ts';
import { scenariosFolder } from '../../src/app/scenario.ts';
import { run } from '../../src/cli/program.ts';
import { type Ran, tunneldoc } from '../support/command-line.ts';
import { labPlan } from '../support/lab-inventory.ts';
import { reportOf } from '../support/report-schema.ts';
import { scratchFolder } from '../support/scratch.ts';

const SCENARIO = 'stalled-and-cut-sessions';
const QUICK = ['--timeout-command', '1', '--retry-after', '0', '--format', 'json'];
const scratch = scratchFolder();
const field = join(scratch, 'field');
const labs: Lab[] = [];
let live: Ran;

/** Sweeps the routers of a lab, each session kept in `folder` when one is given. */
async function sweep(lab: Lab, name: string, folder?: string): Promise<Ran> {
  labs.push(lab);
  const plan = labPlan(join(scratch, name), lab);
  const kept = folder === undefined ? [] : ['--transcript', folder];
  return tunneldoc(['sweep', ...plan.argv, ...QUICK, ...kept], { env: plan.env });
}

/** What must be the same of a session and its replay: the verdicts, their causes and proof, and how each output ended. */
function judged(ran: Ran) {
  const report = reportOf(ran.out);
  return {
    code: ran.code,
    tunnels: report.tunnels.map(({ router, peer, verdict, causes }) => ({ router, peer, verdict, causes })),
    findings: report.routers.map(({ router, outcome, findings }) => ({ router, outcome, findings })),
  };
}

beforeAll(async () => {
  live = await sweep(await startLab(scenariosFolder(), { scenarios: [SCENARIO] }), 'live', field);
}, 60_000);
afterAll(async () => {
  await Promise.all(labs.map((lab) => lab.close()));
});

describe('from the field to a test', () => {
  test('a sweep with --transcript keeps a file a session, for its owner only', async () => {
    expect(
      readdirSync(field)
        .filter((name) => !/\.\d\.session/.test(name))
        .sort(),
    ).toEqual(['cut26.session.jsonl', 'ok26.session.jsonl', 'stall26.session.jsonl']);
    expect(statSync(field).mode & 0o777).toBe(0o700);
  });

  test('one command makes a scenario of it; the lab starts it and the same is diagnosed', async () => {
    const folder = join(scratch, 'scenarios');
    const files = ['cut26', 'ok26', 'stall26'].map((name) => join(field, `${name}.session.jsonl`));
    const save = ['lab', '--save-scenario', 'field-1', '--folder', folder, '--replay'];
    const saved = await tunneldoc([...save, ...files]);
    expect(saved.err).toBe('');
    expect(saved.code).toBe(0);
    expect(saved.out).toContain(`to test it: tunneldoc demo --folder ${folder} field-1`);
    expect(readdirSync(join(folder, 'field-1')).sort()).toEqual([
      'cut26',
      'ok26',
      'scenario.yaml',
      'stall26',
    ]);
    const again = await sweep(await startLab(folder), 'again');
    expect(judged(again)).toEqual(judged(live));
    expect(readdirSync(join(scratch, 'again')).sort()).toEqual(['inventory.yaml', 'known_hosts']);

    const twice = await tunneldoc([...save, field]);
    expect([twice.code, twice.err]).toEqual([
      2,
      `tunneldoc: there is a scenario field-1 in ${folder} already\n`,
    ]);
  }, 60_000);

  test('demo --folder tests it: as expected, and not', async () => {
    const folder = join(scratch, 'tested');
    const file = join(field, 'ok26.session.jsonl');
    await tunneldoc(['lab', '--save-scenario', 'ok', '--folder', folder, '--replay', file]);
    const yaml = join(folder, 'ok', 'scenario.yaml');
    const stub = readFileSync(yaml, 'utf8');
    for (const [verdict, code] of [
      ['healthy', 0],
      ['down', 1],
    ] as const) {
      const expected = `expect:\n  - {router: ok26, peer: '203.0.113.26', verdict: ${verdict}}\n`;
      writeFileSync(yaml, stub.replace('expect: []\n', expected));
      const ran = await tunneldoc(['demo', '--folder', folder, 'ok']);
      expect(ran.code).toBe(code);
    }
  }, 60_000);

  test('lab --replay says how to connect, and names what a client does differently', async () => {
    const out: string[] = [];
    const err: string[] = [];
    const terminal = {
      out: (text: string) => void out.push(text),
      err: (text: string) => void err.push(text),
      isInteractive: false,
      hasProgress: false,
      columns: 100,
      env: {},
      readStdin: async () => '',
      ask: null,
      now: Date.now,
    };
    const file = join(field, 'ok26.session.jsonl');
    const lab = run(['lab', '--replay', file, '--speed', '10'], terminal);
    while (!err.join('').includes('until you press Ctrl-C')) await new Promise((go) => setTimeout(go, 20));
    // ok26           lab@127.0.0.1:40123  password lab  enable lab
    const [, address] = /ok26 +(lab@127\.0\.0\.1:\d+) {2}password lab {2}enable lab/.exec(out.join('')) ?? [];
    expect(address).toBeDefined();
    const hosts = ['--host-keys', 'accept-new', '--known-hosts', join(scratch, 'lab_hosts')];
    const ran = await tunneldoc(
      ['diagnose', address ?? '', ...hosts, ...QUICK, '--samples', '2', '--interval', '1'],
      {
        env: { TUNNELDOC_PASSWORD: 'lab' },
      },
    );
    expect(reportOf(ran.out).tunnels.map(({ verdict }) => verdict)).toEqual(['healthy']);
    expect(err.join('')).toContain('replay ok26: expected "exit", got "show crypto ipsec sa"');
    process.emit('SIGTERM');
    expect(await lab).toBe(0);
  }, 60_000);
});

describe('what cannot be replayed is said', () => {
  const bad = (name: string, text: string): string => {
    const file = join(scratch, name);
    writeFileSync(file, text);
    return file;
  };

  test.each([
    ['a file that is none', () => ['--replay', bad('bad.jsonl', 'hello')], 'bad.jsonl:1: not a JSON object'],
    ['a file that is not there', () => ['--replay', join(scratch, 'none')], 'cannot read '],
    ['a folder without any', () => ['--replay', join(scratch, 'live')], 'no session transcript to replay'],
    ['a scenario without transcripts', () => ['--save-scenario', 'x'], '--save-scenario needs --replay'],
    ['a speed', () => ['--speed', '0', '--replay', field], '--speed takes a number above 0'],
    ['a name too', () => ['healthy-hub-and-spokes', '--addresses', '--replay', field], '--replay starts its'],
    [
      'a name that is a path',
      () => ['--save-scenario', '../x', '--folder', scratch, '--replay', field],
      '../x: a name',
    ],
    ['no folder', () => ['--save-scenario', 'x', '--replay', field], '--save-scenario needs --folder'],
  ])('%s', async (_what, args, said) => {
    const ran = await tunneldoc(['lab', ...args()]);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(said);
    expect(ran.out).toBe('');
  });

  test('an unwritable folder for transcripts costs no report, but the exit code is 2', async () => {
    const lab = await startLab(scenariosFolder(), { scenarios: ['healthy-hub-and-spokes'] });
    const ran = await sweep(lab, 'unwritable', join(bad('file', ''), 'below'));
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('the session transcript of hub1 could not be saved');
    expect(reportOf(ran.out).routers.every(({ outcome }) => outcome === 'diagnosed')).toBe(true);
  }, 60_000);
});
