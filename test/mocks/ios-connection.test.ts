import { spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import ssh2, { Client, type ClientChannel } from 'ssh2';
import { ALGORITHM_PROFILES, type Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { type RunningRouter, startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { connect, openShell } from './shell-client.ts';

const running: RunningRouter[] = [];
const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await Promise.all(running.splice(0).map((router) => router.close()));
});

async function start(behaviour: Partial<Behaviour> = {}): Promise<RunningRouter> {
  const recording = recordingOf('R1', { 'show version': 'Cisco IOS\n' });
  const router = await startRouter({ recording, behaviour: { hostname: 'R1', ...behaviour } });
  running.push(router);
  return router;
}

const EVERYTHING = {
  kex: {
    append: ['diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'] as const,
    prepend: [],
    remove: [],
  },
  cipher: { append: ['aes128-cbc', '3des-cbc'] as const, prepend: [], remove: [] },
  hmac: { append: ['hmac-md5'] as const, prepend: [], remove: [] },
};

describe('login', () => {
  test('identification, login banner, password', async () => {
    const router = await start({ bannerLogin: 'No entry\nwithout ticket\n' });
    let banner = '';
    let ident = '';
    const client = new Client();
    clients.push(client);
    client.on('banner', (text) => {
      banner = text;
    });
    client.connect({
      host: router.host,
      port: router.port,
      username: 'lab',
      password: 'lab',
      debug: (line) => {
        if (line.includes('Remote ident')) ident = line;
      },
    });
    await once(client, 'ready');
    expect(banner).toBe('No entry\r\nwithout ticket\r\n');
    expect(ident).toContain('SSH-2.0-Cisco-1.25');
    expect(router.authAttempts).toEqual([{ user: 'lab', method: 'password', accepted: true }]);
  });

  test('keyboard-interactive only', async () => {
    const router = await start({ auth: 'kbdint' });
    await expect(connect(router)).rejects.toThrow('authentication methods failed');
    const client = new Client();
    clients.push(client);
    client.on('keyboard-interactive', (_name, _text, _lang, prompts, finish) =>
      finish(prompts.map(() => 'lab')),
    );
    client.connect({ host: router.host, port: router.port, username: 'lab', tryKeyboard: true });
    await once(client, 'ready');
    expect(router.authAttempts.at(-1)).toEqual({
      user: 'lab',
      method: 'keyboard-interactive',
      accepted: true,
    });
  });

  test('a user key', async () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const privateKey = pair.privateKey.export({ type: 'sec1', format: 'pem' });
    const key = ssh2.utils.parseKey(privateKey);
    if (key instanceof Error) throw key;
    const publicKey = `${key.type} ${key.getPublicSSH().toString('base64')} lab`;
    const router = await start({ users: { lab: { password: 'x', privilege: 15, publicKey } }, auth: 'none' });
    const client = new Client();
    clients.push(client);
    client.connect({ host: router.host, port: router.port, username: 'lab', privateKey });
    await once(client, 'ready');
    expect(router.authAttempts).toEqual([{ user: 'lab', method: 'publickey', accepted: true }]);
  });

  test('after the third wrong password the router ends the connection', async () => {
    const router = await start();
    const client = new Client();
    clients.push(client);
    client.on('error', () => {});
    client.connect({
      host: router.host,
      port: router.port,
      username: 'lab',
      authHandler: (_left, _partial, next) =>
        void next({ type: 'password', username: 'lab', password: 'wrong' }),
    });
    await once(client, 'close');
    expect(router.authAttempts).toEqual(Array(3).fill({ user: 'lab', method: 'password', accepted: false }));
  });

  test('an unknown user is refused, also one named like an object property', async () => {
    const router = await start();
    for (const username of ['eve', 'constructor', '__proto__']) {
      await expect(connect(router, { username, password: 'lab' })).rejects.toThrow();
    }
  });

  test('a slow AAA server answers late', async () => {
    const router = await start({ authDelay: 0.3 });
    const before = performance.now();
    clients.push(await connect(router));
    expect(performance.now() - before).toBeGreaterThan(290);
  });
});

describe('refusals before SSH', () => {
  const failure = async (router: RunningRouter): Promise<string> => {
    const client = new Client();
    clients.push(client);
    client.on('error', () => {});
    const failed = once(client, 'error');
    client.connect({
      host: router.host,
      port: router.port,
      username: 'lab',
      password: 'lab',
      readyTimeout: 1_500,
    });
    const [error] = (await failed) as [Error & { code?: string }];
    return error.code ?? error.message;
  };

  test.each([
    ['refused', /ECONNREFUSED/],
    ['reset', /ECONNRESET/],
    ['closed', /Connection lost before handshake/],
    ['silent', /Timed out while waiting for handshake/],
  ] as const)('%s', async (refuse, message) => {
    expect(await failure(await start({ refuse }))).toMatch(message);
  });

  test('one connection more than there are vty lines is reset; a closed one frees its line', async () => {
    const router = await start({ maxSessions: 1 });
    const first = await connect(router);
    expect(await failure(router)).toMatch(/ECONNRESET/);
    first.end();
    await once(first, 'close');
    while (router.connectionsOpen() > 0) await new Promise((resolve) => setImmediate(resolve));
    clients.push(await connect(router));
    expect(router.connectionsSeen()).toBe(3);
  });
});

describe('one channel a connection', () => {
  test('a second shell and a second exec are refused, the first lives', async () => {
    const router = await start();
    const shell = await openShell(router);
    clients.push(shell.client);
    await shell.until('R1#');
    const refused = await new Promise((resolve) => shell.client.shell((error) => resolve(error)));
    expect(String(refused)).toContain('Channel open failure');
    const exec = await new Promise((resolve) => shell.client.exec('show version', (error) => resolve(error)));
    expect(String(exec)).toContain('Channel open failure');
    expect(await shell.ask('show version', 'R1#')).toContain('Cisco IOS');
  });

  test('exec: one command, the banner glued in front, no exit status, the connection ends', async () => {
    const router = await start({ bannerMotd: 'MOTD' });
    const client = await connect(router);
    clients.push(client);
    const closed = once(client, 'close');
    const stream = await new Promise<ClientChannel>((resolve, reject) => {
      client.exec('sh ver', (error, channel) => (error ? reject(error) : resolve(channel)));
    });
    let text = '';
    let exits = 0;
    stream.on('data', (bytes: Buffer) => {
      text += bytes.toString();
    });
    stream.on('exit', () => exits++);
    await closed;
    expect(text).toBe('MOTDCisco IOS\r\n');
    expect(exits).toBe(0);
    expect(router.received).toEqual(['sh ver']);
  });
});

describe('algorithms', () => {
  test.each(ALGORITHM_PROFILES)(
    '%s shakes hands with a client that knows old and new',
    async (algorithms) => {
      const router = await start({
        algorithms,
        hostKey: algorithms === 'ios12' ? 'rsa1024' : algorithms === 'modern' ? 'ecdsa' : 'rsa2048',
      });
      const client = await connect(router, { algorithms: EVERYTHING as never });
      clients.push(client);
    },
  );

  test('a client with defaults cannot reach a 12.x router', async () => {
    const router = await start({ algorithms: 'ios12' });
    await expect(connect(router)).rejects.toThrow('no matching key exchange algorithm');
  });
});

const hasSsh = spawnSync('ssh', ['-V']).status === 0;
(hasSsh ? test : test.skip)('OpenSSH logs in, runs a command and leaves', async () => {
  const router = await start();
  const dir = await mkdtemp(join(tmpdir(), 'askpass-'));
  try {
    const askpass = join(dir, 'askpass');
    await writeFile(askpass, '#!/bin/sh\necho lab\n');
    await chmod(askpass, 0o700);
    const options = [
      'StrictHostKeyChecking=no',
      `UserKnownHostsFile=${join(dir, 'known')}`,
      'PubkeyAuthentication=no',
      'LogLevel=ERROR',
    ];
    const ssh = spawn(
      'ssh',
      [
        '-F',
        'none',
        '-tt',
        ...options.flatMap((option) => ['-o', option]),
        '-p',
        String(router.port),
        `lab@${router.host}`,
      ],
      {
        env: { ...process.env, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0' },
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    let text = '';
    let asked = false;
    ssh.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString('latin1');
      if (asked || !text.endsWith('R1#')) return;
      asked = true;
      ssh.stdin.write('show version\rexit\r');
    });
    await once(ssh, 'close');
    expect(text).toContain('R1#show version\r\nCisco IOS\r\nR1#exit\r\n');
    expect(router.received).toEqual(['show version', 'exit']);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
