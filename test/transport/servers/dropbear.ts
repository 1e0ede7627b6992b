import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type IosAccounts, whyNoAccounts } from './ios-accounts.ts';
import { type SshServer, startServer } from './server-process.ts';

/** Why dropbear cannot run here; null when it can. */
export function whyNoDropbear(): string | null {
  return existsSync('/usr/sbin/dropbear') ? whyNoAccounts() : 'no dropbear: apt-get install dropbear-bin';
}

export interface DropbearOptions {
  readonly port: number;
  readonly hostKey: 'rsa' | 'ecdsa' | 'ed25519';
  /** Bytes of its receive window. */
  readonly window?: number;
}

/** Dropbear with password logins. */
export async function startDropbear(accounts: IosAccounts, options: DropbearOptions): Promise<SshServer> {
  const key = join(accounts.folder, `dropbear_${options.hostKey}`);
  if (!existsSync(key)) spawnSync('/usr/bin/dropbearkey', ['-t', options.hostKey, '-f', key]);
  const window = options.window === undefined ? [] : ['-W', String(options.window)];
  const args = ['-F', '-E', '-p', `127.0.0.1:${options.port}`, '-r', key, '-m', ...window];
  return startServer(options.port, accounts.command('/usr/sbin/dropbear', ...args));
}
