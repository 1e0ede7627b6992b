import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import PQueue from 'p-queue';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { type RunningRouter, startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Collector } from '../../src/evidence/collector.ts';
import { mustShowCommand } from '../../src/evidence/show-command.ts';
import type { RouterTarget } from '../../src/transport/router-target.ts';
import { openCollector } from '../../src/transport/ssh-collector.ts';
import type { Limits } from '../../src/transport/timeouts.ts';
import { type JumpHost, startJumpHost } from './servers/jump-host.ts';
import { targetOf } from './stand-in.ts';

const COMMANDS = ['show version', 'show clock'];
const RECORDING = recordingOf('R1', {
  'show version': `Cisco IOS Software\n${'a line of it\n'.repeat(200)}`,
  'show clock': '*10:00:00.000 UTC Mon Nov 23 2026\n',
});

interface Way {
  readonly behaviour?: Partial<Behaviour>;
  readonly limits?: Partial<Limits>;
  readonly password?: string;
  /** Milliseconds after which the session is interrupted: one number for each session in turn. */
  readonly interruptedAfter?: readonly number[];
  readonly throughJumpHost?: boolean;
  /** The error's name or the kind of each command's end; null: depends on the moment. */
  readonly ends: string | readonly string[] | null;
  readonly times: number;
}

/** How a thousand sessions go: most well, a share in each way a session can end. */
const WAYS: Readonly<Record<string, Way>> = {
  good: { ends: ['answered', 'answered'], times: 660 },
  'through a jump host': { throughJumpHost: true, ends: ['answered', 'answered'], times: 40 },
  'wrong password': { password: 'wrong', ends: 'authentication-rejected', times: 50 },
  refused: { behaviour: { refuse: 'refused' }, ends: 'connection-refused', times: 40 },
  'closed at once': { behaviour: { refuse: 'closed' }, ends: null, times: 30 },
  'no answer': {
    behaviour: { refuse: 'silent' },
    limits: { identificationMs: 200 },
    ends: 'no-identification',
    times: 30,
  },
  stalled: {
    behaviour: { stallCmd: /version/, stallAfter: 500 },
    limits: { commandIdleMs: 3000, closeMs: 200 },
    ends: ['cut-short', 'cut-short'],
    times: 40,
  },
  cut: { behaviour: { dropCmd: /version/, dropAfter: 500 }, ends: ['cut-short', 'cut-short'], times: 40 },
  interrupted: { interruptedAfter: [0, 2, 5, 10, 20, 50, 100, 200, 400, 600, 800], ends: null, times: 70 },
};

const folder = mkdtempSync(join(tmpdir(), 'tunneldoc-thousand-'));
const warnings: Error[] = [];
const keepWarning = (warning: Error): void => {
  warnings.push(warning);
};
beforeAll(() => {
  process.on('warning', keepWarning);
});
afterAll(() => {
  process.removeListener('warning', keepWarning);
  rmSync(folder, { recursive: true, force: true });
});

/** Sockets, servers, timers and the like that keep this process alive, by kind. */
function openHandles(): Readonly<Record<string, number>> {
  const count: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) count[kind] = (count[kind] ?? 0) + 1;
  return count;
}

/** What all sessions share, and what is kept of them. */
interface Run {
  readonly routers: ReadonlyMap<string, RunningRouter>;
  readonly jumpHost: JumpHost;
  /** Ends the whole run; it never comes. */
  readonly signal: AbortSignal;
  readonly collectors: WeakRef<Collector>[];
  /** Sessions that ended in another way than they should. */
  readonly wrong: unknown[];
}

interface Turn {
  readonly name: string;
  readonly way: Way;
  readonly turn: number;
}

async function visit({ name, way, turn }: Turn, run: Run): Promise<void> {
  const router = run.routers.get(name);
  if (router === undefined) throw new Error('no router');
  const delay = way.interruptedAfter?.[turn % way.interruptedAfter.length];
  const interrupt = new AbortController();
  const timer = delay === undefined ? undefined : setTimeout(() => interrupt.abort(), delay);
  // As the app does it: what ends the run ends each session.
  const signal = AbortSignal.any([run.signal, interrupt.signal]);
  const opened = await openCollector(targetFor(router, way, run), {
    log: silentLog,
    limits: way.limits ?? {},
    signal,
  });
  const ends: string[] = [];
  if (opened.ok) {
    for (const command of COMMANDS)
      ends.push((await opened.collector.collect(mustShowCommand(command))).kind);
    await opened.collector.close();
    run.collectors.push(new WeakRef(opened.collector));
  }
  clearTimeout(timer);
  const end = opened.ok ? ends : opened.error.name;
  if (way.ends !== null && String(end) !== String(way.ends)) run.wrong.push([name, end]);
  if (getEventListeners(signal, 'abort').length > 0) run.wrong.push([name, 'still listens to its signal']);
}

function targetFor(router: RunningRouter, way: Way, run: Run): RouterTarget {
  const knownHosts = join(folder, 'known_hosts');
  const login = { user: 'lab', password: way.password ?? 'lab' };
  const hop = targetOf(knownHosts, run.jumpHost.port, { name: 'bastion', user: 'lab', password: 'lab' });
  return targetOf(knownHosts, router.port, { ...login, via: way.throughJumpHost ? [hop] : [] });
}

test('a thousand sessions leave nothing behind', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  // What the start of jest itself left open goes away in this time.
  await sleep(1000);
  const before = openHandles();
  const run = await beginRun();
  try {
    await new PQueue({ concurrency: 50 }).addAll(turns().map((turn) => () => visit(turn, run)));
    expect(run.wrong).toEqual([]);
    // Our side has closed everything before the last promise; the other side may need a moment to see it.
    await settled(() => openAtRouters(run), {});
    await settled(() => run.jumpHost.connectionsOpen(), 0);
  } finally {
    for (const router of run.routers.values()) await router.close();
    await run.jumpHost.close();
  }
  await settled(() => moreThan(before), {});
  expect(warnings.map(String)).toEqual([]);
  collectGarbage();
  expect(run.collectors.length).toBeGreaterThan(750);
  expect(run.collectors.filter((collector) => collector.deref() !== undefined).length).toBeLessThan(10);
}, 180_000);

/** The sessions in the order in which they begin: the ways well mixed. */
function turns(): readonly Turn[] {
  const all = Object.entries(WAYS).flatMap(([name, way]) =>
    Array.from({ length: way.times }, (_, turn) => ({ name, way, turn, at: (turn + 0.5) / way.times })),
  );
  expect(all).toHaveLength(1000);
  return all.sort((a, b) => a.at - b.at);
}

async function beginRun(): Promise<Run> {
  const jumpHost = await startJumpHost();
  const routers = new Map<string, RunningRouter>();
  for (const [name, { behaviour }] of Object.entries(WAYS))
    routers.set(
      name,
      await startRouter({ recording: RECORDING, behaviour: { hostname: 'R1', ...behaviour } }),
    );
  return { routers, jumpHost, signal: new AbortController().signal, collectors: [], wrong: [] };
}

/** What is open now and was not before. */
function moreThan(before: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const added = Object.entries(openHandles()).map(
    ([kind, count]) => [kind, count - (before[kind] ?? 0)] as const,
  );
  return Object.fromEntries(added.filter(([, count]) => count > 0));
}

/** How many connections the routers still have, by name; those without any are left out. */
function openAtRouters({ routers }: Run): Readonly<Record<string, number>> {
  const open = [...routers].map(([name, router]) => [name, router.connectionsOpen()] as const);
  return Object.fromEntries(open.filter(([, count]) => count > 0));
}

/** Waits until something is as it should be, and fails when it does not become so. */
async function settled(now: () => unknown, wanted: unknown): Promise<void> {
  const isSo = (): boolean => JSON.stringify(now()) === JSON.stringify(wanted);
  for (let tries = 0; tries < 100 && !isSo(); tries++) await sleep(50);
  expect(now()).toEqual(wanted);
}
