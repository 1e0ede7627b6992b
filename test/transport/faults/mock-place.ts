import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Behaviour } from '../../../mocks/ios-router/behaviour.ts';
import { type RouterOptions, type RunningRouter, startRouter } from '../../../mocks/ios-router/ios-router.ts';
import { silentLog } from '../../../src/core/log.ts';
import { mustShowCommand } from '../../../src/evidence/show-command.ts';
import type { RouterTarget } from '../../../src/transport/router-target.ts';
import { openCollector } from '../../../src/transport/ssh-collector.ts';
import type { Limits } from '../../../src/transport/timeouts.ts';
import { labTarget, outputsAsServed } from '../../support/lab-target.ts';
import type { Seen } from './fault-row.ts';

export interface Visit {
  readonly target?: Partial<RouterTarget>;
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal;
  /** What the router has; its keys are asked in order. */
  readonly served?: Readonly<Record<string, string>>;
  /** Asked instead of the keys of `served`. */
  readonly commands?: readonly string[];
  readonly hostKeys?: RouterOptions['hostKeys'];
  /** Milliseconds between two commands. */
  readonly pauseMs?: number;
}

/** What every row asks: the fault strikes at the second one. */
export const SERVED: Readonly<Record<string, string>> = {
  'show version': 'Cisco IOS Software, written for this test\n\nR1 uptime is 2 hours\n',
  'show logging': logOf(200),
  'show crypto isakmp sa':
    '\nIPv4 Crypto ISAKMP SA\ndst             src             state          conn-id status\n\n',
};

/** Clocks short enough for a test, long enough for a busy machine. */
export const SHORT: Partial<Limits> = { identificationMs: 5_000, closeMs: 1_000 };

/** A folder and servers on loopback for one row; all of them end with `close`. */
export class MockPlace {
  readonly folder = mkdtempSync(join(tmpdir(), 'tunneldoc-fault-'));
  readonly #closers: (() => Promise<void> | void)[] = [];

  /** A TCP server that does one thing with each connection; gives back its port. */
  async bare(answer: (socket: Socket) => void): Promise<number> {
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      answer(socket);
    });
    this.closeLater(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  async router(behaviour: Partial<Behaviour> = {}, visit: Visit = {}): Promise<RunningRouter> {
    const router = await startRouter({
      recording: outputsAsServed(visit.served ?? SERVED),
      behaviour: { hostname: 'R1', ...behaviour },
      ...(visit.hostKeys === undefined ? {} : { hostKeys: visit.hostKeys }),
    });
    this.closeLater(() => router.close());
    return router;
  }

  target(port: number, changes: Partial<RouterTarget> = {}): RouterTarget {
    return labTarget(this.folder, port, changes);
  }

  /** Starts a mock router that behaves so, and asks it. */
  async mock(behaviour: Partial<Behaviour>, visit: Visit = {}): Promise<Seen> {
    const router = await this.router(behaviour, visit);
    const seen = await this.ask(router.port, visit);
    return { ...seen, connections: router.connectionsSeen(), attempts: router.authAttempts.length };
  }

  /** Asks whatever listens on a port, as a sweep asks a router. */
  async ask(port: number, visit: Visit = {}): Promise<Seen> {
    return visitOf(this.target(port, visit.target), visit);
  }

  /** A bare server and what a visit to it sees. */
  async askBare(answer: (socket: Socket) => void, visit: Visit = {}): Promise<Seen> {
    let connections = 0;
    const port = await this.bare((socket) => {
      connections += 1;
      answer(socket);
    });
    return { ...(await this.ask(port, visit)), connections };
  }

  closeLater(closer: () => Promise<void> | void): void {
    this.#closers.push(closer);
  }

  async close(): Promise<void> {
    for (const closer of this.#closers.splice(0).reverse()) await closer();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** One session: every command once, whatever happens on the way. */
export async function visitOf(target: RouterTarget, visit: Visit): Promise<Seen> {
  const served = visit.served ?? SERVED;
  const opened = await openCollector(target, {
    log: silentLog,
    limits: { ...SHORT, ...visit.limits },
    ...(visit.signal === undefined ? {} : { signal: visit.signal }),
  });
  if (!opened.ok) return { error: opened.error, outputs: [], served, remarks: [] };
  const outputs = [];
  for (const command of visit.commands ?? Object.keys(served)) {
    outputs.push(await opened.collector.collect(mustShowCommand(command)));
    if (visit.pauseMs !== undefined) await new Promise((go) => setTimeout(go, visit.pauseMs));
  }
  await opened.collector.close();
  return { error: null, outputs, served, remarks: opened.collector.facts.remarks };
}

/** A log long enough to be cut in the middle, every line another. */
export function logOf(lines: number): string {
  const text = ['Syslog logging: enabled (0 messages dropped, 0 flushes, 0 overruns)', ''];
  for (let i = 0; i < lines; i++)
    text.push(
      `*Nov 23 09:30:12.${String(i).padStart(3, '0')}: %SYS-5-CONFIG_I: Configured from console, line ${i}`,
    );
  return `${text.join('\n')}\n`;
}
