import { expect } from '@jest/globals';
import type { FaultRow } from './fault-row.ts';
import { type MockPlace, SERVED } from './mock-place.ts';
import { fates, sweep } from './sweep-place.ts';
import { wireTo } from './wires.ts';

/** The main commands of a router whose clock and log say so. */
const routerWith = (clock: string, log: string): Readonly<Record<string, string>> => ({
  ...MAIN,
  'show clock': `${clock}\n`,
  'show logging': log,
});

const MAIN: Readonly<Record<string, string>> = {
  'show version':
    'Cisco IOS Software, ISR Software, Version 15.4(3)M, RELEASE SOFTWARE (fc1)\n\nR1 uptime is 2 hours, 3 minutes\n',
  'show crypto isakmp sa': SERVED['show crypto isakmp sa'] ?? '',
  'show crypto ipsec sa': '',
};

function logFrom(minute: number, lines: number): string {
  const text = [
    'Syslog logging: enabled (0 messages dropped, 0 flushes, 0 overruns)',
    '',
    'Log Buffer (4096 bytes):',
    '',
  ];
  for (let i = 0; i < lines; i++)
    text.push(
      `*Nov 23 09:${minute + Math.floor(i / 10)}:${String(10 + (i % 10))}.123: %SYS-5-CONFIG_I: Configured from console by vty0`,
    );
  return `${text.join('\n')}\n`;
}

/** Outputs that came whole and do not mean what they seem to. */
export const MEANING_ROWS: readonly FaultRow[] = [
  {
    number: 67,
    what: 'the clock is wrong, or in another zone',
    class: 'D',
    retry: null,
    here: [
      {
        how: 'a sweep of a mock whose clock has a star',
        says: [/clock is not authoritative/],
        provoke: (place) => sweepOf(place, routerWith('*09:30:12.345 UTC Mon Nov 23 2026', logFrom(12, 40))),
      },
      {
        how: 'a dot, and another zone',
        says: [/clock is not authoritative/],
        provoke: (place) => sweepOf(place, routerWith('.09:30:12.345 CET Mon Nov 23 2026', logFrom(12, 40))),
      },
    ],
  },
  {
    number: 68,
    what: 'the log buffer is small and has wrapped',
    class: 'D',
    retry: null,
    here: [
      {
        how: 'a sweep of a mock whose log covers some minutes',
        says: [/log buffer reaches back only \d+ min/],
        provoke: (place) => sweepOf(place, routerWith('09:18:12.345 UTC Mon Nov 23 2026', logFrom(12, 40))),
      },
    ],
  },
  {
    number: 69,
    what: 'the router restarts or switches over between two commands',
    class: 'D',
    retry: 'later',
    here: [
      {
        how: 'a sweep of a mock that dies and comes back with an uptime of nothing',
        says: [/restarted during collection: its uptime is 0 minutes/i],
        provoke: restarted,
      },
      {
        how: 'mock, the prompt has another name from then on',
        says: [/R1.*R1-stby/s],
        provoke: (place) => place.mock({ switchCmd: /logging/, switchHostname: 'R1-stby' }),
      },
    ],
  },
];

async function sweepOf(place: MockPlace, served: Readonly<Record<string, string>>) {
  const router = await place.router({}, { served });
  return sweep(place, [{ name: 'R1', port: router.port }]);
}

/** The wire leads to another router once the first one has died; a clock of which a second is ten minutes, as an uptime is in minutes. */
async function restarted(place: MockPlace) {
  const before = await place.router(
    { dropCmd: /logging/, dropAfter: 500 },
    { served: routerWith('09:30:12.345 UTC Mon Nov 23 2026', logFrom(12, 40)) },
  );
  const after = await place.router(
    {},
    {
      served: {
        ...routerWith('09:31:12.345 UTC Mon Nov 23 2026', logFrom(31, 3)),
        'show version': (MAIN['show version'] ?? '').replace('2 hours, 3 minutes', '0 minutes'),
      },
    },
  );
  const port = await wireTo(place, (connection) => (connection === 0 ? before.port : after.port));
  const start = Date.now();
  const now = (): number => start + (Date.now() - start) * 600;
  const seen = await sweep(place, [{ name: 'R1', port }], [], now);
  expect(fates(seen.report, 'R1')).toMatchObject({ 'show logging': 'answered' });
  return seen;
}
