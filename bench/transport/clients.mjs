import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ssh2 from 'ssh2';

/**
 * Each client logs in, runs the commands one after the other, says `exit` and waits for the end of the connection.
 * It calls `ready` when the first command can be sent, and returns how many bytes of output it had in all.
 */

/** Our own session. */
export function product({ openCollector, mustShowCommand }, options) {
  return async ({ at, commands, folder, ready }) => {
    const opened = await openCollector(
      {
        name: 'R1',
        ...at,
        user: 'lab',
        password: 'lab',
        legacyAlgorithms: false,
        hostKeys: { policy: 'accept-new', knownHostsFile: join(folder, 'known_hosts'), readOnlyFiles: [] },
        ...options,
      },
      { log: { error() {}, warn() {}, info() {}, debug() {} } },
    );
    if (!opened.ok) throw new Error(opened.error.message);
    ready();
    let bytes = 0;
    // Asked for at once: the session decides what it sends when.
    const ends = commands.map((command) => opened.collector.collect(mustShowCommand(command)));
    for (const end of await Promise.all(ends)) {
      if (end.kind !== 'answered') throw new Error(`${end.command}: ${end.reason}`);
      bytes += end.text.length;
    }
    await opened.collector.close();
    return bytes;
  };
}

/** ssh2 with a caller that believes the first text that looks like the prompt. `authHandler`: which methods it tries. */
export function bareSsh2({ authHandler, noDelay }) {
  return async ({ at, commands, ready }) => {
    const client = new ssh2.Client();
    client.connect({ ...at, username: 'lab', password: 'lab', authHandler });
    if (noDelay) client.setNoDelay(true);
    await once(client, 'ready');
    const stream = await new Promise((resolve, reject) => {
      client.shell({ cols: 511, rows: 500 }, (error, channel) => (error ? reject(error) : resolve(channel)));
    });
    return converse({ input: stream, output: stream, commands, ready, over: once(client, 'close') });
  };
}

/** Why OpenSSH's client cannot be measured; null when it can. */
export function whyNoOpenSsh() {
  return spawnSync('ssh', ['-V']).status === 0 ? null : 'no ssh';
}

/** OpenSSH's client, driven as a script drives it. */
export async function openSsh({ at, commands, folder, ready }) {
  const ask = join(folder, 'askpass');
  writeFileSync(ask, '#!/bin/sh\necho lab\n', { mode: 0o700 });
  const options = [
    'ControlMaster=no',
    'ControlPath=none',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
  ];
  const auth = ['PubkeyAuthentication=no', 'PreferredAuthentications=password', 'LogLevel=ERROR'];
  const flags = [...options, ...auth].flatMap((option) => ['-o', option]);
  const child = spawn('ssh', ['-F', 'none', '-tt', ...flags, '-p', String(at.port), `lab@${at.host}`], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, SSH_ASKPASS: ask, SSH_ASKPASS_REQUIRE: 'force' },
  });
  const over = once(child, 'exit');
  return converse({ input: child.stdin, output: child.stdout, commands, ready, over });
}

async function converse({ input, output, commands, ready, over }) {
  let text = '';
  let bytes = 0;
  let wake = () => {};
  output.on('data', (piece) => {
    text += piece.toString('latin1');
    bytes += piece.length;
    wake();
  });
  const prompt = async () => {
    while (!text.endsWith('\nR1#'))
      await new Promise((resolve) => {
        wake = resolve;
      });
    text = '';
  };
  const ask = async (command) => {
    input.write(`${command}\r`);
    await prompt();
  };
  await prompt();
  await ask('terminal length 0');
  await ask('terminal width 511');
  ready();
  for (const command of commands) await ask(command);
  input.write('exit\r');
  await over;
  return bytes;
}

export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
}
