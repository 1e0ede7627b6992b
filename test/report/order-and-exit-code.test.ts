import { describe, expect, test } from '@jest/globals';
import { exitCodeFor } from '../../src/report/exit-code.ts';
import { sortTunnels } from '../../src/report/order.ts';
import type { ReportRouter, ReportTunnel } from '../../src/report/report.ts';
import { VERDICT_ORDER } from '../../src/report/report.ts';
import {
  allFine,
  cause,
  emptyReport,
  morningSweep,
  report,
  router,
  tunnel,
} from '../support/report-samples.ts';

describe('the order of tunnels', () => {
  const ordered: ReportTunnel[] = [
    tunnel({ router: 'z', verdict: 'down', severity: 'critical' }),
    tunnel({ router: 'hub2', verdict: 'down', severity: 'high', peer: '10.0.0.9' }),
    tunnel({ router: 'hub2', verdict: 'down', severity: 'high', peer: '10.0.0.10' }),
    tunnel({ router: 'hub10', verdict: 'down', severity: 'high', peer: '10.0.0.1' }),
    tunnel({ router: 'a', verdict: 'missing' }),
    tunnel({ router: 'a', verdict: 'degraded' }),
    tunnel({ router: 'a', verdict: 'undetermined' }),
    tunnel({ router: 'a', verdict: 'idle' }),
    tunnel({ router: 'a', verdict: 'healthy', id: 'one' }),
    tunnel({ router: 'a', verdict: 'healthy', id: 'two' }),
  ];

  test('is worst first, then severity, router and peer by number', () => {
    const shuffles = [ordered.toReversed(), [...ordered.slice(4), ...ordered.slice(0, 4)]];
    for (const shuffled of shuffles) expect(sortTunnels(shuffled)).toEqual(ordered);
  });

  test('leaves the array it was given alone', () => {
    const given = ordered.toReversed();
    sortTunnels(given);
    expect(given).toEqual(ordered.toReversed());
  });
});

describe('the exit code', () => {
  const expected = { down: 1, missing: 1, degraded: 1, undetermined: 3, idle: 0, healthy: 0 } as const;

  test.each(VERDICT_ORDER)('of one tunnel that is %s', (verdict) => {
    expect(codeOf([{ verdict }])).toBe(expected[verdict]);
  });

  test('a problem counts more than what is not known', () => {
    expect(codeOf([{ verdict: 'undetermined' }, { verdict: 'down' }])).toBe(1);
    expect(exitCodeFor(morningSweep)).toBe(1);
  });

  test('seeing no tunnel is not health', () => {
    expect(exitCodeFor(emptyReport)).toBe(3);
    expect(exitCodeFor(report({}))).toBe(3);
    expect(exitCodeFor(allFine)).toBe(0);
  });

  test.each(['not-reached', 'not-tried', 'unsupported-platform', 'agent-fault'] as const)(
    'a router that is %s beside healthy tunnels is 3',
    (outcome) => expect(codeOf([{}], { outcome })).toBe(3),
  );

  test.each([
    ['show crypto isakmp sa', 'refused', 3],
    ['show crypto ipsec sa', 'cut-short', 3],
    ['show crypto ipsec sa', 'answered', 0],
    ['show crypto ikev2 sa detailed', 'refused', 0],
    ['show crypto ipsec sa peer 198.51.100.1', 'refused', 0],
    ['show logging', 'cut-short', 3],
  ] as const)('%s %s gives %i', (command, fate, code) => {
    expect(codeOf([{}], { collected: [{ command, fate, reason: null, lines: 0, unread: 0 }] })).toBe(code);
  });

  test.each([
    ['Command authorization failed.', 3],
    ["% Invalid input detected at '^' marker.", 0],
  ])('show logging refused with %s gives %i', (reason, code) => {
    const collected = [{ command: 'show logging', fate: 'refused' as const, reason, lines: 1, unread: 0 }];
    expect(codeOf([{}], { collected })).toBe(code);
  });

  test.each([
    ['critical', 1],
    ['high', 1],
    ['medium', 0],
    ['info', 0],
  ] as const)('a router finding of severity %s gives %i', (severity, code) => {
    expect(codeOf([{}], { findings: [cause({ id: 'x', title: 'X', severity })] })).toBe(code);
  });

  test('an expected tunnel that only the sweep misses is a problem', () => {
    expect(exitCodeFor({ ...allFine, sweep: { ...allFine.sweep, missing: ['hub1 to 198.51.100.3'] } })).toBe(
      1,
    );
  });

  function codeOf(tunnels: Partial<ReportTunnel>[], hub: Partial<ReportRouter> = {}): number {
    return exitCodeFor(
      report({
        routers: [router({ router: 'hub1', ...hub })],
        tunnels: tunnels.map((parts) => tunnel({ router: 'hub1', ...parts })),
      }),
    );
  }
});
