import { afterAll, describe, expect, test } from '@jest/globals';
import type { RunningRouter } from '../../../mocks/ios-router/ios-router.ts';
import { checkWay } from './check-way.ts';
import type { FaultRow, Seen, Way } from './fault-row.ts';
import { MockPlace } from './mock-place.ts';

interface Case {
  readonly row: FaultRow;
  readonly way: Way;
  readonly provoke: () => Promise<Seen>;
}

/** Faults that go on at the same time: most of them only wait. */
const AT_A_TIME = 6;

/** The tests of a table's rows against servers of this process. */
export function faultTests(title: string, rows: readonly FaultRow[], atATime = AT_A_TIME): void {
  const cases = rows.flatMap((row) =>
    (row.here ?? []).map((way) => ({ row, way, provoke: () => provokedHere(way.provoke) })),
  );
  testCases(title, cases, atATime);
}

/** One test a case; each is provoked beside the next ones, and beside a router without any fault. */
function testCases(title: string, cases: readonly Case[], atATime: number): void {
  describe(title, () => {
    const neighbour = healthyNeighbour();
    const started: Promise<Seen>[] = [];
    let before = 0;
    /** A rejection waits for its test. */
    const startUpTo = (count: number): void => {
      for (const { provoke } of cases.slice(started.length, count)) {
        const seen = Promise.all([provoke(), neighbour.isAsked()]).then(([first]) => first);
        seen.catch(() => {});
        started.push(seen);
      }
    };
    for (const [i, { row, way }] of cases.entries())
      test(`${row.number} ${row.what}: ${way.how}`, async () => {
        if (started.length === 0) before = await heldOpen();
        startUpTo(i + atATime);
        const seen = await started[i];
        if (seen === undefined) throw new Error('was not started');
        checkWay(row, way, seen);
      });
    test('no timer and no socket is left behind', async () => {
      startUpTo(cases.length);
      await Promise.allSettled(started);
      await neighbour.close();
      const until = performance.now() + LEFT_OPEN_MS;
      while ((await heldOpen()) > before && performance.now() < until) {}
      expect(await heldOpen()).toBeLessThanOrEqual(before);
    });
    // With only some of the tests asked for, the ones ahead may still go on.
    afterAll(() => Promise.allSettled(started));
  });
}

/** A connection that was given up is destroyed half a second later; nothing may last much longer. */
const LEFT_OPEN_MS = 3_000;

/** How much keeps this process from ending: timers, sockets, threads. */
async function heldOpen(): Promise<number> {
  await new Promise((go) => setTimeout(go, 50));
  return process.getActiveResourcesInfo().filter((kind) => /Timeout|TCP|Worker|MessagePort/.test(kind))
    .length;
}

async function provokedHere(provoke: (place: MockPlace) => Promise<Seen>): Promise<Seen> {
  const place = new MockPlace();
  try {
    return await provoke(place);
  } finally {
    await place.close();
  }
}

interface Neighbour {
  readonly isAsked: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** One router's fault never changes another's result: this one is asked while each fault goes on, and must answer in full. */
function healthyNeighbour(): Neighbour {
  const place = new MockPlace();
  let router: Promise<RunningRouter> | null = null;
  afterAll(() => place.close());
  return {
    async isAsked() {
      router ??= place.router();
      const seen = await place.ask((await router).port);
      expect(seen.error).toBeNull();
      expect(seen.outputs.map(({ command, text }) => [command, text])).toEqual(Object.entries(seen.served));
    },
    close: () => place.close(),
  };
}
