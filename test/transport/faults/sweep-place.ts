import { join } from 'node:path';
import type { Behaviour } from '../../../mocks/ios-router/behaviour.ts';
import { renderText } from '../../../src/report/render-text.ts';
import type { Report, ReportRouter } from '../../../src/report/report.ts';
import { tunneldoc } from '../../support/command-line.ts';
import { type Listed, sweepPlan } from '../../support/lab-inventory.ts';
import { reportOf } from '../../support/report-schema.ts';
import type { Seen } from './fault-row.ts';
import { type MockPlace, SERVED } from './mock-place.ts';

/** What a whole run of the program left behind. */
export interface Swept extends Seen {
  readonly code: number;
  readonly report: Report;
}

let runs = 0;

/** A sweep of the main commands and, unless flags say so, no later tries; the report stands in `remarks`, as a person reads it. */
export async function sweep(
  place: MockPlace,
  routers: readonly Listed[],
  flags: readonly string[] = [],
  now: () => number = Date.now,
): Promise<Swept> {
  runs += 1;
  const { argv, env } = sweepPlan(join(place.folder, `sweep-${runs}`), routers);
  const given = ['--retry-after', '0', '--timeout-command', '5', ...flags];
  const ran = await tunneldoc(['sweep', ...argv, '--minimal', ...lastOfEach(given), '--format', 'json'], {
    env,
    now,
  });
  const report = reportOf(ran.out);
  const text = renderText(report, { width: 200, quiet: false });
  return { error: null, outputs: [], served: {}, remarks: [text, ran.err], code: ran.code, report };
}

/** A sweep of one mock router, with the connections and logins that it has counted. */
export async function sweepMock(
  place: MockPlace,
  behaviour: Partial<Behaviour>,
  { flags = [], served = SERVED, ...listed }: Partial<Listed> & Counted = {},
): Promise<Swept> {
  const router = await place.router(behaviour, { served });
  const seen = await sweep(place, [{ name: 'R1', port: router.port, ...listed }], flags);
  return { ...seen, connections: router.connectionsSeen(), attempts: router.authAttempts.length };
}

interface Counted {
  readonly flags?: readonly string[];
  readonly served?: Readonly<Record<string, string>>;
}

/** A flag given twice: the last one counts. */
function lastOfEach(flags: readonly string[]): string[] {
  const pairs = new Map<string, string>();
  for (let i = 0; i < flags.length; i += 2) pairs.set(flags[i] ?? '', flags[i + 1] ?? '');
  return [...pairs].flat();
}

export function routerOf(report: Report, name: string): ReportRouter {
  const found = report.routers.find(({ router }) => router === name);
  if (found === undefined) throw new Error(`${name} is not in the report`);
  return found;
}

/** How each command of a router ended, by command. */
export function fates(report: Report, name: string): Record<string, string> {
  return Object.fromEntries(
    routerOf(report, name).collected.map(({ command, fate, error }) => [command, error ?? fate]),
  );
}
