import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  bootOf,
  clockOf,
  debugLines,
  flowsOf,
  logStamps,
  peersOf,
  releaseOf,
  sessionFlowsOf,
} from './scenario-facts.ts';
import { loadScenarios, PROJECT, type Router } from './scenario-files.ts';

const scenarios = loadScenarios();
const diagnosed = scenarios.filter((s) => s.outcomes.length === 0);
const routers = diagnosed.flatMap((s) =>
  s.routers.map((router) => ({ label: `${s.name}/${router.name}`, router, scenario: s })),
);

const VERDICTS = ['healthy', 'idle', 'degraded', 'down', 'missing', 'undetermined'];
const CAUSES = [
  'anti-replay-drops',
  'crypto-accelerator-fault',
  'crypto-map-not-applied',
  'esp-blocked-one-way',
  'invalid-spi',
  'one-way-no-decaps',
  'packet-outside-selectors',
  'peer-attribute-not-offered',
  'peer-not-configured-remote',
  'peer-unreachable',
  'pfs-mismatch',
  'phase1-failed-unknown',
  'phase1-no-response-unknown',
  'phase1-policy-mismatch',
  'phase2-down-unknown',
  'phase2-no-proposal-chosen',
  'proxy-id-mismatch',
  'psk-mismatch',
  'psk-missing',
  'quick-mode-before-authentication',
  'replay-conn-id-2000-defect',
  'sa-out-of-step',
  'transform-mismatch',
  'udp500-blocked',
];
const REASONS = [
  'healthy-idle',
  'healthy-phase1',
  'healthy-recovered',
  'healthy-with-transient-log',
  'no-interesting-traffic',
];
const SYMPTOMS = [
  'phase1-failed-unknown',
  'phase1-no-response-unknown',
  'phase2-down-unknown',
  'phase2-no-proposal-chosen',
  'one-way-no-decaps',
];

const causesOf = () =>
  scenarios.flatMap((s) => [
    ...s.expect.flatMap((e) =>
      [
        e.cause ?? [],
        e.also_acceptable ?? [],
        e.among_causes ?? [],
        e.not_causes ?? [],
        e.not_first ?? [],
      ].flat(),
    ),
    ...s.findings.map((f) => f.id),
  ]);

describe('scenario.yaml', () => {
  test.each(scenarios.map((s) => [s.name, s] as const))(
    '%s says what it is and what to expect',
    (name, s) => {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(s.title.length).toBeGreaterThan(10);
      expect(s.about.length).toBeGreaterThan(60);
      expect([typeof s.decidable, typeof s.debug, typeof s.demo]).toEqual(['boolean', 'boolean', 'boolean']);
      expect(s.expect.length + s.outcomes.length).toBeGreaterThan(0);
      const names = s.routers.map((r) => r.name);
      for (const e of [...s.expect, ...s.findings, ...s.outcomes]) expect(names).toContain(e.router);
      for (const e of s.expect) expect(VERDICTS).toContain(e.verdict);
      const keys = s.expect.map((e) => `${e.router} ${e.peer}`);
      expect(new Set(keys).size).toBe(keys.length);
    },
  );

  test.each(scenarios.map((s) => [s.name, s] as const))('%s: causes fit the verdicts', (_name, s) => {
    for (const e of s.expect) {
      if (e.verdict === 'healthy' || e.verdict === 'idle') expect(e.cause).toBeNull();
      if (e.verdict === 'down') expect(e.cause).toEqual(expect.any(String));
      if (e.reason !== undefined) expect(REASONS).toContain(e.reason);
    }
    if (s.decidable) return;
    const open = s.expect.filter((e) => e.ask !== undefined);
    expect(open.length).toBeGreaterThan(0);
    for (const e of open.filter((x) => x.verdict !== 'undetermined')) {
      expect(SYMPTOMS).toContain(e.cause);
      expect(e.standing).toBe('possible');
    }
  });

  test('every cause id is a known one', () => {
    for (const id of causesOf()) expect(CAUSES).toContain(id);
  });

  const vocabulary = join(PROJECT, '..', 'shared', 'cases', 'VOCABULARY.md');
  (existsSync(vocabulary) ? test : test.skip)(
    'the known ids are ids of the vocabulary (skipped where it is not beside the project)',
    () => {
      const words = new Set(readFileSync(vocabulary, 'utf8').match(/[a-z0-9]+(?:-[a-z0-9]+)+/g));
      expect([...CAUSES, ...REASONS].filter((id) => !words.has(id))).toEqual([]);
    },
  );

  test('at least half of the faults are shown without any debug line, and the debug mark is true', () => {
    const faults = scenarios.filter((s) => s.expect.some((e) => typeof e.cause === 'string'));
    expect(faults.filter((s) => !s.debug).length * 2).toBeGreaterThanOrEqual(faults.length);
    for (const s of scenarios)
      expect([s.name, s.routers.some((r) => debugLines(r).length > 0)]).toEqual([s.name, s.debug]);
  });

  test('the demo has at least ten tunnels on at least five routers and both kinds of faults', () => {
    const demo = scenarios.filter((s) => s.demo);
    expect(demo.flatMap((s) => s.expect).length).toBeGreaterThanOrEqual(10);
    expect(demo.flatMap((s) => s.routers).length).toBeGreaterThanOrEqual(5);
    expect(demo.filter((s) => !s.decidable).length).toBeGreaterThanOrEqual(3);
  });

  test('each of the seven errors of the seed page is in some log', () => {
    const logs = scenarios.flatMap((s) => s.routers.map((r) => r.files['show-logging'] ?? '')).join('\n');
    for (const text of [
      'IKMP_SA_NOT_OFFERED',
      'IKMP_SA_NOT_AUTH',
      'PKT_REPLAY_ERR',
      'IKMP_MODE_FAILURE',
      'MOTCR-1-PKTENGRET_ERROR',
      'invalid proxy IDs',
      'RECVD_PKT_INV_IDENTITY',
    ])
      expect(logs).toContain(text);
  });
});

describe('outputs of one router agree', () => {
  test.each(routers)('$label has the outputs its release knows', ({ router }) => {
    const always = [
      'show-clock',
      'show-version',
      'show-crypto-isakmp-sa',
      'show-logging',
      'show-crypto-map',
      'show-crypto-isakmp-policy',
      'show-ip-access-lists',
    ];
    const release = releaseOf(router);
    const denied = (router.behaviour.authz_deny ?? []).map((pattern) => new RegExp(pattern));
    const wanted = [
      ...always,
      'show-crypto-ipsec-sa',
      ...(release >= 15 ? ['show-crypto-ikev2-sa-detailed'] : []),
      ...(release >= 12.4 ? ['show-crypto-session-detail'] : []),
    ];
    for (const name of wanted) {
      const refused = denied.some((pattern) => pattern.test(name.replaceAll('-', ' ')));
      expect([name, name in router.files]).toEqual([name, !refused]);
    }
    if (release < 15) expect(router.files).not.toHaveProperty('show-crypto-ikev2-sa-detailed');
    if (release < 12.4) expect(router.files).not.toHaveProperty('show-crypto-session-detail');
  });

  test.each(routers)('$label: every peer of a table has an expectation', ({ router, scenario }) => {
    const expected = scenario.expect.filter((e) => e.router === router.name).map((e) => e.peer);
    expect([...peersOf(router)].sort()).toEqual(expected.sort());
  });

  test.each(routers)(
    '$label: log stamps rise, lie after the start of the router and before its clock',
    ({ router }) => {
      const clock = clockOf(router);
      const stamps = logStamps(router, clock);
      const boot = clock - bootOf(router) * 1000;
      for (const [index, at] of stamps.entries()) {
        expect(at).toBeLessThan(clock);
        expect(at).toBeGreaterThanOrEqual(boot - 60_000);
        expect(at).toBeGreaterThanOrEqual(stamps[index - 1] ?? 0);
      }
      if (router.files['show-logging']?.includes('%')) expect(stamps.length).toBeGreaterThan(0);
    },
  );

  test.each(routers)('$label: session and SA tables tell the same numbers', ({ router }) => {
    if (!('show-crypto-session-detail' in router.files)) return;
    expect(sessionFlowsOf(router)).toEqual(
      flowsOf(router).map((f) => ({ dec: f.dec, rerr: f.rerr, enc: f.enc, serr: f.serr, life: f.life })),
    );
  });

  test.each(routers)(
    '$label: the detail form splits the same errors, a second sample never runs backwards',
    ({ router }) => {
      const flows = flowsOf(router);
      if ('show-crypto-ipsec-sa-detail' in router.files)
        expect(
          flowsOf(router, 'show-crypto-ipsec-sa-detail').map((f) => [f.enc, f.dec, f.serr, f.rerr]),
        ).toEqual(flows.map((f) => [f.enc, f.dec, f.serr, f.rerr]));
      if (!('show-crypto-ipsec-sa@2' in router.files)) return;
      const later = flowsOf(router, 'show-crypto-ipsec-sa@2');
      expect(later.map((f) => [f.peer, f.inbound, f.outbound])).toEqual(
        flows.map((f) => [f.peer, f.inbound, f.outbound]),
      );
      for (const [i, f] of later.entries())
        for (const k of ['enc', 'dec', 'serr', 'rerr'] as const)
          expect(f[k]).toBeGreaterThanOrEqual(flows[i]?.[k] ?? 0);
      expect(
        later.some((f, i) =>
          (['enc', 'dec', 'serr', 'rerr'] as const).some((k) => f[k] > (flows[i]?.[k] ?? 0)),
        ),
      ).toBe(true);
    },
  );

  test.each(routers)('$label: connection ids and SPIs of log lines fit the tables', ({ router }) => {
    const log = router.files['show-logging'] ?? '';
    const flows = flowsOf(router);
    // `connection id=2000, sequence number=65911`
    for (const [, id] of log.matchAll(/connection id=(\d+)/g))
      expect(flows.map((f) => f.connId)).toContain(Number(id));
    // `has invalid spi for destaddr=203.0.113.21, prot=50, spi=0x150CACD0(353152208), srcaddr=…`
    for (const [, hex, decimal] of log.matchAll(/spi=0x([0-9A-F]+)\((\d+)\), srcaddr/g)) {
      expect(Number.parseInt(hex ?? '', 16)).toBe(Number(decimal));
      expect(flows.map((f) => f.inbound)).not.toContain(Number(decimal));
    }
  });
});

describe('both ends and addresses', () => {
  test('no two scenarios share a router name or an end address, so that all may be swept together', () => {
    const names = scenarios.flatMap((s) => s.routers.map((r) => r.name));
    expect(new Set(names).size).toBe(names.length);
    const homes = new Map<string, Set<string>>();
    for (const s of diagnosed)
      for (const address of s.routers.flatMap((r) => [...peersOf(r), ...flowsOf(r).map((f) => f.local)]))
        homes.set(address, (homes.get(address) ?? new Set()).add(s.name));
    expect([...homes].filter(([, where]) => where.size > 1)).toEqual([]);
  });

  test.each(diagnosed.map((s) => [s.name, s] as const))(
    '%s: SPIs of two ends in the lab are crosswise equal',
    (_name, s) => {
      const all = s.routers.flatMap((r) => flowsOf(r));
      for (const near of all.filter((f) => f.inbound !== 0))
        for (const far of all.filter(
          (f) =>
            f.local === near.peer &&
            f.peer === near.local &&
            f.localIdent === near.remoteIdent &&
            f.remoteIdent === near.localIdent,
        ))
          expect([far.inbound, far.outbound]).toEqual([near.outbound, near.inbound]);
    },
  );

  test.each(scenarios.flatMap((s) => s.routers.map((r) => [`${s.name}/${r.name}`, r] as [string, Router])))(
    '%s names no address outside the documentation and private ranges',
    (_label, router) => {
      const text = Object.values(router.files).join('\n') + JSON.stringify(router.behaviour);
      // dotted quads: addresses, masks (255.…) and wildcard masks (0.…)
      const quads = text.match(/(?<![\d.(])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g) ?? [];
      const allowed =
        /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.|^10\.|^172\.(?:1[6-9]|2\d|3[01])\.|^255\.|^0\./;
      expect(quads.filter((quad) => !allowed.test(quad))).toEqual([]);
    },
  );
});
