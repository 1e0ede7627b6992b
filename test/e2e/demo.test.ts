import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { packageRoot } from '../../src/app/package-root.ts';
import { loadScenarios, type Scenario } from '../../src/app/scenario.ts';
import type { Report } from '../../src/report/report.ts';
import { type Ran, tunneldoc } from '../support/command-line.ts';
import { reportOf } from '../support/report-schema.ts';

const BIN = join(packageRoot(), 'dist', 'src', 'main.js');

describe('tunneldoc demo', () => {
  let ran: Ran;
  let report: Report;
  let scenarios: readonly Scenario[];
  beforeAll(async () => {
    scenarios = (await loadScenarios()).filter((scenario) => scenario.demo);
    ran = await tunneldoc(['demo', '--format', 'json']);
    report = reportOf(ran.out);
  }, 120_000);

  test('every scenario comes out as it expects', () => {
    expect(ran.err.split('\n').filter((line) => line.includes('not as expected'))).toEqual([]);
    expect(ran.err).toContain(`all ${scenarios.length} scenarios came out as expected`);
    expect(ran.code).toBe(0);
  });

  test('at least ten tunnels over at least five routers, all of them really asked', () => {
    expect(report.tunnels.length).toBeGreaterThanOrEqual(10);
    expect(new Set(report.tunnels.map((tunnel) => tunnel.router)).size).toBeGreaterThanOrEqual(5);
    expect(report.routers.map((router) => router.outcome)).toEqual(report.routers.map(() => 'diagnosed'));
  });

  test('no control byte on stdout or stderr', () => {
    const control = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/;
    expect(control.exec(ran.out)).toBeNull();
    expect(control.exec(ran.err)).toBeNull();
  });

  test('every fault names a cause with a quoted line that the router printed', () => {
    const faults = scenarios.flatMap((scenario) =>
      scenario.expect.filter((expected) => typeof expected.cause === 'string'),
    );
    for (const { router, peer } of faults) {
      const tunnel = report.tunnels.find((t) => t.router === router && t.peer === peer);
      const quotes = tunnel?.causes[0]?.because.filter((clue) => clue.source !== null) ?? [];
      expect(`${router} ${quotes.length > 0}`).toBe(`${router} true`);
    }
    expect(faults.length).toBeGreaterThan(10);
  });

  test('healthy and idle tunnels are not accused', () => {
    const fine = report.tunnels.filter((tunnel) => ['healthy', 'idle'].includes(tunnel.verdict));
    expect(fine.flatMap((tunnel) => tunnel.causes.map((cause) => cause.id))).toEqual([]);
    expect(fine.length).toBeGreaterThan(0);
  });

  test('at least half of the fault scenarios have no debug line, and both decidable and open ones are there', async () => {
    const faults = scenarios.filter(({ expect, findings }) => {
      return findings.length > 0 || expect.some((expected) => typeof expected.cause === 'string');
    });
    const withoutDebug = faults.filter((scenario) => !scenario.debug);
    expect(withoutDebug.length * 2).toBeGreaterThanOrEqual(faults.length);
    expect(new Set(faults.map((scenario) => scenario.decidable))).toEqual(new Set([true, false]));
  });

  test('open ones name the class-S cause as possible and what would decide', () => {
    const open = scenarios.filter((scenario) => !scenario.decidable).flatMap((scenario) => scenario.expect);
    const accused = open.filter((expected) => typeof expected.cause === 'string');
    for (const { router, peer } of accused) {
      const tunnel = report.tunnels.find((t) => t.router === router && t.peer === peer);
      expect(tunnel?.ask.length).toBeGreaterThan(0);
      expect(tunnel?.causes[0]?.class).toBe('symptom');
    }
    expect(accused.length).toBeGreaterThan(0);
  });
});

test('an unknown scenario is exit 2, names the known ones, and is one JSON document where asked', async () => {
  const ran = await tunneldoc(['demo', 'no-such', '--format', 'json']);
  expect(ran.code).toBe(2);
  expect(JSON.parse(ran.out)).toMatchObject({
    format: 'tunneldoc.error/1',
    error: expect.stringContaining('psk-mismatch'),
  });
});

test('lists keep all their words; of an option given twice the last one holds', async () => {
  const ran = await tunneldoc(['explain', '--format', 'json', '--format', 'text', 'IKMP_MODE_FAILURE']);
  expect(ran.code).toBe(0);
  expect(ran.out).toMatch(/^CRYPTO-6-IKMP_MODE_FAILURE/);
  const line =
    '*Nov 20 14:20:11.123: %CRYPTO-6-IKMP_MODE_FAILURE: Processing of Main mode failed with peer at 192.0.2.7';
  expect((await tunneldoc(['explain', ...line.split(' ')])).out).toContain('192.0.2.7');
});

// `npm test` builds first; a bare jest run in a clean tree has nothing to start.
(existsSync(BIN) ? describe : describe.skip)(
  'the built bin (skipped: dist is absent, run npm run build)',
  () => {
    const bin = (args: readonly string[], input = '') =>
      spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8', input, timeout: 60_000 });

    test('demo of two scenarios: exit 0, exactly one JSON document', () => {
      const ran = bin(['demo', 'psk-mismatch', 'healthy-hub-and-spokes', '--format', 'json']);
      expect(ran.stderr).toContain('all 2 scenarios came out as expected');
      expect(ran.status).toBe(0);
      expect(reportOf(ran.stdout).tunnels.some((t) => t.causes[0]?.id === 'psk-mismatch')).toBe(true);
    });

    test('analyze in text: exit 1, the cause, and not a byte of colour in a pipe', () => {
      const ran = bin(['analyze', join(packageRoot(), 'mocks', 'scenarios', 'psk-mismatch')]);
      expect(ran.status).toBe(1);
      expect(ran.stdout).toContain('psk-mismatch');
      expect(ran.stdout).not.toContain('\x1b');
    });

    test('parse from standard input', () => {
      const ran = bin(['parse', 'show clock'], '*10:11:12.000 UTC Fri Nov 20 2026\n');
      expect(ran.status).toBe(0);
      expect(JSON.parse(ran.stdout)).toMatchObject({ command: 'show clock', coverage: 'complete' });
    });

    test('usage faults are exit 2 on stderr', () => {
      for (const args of [[], ['nonsense'], ['sweep'], ['diagnose'], ['analyze']]) {
        const ran = bin(args);
        expect([args, ran.status, ran.stdout]).toEqual([args, 2, '']);
        expect(ran.stderr).toMatch(/^tunneldoc: /m);
      }
    });
  },
);
