import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type IosAccounts, whyNoAccounts } from './ios-accounts.ts';
import { type SshServer, startServer } from './server-process.ts';

/** Why Twisted's Conch cannot run here; null when it can. */
export function whyNoConch(): string | null {
  return existsSync('/usr/lib/python3/dist-packages/twisted/conch')
    ? whyNoAccounts()
    : 'no conch: apt-get install python3-twisted';
}

/** Twisted Conch with the accounts' passwords and login shells. */
export async function startConch(accounts: IosAccounts, port: number): Promise<SshServer> {
  const folder = join(accounts.folder, 'conch');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = join(folder, 'ssh_host_rsa_key');
  if (!existsSync(key))
    spawnSync('/usr/bin/ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', '', '-f', key]);
  const args = [
    '-W',
    'ignore',
    '/usr/bin/twistd3',
    '-n',
    '-l',
    '-',
    '--pidfile=',
    'conch',
    '-p',
    `tcp:${port}:interface=127.0.0.1`,
    '-d',
    folder,
    '--auth=unix',
  ];
  return startServer(port, accounts.command('/usr/bin/python3', ...args));
}
