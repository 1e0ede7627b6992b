import { expect } from '@jest/globals';
import { startRouter } from '../../../mocks/ios-router/ios-router.ts';
import type { FaultRow } from './fault-row.ts';
import { type MockPlace, SERVED } from './mock-place.ts';
import { outputsAsServed } from './served.ts';
import { fates, sweep } from './sweep-place.ts';

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
        says: [/restarted during collection/, /uptime/],
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

/** The second router takes the port of the first one when that one dies. */
async function restarted(place: MockPlace) {
  const first = await place.router(
    { dropCmd: /logging/, dropAfter: 500 },
    { served: routerWith('09:30:12.345 UTC Mon Nov 23 2026', logFrom(12, 40)) },
  );
  const death = (async () => {
    while (first.connectionsSeen() === 0 || first.connectionsOpen() > 0)
      await new Promise((go) => setTimeout(go, 5));
    await first.close();
    return startRouter({
      port: first.port,
      behaviour: { hostname: 'R1' },
      recording: outputsAsServed({
        ...routerWith('09:31:12.345 UTC Mon Nov 23 2026', logFrom(31, 3)),
        'show version': (MAIN['show version'] ?? '').replace('2 hours, 3 minutes', '0 minutes'),
      }),
    });
  })();
  const seen = await sweep(place, [{ name: 'R1', port: first.port }], ['--retry-after', '1']);
  const second = await death;
  place.closeLater(() => second.close());
  expect(fates(seen.report, 'R1')).toMatchObject({ 'show version': 'answered', 'show logging': 'answered' });
  return seen;
}
