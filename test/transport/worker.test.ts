import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { type RunningRouter, startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { type Log, silentLog } from '../../src/core/log.ts';
import type { SessionEvent } from '../../src/evidence/session-transcript.ts';
import { mustShowCommand } from '../../src/evidence/show-command.ts';
import { openJumpHosts } from '../../src/transport/jump-hosts.ts';
import type { LoginGate } from '../../src/transport/login-gate.ts';
import type { RouterTarget } from '../../src/transport/router-target.ts';
import {
  type CollectorOptions,
  type OpenedCollector,
  openCollector,
} from '../../src/transport/ssh-collector.ts';
import { ThreadPlaces } from '../../src/transport/thread-places.ts';
import { openUnblocked, sessionWorkers } from '../../src/transport/unblocked-collector.ts';
import { openInWorker } from '../../src/transport/worker-collector.ts';
import { labTarget } from '../support/lab-target.ts';
import { startJumpServer } from './jump-server.ts';
import { saltedLog } from './salted-log.ts';
import { StandIn, whyNoStandIn } from './stand-in.ts';

// A worker cannot load the sources: it is tested as it was built. The variable is for those who build elsewhere.
const BUILD = new URL(`../../${process.env['TUNNELDOC_BUILD'] ?? 'dist'}/`, import.meta.url);
const PROGRAM = new URL('src/transport/collector-worker.js', BUILD);

const OUTPUTS = {
  'show version': 'Cisco IOS Software, written for this test\n\nR1 uptime is 2 hours\n',
  'show logging': saltedLog(2_000, 'R1#'),
  'show crypto ipsec sa': '',
};
const COMMANDS = Object.keys(OUTPUTS).map(mustShowCommand);

let folder: string;
const running: RunningRouter[] = [];
beforeAll(() => {
  if (!existsSync(PROGRAM)) throw new Error('there is no built worker: npm run build');
  folder = mkdtempSync(join(tmpdir(), 'tunneldoc-worker-'));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((router) => router.close()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function router(behaviour: Partial<Behaviour> = {}): Promise<RunningRouter> {
  const started = await startRouter({
    recording: recordingOf('R1', OUTPUTS),
    behaviour: { hostname: 'R1', ...behaviour },
  });
  running.push(started);
  return started;
}

function targetOf({ port }: RunningRouter, changes: Partial<RouterTarget> = {}): RouterTarget {
  return labTarget(folder, port, changes);
}

/** Everything a session shows to its caller. */
async function visit(open: (options: CollectorOptions) => Promise<OpenedCollector>, gate?: LoginGate) {
  const events: SessionEvent[] = [];
  const logged: string[] = [];
  const note = (message: string): void => void logged.push(message);
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const opened = await open({
    log,
    now: () => 1_700_000_000_000,
    onSessionEvent: (event) => events.push(event),
    ...(gate === undefined ? {} : { gateOf: () => gate }),
  });
  if (!opened.ok) return { error: opened.error, facts: null, outputs: [], events, logged };
  const outputs = [];
  for (const command of COMMANDS) outputs.push(await opened.collector.collect(command));
  outputs.push(await opened.collector.collect(mustShowCommand('show version')));
  await opened.collector.close();
  await opened.collector.close();
  return { error: null, facts: opened.collector.facts, outputs, events, logged };
}

/** A gate that lets everything pass, and what it was asked and told. */
function watchedGate(refusal: string | null = null): { gate: LoginGate; said: string[] } {
  const said: string[] = [];
  return {
    said,
    gate: {
      admit: async (credential) => {
        said.push(`admit ${credential}`);
        return refusal;
      },
      settle: (credential, outcome) => void said.push(`${credential} ${outcome}`),
    },
  };
}

const threads = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;

describe('a session in a thread of its own', () => {
  test('shows its caller what a session in the same thread shows', async () => {
    const there = await router();
    const target = targetOf(there);
    await visit((options) => openCollector(target, options));
    const here = await visit((options) => openCollector(target, options));
    const lines = (): string[] => there.received.filter((line) => line.trim() !== '');
    const seen = lines().length;
    const before = threads();
    const apart = await visit((options) => openInWorker(PROGRAM, target, options));
    expect(apart.error).toBeNull();
    expect(apart.outputs.map(({ text, kind, sample }) => [text, kind, sample])).toEqual([
      ...Object.values(OUTPUTS).map((text) => [text, 'answered', 1]),
      [OUTPUTS['show version'], 'answered', 2],
    ]);
    const plain = ({ outputs, facts, logged }: typeof here) => ({
      outputs: outputs.map((output) => ({ ...output, at: output.at?.slice(0, 18), tookMs: 0 })),
      facts,
      logged,
    });
    expect(plain(apart)).toEqual(plain(here));
    expect(lines().slice(seen)).toEqual(lines().slice(seen / 2, seen));
    const bytes = (events: readonly SessionEvent[]): string =>
      events.map((one) => (one.kind === 'passed' && 'bytes' in one.event ? one.event.bytes : '')).join('');
    expect(apart.events.map(({ kind }) => kind).filter((kind) => kind !== 'passed')).toEqual([
      'opened',
      'ended',
    ]);
    expect(bytes(apart.events).length).toBe(bytes(here.events).length);
    expect(there.connectionsOpen()).toBe(0);
    expect(threads()).toBe(before);
  });

  test('the gate stands in the thread of the caller', async () => {
    const there = await router();
    const { gate, said } = watchedGate();
    await visit((options) => openInWorker(PROGRAM, targetOf(there), options), gate);
    expect(said).toEqual(['admit password', 'password accepted']);
    const wrong = watchedGate();
    const rejected = await visit(
      (options) => openInWorker(PROGRAM, targetOf(there, { password: 'wrong' }), options),
      wrong.gate,
    );
    expect(rejected.error).toMatchObject({ name: 'authentication-rejected', retry: 'never' });
    expect(wrong.said).toEqual(['admit password', 'password rejected']);
    const closed = watchedGate('not tried: R0 rejected it');
    const attempts = there.authAttempts.length;
    const held = await visit((options) => openInWorker(PROGRAM, targetOf(there), options), closed.gate);
    expect(held.error).toMatchObject({
      name: 'not-tried',
      message: expect.stringContaining('not tried: R0'),
    });
    expect(closed.said).toEqual(['admit password']);
    expect(there.authAttempts).toHaveLength(attempts);
  });

  test('a stop ends what is going on, with `exit`', async () => {
    const there = await router({ stallCmd: /logging/, stallAfter: 500 });
    const stop = new AbortController();
    const opened = await openInWorker(PROGRAM, targetOf(there), { log: silentLog, signal: stop.signal });
    if (!opened.ok) throw new Error(opened.error.message);
    const going = opened.collector.collect(mustShowCommand('show logging'));
    while (!there.received.includes('show logging')) await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort();
    expect(await going).toMatchObject({ kind: 'cut-short', error: 'interrupted' });
    const next = await opened.collector.collect(mustShowCommand('show version'));
    expect(next).toMatchObject({ kind: 'cut-short', error: 'not-run' });
    await opened.collector.close();
    const stopped = await openInWorker(PROGRAM, targetOf(there), { log: silentLog, signal: stop.signal });
    expect(stopped).toMatchObject({ ok: false, error: { name: 'interrupted' } });
  });

  test('opens the jump hosts on the way itself, with the logins of the caller, and leaves them with the session', async () => {
    const there = await router();
    const hop = await startJumpServer();
    try {
      const { hostKeys } = targetOf(there);
      const via = { name: 'bastion', host: '127.0.0.1', port: hop.port, user: 'hopper', password: 'hop' };
      const target = targetOf(there, { via: [{ ...via, legacyAlgorithms: false, hostKeys }] });
      const asked: string[] = [];
      const { gate } = watchedGate();
      const shared = openJumpHosts({ log: silentLog });
      const opened = await openInWorker(PROGRAM, target, {
        log: silentLog,
        jumpHosts: shared,
        gateOf: ({ name }, role) => {
          asked.push(`${role} ${name}`);
          return gate;
        },
      });
      if (!opened.ok) throw new Error(opened.error.message);
      expect(await opened.collector.collect(mustShowCommand('show version'))).toMatchObject({
        kind: 'answered',
      });
      await opened.collector.close();
      await shared.close();
      expect(asked.sort()).toEqual(['hop bastion', 'router R1']);
      expect([hop.logins(), hop.forwards.length, there.connectionsSeen()]).toEqual([1, 1, 1]);
      while (hop.connectionsOpen() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    } finally {
      await hop.close();
    }
  });

  test('a thread that cannot start is our fault and says so; one that dies holds nobody up', async () => {
    const program = (text: string): URL => new URL(`data:text/javascript,${encodeURIComponent(text)}`);
    const target = targetOf(await router());
    await expect(
      openInWorker(program('throw new Error("broken build")'), target, { log: silentLog }),
    ).rejects.toThrow('broken build');
    await expect(openInWorker(program('0'), target, { log: silentLog })).rejects.toThrow('thread');
    const { gate, said } = watchedGate();
    const dying = program(`
      import { parentPort } from 'node:worker_threads';
      const tell = (message) => parentPort.postMessage(message);
      tell({ kind: 'gate', gate: 1, of: [] });
      tell({ kind: 'admit', id: 1, gate: 1, credential: 'password' });
      tell({ kind: 'opened', facts: { hostname: 'R1', remarks: [] } });
      parentPort.on('message', ({ kind }) => { if (kind === 'collect') throw new Error('out of step'); });`);
    const opened = await openInWorker(dying, target, { log: silentLog, gateOf: () => gate });
    if (!opened.ok) throw new Error(opened.error.message);
    for (const command of COMMANDS)
      expect(await opened.collector.collect(command)).toMatchObject({
        kind: 'cut-short',
        command,
        error: 'not-run',
        reason: expect.stringMatching(/out of step/),
      });
    await opened.collector.close();
    expect(said).toEqual(['admit password', 'password unanswered']);
  });
});

describe('which session gets a thread', () => {
  test('not one that has any other method: the connection it has is kept', async () => {
    const there = await router({ algorithms: 'ios12' });
    const workers = sessionWorkers(PROGRAM);
    const target = targetOf(there, { legacyAlgorithms: true });
    const { error } = await visit((options) => openUnblocked(target, options, workers));
    expect(error).toBeNull();
    expect([...(workers?.needed ?? ['?'])]).toEqual([]);
    expect(there.connectionsSeen()).toBe(1);
  });

  test('only so many at a time; a stop ends the waiting for a place', async () => {
    const there = await router();
    const workers = { program: PROGRAM, needed: new Set(['R1']), places: new ThreadPlaces(1) };
    const options = { log: silentLog };
    const first = await openUnblocked(targetOf(there), options, workers);
    if (!first.ok) throw new Error(first.error.message);
    const stop = new AbortController();
    const stopped = openUnblocked(targetOf(there), { ...options, signal: stop.signal }, workers);
    const second = openUnblocked(targetOf(there), options, workers);
    stop.abort();
    expect(await stopped).toMatchObject({ ok: false, error: { name: 'interrupted' } });
    expect(there.connectionsSeen()).toBe(1);
    await first.collector.close();
    const opened = await second;
    if (!opened.ok) throw new Error(opened.error.message);
    await opened.collector.close();
    const wrong = await openUnblocked(targetOf(there, { password: 'wrong' }), options, workers);
    expect(wrong).toMatchObject({ ok: false, error: { name: 'authentication-rejected' } });
    const last = await openUnblocked(targetOf(there), options, workers);
    expect(last.ok).toBe(true);
    if (last.ok) await last.collector.close();
  });

  test('one that stops waiting for a place takes none from those behind it', async () => {
    const places = new ThreadPlaces(1);
    const leave = await places.take(null);
    const stop = new AbortController();
    const [before, stopped, behind] = [places.take(null), places.take(stop.signal), places.take(null)];
    stop.abort();
    expect(await stopped).toBeNull();
    leave?.();
    leave?.();
    (await before)?.();
    expect(await behind).not.toBeNull();
  });

  test('none in a run from sources, where no worker was built', async () => {
    expect(sessionWorkers()).toBeNull();
    const { error } = await visit(async (options) => openUnblocked(targetOf(await router()), options, null));
    expect(error).toBeNull();
  });

  const why = whyNoStandIn();
  const describeHere = why === null ? describe : describe.skip;
  describeHere(`with group exchange only${why === null ? '' : ` (skipped: ${why})`}`, () => {
    let standIn: StandIn;
    beforeAll(() => {
      standIn = new StandIn(24_200);
    });
    afterAll(() => standIn?.stop());

    test('the first connection is left before the prime is tested; the next session goes to a thread at once', async () => {
      const outputs = standIn.outputs('R1', OUTPUTS);
      const port = standIn.start('gex', outputs, { algorithms: 'gexonly', ident: 'Cisco-1.25' });
      const target = standIn.target(port, { legacyAlgorithms: true });
      const workers = sessionWorkers(PROGRAM);
      const count = (pattern: RegExp): number => standIn.log('gex').match(pattern)?.length ?? 0;
      const connections = () => ({
        left: count(/Disconnected from \S+ port \d+ \[preauth\]/g),
        used: count(/Accepted \S+ for cisco/g),
      });
      const first = await visit((options) => openUnblocked(target, options, workers));
      expect(first.error).toBeNull();
      expect(first.outputs.slice(0, 3).map(({ text }) => text)).toEqual(Object.values(OUTPUTS));
      expect(first.facts?.handshake.algorithms).toContain('diffie-hellman-group-exchange-sha1');
      expect(first.events.filter(({ kind }) => kind !== 'passed').map(({ kind }) => kind)).toEqual([
        'opened',
        'ended',
      ]);
      expect([...(workers?.needed ?? [])]).toEqual(['R1']);
      expect(connections()).toEqual({ left: 1, used: 1 });
      expect((await visit((options) => openUnblocked(target, options, workers))).error).toBeNull();
      expect(connections()).toEqual({ left: 1, used: 2 });
    }, 60_000);
  });
});
