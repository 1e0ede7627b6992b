import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Client, type Prompt } from 'ssh2';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { parseBehaviour } from '../../mocks/ios-router/behaviour-file.ts';
import { type RunningRouter, startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { connect, openShell, type Shell } from './shell-client.ts';

const LOG = 'line 1\nline 2\nline 3\n';
const running: RunningRouter[] = [];
const clients: Client[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await Promise.all(running.splice(0).map((router) => router.close()));
});

async function start(behaviour: Partial<Behaviour> = {}, logging = LOG): Promise<RunningRouter> {
  const recording = recordingOf('R1', { 'show version': 'Cisco IOS\n', 'show logging': logging });
  const router = await startRouter({ recording, behaviour: { hostname: 'R1', ...behaviour } });
  running.push(router);
  return router;
}

/** A shell whose first prompt has come. */
async function shellAt(behaviour: Partial<Behaviour>, prompt = 'R1#', logging = LOG): Promise<Shell> {
  const shell = await openShell(await start(behaviour, logging));
  clients.push(shell.client);
  await shell.until(prompt);
  return shell;
}

/** All bytes a bare TCP client gets until the router ends it, or until they end with `tail`. */
async function rawBytes(router: RunningRouter, hello: string, tail: string | null): Promise<string> {
  const socket = connectTcp(router.port, router.host);
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
    if (tail !== null && text.endsWith(tail)) socket.destroy();
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    text += `<${error.code}>`;
  });
  socket.write(hello);
  await new Promise((resolve) => socket.once('close', resolve));
  return text;
}

/** Unlike `once` of node:events, an error on the way does not matter. */
function closeOf(client: Client): Promise<void> {
  client.on('error', () => {});
  return new Promise((resolve) => void client.once('close', () => resolve()));
}

describe('before SSH', () => {
  test('text, then the end; text, then silence', async () => {
    const text = '% All vty lines are in use\n';
    expect(await rawBytes(await start({ refuse: 'closed', refuseText: text }), '', null)).toBe(
      '% All vty lines are in use\r\n',
    );
    const telnet = await start({ refuse: 'silent', refuseText: 'Username: ' });
    expect(await rawBytes(telnet, '', 'Username: ')).toBe('Username: ');
  });

  test('a greeting stands in front of the identification', async () => {
    const router = await start({ greeting: 'Unauthorized\nuse is logged\n' });
    expect(await rawBytes(router, '', 'Cisco-1.25\r\n')).toBe(
      'Unauthorized\r\nuse is logged\r\nSSH-2.0-Cisco-1.25\r\n',
    );
    clients.push(await connect(router));
  });

  test('half a handshake: its KEXINIT can be read, then a reset', async () => {
    const router = await start({ refuse: 'reset-kex', algorithms: 'ios12' });
    const lines: string[] = [];
    const client = new Client();
    const failed = new Promise<Error>((resolve) => void client.on('error', resolve));
    client.connect({
      host: router.host,
      port: router.port,
      username: 'lab',
      algorithms: { kex: ['diffie-hellman-group1-sha1'] },
      debug: (line) => lines.push(line),
    });
    expect(String(await failed)).toMatch(/no matching C->S cipher|ECONNRESET/);
    expect(lines.join('\n')).toContain('(remote) KEX method: diffie-hellman-group1-sha1');
    expect(await rawBytes(router, 'SSH-2.0-x\r\n0123456789', null)).toMatch(/<ECONNRESET>$/);
  });

  test('half a handshake: nothing more', async () => {
    const router = await start({ refuse: 'stall-kex' });
    const client = new Client();
    client.connect({ host: router.host, port: router.port, username: 'lab', readyTimeout: 300 });
    await closeOf(client);
    expect(router.authAttempts).toEqual([]);
  });
});

describe('login', () => {
  /** Logs in by keyboard-interactive; gives back every round of questions. */
  async function rounds(router: RunningRouter, answer: (prompt: Prompt) => string) {
    const client = new Client();
    clients.push(client);
    const asked: string[][] = [];
    client.on('keyboard-interactive', (_name, _text, _lang, prompts, finish) => {
      asked.push(prompts.map((prompt) => `${prompt.prompt}${prompt.echo}`));
      finish(prompts.map(answer));
    });
    client.connect({ host: router.host, port: router.port, username: 'lab', tryKeyboard: true });
    const ready = new Promise<true>((resolve) => void client.once('ready', () => resolve(true)));
    const isIn = await Promise.race([ready, closeOf(client).then(() => false)]);
    return { asked, isIn };
  }

  test.each([
    ['[["Kennwort? "], []]', [['Kennwort? false']], true],
    ['[[{ echo: "User: " }, "Pass: "]]', [['User: true', 'Pass: false']], true],
    ['[["Password: "], ["Token: "]]', [['Password: false'], ['Token: false']], false],
  ] as const)('questions %s', async (yaml, asked, isIn) => {
    const behaviour = parseBehaviour(`auth: kbdint\nauth_tries: 1\nauth_prompts: ${yaml}\n`, 'b.yaml');
    const seen = await rounds(await start(behaviour), () => 'lab');
    // ssh2 answers a round without questions by itself
    expect(seen.asked.filter((round) => round.length > 0)).toEqual(asked);
    expect(seen.isIn).toBe(isIn);
  });

  test('a new password is asked for', async () => {
    const router = await start({ changeRequest: 'Your password has expired' });
    const client = new Client();
    clients.push(client);
    client.on('error', () => {});
    const asked = once(client, 'change password');
    client.connect({ host: router.host, port: router.port, username: 'lab', password: 'lab' });
    expect((await asked)[0]).toBe('Your password has expired');
  });

  test('in the session: three questions, then the end', async () => {
    const shell = await shellAt({ auth: 'in-band' }, 'Username: ');
    expect(await shell.ask('lab', 'Password: ')).toBe('lab\r\nPassword: ');
    expect(await shell.ask('wrong', 'Username: ')).toContain('% Login invalid');
    await shell.ask('lab', 'Password: ');
    expect(await shell.ask('lab', 'R1#')).toBe('\r\n\r\nR1#');
  });
});

describe('start of the session', () => {
  test.each([
    ['no-session', 'Channel open failure'],
    ['no-shell', 'Unable to open shell'],
  ] as const)('%s', async (how, message) => {
    const client = await connect(await start({ start: how }));
    clients.push(client);
    const said = await new Promise((resolve) => client.shell((error) => resolve(error)));
    expect(String(said)).toContain(message);
  });

  test.each(['closed', 'gone'] as const)('%s: not a byte, and the connection ends', async (how) => {
    const router = await start({ start: how });
    const client = await connect(router);
    const closed = closeOf(client);
    let text = '';
    client.shell((_error, channel) => channel?.on('data', (bytes: Buffer) => (text += bytes)));
    await closed;
    expect(text).toBe('');
    expect(router.authAttempts).toHaveLength(1);
  });

  test('silent: the shell is open and says nothing', async () => {
    const shell = await openShell(await start({ start: 'silent' }));
    clients.push(shell.client);
    shell.channel.write('\r');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(shell.all()).toBe('');
  });
});

describe('a session with faults', () => {
  test('noise falls into the middle of a line, a stalled output goes on', async () => {
    const shell = await shellAt({
      noiseCmd: /logging/,
      noiseAfter: 10,
      noise: '\n*\n',
      stallCmd: /logging/,
      stallAfter: 12,
      stallFor: 0.05,
    });
    expect(await shell.ask('show logging', 'R1#')).toBe(
      'show logging\r\nline 1\r\nli\r\n*\r\nne 2\r\nline 3\r\nR1#',
    );
  });

  test.each(['cut', 'reset', 'disconnect'] as const)('the line dies: %s', async (hangUp) => {
    const shell = await shellAt({ hangUp, dropCmd: /logging/, dropAfter: 10 });
    shell.channel.write('show logging\r');
    await shell.closed;
    expect('show logging\r\nline 1\r\nli').toContain(shell.all().split('R1#')[1]);
  });

  test('a command that asks', async () => {
    const shell = await shellAt({ asksCmd: /logging/ });
    await shell.ask('show logging', '[yes/no]: ');
    expect(await shell.ask('', '[yes/no]: ')).toContain("% Please answer 'yes' or 'no'.");
    expect(await shell.ask('yes', 'R1#')).toContain('line 1');
    const secret = await shellAt({ asksCmd: /logging/, asks: 'Password: ' });
    await secret.ask('show logging', 'Password: ');
    await secret.ask('', 'Password: ');
    await secret.ask('', 'Password: ');
    expect(await secret.ask('', 'R1#')).toContain('% Bad passwords');
  });

  test('exit that asks', async () => {
    const shell = await shellAt({ exitAsks: 'Uncommitted changes found, leave? [no]: ' });
    await shell.ask('exit', '[no]: ');
    await shell.ask('', 'R1#');
    await shell.ask('exit', '[no]: ');
    shell.channel.write('yes\r');
    await shell.closed;
  });

  test('the prompt changes its name', async () => {
    const shell = await shellAt({ switchCmd: /logging/, switchHostname: 'R1-stby' });
    await shell.ask('show version', 'R1#');
    await shell.ask('show logging', 'R1-stby#');
    await shell.ask('show version', 'R1-stby#');
  });

  test('enable with a text of its own and one question', async () => {
    const behaviour = { defaultPrivilege: 1, enablePrompt: 'Secret? ', enableRefusal: '% Access denied\n' };
    const shell = await shellAt(behaviour, 'R1>');
    await shell.ask('enable', 'Secret? ');
    expect(await shell.ask('wrong', 'R1>')).toBe('\r\n% Access denied\r\nR1>');
    await shell.ask('enable', 'Secret? ');
    await shell.ask('lab', 'R1#');
  });

  test('bytes above 7F as they are, and new keys under way', async () => {
    const shell = await shellAt({ encoding: 'latin1', rekeyEvery: 0.02 }, 'R1#', `${'\xe4\xff'.repeat(9)}\n`);
    for (let i = 0; i < 10; i++) {
      expect(await shell.ask('show logging', 'R1#')).toContain(`\r\n${'\xe4\xff'.repeat(9)}\r\n`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
});

test.each([
  ['auth_prompts: [Password]', 'expected a list'],
  ['auth_prompts: [[{ show: x }]]', 'expected a question, or { echo: question }'],
  ['hang_up: maybe', 'expected one of: cut, reset, disconnect'],
])('%s is refused', (yaml, message) => {
  expect(() => parseBehaviour(yaml, 'b.yaml')).toThrow(message);
});
