// The command line about connecting, against mock routers behind jump hosts: flags, inventory and OpenSSH config files.
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import ssh2 from 'ssh2';
import { type RunningRouter, startRouter } from '../../mocks/ios-router/ios-router.ts';
import { scenariosFolder } from '../../src/app/scenario.ts';
import { run } from '../../src/cli/program.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { loadRecordings } from '../../src/evidence/recording-folder.ts';
import { tunneldoc } from '../support/command-line.ts';
import { reportOf } from '../support/report-schema.ts';
import { scratchFolder, writeTree } from '../support/scratch.ts';
import { type JumpServer, startJumpServer } from '../transport/jump-server.ts';

const scratch = scratchFolder();
const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

async function router(): Promise<RunningRouter> {
  const [recording] =
    (await loadRecordings(join(scenariosFolder(), 'healthy-hub-and-spokes', 'branch1'))) ?? [];
  if (recording === undefined) throw new Error('no recording');
  const started = await startRouter({ recording, behaviour: { hostname: 'branch1' } });
  running.push(started);
  return started;
}

async function jumpHost(): Promise<JumpServer> {
  const started = await startJumpServer();
  running.push(started);
  return started;
}

const file = (name: string, text: string): string => join(writeTree(scratch, { [name]: text }), name);
const HOSTS = [
  '--host-keys',
  'accept-new',
  '--known-hosts',
  join(scratch, 'known_hosts'),
  '--format',
  'json',
];
const env = { TUNNELDOC_PASSWORD: 'lab', HOP: 'hop' };

describe('diagnose', () => {
  test('a name of the config: HostName, Port, User and ProxyJump are followed; the words of the command line win', async () => {
    const far = await router();
    const bastion = await jumpHost();
    const config = file(
      'ssh_config',
      `Host hub1
  HostName 127.0.0.1
  Port ${far.port}
  User lab
  ProxyJump bastion
Host wrong
  HostName 127.0.0.1
  Port 1
  User nobody
Host bastion
  HostName 127.0.0.1
  Port ${bastion.port}
  User ops
`,
    );
    const jumpPassword = ['--jump-password', 'env:HOP'];
    const ran = await tunneldoc(['diagnose', 'hub1', '--ssh-config', config, ...jumpPassword, ...HOSTS], {
      env,
    });
    expect(reportOf(ran.out).routers[0]).toMatchObject({
      router: 'hub1',
      address: '127.0.0.1',
      outcome: 'diagnosed',
    });
    expect(bastion.forwards).toEqual([`127.0.0.1:${far.port}`]);
    expect(bastion.said).toEqual(['hop']);

    const direct = ['diagnose', `lab@wrong:${far.port}`, '--ssh-config', config, ...HOSTS];
    const again = await tunneldoc(direct, { env });
    expect(reportOf(again.out).routers[0]).toMatchObject({ router: 'wrong', outcome: 'diagnosed' });
    expect(bastion.forwards).toHaveLength(1);
  });

  test('a config that cannot be used ends the run before anything is asked, with its lines', async () => {
    const far = await router();
    const config = file('broken_config', 'Host *\n Port\n User\n');
    const argv = ['diagnose', `lab@127.0.0.1:${far.port}`, '--ssh-config', config, ...HOSTS];
    const ran = await tunneldoc(argv, { env });
    expect(ran.code).toBe(2);
    const { error, problems } = JSON.parse(ran.out) as { error: string; problems: string[] };
    expect(error).toMatch(/OpenSSH config cannot be used; nothing was asked/);
    expect(problems).toEqual([
      expect.stringContaining(`${config}:2:1: Port has no value`),
      expect.stringContaining(`${config}:3:1: User has no value`),
    ]);
    expect(far.connectionsSeen()).toBe(0);
    const off = await tunneldoc([...argv.slice(0, 2), '--ssh-config', 'none', ...HOSTS], { env });
    expect(reportOf(off.out).routers[0]?.outcome).toBe('diagnosed');
  });

  test('several key files; a config that is not followed is remarked in the report', async () => {
    const far = await router();
    const { private: key } = ssh2.utils.generateKeyPairSync('ed25519');
    const keys = ['k1', 'k2'].flatMap((name) => ['--identity', file(name, key)]);
    const config = file('loose_config', 'StrictHostKeyChecking no\n');
    const known = HOSTS.filter((word) => !['--host-keys', 'accept-new'].includes(word));
    const argv = ['diagnose', `lab@127.0.0.1:${far.port}`, ...keys, '--ssh-config', config];
    expect(reportOf((await tunneldoc([...argv, ...HOSTS], { env })).out).routers[0]?.outcome).toBe(
      'diagnosed',
    );
    const again = reportOf((await tunneldoc([...argv, ...known], { env })).out).routers[0];
    expect(again?.outcome).toBe('diagnosed');
    expect(JSON.stringify(again?.remarks)).toContain('StrictHostKeyChecking no');
  });

  test.each([
    [['--jump', 'a b'], /--jump a b: expected is \[user@\]host/],
    [['--passphrase', 'hunter22'], /--passphrase: a secret itself is refused/],
    [['--jump-password', 'hunter22'], /--jump-password: a secret itself is refused/],
    [['--timeout-prompt', '0'], /--timeout-prompt takes a whole number/],
    [['--timeout-key-exchange', 'x'], /--timeout-key-exchange takes a whole number/],
    [['--timeout-router', '0'], /--timeout-router takes a whole number/],
    [['--ssh-config', '/nonexistent/config'], /no such file/],
    [['--identity', '/nonexistent/key'], /cannot read the private key \/nonexistent\/key \(--identity\)/],
    [['--agent'], /the ssh-agent is wanted \(--agent\), but SSH_AUTH_SOCK is not set/],
  ])('%j is refused and nothing is sent', async (words, refusal) => {
    const far = await router();
    const ran = await tunneldoc(['diagnose', `lab@127.0.0.1:${far.port}`, ...words, ...HOSTS], { env });
    expect(ran.out + ran.err).toMatch(refusal);
    expect(ran.out + ran.err).not.toContain('hunter22');
    expect(ran.code).toBeGreaterThan(1);
    expect(far.connectionsSeen()).toBe(0);
  });
});

describe('sweep and inventory', () => {
  const yaml = (far: number, bastion: number): string => `sshConfig: none
jumpHosts:
  lon: {host: 127.0.0.1, port: ${bastion}, user: ops, password: env:HOP}
groups:
  behind: {jump: lon}
defaults: {user: lab, password: env:TUNNELDOC_PASSWORD}
routers:
  - {name: far1, host: 127.0.0.1, port: ${far}, groups: [behind], legacyAlgorithms: [ssh-rsa]}
  - {name: near1, host: 127.0.0.1, port: ${far}, groups: [behind], jump: none}
`;

  test('routers behind a declared jump host, and one beside it; --jump by name', async () => {
    const far = await router();
    const bastion = await jumpHost();
    const inventory = file('inventory.yaml', yaml(far.port, bastion.port));
    const argv = ['sweep', '--minimal', '--inventory', inventory, ...HOSTS];
    const swept = reportOf((await tunneldoc(argv, { env })).out);
    expect(swept.routers.map((one) => [one.router, one.outcome])).toEqual([
      ['far1', 'diagnosed'],
      ['near1', 'diagnosed'],
    ]);
    expect(bastion.forwards).toEqual([`127.0.0.1:${far.port}`]);
    const flagged = await tunneldoc([...argv, '--limit', 'near1', '--jump', 'lon'], { env });
    expect(reportOf(flagged.out).routers[0]?.outcome).toBe('diagnosed');
    expect(bastion.forwards).toHaveLength(2);
    expect(bastion.said.filter((password) => password !== 'hop')).toEqual([]);
  });

  test('each secret is asked for once a sweep, by its name', async () => {
    const far = await router();
    const bastion = await jumpHost();
    const { port } = bastion;
    const inventory = file(
      'asked.yaml',
      `sshConfig: none
jumpHosts:
  lon: {host: 127.0.0.1, port: ${port}, user: ops, password: ask}
defaults: {user: lab, password: ask, enableSecret: ask, jump: lon}
routers:
  - {name: r1, host: 127.0.0.1, port: ${far.port}}
  - {name: r2, host: 127.0.0.1, port: ${far.port}}
`,
    );
    const asked: string[] = [];
    const out: string[] = [];
    const terminal: Terminal = {
      out: (text) => void out.push(text),
      err: () => {},
      isInteractive: true,
      hasProgress: false,
      columns: 100,
      env: {},
      readStdin: async () => '',
      ask: async (question) => {
        asked.push(question);
        return question.includes('jump host') ? 'hop' : question.startsWith('Enable') ? 'up15' : 'lab';
      },
      now: Date.now,
    };
    await run(['sweep', '--minimal', '--inventory', inventory, ...HOSTS], terminal);
    expect(reportOf(out.join('')).routers.map((one) => one.outcome)).toEqual(['diagnosed', 'diagnosed']);
    expect(asked).toEqual(['Password for r1: ', 'Password for jump host lon: ', 'Enable secret for r1: ']);
    expect(bastion.said).toEqual(['hop']);
  });

  test('list and check show the way; explain says who said what, and no secret', async () => {
    const inventory = file('explained.yaml', yaml(2201, 2200));
    const list = await tunneldoc(['inventory', 'list', inventory]);
    expect(list.out.split('\n')[0]).toMatch(/^far1 .*behind {2}through lon {2}legacy algorithms ssh-rsa$/);
    expect(list.out.split('\n')[1]).not.toContain('through');
    const check = await tunneldoc(['inventory', 'check', inventory]);
    expect(check.out).toBe(
      `${inventory}: 2 router(s), no problem found\n  far1: through lon; legacy algorithms ssh-rsa\n`,
    );
    const config = file(
      'explained_config',
      'Host 127.0.0.1\n HostKeyAlias lab\n User x\n Ciphers -aes128*\n',
    );
    const argv = [
      'inventory',
      'explain',
      inventory,
      '--limit',
      'far1',
      '--ssh-config',
      config,
      '--user',
      'me',
      '--identity',
      'k1',
      '--identity',
      'k2',
    ];
    const text = (await tunneldoc(argv, { env })).out;
    for (const line of [
      /^far1$/m,
      /^ {2}host +127\.0\.0\.1 +inventory$/m,
      /^ {2}port +2201 +inventory$/m,
      /^ {2}user +me +--user$/m,
      /^ {2}password +env:TUNNELDOC_PASSWORD +inventory$/m,
      /^ {2}keys +k1, k2 +--identity$/m,
      /^ {2}legacy algorithms +ssh-rsa +inventory$/m,
      new RegExp(`^ {2}ciphers +aes256-gcm@openssh.com.* ${config}:4$`, 'm'),
      new RegExp(`^ {2}host key alias +lab +${config}:2$`, 'm'),
      /^ {2}host keys +strict +default$/m,
      /^ {2}jump host 1: lon$/m,
      /^ {4}user +ops +inventory$/m,
      /^ {4}password +env:HOP +inventory$/m,
    ])
      expect(text).toMatch(line);
    const json = (await tunneldoc([...argv, '--format', 'json'], { env })).out;
    expect(JSON.parse(json)).toMatchObject({
      routers: [{ name: 'far1', via: [{ name: 'lon' }], remarks: [] }],
    });
  });

  test('a way that cannot be gone is found by check and shown by explain', async () => {
    const config = file('circle_config', 'ProxyJump bastion\n');
    const inventory = file(
      'circle.yaml',
      `sshConfig: ${config}\nrouters:\n  - {name: r, host: h, user: u}\n  - {name: s, host: h, user: u, jump: none}\n`,
    );
    const check = await tunneldoc(['inventory', 'check', inventory]);
    expect(check.code).toBe(2);
    expect(check.err).toMatch(
      /1 router\(s\) cannot be reached as it stands[\s\S]*r: .*circle_config:1: the way leads back to bastion/,
    );
    const explain = await tunneldoc(['inventory', 'explain', inventory]);
    expect(explain.code).toBe(2);
    expect(explain.out).toMatch(/^r\n {2}cannot be reached: r: .*leads back to bastion.*\ns\n {2}host/m);
  });

  test('a password that stands in the inventory is shown nowhere', async () => {
    const inventory = file(
      'plain.yaml',
      'sshConfig: none\njumpHosts:\n  lon: {host: h, password: hop-s3cret, passphrase: pass-s3cret}\nrouters:\n  - {name: r, host: h2, user: u, password: r-s3cret, passphrase: p-s3cret, jump: lon}\n',
    );
    for (const words of [
      ['list', '--format', 'json'],
      ['list'],
      ['explain'],
      ['explain', '--format', 'json'],
    ]) {
      const [action = '', ...rest] = words;
      const ran = await tunneldoc(['inventory', action, inventory, '--allow-plain-passwords', ...rest]);
      expect(ran.code).toBe(0);
      expect(ran.out + ran.err).not.toContain('s3cret');
    }
  });
});
