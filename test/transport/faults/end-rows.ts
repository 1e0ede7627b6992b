import { expect } from '@jest/globals';
import { silentLog } from '../../../src/core/log.ts';
import { mustShowCommand } from '../../../src/evidence/show-command.ts';
import { openCollector } from '../../../src/transport/ssh-collector.ts';
import type { FaultRow, Seen } from './fault-row.ts';
import { type MockPlace, SERVED, SHORT } from './mock-place.ts';
import { wireTo } from './wires.ts';

const LOST = ['whole', { cut: 'connection-lost' }, 'not-run'] as const;

/** How a session ends, and what may come behind its end. */
export const END_ROWS: readonly FaultRow[] = [
  {
    number: 59,
    what: 'a server that does not answer keepalives',
    class: 'O',
    retry: null,
    here: [
      {
        how: 'mock, silent for three seconds: nothing is sent meanwhile, and the session lives',
        provoke: silentSpell,
      },
    ],
  },
  {
    number: 60,
    what: 'the router closes the idle session',
    class: 'E',
    retry: 'later',
    here: [
      {
        how: 'mock, exec-timeout between two commands',
        ends: ['whole', 'not-run', 'not-run'],
        says: ['not run: connection lost between two commands: the router closed the idle session'],
        provoke: (place) => idle(place),
      },
    ],
    standIn: [
      {
        how: 'exec_timeout',
        ends: ['whole', 'not-run', 'not-run'],
        says: ['not run: connection lost between two commands: the router closed the idle session'],
        provoke: (place) => place.profile({ exec_timeout: 1 }, { pauseMs: 2_000 }),
      },
    ],
  },
  {
    number: 63,
    what: 'a second exec throws',
    class: 'E',
    retry: null,
    cannot:
      'no exec request is ever made (row 62), and one shell is opened on a connection; a shell on a dead connection is row 32',
  },
  {
    number: 64,
    what: 'a second error behind the first',
    class: 'E',
    retry: null,
    here: [
      {
        how: 'SSH 1.5, no common algorithm, silence, a reset: two seconds later nothing has been thrown',
        provoke: lateErrors,
      },
    ],
  },
  {
    number: 65,
    what: 'SSH disconnect with code 11',
    class: 'E',
    retry: null,
    here: [
      {
        how: 'mock, in the middle of an output',
        ends: LOST,
        says: [/connection lost after \d+ bytes/],
        provoke: (place) => place.mock({ hangUp: 'disconnect', dropCmd: /logging/, dropAfter: 5_000 }),
      },
      {
        how: 'mock, right after the login',
        error: 'closed-without-prompt',
        says: [/vty lines/],
        provoke: (place) => place.mock({ hangUp: 'disconnect', start: 'gone' }),
      },
      {
        how: 'mock, instead of a prompt',
        error: 'closed-without-prompt',
        provoke: (place) => place.mock({ hangUp: 'disconnect', start: 'closed' }),
      },
    ],
  },
  {
    number: 66,
    what: 'exit asks',
    class: 'E',
    retry: null,
    here: ['Uncommitted changes found, commit them? [cancel]: ', 'Proceed? [confirm]'].map((exitAsks) => ({
      how: `mock, ${exitAsks}: closed anyway`,
      connections: 0,
      provoke: async (place: MockPlace) => {
        const router = await place.router({ exitAsks });
        const seen = await place.ask(router.port);
        expect(router.received.filter((line) => line.trim() !== '').at(-1)).toBe('exit');
        await until(() => router.connectionsOpen() === 0);
        return { ...seen, connections: router.connectionsOpen() };
      },
    })),
  },
];

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((go) => setTimeout(go, 20));
}

/** Counts what the client sends while the router is silent in the middle of an output. */
async function silentSpell(place: MockPlace): Promise<Seen> {
  const router = await place.router({ stallCmd: /logging/, stallAfter: 3_000, stallFor: 3 });
  const sentAt: number[] = [];
  const port = await wireTo(place, router.port, undefined, () => void sentAt.push(performance.now()));
  const seen = await place.ask(port);
  const pauses = sentAt.slice(1).map((at, i) => at - (sentAt[i] ?? 0));
  // The command, then nothing until the router shows its prompt again.
  expect(Math.max(...pauses)).toBeGreaterThan(2_500);
  return seen;
}

/** A pause of ours that is longer than the router's patience. */
async function idle(place: MockPlace): Promise<Seen> {
  const router = await place.router({ execTimeout: 0.8 });
  const opened = await openCollector(place.target(router.port), { log: silentLog, limits: SHORT });
  if (!opened.ok) return { error: opened.error, outputs: [], served: SERVED, remarks: [] };
  const outputs = [];
  for (const command of Object.keys(SERVED)) {
    outputs.push(await opened.collector.collect(mustShowCommand(command)));
    if (outputs.length === 1) await until(() => router.connectionsOpen() === 0);
  }
  await opened.collector.close();
  return { error: null, outputs, served: SERVED, remarks: opened.collector.facts.remarks };
}

/** An error without a listener would end the whole sweep. */
async function lateErrors(place: MockPlace): Promise<Seen> {
  const thrown: unknown[] = [];
  const note = (error: unknown): void => void thrown.push(error);
  process.on('uncaughtException', note).on('unhandledRejection', note);
  const errors = await Promise.all([
    place.mock({ refuse: 'silent', refuseText: 'SSH-1.5-Cisco-1.25\n' }),
    place.mock({ algorithms: 'ios12' }),
    place.mock({ refuse: 'silent' }, { limits: { identificationMs: 200 } }),
    place.mock({ refuse: 'reset-kex' }),
    place.mock({ refuse: 'stall-kex' }, { limits: { keyExchangeMs: 200 } }),
  ]);
  await new Promise((go) => setTimeout(go, 2_000));
  process.removeListener('uncaughtException', note).removeListener('unhandledRejection', note);
  expect(errors.filter(({ error }) => error === null)).toEqual([]);
  expect(thrown).toEqual([]);
  return { error: null, outputs: [], served: {}, remarks: [] };
}
