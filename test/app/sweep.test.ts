import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Behaviour } from '../../mocks/ios-router/behaviour.ts';
import { type RunningRouter, startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { credentialGates } from '../../src/app/credential-gate.ts';
import type { PlannedTarget } from '../../src/app/resolve-target.ts';
import type { RouterRun } from '../../src/app/router-run.ts';
import { type SweepEvent, type SweepOptions, sweepRouters } from '../../src/app/sweep-inventory.ts';
import { silentLog } from '../../src/core/log.ts';
import { mustShowCommand } from '../../src/evidence/show-command.ts';

const OUTPUTS = {
  'show version': 'Cisco IOS Software, written for this test\n\nR1 uptime is 2 hours\n',
  'show logging': `Syslog logging: enabled\n${'*Nov 23 09:30:12.345: %SYS-5-CONFIG_I: Configured\n'.repeat(200)}`,
  'show clock': '*09:30:00.000 UTC Mon Nov 23 2026\n',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunneldoc-sweep-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const running: RunningRouter[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((router) => router.close()));
});

async function router(behaviour: Partial<Behaviour> = {}, port = 0): Promise<RunningRouter> {
  const recording = recordingOf('R1', OUTPUTS);
  const started = await startRouter({ recording, behaviour: { hostname: 'R1', ...behaviour }, port });
  running.push(started);
  return started;
}

/** A pattern that fits once: a fault that does not come again. */
function firstTime(pattern: RegExp): RegExp {
  let isOver = false;
  const once = new RegExp(pattern);
  once.test = (text) => {
    const fits = !isOver && pattern.test(text);
    isOver ||= fits;
    return fits;
  };
  return once;
}

/** A port of this machine on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function planned(
  name: string,
  port: number,
  more: Partial<PlannedTarget> = {},
  password = 'lab',
): PlannedTarget {
  const hostKeys = {
    policy: 'accept-new',
    knownHostsFile: join(folder, String(port)),
    readOnlyFiles: [],
  } as const;
  const target = { name, host: '127.0.0.1', port, user: 'lab', password, legacyAlgorithms: false, hostKeys };
  return { target, limits: {}, deadlineMs: null, remarks: [], ...more };
}

/** Sweeps with small limits; what happened in words, and how each router ended. */
async function sweep(targets: readonly PlannedTarget[], changes: Partial<SweepOptions> = {}) {
  const events: string[] = [];
  const runs = await sweepRouters(targets, {
    playbooks: [],
    commands: ['show version', 'show logging', 'show clock'].map(mustShowCommand),
    samples: 1,
    intervalMs: 1000,
    limits: { identificationMs: 400, commandIdleMs: 500 },
    deadlineMs: 60_000,
    retryAfterMs: 0,
    gateOf: credentialGates(),
    workers: null,
    signal: new AbortController().signal,
    now: Date.now,
    log: silentLog,
    concurrency: 10,
    ...changes,
    onEvent: (event) => {
      if (event.kind !== 'command') events.push(`${event.router} ${event.kind}`);
      changes.onEvent?.(event);
    },
  });
  return { runs, events };
}

const why = (run: RouterRun | undefined): string => (run?.kind === 'not-collected' ? run.why : '');
const fates = (run: RouterRun | undefined): readonly string[] =>
  run?.kind === 'collected' ? run.recording.outputs.map(({ kind }) => kind) : [];
const remarks = (run: RouterRun | undefined): string =>
  run?.kind === 'collected' ? run.recording.remarks.join('\n') : '';

const WHOLE = ['answered', 'answered', 'answered'];

describe('a failure that may pass', () => {
  test('is tried once more, later, and holds no place meanwhile', async () => {
    const port = await freePort();
    const fine = await router();
    let waited = '';
    const { runs, events } = await sweep([planned('dead', port), planned('fine', fine.port)], {
      concurrency: 1,
      retryAfterMs: 300,
      onEvent: (event: SweepEvent) => {
        if (event.kind === 'waiting') waited = `${event.why}, ${event.ms} ms`;
      },
    });
    expect(events).toEqual([
      'dead started',
      'dead waiting',
      'fine started',
      'fine ended',
      'dead started',
      'dead ended',
    ]);
    expect(waited).toBe('connection refused, 300 ms');
    expect(why(runs[0])).toMatch(/refused.* Tried twice, 0\.3 s apart\.$/);
    expect(runs[0]).toMatchObject({ outcome: 'not-reached', error: 'connection-refused' });
    expect(fates(runs[1])).toEqual(WHOLE);
  });

  test('has passed: everything is collected, and the first failure is remarked', async () => {
    const port = await freePort();
    const { runs, events } = await sweep([planned('boots', port)], {
      retryAfterMs: 500,
      onEvent: (event: SweepEvent) => {
        if (event.kind === 'waiting') void router({}, port);
      },
    });
    expect(events.at(-1)).toBe('boots ended');
    expect(fates(runs[0])).toEqual(WHOLE);
    expect(remarks(runs[0])).toContain(
      'the first connection failed (connection refused); connected 0.5 s later',
    );
  });

  test('another failure the second time: both are named', async () => {
    const port = await freePort();
    const { runs } = await sweep([planned('odd', port)], {
      retryAfterMs: 300,
      onEvent: (event: SweepEvent) => {
        if (event.kind === 'waiting') void router({ refuse: 'silent' }, port);
      },
    });
    expect(runs[0]).toMatchObject({ error: 'no-identification' });
    expect(why(runs[0])).toMatch(/Tried twice, 0\.3 s apart; the first time: connection refused\.$/);
  });

  test('is not tried again when nobody asked for it', async () => {
    const { runs, events } = await sweep([planned('dead', await freePort())]);
    expect(events).toEqual(['dead started', 'dead ended']);
    expect(why(runs[0])).not.toContain('Tried twice');
  });

  test('a refused login is never tried again', async () => {
    const there = await router();
    const { runs, events } = await sweep([planned('r', there.port, {}, 'wrong')], { retryAfterMs: 50 });
    expect(runs[0]).toMatchObject({ error: 'authentication-rejected' });
    expect(events).toEqual(['r started', 'r ended']);
    expect(there.authAttempts).toHaveLength(1);
  });

  test('a stop ends the waiting at once', async () => {
    const stop = new AbortController();
    const { runs } = await sweep([planned('dead', await freePort())], {
      retryAfterMs: 3_600_000,
      signal: stop.signal,
      onEvent: (event: SweepEvent) => {
        if (event.kind === 'waiting') stop.abort();
      },
    });
    expect(why(runs[0])).toMatch(/refused/);
    expect(why(runs[0])).not.toContain('Tried twice');
  });

  test("the router's time goes on while it waits", async () => {
    const { runs } = await sweep([planned('dead', await freePort(), { deadlineMs: 400 })], {
      retryAfterMs: 3_600_000,
    });
    expect(why(runs[0])).toMatch(
      /refused.* The time for one router \(0\.4 s, --timeout-router\) was over\.$/,
    );
  });
});

describe('a session that breaks', () => {
  test('a lost connection is opened again at once; nothing is missing', async () => {
    const there = await router({ dropCmd: firstTime(/logging/), dropAfter: 5000 });
    const { runs, events } = await sweep([planned('r', there.port)]);
    expect(fates(runs[0])).toEqual(WHOLE);
    expect(remarks(runs[0])).toMatch(
      /connection lost in `show logging` after \d+ bytes; connected again, the command was run once more/,
    );
    expect(events).toEqual(['r started', 'r ended']);
    expect(there.connectionsSeen()).toBe(2);
    expect(there.authAttempts).toHaveLength(2);
  });

  test('one that breaks again keeps its beginning, and is not opened a third time', async () => {
    const there = await router({ dropCmd: /logging/, dropAfter: 5000 });
    const { runs } = await sweep([planned('r', there.port)], { retryAfterMs: 50 });
    const run = runs[0];
    const outputs = run?.kind === 'collected' ? run.recording.outputs : [];
    expect(outputs.map((one) => (one.kind === 'cut-short' ? one.error : one.kind))).toEqual([
      'answered',
      'connection-lost',
      'not-run',
    ]);
    expect(outputs[1]?.text.length).toBeGreaterThan(4000);
    expect(remarks(run)).toContain('but it was cut short again');
    expect(there.connectionsSeen()).toBe(2);
  });

  test('a router that fell silent is asked again later, without holding a place', async () => {
    const there = await router({ stallCmd: firstTime(/logging/), stallAfter: 2000 });
    const fine = await router();
    const { runs, events } = await sweep([planned('r', there.port), planned('fine', fine.port)], {
      retryAfterMs: 200,
      concurrency: 1,
    });
    expect(events).toEqual(['r started', 'r waiting', 'fine started', 'fine ended', 'r started', 'r ended']);
    expect(runs.map(fates)).toEqual([WHOLE, WHOLE]);
    expect(remarks(runs[0])).toMatch(/no further answer in `show logging` .* connected again 0\.2 s later/);
    expect(there.connectionsSeen()).toBe(2);
  });

  test('the time of a router ends it in the middle, and the recording says so', async () => {
    const there = await router({ stallCmd: /logging/, stallAfter: 2000 });
    const { runs } = await sweep([planned('r', there.port, { deadlineMs: 2500 })], { limits: {} });
    expect(fates(runs[0])).toEqual(['answered', 'cut-short', 'cut-short']);
    expect(remarks(runs[0])).toContain('the time for one router (2.5 s, --timeout-router) was over');
  });

  test('`exit` that asks a question ends all the same', async () => {
    const there = await router({ exitAsks: 'Uncommitted changes found, commit them? [yes/no]: ' });
    const { runs } = await sweep([planned('r', there.port, { limits: { closeMs: 400 } })]);
    expect(fates(runs[0])).toEqual(WHOLE);
    expect(there.received.at(-1)).toBe('exit');
    // Our end is gone; the router's goes when it has heard of it.
    while (there.connectionsOpen() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });
});

describe('many routers', () => {
  test('the same address twice is asked one after the other, whatever it is called', async () => {
    const there = await router({ maxSessions: 1 });
    const other = await router();
    const targets = [
      planned('a', there.port),
      planned('b', there.port),
      planned('c', other.port),
      planned('a2', there.port),
    ];
    const { runs, events } = await sweep(targets);
    expect(runs.map(fates)).toEqual([WHOLE, WHOLE, WHOLE, WHOLE]);
    expect(events.filter((event) => !event.startsWith('c'))).toEqual(
      ['a', 'b', 'a2'].flatMap((name) => [`${name} started`, `${name} ended`]),
    );
  });

  test('sixty, ten of them silent: never more connections than allowed, and each ends with its own outcome', async () => {
    const concurrency = 12;
    const routers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => router(i % 6 === 0 ? { refuse: 'silent' } : {})),
    );
    const open = (): number => routers.reduce((sum, one) => sum + one.connectionsOpen(), 0);
    // What a router has open it may see closed a few turns after us: what counts is what lasts.
    const latest: number[] = [];
    let most = 0;
    const timer = setInterval(() => {
      latest.push(open());
      if (latest.length > 5) latest.shift();
      most = Math.max(most, Math.min(...latest));
    }, 2);
    const targets = routers.map(({ port }, i) => planned(`r${i}`, port));
    const { runs, events } = await sweep(targets, {
      concurrency,
      retryAfterMs: 100,
      commands: [mustShowCommand('show version')],
    });
    clearInterval(timer);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(concurrency);
    runs.forEach((run, i) => {
      if (i % 6 === 0) expect(run).toMatchObject({ router: `r${i}`, error: 'no-identification' });
      else expect(fates(run)).toEqual(['answered']);
    });
    expect(events.filter((event) => event.endsWith('waiting'))).toHaveLength(10);
    expect(events.filter((event) => event.endsWith('ended'))).toHaveLength(60);
    expect(routers.map((one) => one.connectionsSeen())).toEqual(routers.map((_, i) => (i % 6 === 0 ? 2 : 1)));
    while (open() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }, 60_000);

  test('a run that is stopped before a router had its turn asks nothing of it', async () => {
    const there = await router();
    const { runs } = await sweep([planned('r', there.port)], { signal: AbortSignal.abort() });
    expect(runs[0]).toMatchObject({ outcome: 'not-tried', error: 'interrupted' });
    expect(there.connectionsSeen()).toBe(0);
  });
});
