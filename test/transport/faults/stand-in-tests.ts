import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { whyNoStandIn } from '../stand-in.ts';
import { checkWay } from './check-way.ts';
import type { FaultRow } from './fault-row.ts';
import { MockPlace } from './mock-place.ts';
import { StandInPlace } from './stand-in-place.ts';

const why = whyNoStandIn();
const describeHere = why === null ? describe : describe.skip;

/** The rows' ways against the OpenSSH stand-in, with ports of their own so that two files may run beside each other. */
export function standInTests(title: string, rows: readonly FaultRow[], firstPort: number): void {
  describeHere(`${title}, against the OpenSSH stand-in${why === null ? '' : ` (skipped: ${why})`}`, () => {
    let place: StandInPlace;
    const neighbours = new MockPlace();
    let neighbour = 0;
    beforeAll(async () => {
      place = new StandInPlace(firstPort);
      neighbour = (await neighbours.router()).port;
    }, 60_000);
    afterAll(async () => {
      place?.close();
      await neighbours.close();
    });

    // One after the other: they share one server, whose profile is another for each.
    for (const row of rows)
      for (const way of row.standIn ?? [])
        test(`${row.number} ${row.what}: ${way.how}`, async () => {
          const [seen, beside] = await Promise.all([way.provoke(place), neighbours.ask(neighbour)]);
          checkWay(row, way, seen);
          expect(beside.outputs.map(({ text }) => text)).toEqual(Object.values(beside.served));
        }, 60_000);
  });
}
