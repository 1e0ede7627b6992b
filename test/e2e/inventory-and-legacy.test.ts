import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { type RunningRouter, startRouter } from '../../mocks/ios-router/ios-router.ts';
import { scenariosFolder } from '../../src/app/scenario.ts';
import { loadRecordings } from '../../src/evidence/recording-folder.ts';
import { tunneldoc } from '../support/command-line.ts';
import { reportOf } from '../support/report-schema.ts';
import { scratchFolder, writeTree } from '../support/scratch.ts';

const scratch = scratchFolder();
const running: RunningRouter[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((router) => router.close()));
});

async function router(behaviour: Partial<Behaviour>): Promise<RunningRouter> {
  const [recording] =
    (await loadRecordings(join(scenariosFolder(), 'healthy-hub-and-spokes', 'branch1'))) ?? [];
  if (recording === undefined) throw new Error('no recording');
  const started = await startRouter({ recording, behaviour: { hostname: 'branch1', ...behaviour } });
  running.push(started);
  return started;
}

function inventory(name: string, text: string): string {
  return join(writeTree(scratch, { [name]: text }), name);
}

const HOSTS = ['--host-keys', 'accept-new', '--known-hosts', join(scratch, 'known_hosts')];

test.each(['legacy', 'ios12', 'ios15'] as const)(
  'algorithms of %s: without the opt-in both lists and the lines to add; with it in a group, diagnosed',
  async (algorithms) => {
    const old = await router({ algorithms });
    const modern = await router({ algorithms: 'modern', hostKey: 'ecdsa' });
    const yaml = (optIn: string) => `defaults:
  user: lab
  password: env:LAB_PASSWORD
groups:
  old-ios:
    tags: [old]${optIn}
routers:
  - name: old1
    host: 127.0.0.1
    port: ${old.port}
    groups: [old-ios]
  - name: new1
    host: 127.0.0.1
    port: ${modern.port}
`;
    const env = { LAB_PASSWORD: 'lab' };
    const without = inventory(`${algorithms}-without.yaml`, yaml(''));
    const ran = await tunneldoc(
      ['sweep', '--minimal', '--inventory', without, ...HOSTS, '--format', 'json'],
      { env },
    );
    expect(ran.code).toBe(3);
    const [old1, new1] = reportOf(ran.out).routers;
    expect(old1).toMatchObject({ router: 'old1', outcome: 'not-reached' });
    expect(old1?.why).toMatch(/the router offers: .*sha1/);
    expect(old1?.why).toMatch(/allowed here: .*sha2|allowed here: .*curve25519/);
    expect(old1?.why).toContain('legacyAlgorithms: true');
    expect(old1?.why).toContain('--legacy-algorithms');
    expect(new1).toMatchObject({ router: 'new1', outcome: 'diagnosed' });
    expect(old.authAttempts).toEqual([]);

    const withIt = inventory(`${algorithms}-with.yaml`, yaml('\n    legacyAlgorithms: true'));
    const again = await tunneldoc(
      ['sweep', '--minimal', '--inventory', withIt, ...HOSTS, '--format', 'json'],
      { env },
    );
    expect(reportOf(again.out).routers.map((r) => r.outcome)).toEqual(['diagnosed', 'diagnosed']);

    const flag = [
      'sweep',
      '--minimal',
      '--inventory',
      without,
      '--legacy-algorithms',
      ...HOSTS,
      '--format',
      'json',
    ];
    const flagged = await tunneldoc(flag, { env });
    expect(reportOf(flagged.out).routers.map((r) => r.outcome)).toEqual(['diagnosed', 'diagnosed']);
  },
);

test('a plain list with flags for the rest; --limit chooses', async () => {
  const routers = [await router({}), await router({})];
  const list = inventory('list.txt', routers.map(({ port }, i) => `127.0.0.1:${port} r${i}`).join('\n'));
  const env = { TUNNELDOC_PASSWORD: 'lab' };
  const argv = ['sweep', '--minimal', '--inventory', list, '--user', 'lab', ...HOSTS, '--format', 'json'];
  const both = reportOf((await tunneldoc(argv, { env })).out);
  expect(both.routers.map((r) => [r.router, r.outcome])).toEqual([
    ['r0', 'diagnosed'],
    ['r1', 'diagnosed'],
  ]);
  const one = reportOf((await tunneldoc([...argv, '--limit', 'r1'], { env })).out);
  expect(one.routers.map((r) => r.router)).toEqual(['r1']);
});

test('privilege 1 with an enable secret by reference', async () => {
  const low = await router({ defaultPrivilege: 1, enableSecret: 'up15' });
  const yaml = `routers:\n  - name: low\n    host: 127.0.0.1\n    port: ${low.port}\n    user: lab\n    password: env:P\n    enableSecret: env:E\n`;
  const argv = [
    'sweep',
    '--minimal',
    '--inventory',
    inventory('low.yaml', yaml),
    ...HOSTS,
    '--format',
    'json',
  ];
  const ran = await tunneldoc(argv, { env: { P: 'lab', E: 'up15' } });
  expect(reportOf(ran.out).routers[0]?.outcome).toBe('diagnosed');
  expect(low.received).toContain('enable');
});

test('every problem of an inventory at once, each with its line and column; nothing is asked', async () => {
  const one = await router({});
  const yaml = `defaults:\n  usr: lab\nrouters:\n  - name: a\n    host: 127.0.0.1\n    port: ${one.port}\n    password: lab123\n  - name: b\n    host: 10.0.0.300\n  - name: c\n    host: 10.0.0.3\n  - name: c\n    host: 10.0.0.4\n`;
  const file = inventory('bad.yaml', yaml);
  const ran = await tunneldoc(['sweep', '--inventory', file, ...HOSTS, '--format', 'json']);
  expect(ran.code).toBe(2);
  const { error, problems } = JSON.parse(ran.out) as { error: string; problems: string[] };
  expect(error).toMatch(/nothing was asked/);
  expect(problems.some((p) => p.includes(`${file}:2:3`) && p.includes('user'))).toBe(true);
  expect(problems.some((p) => p.includes(`${file}:7:`))).toBe(true);
  expect(problems.some((p) => p.includes(`${file}:12:`))).toBe(true);
  expect(problems.some((p) => p.includes(`${file}:9:`))).toBe(true);
  expect(ran.out + ran.err).not.toContain('lab123');
  expect(one.connectionsSeen()).toBe(0);
});
