import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { tunneldoc } from '../../support/command-line.ts';
import { type Listed, sweepPlan } from '../../support/lab-inventory.ts';
import { reportOf } from '../../support/report-schema.ts';
import type { FaultRow, Seen } from './fault-row.ts';
import { type MockPlace, SERVED } from './mock-place.ts';
import { routerOf, sweep } from './sweep-place.ts';

const SECRET = 'S3cret-of-the-test';
const nothing: Seen = { error: null, outputs: [], served: {}, remarks: [] };

/** Faults of a whole run. */
export const PROGRAM_ROWS: readonly FaultRow[] = [
  {
    number: 70,
    what: 'the same router twice in the inventory',
    class: 'C',
    retry: null,
    here: [
      {
        how: 'a sweep of a mock with one line under two names: one after the other',
        provoke: async (place) => {
          const router = await place.router({ maxSessions: 1 });
          const listed = ['R1', 'R1-again'].map((name) => ({ name, port: router.port }));
          const seen = await sweep(place, listed);
          for (const { name } of listed) expect(routerOf(seen.report, name).outcome).toBe('diagnosed');
          return seen;
        },
      },
    ],
  },
  {
    number: 71,
    what: 'a large sweep with many routers down',
    class: null,
    retry: null,
    here: [
      {
        how: 'forty entries, twelve of them silent: side by side, and in the totals',
        says: [/no-identification/],
        provoke: manyDown,
      },
    ],
  },
  {
    number: 73,
    what: 'the report cannot be written',
    class: 'E',
    retry: null,
    here: [
      {
        how: 'a path below a file: it goes to standard output, the exit code is 2',
        provoke: async (place) => {
          const router = await place.router();
          const { argv, env } = sweepPlan(join(place.folder, 'plan'), [{ name: 'R1', port: router.port }]);
          writeFileSync(join(place.folder, 'file'), '');
          const output = join(place.folder, 'file', 'report.json');
          const ran = await tunneldoc(
            ['sweep', ...argv, '--minimal', '--format', 'json', '--output', output],
            { env },
          );
          expect(ran.code).toBe(2);
          expect(ran.err).toContain(output);
          expect(routerOf(reportOf(ran.out), 'R1').outcome).toBe('diagnosed');
          return { ...nothing, remarks: [ran.err] };
        },
      },
    ],
  },
  {
    number: 74,
    what: 'a secret in a log or a report',
    class: null,
    retry: null,
    here: [
      {
        how: 'a sweep at log level debug whose router prints its own passwords back',
        provoke: secrets,
      },
    ],
  },
];

async function manyDown(place: MockPlace) {
  const fine = await place.router();
  let open = 0;
  let most = 0;
  const silent = await Promise.all(
    Array.from({ length: 12 }, () =>
      place.bare((socket) => {
        open += 1;
        most = Math.max(most, open);
        socket.on('close', () => {
          open -= 1;
        });
      }),
    ),
  );
  const listed: Listed[] = silent.map((port, i) => ({ name: `down-${i}`, port }));
  for (let i = 0; i < 3; i++) listed.splice(i * 4, 0, { name: `up-${i}`, port: fine.port });
  for (let i = 0; i < 25; i++) listed.push({ name: `closed-${i}`, port: 1, host: `127.0.1.${i + 1}` });
  const seen = await sweep(place, listed, ['--concurrency', '20', '--timeout-connect', '1']);
  expect(most).toBe(12);
  const named = seen.report.routers.map(({ outcome, error }) => error ?? outcome);
  const count = (name: string): number => named.filter((other) => other === name).length;
  expect([count('diagnosed'), count('no-identification'), count('connection-refused')]).toEqual([3, 12, 25]);
  expect(seen.code).toBe(3);
  return seen;
}

async function secrets(place: MockPlace) {
  const served = {
    ...SERVED,
    'show logging': `${SERVED['show logging']}*Nov 23 10:00:00.000: %PARSER-5-CFGLOG_LOGGEDCMD: User:lab  logged command:username lab password ${SECRET}\n`,
  };
  const users = { lab: { password: SECRET, privilege: 1, publicKey: null } };
  const router = await place.router({ users, enableSecret: `${SECRET}-enable` }, { served });
  const log = join(place.folder, 'log');
  const listed = { name: 'R1', port: router.port, password: SECRET, enableSecret: `${SECRET}-enable` };
  const seen = await sweep(
    place,
    [listed],
    ['--log-level', 'debug', '--log-file', log, '--record', join(place.folder, 'kept')],
  );

  const kept = readdirSync(join(place.folder, 'kept'), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile(),
  );
  const all = [log, ...kept.map((entry) => join(entry.parentPath, entry.name))].map((file) =>
    readFileSync(file, 'utf8'),
  );
  expect(all.length).toBeGreaterThan(3);
  for (const text of [...all, ...seen.remarks, JSON.stringify(seen.report)])
    expect(text).not.toContain(SECRET);
  expect(routerOf(seen.report, 'R1').outcome).toBe('diagnosed');
  return seen;
}
