import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { type RunningRouter, startRouter } from '../../mocks/ios-router/ios-router.ts';
import { scenariosFolder } from '../../src/app/scenario.ts';
import { parseAddress } from '../../src/core/address.ts';
import { loadRecordings } from '../../src/evidence/recording-folder.ts';
import { tunneldoc } from '../support/command-line.ts';
import { type Listed, sweepPlan } from '../support/lab-inventory.ts';
import { reportOf } from '../support/report-schema.ts';
import { scratchFolder } from '../support/scratch.ts';

interface Plan {
  readonly lines: readonly {
    readonly stage: string;
    readonly line: string;
    readonly times: number;
    readonly only: string | null;
  }[];
  readonly followUps: { readonly rounds: number; readonly commandsPerRound: number };
}

const scratch = scratchFolder();
const running: RunningRouter[] = [];
let folders = 0;

afterAll(async () => {
  await Promise.all(running.splice(0).map((router) => router.close()));
});

async function router(scenario: string, name: string, behaviour: Partial<Behaviour>): Promise<RunningRouter> {
  const [recording] = (await loadRecordings(join(scenariosFolder(), scenario, name))) ?? [];
  if (recording === undefined) throw new Error(`no recording ${scenario}/${name}`);
  const started = await startRouter({ recording, behaviour: { hostname: name, ...behaviour } });
  running.push(started);
  return started;
}

/** One diagnose, and what the plan with the same words says. */
async function diagnosed(one: RunningRouter, listed: Partial<Listed> = {}, flags: readonly string[] = []) {
  folders += 1;
  const { argv, env } = sweepPlan(join(scratch, `run-${folders}`), [
    { name: 'r', port: one.port, ...listed },
  ]);
  const words = ['r', ...argv, ...flags];
  const ran = await tunneldoc(['diagnose', ...words, '--format', 'json'], { env });
  const planned = await tunneldoc(['plan', ...words, '--format', 'json'], { env });
  const printed = await tunneldoc(['plan', ...words, '--print-commands'], { env });
  expect([planned.code, printed.code]).toEqual([0, 0]);
  expect(reportOf(ran.out).routers.map(({ outcome }) => outcome)).toEqual(['diagnosed']);
  return {
    /** Blank lines are the bare CRs that ask for a fresh prompt. */
    received: one.received.filter((line) => line !== ''),
    plan: JSON.parse(planned.out) as Plan,
    printed: printed.out,
  };
}

/** Written for this test alone: a line of the plan with its parameters, against a line that a router got. */
function isLine(planned: string, received: string): boolean {
  const [want, got] = [planned.split(' '), received.split(' ')];
  return (
    want.length === got.length &&
    want.every((word, i) => {
      const typed = got[i] ?? '';
      if (word === '<address>') return parseAddress(typed) !== null;
      if (word === '<interface>') return /^[A-Z][A-Za-z]+\d+(\/\d+)*(\.\d+)?$/.test(typed);
      if (word === '<name>') return /^[\w.:-]+$/.test(typed);
      return word === typed;
    })
  );
}

/** The lines of the plan in order: those sent for certain, and those whose condition the test has made true. */
function expected(plan: Plan, conditional: readonly string[]): { before: readonly string[]; end: string } {
  const sent = plan.lines.filter(
    ({ stage, line, only }) =>
      only === null || (stage !== 'follow-ups' && stage !== 'after-a-loss' && conditional.includes(line)),
  );
  const before = sent.filter(({ stage }) => stage !== 'end');
  return {
    before: before.flatMap(({ line, times }) => Array.from({ length: times }, () => line)),
    end: sent.at(-1)?.line ?? '',
  };
}

/** All that was received is the plan, and follow-ups of its list in front of the last line; returns the follow-ups. */
function expectPlanned(received: readonly string[], plan: Plan, conditional: readonly string[] = []) {
  const { before, end } = expected(plan, conditional);
  expect(received.slice(0, before.length)).toEqual(before);
  expect(received.at(-1)).toBe(end);
  const asked = received.slice(before.length, -1);
  const possible = plan.lines.filter(({ stage }) => stage === 'follow-ups').map(({ line }) => line);
  expect(asked.filter((line) => !possible.some((planned) => isLine(planned, line)))).toEqual([]);
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.length).toBeLessThanOrEqual(plan.followUps.rounds * plan.followUps.commandsPerRound);
  return asked;
}

type Visit = Awaited<ReturnType<typeof diagnosed>>;

const LOW = { users: { lab: { password: 'lab', privilege: 1, publicKey: null } } };
const PAGED = { terminalCmds: false, length: 40 };
const SDWAN = { sdwan: true, length: 40 };

/** Visits of one healthy router, side by side: what takes time in them is waiting. */
const VISITS: Readonly<
  Record<string, readonly [Partial<Behaviour>, Partial<Listed>?, (readonly string[])?]>
> = {
  plain: [{}],
  enabled: [LOW, { enableSecret: 'lab' }],
  low: [LOW],
  stamped: [{ execTimestamp: true }],
  sampled: [{}, {}, ['--samples', '3', '--interval', '1']],
  ahead: [{}, {}, ['--type-ahead']],
  paged: [PAGED],
  sdwan: [SDWAN],
};
const visits = new Map<string, Visit>();
const visit = (name: string): Visit => {
  const found = visits.get(name);
  if (found === undefined) throw new Error(`no visit ${name}`);
  return found;
};

beforeAll(async () => {
  const made = Object.entries(VISITS).map(async ([name, [behaviour, listed, flags]]) => {
    visits.set(
      name,
      await diagnosed(await router('healthy-hub-and-spokes', 'hub1', behaviour), listed, flags),
    );
  });
  await Promise.all(made);
}, 60_000);

describe('a router gets what the plan says, byte for byte', () => {
  test('a healthy one gets exactly the lines of --print-commands', async () => {
    const { received, plan, printed } = visit('plain');
    expect(`${received.join('\n')}\n`).toBe(printed);
    expect(expectPlanned(received, plan)).toEqual([]);
  });

  test('routers with faults get follow-ups beyond that, of its list only', async () => {
    const routers = [
      ['psk-mismatch', 'branch10'],
      ['peer-unreachable', 'branch13'],
      ['proxy-id-mismatch', 'branch17'],
      ['seed-replay', 'hub5'],
      ['denied-commands', 'aaa25'],
    ] as const;
    const asked = await Promise.all(
      routers.map(async ([scenario, name]) => {
        const { received, plan } = await diagnosed(await router(scenario, name, {}));
        return expectPlanned(received, plan);
      }),
    );
    // With parameters and without: the comparison has been used.
    expect(asked.map((lines) => lines.length > 0)).toEqual([true, true, true, true, true]);
    expect(asked.flat()).toContain('show ip cef 203.0.113.13');
    expect(asked.flat()).toContain('show policy-map interface GigabitEthernet0/0');
  });

  test('the three main commands of a minimal sweep, and no follow-ups', async () => {
    const one = await router('psk-mismatch', 'branch10', {});
    const { argv, env } = sweepPlan(join(scratch, 'minimal'), [{ name: 'r', port: one.port }]);
    await tunneldoc(['sweep', ...argv, '--minimal'], { env });
    const planned = await tunneldoc(['plan', ...argv, '--minimal', '--format', 'json'], { env });
    const plan = JSON.parse(planned.out) as Plan;
    expect(
      expectPlanned(
        one.received.filter((line) => line !== ''),
        plan,
      ),
    ).toEqual([]);
    expect(one.received.filter((line) => line.startsWith('show crypto'))).toHaveLength(2);
    expect(plan.lines.filter(({ stage }) => stage === 'follow-ups')).toEqual([]);
  });

  test.each(['paged', 'sdwan'])('%s: lines of the plan in its order, all that are certain', (name) => {
    const { received, plan } = visit(name);
    const start = received.slice(0, received.indexOf('show clock'));
    const own = plan.lines.filter(({ stage }) => stage === 'start');
    expect(own.map(({ line }) => line).filter((line) => start.includes(line))).toEqual(start);
    expect(own.filter(({ only, line }) => only === null && !start.includes(line))).toEqual([]);
    expectPlanned(received, plan, start);
  });

  test('privilege 1: enable, where the plan has it', () => {
    const { received, plan } = visit('enabled');
    expectPlanned(received, plan, ['enable']);
    expect(received[0]).toBe('enable');
  });

  test('privilege 1 and no enable secret: the plan has no enable, and none is sent', () => {
    const { received, plan } = visit('low');
    expect(plan.lines.map(({ line }) => line)).not.toContain('enable');
    expectPlanned(received, plan);
  });

  test('an exec prompt timestamp', () => {
    const { received, plan } = visit('stamped');
    expectPlanned(received, plan, ['terminal no exec prompt timestamp']);
    expect(received).toContain('terminal no exec prompt timestamp');
  });

  test('further samples', () => {
    const { received, plan } = visit('sampled');
    expectPlanned(received, plan);
    expect(received.filter((line) => line === 'show crypto ipsec sa')).toHaveLength(3);
  });
});

describe('what may come more than once', () => {
  test('lines sent ahead of the prompt are lines of the plan', () => {
    const { received, plan } = visit('ahead');
    const planned = new Set(plan.lines.map(({ line }) => line));
    expect(received.filter((line) => !planned.has(line))).toEqual([]);
    expect(received).toEqual(expect.arrayContaining([...visit('plain').received]));
  });

  test('a lost connection: the lines of the session and the cut command again, and what the plan adds', async () => {
    const cut = await router('healthy-hub-and-spokes', 'hub1', {
      dropCmd: /^show crypto map/,
      dropAfter: 10,
    });
    const { received, plan } = await diagnosed(cut);
    const planned = new Set(plan.lines.map(({ line }) => line));
    expect(received.filter((line) => !planned.has(line))).toEqual([]);
    expect(received.filter((line) => line === 'show crypto map')).toHaveLength(2);
    expect(received.filter((line) => line === 'show privilege')).toHaveLength(2);
  });
});

describe('plan alone', () => {
  test('the words of a sweep do: nothing is connected, no credential is looked for', async () => {
    const one = await router('healthy-hub-and-spokes', 'hub1', {});
    const { argv } = sweepPlan(join(scratch, 'alone'), [
      { name: 'hub1', port: one.port },
      { name: 'hub2', host: '192.0.2.1', port: 22 },
    ]);
    const ran = await tunneldoc(['plan', ...argv, '--limit', 'hub*', '--interval', '5', '--password', 'ask']);
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toContain('hub2 (192.0.2.1:22)');
    expect(ran.out).toContain('Nothing has been sent.');
    expect(one.connectionsSeen()).toBe(0);
  });

  test('in general, without a router', async () => {
    const ran = await tunneldoc(['plan']);
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toMatch(/^ {2}enable$/m);
    expect(ran.out).toMatch(/Follow-ups: at most 2 rounds of 6/);
    expect(ran.out.split('\n').filter((row) => row.length > 100)).toEqual([]);
  });

  test.each([
    [['plan', '--limit', 'x'], '--limit needs --inventory'],
    [['plan', 'r', '--inventory', 'x.yaml', '--limit', 'r'], 'not both'],
    [['plan', '--samples', '11'], '--samples takes'],
    [['plan', '--print-commands', '--format', 'tacacs'], 'leave --format out'],
    [['plan', '--format', 'csv'], 'csv'],
  ])('%j is a usage fault', async (argv, said) => {
    const ran = await tunneldoc(argv);
    expect([ran.code, ran.out]).toEqual([2, '']);
    expect(ran.err).toContain(said);
  });
});
