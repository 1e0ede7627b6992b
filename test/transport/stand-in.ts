import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { silentLog } from '../../src/core/log.ts';
import { mustShowCommand } from '../../src/evidence/show-command.ts';
import type { PrivateKey, RouterTarget } from '../../src/transport/router-target.ts';
import {
  type CollectorOptions,
  type OpenedCollector,
  openCollector,
} from '../../src/transport/ssh-collector.ts';

const START = new URL('../../../shared/ssh/standin/start.sh', import.meta.url).pathname;

/** Why the stand-in (a real OpenSSH server with an IOS-like shell) cannot run here; null when it can. */
export function whyNoStandIn(): string | null {
  if (!existsSync(START)) return 'the stand-in is not beside the project';
  if (process.getuid?.() !== 0) return 'the stand-in needs root';
  if (!existsSync('/usr/sbin/sshd')) return 'no sshd: apt-get install openssh-server';
  return null;
}

export interface ServerOptions {
  readonly algorithms: string;
  readonly ident?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** One of several servers to start; the name is its folder's too. */
export interface NamedServer extends ServerOptions {
  readonly name: string;
  readonly outputs: string;
}

/** An old router's 8-bit text, or UTF-8 where the text needs it. */
function encodingOf(text: string): 'latin1' | 'utf8' {
  return /[^\x00-\xff]/.test(text) ? 'utf8' : 'latin1';
}

/** A folder of stand-in servers with their own keys, outputs and logs; `stop` ends each by the id it wrote. */
export class StandIn {
  readonly folder: string;
  readonly #run: string;
  readonly #pids: number[] = [];
  #port: number;

  constructor(firstPort: number) {
    this.folder = mkdtempSync(join(tmpdir(), 'tunneldoc-standin-'));
    chmodSync(this.folder, 0o755);
    this.#run = join(this.folder, 'run');
    this.#port = firstPort;
  }

  /** Writes outputs and the profile of one router; the shell reads them anew in each session. */
  outputs(router: string, outputs: Readonly<Record<string, string>>, profile: object = {}): string {
    const folder = join(this.folder, router);
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    for (const [command, text] of Object.entries(outputs)) {
      writeFileSync(join(folder, `${command.replaceAll(' ', '_')}.txt`), text, encodingOf(text));
    }
    writeFileSync(join(folder, 'profile.json'), JSON.stringify({ vty_dir: join(folder, 'vty'), ...profile }));
    return folder;
  }

  /** Starts a server; returns its port. */
  start(name: string, outputs: string, options: ServerOptions): number {
    const { port, args, env } = this.#plan(name, outputs, options);
    const started = spawnSync('bash', args, { env, encoding: 'utf8' });
    if (started.status !== 0) throw new Error(`stand-in ${name}: ${started.stdout}${started.stderr}`);
    this.#remember(name);
    return port;
  }

  /** Starts several servers side by side, the first one alone because it makes the keys; returns their ports by name. */
  async startAll(servers: readonly NamedServer[]): Promise<ReadonlyMap<string, number>> {
    const [first, ...others] = servers;
    const ports = new Map<string, number>();
    if (first !== undefined) ports.set(first.name, this.start(first.name, first.outputs, first));
    const begin = async (server: NamedServer): Promise<void> => {
      const { name, outputs } = server;
      const { port, args, env } = this.#plan(name, outputs, server);
      ports.set(name, port);
      await promisify(execFile)('bash', args, { env });
      this.#remember(name);
    };
    await Promise.all(others.map(begin));
    return ports;
  }

  #plan(name: string, outputs: string, options: ServerOptions) {
    const port = this.#port++;
    const args = [START, name, String(port), options.algorithms, outputs, options.ident ?? ''];
    return { port, args, env: { ...process.env, IOS_RUN: this.#run, ...options.env } };
  }

  #remember(name: string): void {
    this.#pids.push(Number(readFileSync(join(this.#run, name, 'pid'), 'utf8')));
  }

  log(name: string): string {
    return readFileSync(join(this.#run, name, 'log'), 'utf8');
  }

  /** The key that logs in as any user of any server. */
  key(): PrivateKey {
    return { name: 'id_rsa', text: readFileSync(join(this.#run, 'id_rsa'), 'utf8'), passphrase: null };
  }

  target(port: number, changes: Partial<RouterTarget> = {}): RouterTarget {
    return targetOf(join(this.folder, 'state', `known_hosts_${port}`), port, changes);
  }

  stop(): void {
    for (const pid of this.#pids) {
      try {
        process.kill(pid);
      } catch {
        // it has ended by itself
      }
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A server on this machine with the stand-in's user cisco/cisco; its host key is learned into a file of the test. */
export function targetOf(
  knownHostsFile: string,
  port: number,
  changes: Partial<RouterTarget> = {},
): RouterTarget {
  return {
    name: 'R1',
    host: '127.0.0.1',
    port,
    user: 'cisco',
    password: 'cisco',
    legacyAlgorithms: false,
    hostKeys: { policy: 'accept-new', knownHostsFile, readOnlyFiles: [] },
    ...changes,
  };
}

/** Opens a session, runs the commands, closes; the error instead when it did not open. */
export async function record(
  target: RouterTarget,
  commands: readonly string[],
  limits: CollectorOptions['limits'] = {},
) {
  const opened: OpenedCollector = await openCollector(target, { log: silentLog, limits });
  if (!opened.ok) return { error: opened.error, ends: [], facts: null };
  const ends = [];
  for (const command of commands) ends.push(await opened.collector.collect(mustShowCommand(command)));
  await opened.collector.close();
  return { error: null, ends, facts: opened.collector.facts };
}
