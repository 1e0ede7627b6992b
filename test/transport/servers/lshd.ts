import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type IosAccounts, whyNoAccounts } from './ios-accounts.ts';
import { type SshServer, startServer } from './server-process.ts';

/** Why lshd cannot run here; null when it can. */
export function whyNoLshd(): string | null {
  return existsSync('/usr/sbin/lshd') ? whyNoAccounts() : 'no lshd: apt-get install lsh-server';
}

/** GNU lsh, an old server: ssh-rsa, groups 14 and 1 with SHA-1, CBC and CTR, HMAC-SHA1. */
export async function startLshd(accounts: IosAccounts, port: number): Promise<SshServer> {
  const key = join(accounts.folder, 'lsh_host_key');
  const seed = join(accounts.folder, 'yarrow-seed');
  writeFileSync(seed, randomBytes(32), { mode: 0o600 });
  const env = { LSH_YARROW_SEED_FILE: seed };
  if (!existsSync(key)) {
    const make = 'lsh-keygen --server -l 2048 | lsh-writekey --server -o "$1"';
    spawnSync('sh', ['-c', make, 'sh', key], { env: { ...process.env, ...env } });
  }
  const args = [
    '-p',
    String(port),
    '--interface=127.0.0.1',
    '-h',
    key,
    '--no-tcpip-forward',
    '--no-x11-forward',
    '-v',
  ];
  return startServer(port, accounts.command('/usr/sbin/lshd', ...args), env);
}
