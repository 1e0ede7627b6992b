import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { type RunningRouter, startRouter } from '../../mocks/ios-router/ios-router.ts';
import { scenariosFolder } from '../../src/app/scenario.ts';
import { loadRecordings } from '../../src/evidence/recording-folder.ts';
import { renderText } from '../../src/report/render-text.ts';
import type { Report, ReportRouter } from '../../src/report/report.ts';
import { tunneldoc } from '../support/command-line.ts';
import { type Listed, type SweepPlan, sweepPlan } from '../support/lab-inventory.ts';
import { reportOf } from '../support/report-schema.ts';
import { scratchFolder } from '../support/scratch.ts';

const scratch = scratchFolder();
const running: RunningRouter[] = [];
const servers: Server[] = [];
let folders = 0;

afterEach(async () => {
  await Promise.all(running.splice(0).map((router) => router.close()));
  for (const server of servers.splice(0)) server.close();
});

/** A router that answers as hub1 of the healthy scenario and behaves as told. */
async function router(behaviour: Partial<Behaviour> = {}): Promise<RunningRouter> {
  const [recording] = (await loadRecordings(join(scenariosFolder(), 'healthy-hub-and-spokes', 'hub1'))) ?? [];
  if (recording === undefined) throw new Error('no recording');
  const started = await startRouter({ recording, behaviour: { hostname: 'hub1', ...behaviour } });
  running.push(started);
  return started;
}

function plan(routers: readonly Listed[]): SweepPlan {
  folders += 1;
  return sweepPlan(join(scratch, `run-${folders}`), routers);
}

const SHORT = ['--timeout-connect', '1', '--timeout-command', '1', '--retry-after', '0'];

/** A sweep as JSON, and the text that the same report gives. */
async function sweep({ argv, env }: SweepPlan, flags: readonly string[] = SHORT) {
  const ran = await tunneldoc(['sweep', ...argv, ...flags, '--format', 'json'], { env });
  const report = reportOf(ran.out);
  return { code: ran.code, report, text: renderText(report, { width: 100, quiet: false }), err: ran.err };
}

const named = (report: Report, name: string): ReportRouter => {
  const found = report.routers.find((candidate) => candidate.router === name);
  if (found === undefined) throw new Error(`${name} is not in the report`);
  return found;
};

const fate = (report: Report, name: string, command: string) =>
  named(report, name).collected.find((answer) => answer.command === command);

/** A router beside the faulty one, which must be finished whatever happens. */
async function neighbour(): Promise<Listed> {
  return { name: 'fine', port: (await router()).port };
}

function expectFinished(report: Report): void {
  expect(named(report, 'fine').outcome).toBe('diagnosed');
  const verdicts = report.tunnels.filter((t) => t.router === 'fine').map((t) => t.verdict);
  expect(verdicts.length).toBeGreaterThan(0);
  expect([...new Set(verdicts)]).toEqual(['healthy']);
}

describe('a router that cannot be asked is named, the others are finished, the exit code is 3', () => {
  test('connection refused', async () => {
    const gone = await router();
    const { port } = gone;
    await gone.close();
    const { code, report, text } = await sweep(plan([{ name: 'gone', port }, await neighbour()]));
    expect(code).toBe(3);
    expect(named(report, 'gone')).toMatchObject({
      outcome: 'not-reached',
      why: expect.stringMatching(/refused/),
    });
    expect(text).toMatch(/gone/);
    expect(text).toMatch(/refused/);
    expectFinished(report);
  });

  for (const [way, words] of [
    ['reset', /reset|closed/],
    ['closed', /closed/],
    ['silent', /identif|SSH|silent|nothing/i],
  ] as const) {
    test(`a TCP server that is ${way}`, async () => {
      const odd = await router({ refuse: way });
      const { code, report, text } = await sweep(plan([{ name: 'odd', port: odd.port }, await neighbour()]));
      expect(code).toBe(3);
      expect(named(report, 'odd')).toMatchObject({
        outcome: 'not-reached',
        why: expect.stringMatching(words),
      });
      expect(text).toMatch(words);
      expectFinished(report);
    });
  }

  test('a server that speaks another protocol', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, report } = await sweep(plan([{ name: 'web', port }, await neighbour()]));
    expect(code).toBe(3);
    expect(named(report, 'web')).toMatchObject({
      outcome: 'not-reached',
      why: expect.stringMatching(/HTTP/),
    });
    expectFinished(report);
  });

  test('nobody reachable at all: exit 3 and no tunnel, never silence', async () => {
    const gone = await router();
    await gone.close();
    const { code, report, text } = await sweep(plan([{ name: 'gone', port: gone.port }]));
    expect(code).toBe(3);
    expect(report.tunnels).toEqual([]);
    expect(text).toContain('gone');
  });

  test('no shell for this login', async () => {
    const denied = await router({ authzExecFail: true });
    const { code, report } = await sweep(plan([{ name: 'denied', port: denied.port }, await neighbour()]));
    expect(code).toBe(3);
    expect(named(report, 'denied')).toMatchObject({
      outcome: 'not-reached',
      why: expect.stringMatching(/authoriz/i),
    });
    expectFinished(report);
  });
});

describe('credentials', () => {
  test('a wrong password over ten routers is one failed attempt; the rest are not tried', async () => {
    const ten = await Promise.all(Array.from({ length: 10 }, () => router()));
    const { argv, env } = plan(ten.map(({ port }, i) => ({ name: `r${i}`, port, password: 'wrong' })));
    const ran = await tunneldoc(['sweep', ...argv, '--format', 'json'], { env });
    const report = reportOf(ran.out);
    expect(ran.code).toBe(3);
    expect(ten.flatMap((one) => one.authAttempts)).toHaveLength(1);
    const outcomes = report.routers.map((one) => one.outcome);
    expect(outcomes.filter((outcome) => outcome === 'not-reached')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'not-tried')).toHaveLength(9);
    for (const one of report.routers) expect(one.why).toMatch(/reject|refused user lab/);
    expect(ran.out + ran.err).not.toContain('wrong"');
  });

  test('two credentials are two attempts, and the right one gets on', async () => {
    const routers = await Promise.all(Array.from({ length: 6 }, () => router()));
    const listed = routers.map(({ port }, i) => ({
      name: `r${i}`,
      port,
      password: i % 2 === 0 ? 'lab' : 'wrong',
    }));
    const { argv, env } = plan(listed);
    const ran = await tunneldoc(['sweep', ...argv, '--format', 'json'], { env });
    const outcomes = reportOf(ran.out).routers.map((one) => one.outcome);
    expect(outcomes.filter((outcome) => outcome === 'diagnosed')).toHaveLength(3);
    const odd = routers.filter((_, i) => i % 2 === 1);
    expect(odd.flatMap((one) => one.authAttempts)).toHaveLength(1);
  });

  test('a password that is nowhere: not tried, nothing connected, and how to give it', async () => {
    const one = await router();
    const { argv } = plan([{ name: 'r', port: one.port }]);
    const ran = await tunneldoc(['sweep', ...argv, '--format', 'json'], { env: {} });
    expect(ran.code).toBe(3);
    expect(reportOf(ran.out).routers[0]).toMatchObject({
      outcome: 'not-tried',
      why: expect.stringMatching(/PASS_0/),
    });
    expect(one.connectionsSeen()).toBe(0);
  });
});

describe('host keys', () => {
  test('a changed key stops before any credential is sent', async () => {
    const one = await router();
    const { argv, env } = plan([{ name: 'r', port: one.port }, await neighbour()]);
    const first = await tunneldoc(['sweep', ...argv, '--format', 'json'], { env });
    expect(reportOf(first.out).routers.map((r) => r.outcome)).toEqual(['diagnosed', 'diagnosed']);
    const file = argv[argv.indexOf('--known-hosts') + 1] ?? '';
    const other = await router({ hostKey: 'rsa1024' });
    const known = readFileSync(file, 'utf8');
    writeFileSync(file, known.replaceAll(`:${one.port} `, `:${other.port} `));
    const listed = [{ name: 'r', port: other.port }, await neighbour()];
    const again = plan(listed);
    const flags = ['--known-hosts', file];
    const { code, report, text } = await sweep(again, flags);
    expect(code).toBe(3);
    expect(named(report, 'r')).toMatchObject({ outcome: 'not-reached', why: expect.stringMatching(/key/) });
    expect(named(report, 'r').why).toMatch(/chang|differ|not the/i);
    expect(text).toMatch(/key/);
    expect(other.authAttempts).toEqual([]);
    expectFinished(report);
  });

  test('an unknown key under strict: no credential is sent, and the message says how to go on', async () => {
    const one = await router();
    const { argv, env } = plan([{ name: 'r', port: one.port }]);
    const strict = argv.map((word) => (word === 'accept-new' ? 'strict' : word));
    const ran = await tunneldoc(['sweep', ...strict, '--format', 'json'], { env });
    expect(ran.code).toBe(3);
    expect(reportOf(ran.out).routers[0]?.why).toMatch(/accept-new|known/);
    expect(one.authAttempts).toEqual([]);
  });
});

describe('a session that ends badly keeps what came before', () => {
  test('an output that stalls', async () => {
    const slow = await router({ stallCmd: /^show logging/, stallAfter: 700 });
    const { code, report, text } = await sweep(plan([{ name: 'slow', port: slow.port }, await neighbour()]));
    expect(code).not.toBe(0);
    expect(named(report, 'slow').outcome).toBe('diagnosed');
    expect(fate(report, 'slow', 'show crypto isakmp sa')?.fate).toBe('answered');
    expect(fate(report, 'slow', 'show crypto ipsec sa')?.fate).toBe('answered');
    expect(fate(report, 'slow', 'show logging')).toMatchObject({ fate: 'cut-short' });
    expect(fate(report, 'slow', 'show logging')?.lines).toBeGreaterThan(3);
    expect(text).toMatch(/slow[\s\S]*show logging/);
    expectFinished(report);
  });

  test('a connection that dies in the middle of an output', async () => {
    const dying = await router({ dropCmd: /^show crypto ipsec sa/, dropAfter: 1500 });
    const { code, report, text } = await sweep(
      plan([{ name: 'dying', port: dying.port }, await neighbour()]),
    );
    expect(code).not.toBe(0);
    expect(fate(report, 'dying', 'show crypto isakmp sa')?.fate).toBe('answered');
    expect(fate(report, 'dying', 'show crypto ipsec sa')).toMatchObject({ fate: 'cut-short' });
    expect(fate(report, 'dying', 'show crypto ipsec sa')?.lines).toBeGreaterThan(10);
    expect(fate(report, 'dying', 'show crypto ipsec sa')?.reason).toMatch(/clos|reset|end|lost/i);
    expect(report.tunnels.some((tunnel) => tunnel.router === 'dying')).toBe(true);
    expect(text).toMatch(/show crypto ipsec sa/);
    expectFinished(report);
  });

  test('a command the login may not run', async () => {
    const denied = await router({ authzDeny: [/^show crypto ipsec sa/, /^show crypto session/] });
    const { code, report, text } = await sweep(plan([{ name: 'aaa', port: denied.port }, await neighbour()]));
    expect(code).toBe(3);
    expect(fate(report, 'aaa', 'show crypto ipsec sa')).toMatchObject({
      fate: 'refused',
      reason: expect.stringMatching(/authoriz/i),
    });
    expect(fate(report, 'aaa', 'show crypto isakmp sa')?.fate).toBe('answered');
    const tunnels = report.tunnels.filter((tunnel) => tunnel.router === 'aaa');
    expect(tunnels.length).toBeGreaterThan(0);
    expect(tunnels.map((tunnel) => tunnel.verdict)).not.toContain('healthy');
    expect(tunnels.flatMap((tunnel) => tunnel.causes)).toEqual([]);
    expect(text).toMatch(/show crypto ipsec sa/);
    expectFinished(report);
  });

  test('a router that takes too long as a whole ends at its deadline with what it gave', async () => {
    const slow = await router({ latency: 0.7 });
    const limits = ['--timeout-router', '4'];
    const { argv, env } = plan([{ name: 'slow', port: slow.port }, await neighbour()]);
    const ran = await tunneldoc(['sweep', ...argv, ...limits, '--format', 'json'], { env });
    const report = reportOf(ran.out);
    expect(ran.code).not.toBe(0);
    expect(fate(report, 'slow', 'show clock')?.fate).toBe('answered');
    expect(named(report, 'slow').collected.some((answer) => answer.fate === 'cut-short')).toBe(true);
    expectFinished(report);
  });
});
