import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type IosAccounts, whyNoAccounts } from './ios-accounts.ts';
import type { SshServer } from './server-process.ts';

/** Why tinysshd cannot run here; null when it can. */
export function whyNoTinysshd(): string | null {
  return existsSync('/usr/sbin/tinysshd') ? whyNoAccounts() : 'no tinysshd: apt-get install tinysshd';
}

/** TinySSH: ed25519 keys only, chacha20-poly1305 only, and it answers no keepalive. One process a connection, as under inetd. */
export async function startTinysshd(accounts: IosAccounts, port: number): Promise<SshServer> {
  const keys = join(accounts.folder, 'tinyssh-keys');
  if (!existsSync(keys)) spawnSync('/usr/sbin/tinysshd-makekey', ['-q', keys]);
  let said = '';
  const listener = createServer({ pauseOnConnect: true }, (socket) => {
    const [program, ...args] = accounts.command('/usr/sbin/tinysshd', '-v', keys);
    const child = spawn(program, args, { stdio: [socket, socket, 'pipe'] });
    child.stderr?.on('data', (piece: Buffer) => {
      said += piece.toString('latin1');
    });
    child.once('spawn', () => socket.destroy());
  });
  listener.listen(port, '127.0.0.1');
  await once(listener, 'listening');
  const stop = async (): Promise<void> => {
    if (!listener.listening) return;
    listener.close();
    await once(listener, 'close');
  };
  return { port, log: () => said, stop };
}
