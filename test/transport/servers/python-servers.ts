import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type IosAccounts, whyNoAccounts } from './ios-accounts.ts';
import { type SshServer, startServer } from './server-process.ts';

/** Why a server written with that Python package cannot run here; null when it can. */
export function whyNoPython(name: 'asyncssh' | 'paramiko'): string | null {
  return existsSync(`/usr/lib/python3/dist-packages/${name}`)
    ? whyNoAccounts()
    : `no ${name}: apt-get install python3-${name}`;
}

/** What asyncssh_server.py understands; its head says what each means. */
export interface AsyncsshOptions {
  readonly version?: string;
  readonly greeting?: string;
  readonly banner?: string;
  readonly rekey_bytes?: number;
  readonly window?: number;
  readonly max_packet?: number;
  readonly ignore?: 'sound' | 'broken';
  readonly noise?: boolean;
  readonly keepalive_interval?: number;
  readonly algorithms?: Readonly<Record<string, readonly string[]>>;
}

export async function startAsyncssh(
  accounts: IosAccounts,
  port: number,
  options: AsyncsshOptions = {},
): Promise<SshServer> {
  const host_keys = [keyFile(accounts, 'ecdsa'), keyFile(accounts, 'rsa')];
  const all = { ...options, port, shell: accounts.shell, host_keys };
  return startPython('asyncssh_server.py', all);
}

/** What paramiko_server.py understands; its head says what each means. */
export interface ParamikoOptions {
  readonly version?: string;
  readonly window?: number;
  readonly max_packet?: number;
  readonly rekey_bytes?: number;
}

export async function startParamiko(
  accounts: IosAccounts,
  port: number,
  options: ParamikoOptions = {},
): Promise<SshServer> {
  const host_key = keyFile(accounts, 'rsa');
  const all = { ...options, port, shell: accounts.shell, host_key };
  return startPython('paramiko_server.py', all);
}

function startPython(
  script: string,
  options: { readonly port: number; readonly shell: string },
): Promise<SshServer> {
  const path = join(import.meta.dirname, script);
  return startServer(options.port, [
    '/usr/bin/python3',
    '-B',
    '-E',
    '-W',
    'ignore',
    path,
    JSON.stringify(options),
  ]);
}

/** A private key of the accounts, made when it is not there yet. */
export function keyFile(accounts: IosAccounts, type: 'rsa' | 'ecdsa' | 'ed25519'): string {
  const file = join(accounts.folder, `key_${type}`);
  if (!existsSync(file))
    spawnSync('/usr/bin/ssh-keygen', ['-q', '-t', type, '-m', 'PEM', '-N', '', '-f', file]);
  return file;
}
