import { expect } from '@jest/globals';
import type { FaultRow } from './fault-row.ts';
import { type MockPlace, SERVED } from './mock-place.ts';
import { fates, sweep } from './sweep-place.ts';

/** Apart from the other rows: a signal is for the whole process, and would end the sweeps of those too. */
export const INTERRUPT_ROWS: readonly FaultRow[] = [
  {
    number: 72,
    what: 'the sweep is interrupted',
    class: 'E',
    retry: null,
    here: (['SIGINT', 'SIGTERM'] as const).map((signal) => ({
      how: `${signal} while an output is silent: sessions end with exit, what was collected is reported`,
      says: [/interrupted/, /stopping/],
      provoke: (place: MockPlace) => interrupted(place, signal),
    })),
  },
];

/** The signal comes when the second command of the sweep has gone silent. */
async function interrupted(place: MockPlace, signal: 'SIGINT' | 'SIGTERM') {
  const router = await place.router(
    { stallCmd: /isakmp/, stallAfter: 20 },
    { served: { ...SERVED, 'show crypto ipsec sa': '' } },
  );
  const running = sweep(place, [{ name: 'R1', port: router.port }], ['--timeout-command', '60']);
  while (!router.received.some((line) => line.includes('isakmp')))
    await new Promise((go) => setTimeout(go, 20));
  await new Promise((go) => setTimeout(go, 200));
  process.emit(signal, signal);
  const seen = await running;
  expect(Object.values(fates(seen.report, 'R1'))).toContain('interrupted');
  expect(seen.code).toBe(3);
  while (router.connectionsOpen() > 0) await new Promise((go) => setTimeout(go, 20));
  return seen;
}
