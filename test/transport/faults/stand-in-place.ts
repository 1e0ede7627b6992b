import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RouterTarget } from '../../../src/transport/router-target.ts';
import { type ServerOptions, StandIn } from '../stand-in.ts';
import type { Seen } from './fault-row.ts';
import { SERVED, type Visit, visitOf } from './mock-place.ts';

/** The OpenSSH stand-in for the rows that name it: one server is reused by every row that only needs another profile. */
export class StandInPlace {
  readonly #standIn: StandIn;
  readonly #ports = new Map<string, number>();

  /** Ports from `firstPort` on, one a server; 24300 to 24349 are this folder's. */
  constructor(firstPort: number) {
    this.#standIn = new StandIn(firstPort);
  }

  /** A visit to the common server under a profile of its own. */
  profile(profile: object, visit: Visit = {}): Promise<Seen> {
    return this.server('common', { algorithms: 'modern' }, visit, profile);
  }

  /** A visit to a server of its own; it is started once for each name. */
  async server(name: string, options: ServerOptions, visit: Visit = {}, profile: object = {}): Promise<Seen> {
    const outputs = this.#standIn.outputs(name, visit.served ?? SERVED, profile);
    const port = this.#ports.get(name) ?? this.#standIn.start(name, outputs, options);
    this.#ports.set(name, port);
    const failedBefore = this.#failures(name);
    const seen = await visitOf(this.target(port, visit.target), visit);
    return { ...seen, attempts: this.#failures(name) - failedBefore + (seen.error === null ? 1 : 0) };
  }

  target(port: number, changes: Partial<RouterTarget> = {}): RouterTarget {
    return this.#standIn.target(port, changes);
  }

  get folder(): string {
    return this.#standIn.folder;
  }

  log(name: string): string {
    return this.#standIn.log(name);
  }

  /** A file of its own with the server's host key, its line changed; gives back its path. */
  async recordedKey(name: string, change: (line: string) => string): Promise<string> {
    const target = this.target(this.#ports.get(name) ?? 0);
    const file = join(this.folder, `known_hosts_of_${name}`);
    const { policy, readOnlyFiles } = target.hostKeys;
    await visitOf({ ...target, hostKeys: { policy, knownHostsFile: file, readOnlyFiles } }, { commands: [] });
    writeFileSync(file, `${change(readFileSync(file, 'utf8').trim())}\n`);
    return file;
  }

  /** A file that the servers can read. */
  file(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  close(): void {
    this.#standIn.stop();
  }

  /** Logins that this server has refused so far. */
  #failures(name: string): number {
    return this.log(name).match(/^Failed password for|PAM: Authentication failure for/gm)?.length ?? 0;
  }
}
