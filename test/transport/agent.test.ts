import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startRouter } from '../../mocks/ios-router/ios-router.ts';
import type { AuthAttempt } from '../../mocks/ios-router/login.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { silentLog } from '../../src/core/log.ts';
import { readCredentials } from '../../src/transport/credentials.ts';
import type { PrivateKey, RouterTarget } from '../../src/transport/router-target.ts';
import { openCollector } from '../../src/transport/ssh-collector.ts';

const why = ['/usr/bin/ssh-agent', '/usr/bin/ssh-add', '/usr/bin/ssh-keygen'].every((file) =>
  existsSync(file),
)
  ? null
  : 'no ssh-agent: apt-get install openssh-client';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunneldoc-agent-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ending: (() => void)[] = [];
afterEach(() => {
  for (const end of ending.splice(0)) end();
});

function target(changes: Partial<RouterTarget>): RouterTarget {
  return {
    name: 'R1',
    host: '127.0.0.1',
    port: 22,
    user: 'lab',
    password: null,
    legacyAlgorithms: false,
    hostKeys: { policy: 'accept-new', knownHostsFile: '', readOnlyFiles: [] },
    ...changes,
  };
}

/** Makes a key with ssh-keygen. */
function key(name: string, ...options: string[]): { readonly file: string; readonly publicKey: string } {
  const file = join(folder, name);
  spawnSync('/usr/bin/ssh-keygen', ['-q', '-f', file, '-N', '', '-C', name, ...options]);
  return { file, publicKey: readFileSync(`${file}.pub`, 'utf8').trim() };
}

const asSettings = (name: string, passphrase: string | null = null): PrivateKey => ({
  name,
  text: readFileSync(join(folder, name), 'utf8'),
  passphrase,
});

let agents = 0;
/** A real ssh-agent that holds these keys. */
async function agentWith(...files: string[]): Promise<{ readonly socket: string; stop(): void }> {
  agents += 1;
  const socket = join(folder, `agent-${agents}`);
  const agent = spawn('/usr/bin/ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  ending.push(() => agent.kill());
  for (let tries = 0; !existsSync(socket) && tries < 200; tries++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  for (const file of files)
    spawnSync('/usr/bin/ssh-add', [file], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  return { socket, stop: () => void agent.kill() };
}

/** Visits a router that takes one key and, for `lab`, no password but `lab`. */
async function visit(publicKey: string | null, changes: Partial<RouterTarget>) {
  const user = { password: 'lab', privilege: null, publicKey };
  const router = await startRouter({
    recording: recordingOf('R1', { 'show version': 'x\n' }),
    behaviour: { users: { lab: user } },
  });
  const opened = await openCollector(
    target({
      port: router.port,
      hostKeys: {
        policy: 'accept-new',
        knownHostsFile: join(folder, `known-${router.port}`),
        readOnlyFiles: [],
      },
      ...changes,
    }),
    { log: silentLog, limits: { agentMs: 300 } },
  );
  if (opened.ok) await opened.collector.close();
  const attempts: readonly AuthAttempt[] = [...router.authAttempts];
  await router.close();
  return {
    error: opened.ok ? null : opened.error,
    remarks: opened.ok ? opened.collector.facts.remarks.join('\n') : '',
    methods: attempts.map((one) => `${one.method} ${one.accepted}`),
    connections: router.connectionsSeen(),
  };
}

if (why !== null) test.skip(`ssh-agent (${why})`, () => {});
else {
  describe('a real ssh-agent', () => {
    test.each([['ed25519'], ['ecdsa'], ['rsa']])('logs in with its %s key', async (type) => {
      const { file, publicKey } = key(`one-${type}`, '-t', type);
      const { socket } = await agentWith(file);
      const { error, methods } = await visit(publicKey, { agent: socket });
      expect(error).toBeNull();
      expect(methods).toEqual(['publickey true']);
    });

    test('of five keys three are offered, two when a password may follow; the rest is told', async () => {
      const files = ['a', 'b', 'c', 'd', 'e'].map((name) => key(name, '-t', 'ed25519').file);
      const { socket } = await agentWith(...files);
      const alone = await visit(null, { agent: socket });
      expect(alone.error?.name).toBe('authentication-rejected');
      expect(alone.error?.message).toContain(
        'publickey agent key a, publickey agent key b, publickey agent key c)',
      );
      const withPassword = await visit(null, { agent: socket, password: 'lab' });
      expect(withPassword.error).toBeNull();
      expect(withPassword.methods).toEqual(['keyboard-interactive true']);
      expect(withPassword.remarks).toContain('holds 5 keys, of which the first 2 were offered');
    });

    test('a public key file chooses the key of the agent', async () => {
      const files = ['p', 'q', 'r', 's', 't'].map((name) => key(name, '-t', 'ed25519'));
      const { socket } = await agentWith(...files.map(({ file }) => file));
      const chosen = await visit(files[4]?.publicKey ?? '', {
        agent: socket,
        privateKeys: [asSettings('t.pub')],
      });
      expect(chosen.error).toBeNull();
      expect(chosen.methods).toEqual(['publickey true']);
      const other = await visit(files[4]?.publicKey ?? '', {
        agent: socket,
        privateKeys: [asSettings('p.pub')],
      });
      expect(other.error?.message).toContain('(tried: publickey agent key p)');
    });

    test('a locked key file without a passphrase is used by the agent that holds it', async () => {
      const { file, publicKey } = key('locked', '-t', 'ed25519');
      const { socket } = await agentWith(file);
      spawnSync('/usr/bin/ssh-keygen', ['-q', '-p', '-f', file, '-P', '', '-N', 'long-passphrase']);
      const { error, methods } = await visit(publicKey, {
        agent: socket,
        privateKeys: [asSettings('locked')],
      });
      expect(error).toBeNull();
      expect(methods).toEqual(['publickey true']);
    });

    test('an agent that holds no key', async () => {
      const { socket } = await agentWith();
      expect((await visit(null, { agent: socket })).error).toMatchObject({
        name: 'agent-unusable',
        message: expect.stringContaining('holds no key'),
      });
    });
  });

  describe('key files', () => {
    test.each<[string, string[]]>([
      ['ed25519', ['-t', 'ed25519']],
      ['rsa in PEM', ['-t', 'rsa', '-m', 'PEM']],
      ['ecdsa in PKCS 8', ['-t', 'ecdsa', '-m', 'PKCS8']],
    ])('%s with a passphrase: right, missing, wrong', async (what, options) => {
      const name = `file-${what.replaceAll(' ', '-')}`;
      const { file, publicKey } = key(name, ...options);
      spawnSync('/usr/bin/ssh-keygen', [
        '-q',
        '-p',
        '-f',
        file,
        '-P',
        '',
        '-N',
        'long-passphrase',
        ...options.slice(2),
      ]);
      const right = await visit(publicKey, { privateKeys: [asSettings(name, 'long-passphrase')] });
      expect(right.error).toBeNull();
      for (const [passphrase, words] of [
        [null, 'encrypted and no passphrase was given'],
        ['wrong-passphrase', 'its passphrase is wrong'],
      ] as const) {
        const { error, connections } = await visit(publicKey, {
          privateKeys: [asSettings(name, passphrase)],
        });
        expect(error).toMatchObject({
          name: 'unusable-private-key',
          phase: 'authentication',
          retry: 'never',
        });
        expect(error?.message).toContain(`${name} cannot be used: `);
        expect(error?.message).toContain(words);
        expect(error?.message).not.toContain('wrong-passphrase');
        expect(connections).toBe(0);
      }
    });

    test('a key that cannot be used beside a password: the login goes on with a remark', async () => {
      const garbage = { name: 'id_bad', text: 'no key', passphrase: null };
      const { error, remarks } = await visit(null, { privateKeys: [garbage], password: 'lab' });
      expect(error).toBeNull();
      expect(remarks).toContain('the private key id_bad cannot be used');
    });
  });
}

describe('an agent that is none', () => {
  test('no socket: an error alone, a remark beside a password', async () => {
    const agent = join(folder, 'absent');
    const alone = await visit(null, { agent });
    expect(alone.error).toMatchObject({ name: 'agent-unusable', phase: 'authentication', retry: 'never' });
    expect(alone.error?.message).toContain(`${agent} cannot be used: it cannot be reached (ENOENT)`);
    expect(alone.connections).toBe(0);
    const beside = await visit(null, { agent, password: 'lab' });
    expect(beside.error).toBeNull();
    expect(beside.remarks).toContain('cannot be reached (ENOENT)');
  });

  test.each<[string, (socket: Socket) => void, string]>([
    ['says nothing', () => {}, 'it did not answer in 0.1 s'],
    ['hangs up', (socket) => socket.end(), 'it failed (No reply from server)'],
    ['answers nonsense', (socket) => socket.write(Buffer.from([0, 0, 0, 1, 99])), 'cannot be used'],
  ])('one that %s', async (what, answer, words) => {
    const path = join(folder, what.replaceAll(' ', '-'));
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', () => answer(socket));
      ending.push(() => socket.destroy());
    });
    server.listen(path);
    ending.push(() => server.close());
    await once(server, 'listening');
    const read = await readCredentials(target({ agent: path }), { agentMs: 100 });
    expect(read.ok ? null : read.error).toMatchObject({
      name: 'agent-unusable',
      message: expect.stringContaining(words),
    });
  });
});
