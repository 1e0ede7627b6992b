import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import ssh2 from 'ssh2';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { type RunningRouter, startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { credentialGates } from '../../src/app/credential-gate.ts';
import { silentLog } from '../../src/core/log.ts';
import { mustShowCommand } from '../../src/evidence/show-command.ts';
import { openJumpHosts } from '../../src/transport/jump-hosts.ts';
import { knownHostsLine } from '../../src/transport/known-hosts.ts';
import type { RouterTarget, SshEndpoint } from '../../src/transport/router-target.ts';
import { type CollectorOptions, openCollector } from '../../src/transport/ssh-collector.ts';
import { type JumpServer, type JumpServerOptions, newHostKey, startJumpServer } from './jump-server.ts';

const OUTPUTS = {
  'show version': 'Cisco IOS Software, written for this test\n\nR1 uptime is 2 hours\n',
  'show logging': `Syslog logging: enabled\n${'*Nov 23 09:30:12.345: %SYS-5-CONFIG_I: Configured\n'.repeat(4000)}`,
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunneldoc-jump-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function hop(options: JumpServerOptions = {}): Promise<JumpServer> {
  const server = await startJumpServer(options);
  running.push(server);
  return server;
}

async function router(behaviour: Partial<Behaviour> = {}): Promise<RunningRouter> {
  const started = await startRouter({
    recording: recordingOf('R1', OUTPUTS),
    behaviour: { hostname: 'R1', ...behaviour },
  });
  running.push(started);
  return started;
}

const fileOf = (port: number): string => join(folder, `known-${port}`);

function endpoint(name: string, port: number, changes: Partial<SshEndpoint> = {}): SshEndpoint {
  return {
    name,
    host: '127.0.0.1',
    port,
    user: 'hopper',
    password: 'hop',
    legacyAlgorithms: false,
    hostKeys: { policy: 'accept-new', knownHostsFile: fileOf(port), readOnlyFiles: [] },
    ...changes,
  };
}

function behind(
  to: { readonly port: number },
  via: readonly SshEndpoint[],
  changes: Partial<RouterTarget> = {},
): RouterTarget {
  return { ...endpoint('R1', to.port, { user: 'lab', password: 'lab' }), via, ...changes };
}

/** Another key than the server's is on file for this port. */
function fileAnotherKey(port: number): void {
  const key = ssh2.utils.parseKey(newHostKey());
  if (key instanceof Error) throw key;
  writeFileSync(
    fileOf(port),
    knownHostsLine('127.0.0.1', port, {
      type: key.type,
      base64: key.getPublicSSH().toString('base64'),
    }),
  );
}

/** Resolves when the servers have seen the end of every connection. */
async function allClosed(...servers: { connectionsOpen(): number }[]): Promise<void> {
  for (let turn = 0; servers.some((server) => server.connectionsOpen() > 0); turn++) {
    if (turn > 200) throw new Error('a connection was left open');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function visit(target: RouterTarget, options: Partial<CollectorOptions> = {}) {
  const opened = await openCollector(target, { log: silentLog, ...options });
  if (!opened.ok) return { error: opened.error, text: null, remarks: [] };
  const output = await opened.collector.collect(mustShowCommand('show logging'));
  await opened.collector.close();
  return { error: null, text: output.text, remarks: opened.collector.facts.remarks };
}

describe('one router behind jump hosts', () => {
  test('one hop: the output is exact, the hop is left with the session', async () => {
    const [bastion, r1] = [await hop(), await router()];
    const { error, text } = await visit(behind(r1, [endpoint('bastion', bastion.port)]));
    expect(error).toBeNull();
    expect(text === OUTPUTS['show logging']).toBe(true);
    expect(bastion.forwards).toEqual([`127.0.0.1:${r1.port}`]);
    await allClosed(bastion, r1);
  });

  test('a chain of two, each with its own user, password and algorithms', async () => {
    const [outer, inner, r1] = [
      await hop({ password: 'one', kex: ['diffie-hellman-group14-sha1'] }),
      await hop({ password: 'two' }),
      await router({ algorithms: 'modern' }),
    ];
    const { error, text, remarks } = await visit(
      behind(r1, [
        endpoint('outer', outer.port, {
          password: 'one',
          legacyAlgorithms: ['diffie-hellman-group14-sha1', 'aes128-cbc'],
        }),
        endpoint('inner', inner.port, { password: 'two' }),
      ]),
    );
    expect(error).toBeNull();
    expect(text === OUTPUTS['show logging']).toBe(true);
    expect(outer.forwards).toEqual([`127.0.0.1:${inner.port}`]);
    expect(inner.forwards).toEqual([`127.0.0.1:${r1.port}`]);
    expect([outer.said, inner.said]).toEqual([['one'], ['two']]);
    const seen = remarks.join('\n');
    expect(seen).toContain(
      'jump host outer: the SSH session uses legacy algorithms: diffie-hellman-group14-sha1',
    );
    expect(seen).toContain('did not need aes128-cbc');
    expect(seen).toContain('jump host inner: first contact: host key');
  });
});

describe('host keys on the way', () => {
  test.each([0, 1, 2])(
    'a changed key at place %i of three: nothing is said there, nothing goes beyond',
    async (at) => {
      const [outer, inner, r1] = [
        await hop({ password: 'one' }),
        await hop({ password: 'two' }),
        await router(),
      ];
      const places = [outer, inner, r1];
      fileAnotherKey(places[at]?.port ?? 0);
      const { error } = await visit(
        behind(r1, [
          endpoint('outer', outer.port, { password: 'one' }),
          endpoint('inner', inner.port, { password: 'two' }),
        ]),
      );
      expect(error).toMatchObject({ name: 'host-key-changed', phase: 'host-key', retry: 'never' });
      const name = ['outer', 'inner', 'R1'][at];
      expect(error?.message).toContain(
        at === 2 ? `R1 (127.0.0.1:` : `R1: through jump host ${name} (127.0.0.1:`,
      );
      expect([outer.said.length, inner.said.length, r1.authAttempts.length]).toEqual([
        at > 0 ? 1 : 0,
        at > 1 ? 1 : 0,
        0,
      ]);
      // Not even the wish to log in went out to the one that was not trusted, and nothing was opened behind it.
      if (at < 2) expect((at === 0 ? outer : inner).received).toEqual([]);
      expect([outer.forwards.length, inner.forwards.length, r1.connectionsSeen()]).toEqual([
        at > 0 ? 1 : 0,
        at > 1 ? 1 : 0,
        at > 1 ? 1 : 0,
      ]);
      await allClosed(outer, inner, r1);
    },
  );

  test('an unknown hop under the strict policy', async () => {
    const [bastion, r1] = [await hop(), await router()];
    const strict = { policy: 'strict', knownHostsFile: fileOf(bastion.port), readOnlyFiles: [] } as const;
    const { error } = await visit(behind(r1, [endpoint('bastion', bastion.port, { hostKeys: strict })]));
    expect(error?.name).toBe('host-key-unknown');
    expect(bastion.received).toEqual([]);
  });
});

describe('faults of a hop', () => {
  test('it forbids to go on', async () => {
    const [bastion, r1] = [await hop({ forwarding: 'prohibited' }), await router()];
    const { error } = await visit(behind(r1, [endpoint('bastion', bastion.port)]));
    expect(error).toMatchObject({ name: 'forward-refused', phase: 'tcp', retry: 'never' });
    expect(error?.message).toMatch(
      /^R1: through jump host bastion \(127\.0\.0\.1:\d+\): it forbids to go on to R1 \(/,
    );
    await allClosed(bastion);
  });

  test('it cannot reach the router', async () => {
    const [bastion, r1] = [await hop({ forwarding: 'unreachable' }), await router()];
    const { error } = await visit(behind(r1, [endpoint('bastion', bastion.port)]));
    expect(error).toMatchObject({ name: 'forward-failed', phase: 'tcp', retry: 'later' });
    expect(error?.message).toContain('it cannot reach R1');
  });

  test('it says nothing to the wish to go on', async () => {
    const [bastion, r1] = [await hop({ forwarding: 'silent' }), await router()];
    const { error } = await visit(behind(r1, [endpoint('bastion', bastion.port)]), {
      limits: { connectMs: 200 },
    });
    expect(error).toMatchObject({ name: 'forward-failed', phase: 'tcp' });
    expect(error?.message).toContain('in 0.2 s');
    await allClosed(bastion);
  });

  test('nobody listens, no common algorithm, no credential: the name stays, the message says where', async () => {
    const r1 = await router();
    const closed = await hop();
    await closed.close();
    running.splice(running.indexOf(closed), 1);
    const old = await hop({ kex: ['diffie-hellman-group14-sha1'] });
    for (const [to, name] of [
      [endpoint('bastion', closed.port), 'connection-refused'],
      [endpoint('bastion', old.port), 'no-common-algorithm'],
      [endpoint('bastion', old.port, { password: null, legacyAlgorithms: true }), 'no-credential'],
    ] as const) {
      const { error } = await visit(behind(r1, [to]));
      expect(error?.name).toBe(name);
      expect(error?.message).toMatch(/^R1: through jump host bastion \(127\.0\.0\.1:\d+\): /);
      expect(error?.message).not.toContain('routers:');
    }
    expect(r1.connectionsSeen()).toBe(0);
  });

  test('it dies in mid-session: the output is cut with connection-lost', async () => {
    const [bastion, r1] = [await hop(), await router({ stallCmd: /logging/, stallAfter: 5000 })];
    const opened = await openCollector(behind(r1, [endpoint('bastion', bastion.port)]), { log: silentLog });
    if (!opened.ok) throw new Error(opened.error.message);
    const cut = opened.collector.collect(mustShowCommand('show logging'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    bastion.drop();
    expect(await cut).toMatchObject({ kind: 'cut-short', error: 'connection-lost' });
    await opened.collector.close();
  });

  test('an interrupt while the hop logs in', async () => {
    const stop = new AbortController();
    const [bastion, r1] = [await hop({ forwarding: 'silent' }), await router()];
    const ended = visit(behind(r1, [endpoint('bastion', bastion.port)]), { signal: stop.signal });
    setTimeout(() => stop.abort(), 150);
    expect((await ended).error?.name).toBe('interrupted');
    await allClosed(bastion);
  });
});

describe('many routers behind the same hop', () => {
  async function sweep(routers: number, via: SshEndpoint, to: RunningRouter, atATime = 10) {
    const gateOf = credentialGates();
    const jumpHosts = openJumpHosts({ log: silentLog, gateOf });
    const ends: { readonly name: string; readonly message: string }[] = [];
    const names = Array.from({ length: routers }, (_, n) => `R${n}`);
    const worker = async (): Promise<void> => {
      for (let name = names.shift(); name !== undefined; name = names.shift()) {
        const { error } = await visit(behind(to, [via], { name }), { gateOf, jumpHosts });
        ends.push({ name: error?.name ?? 'ok', message: error?.message ?? '' });
      }
    };
    await Promise.all(Array.from({ length: atATime }, worker));
    await jumpHosts.close();
    return ends;
  }

  test('twenty share one login, and nothing stays open', async () => {
    const [bastion, r1] = [await hop(), await router()];
    const ends = await sweep(20, endpoint('bastion', bastion.port), r1);
    expect(ends.filter(({ name }) => name === 'ok')).toHaveLength(20);
    expect([bastion.connectionsSeen(), bastion.logins(), bastion.forwards.length]).toEqual([1, 1, 20]);
    await allClosed(bastion, r1);
  });

  test('a wrong password of the hop is said once, and is the named error of all', async () => {
    const [bastion, r1] = [await hop(), await router()];
    const ends = await sweep(10, endpoint('bastion', bastion.port, { password: 'wrong' }), r1);
    expect(bastion.said).toEqual(['wrong']);
    expect(bastion.connectionsSeen()).toBe(1);
    expect(new Set(ends.map(({ name }) => name))).toEqual(new Set(['authentication-rejected']));
    for (const { message } of ends)
      expect(message).toMatch(/^R\d: through jump host bastion \(.*jump host refused user hopper/);
    expect(r1.connectionsSeen()).toBe(0);
  });

  test('a hop that is lost between two routers is opened again, once', async () => {
    const [bastion, r1] = [await hop(), await router()];
    const jumpHosts = openJumpHosts({ log: silentLog });
    const via = [endpoint('bastion', bastion.port)];
    const names: (string | null)[] = [];
    for (let n = 0; n < 3; n++) {
      names.push((await visit(behind(r1, via), { jumpHosts })).error?.name ?? null);
      bastion.drop();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await jumpHosts.close();
    expect(names).toEqual([null, null, 'forward-failed']);
    expect(bastion.logins()).toBe(2);
  });

  test('the deadline of one router does not end the login that the others wait for', async () => {
    const [bastion, r1] = [await hop(), await router()];
    const jumpHosts = openJumpHosts({ log: silentLog });
    const via = [endpoint('bastion', bastion.port)];
    const [first, second] = await Promise.all([
      visit(behind(r1, via), { jumpHosts, signal: AbortSignal.abort() }),
      visit(behind(r1, via), { jumpHosts }),
    ]);
    await jumpHosts.close();
    expect([first?.error?.name, second?.error]).toEqual(['interrupted', null]);
    expect(bastion.logins()).toBe(1);
  });
});
