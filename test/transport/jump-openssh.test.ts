import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import type { RouterTarget, SshEndpoint } from '../../src/transport/router-target.ts';
import { record } from './stand-in.ts';

const SSHD = '/usr/sbin/sshd';
const why =
  !existsSync(SSHD) || !existsSync('/usr/bin/ssh-keygen') ? 'no sshd: apt-get install openssh-server' : null;
const { username } = userInfo();

let folder: string;
const servers: ChildProcess[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunneldoc-openssh-'));
  for (const name of ['host', 'user']) {
    spawnSync('/usr/bin/ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  }
  // Where Debian's sshd, started by root, puts its unprivileged half.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
});
afterAll(() => {
  for (const server of servers) server.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

/** A real OpenSSH server of the user who runs the tests, in the foreground, with nothing but forwarding. */
async function startSshd(...settings: string[]): Promise<{ readonly port: number; log(): string }> {
  const port = await freePort();
  const config = join(folder, `config-${port}`);
  const log = join(folder, `log-${port}`);
  const authorized = join(folder, 'authorized');
  writeFileSync(authorized, readFileSync(join(folder, 'user.pub')));
  chmodSync(authorized, 0o600);
  const lines = [
    'ListenAddress 127.0.0.1',
    `Port ${port}`,
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${authorized}`,
    'PidFile none',
    'StrictModes no',
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    ...settings,
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  servers.push(spawn(SSHD, ['-D', '-f', config, '-E', log], { stdio: 'ignore' }));
  for (let tries = 0; tries < 200; tries++) {
    const socket = connect(port, '127.0.0.1');
    const isUp = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isUp) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { port, log: () => readFileSync(log, 'utf8') };
}

function endpoint(name: string, port: number, changes: Partial<SshEndpoint> = {}): SshEndpoint {
  return {
    name,
    host: '127.0.0.1',
    port,
    user: username,
    password: null,
    privateKeys: [{ name: 'user', text: readFileSync(join(folder, 'user'), 'utf8'), passphrase: null }],
    legacyAlgorithms: false,
    hostKeys: { policy: 'accept-new', knownHostsFile: join(folder, 'known_hosts'), readOnlyFiles: [] },
    ...changes,
  };
}

const OUTPUTS = {
  'show logging': `Syslog logging: enabled\n${'*Nov 23 09:30:12: %SYS-5-CONFIG_I\n'.repeat(5000)}`,
};

async function visit(...via: SshEndpoint[]) {
  const router = await startRouter({ recording: recordingOf('R1', OUTPUTS), behaviour: { hostname: 'R1' } });
  const target: RouterTarget = {
    ...endpoint('R1', router.port, { user: 'lab', password: 'lab', privateKeys: [] }),
    via,
  };
  const result = await record(target, ['show logging']);
  await router.close();
  return result;
}

if (why !== null) test.skip(`OpenSSH as jump host (${why})`, () => {});
else {
  test('through one OpenSSH server, and through two in a chain, the output is exact', async () => {
    const [outer, inner] = [await startSshd(), await startSshd()];
    for (const via of [[outer], [outer, inner]]) {
      const { error, ends } = await visit(...via.map(({ port }, n) => endpoint(`bastion${n}`, port)));
      expect(error).toBeNull();
      expect(ends[0]?.text === OUTPUTS['show logging']).toBe(true);
    }
    expect(outer.log().match(/Accepted publickey for/g)).toHaveLength(2);
  });

  test('one that forbids to go on, and one that may go elsewhere only, are named with its words', async () => {
    for (const setting of ['AllowTcpForwarding no', 'PermitOpen 192.0.2.1:22']) {
      const { port } = await startSshd(setting);
      const { error } = await visit(endpoint('bastion', port));
      expect(error).toMatchObject({ name: 'forward-refused', phase: 'tcp', retry: 'never' });
      expect(error?.message).toMatch(/^R1: through jump host bastion \(.*prohibited/);
    }
  });

  test('a router that is not there is told in the words of the server', async () => {
    const { port } = await startSshd();
    const target: RouterTarget = {
      ...endpoint('R1', await freePort(), { user: 'lab', password: 'lab', privateKeys: [] }),
      via: [endpoint('bastion', port)],
    };
    const { error } = await record(target, []);
    expect(error).toMatchObject({ name: 'forward-failed', retry: 'later' });
    expect(error?.message).toContain('It said: Connection refused.');
  });
}
