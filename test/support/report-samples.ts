import type {
  Because,
  Report,
  ReportCause,
  ReportFlow,
  ReportRouter,
  ReportTunnel,
} from '../../src/report/report.ts';

/** A tunnel with nothing remarkable; name only what the test is about. */
export function tunnel(parts: Partial<ReportTunnel> & { readonly router: string }): ReportTunnel {
  const peer = parts.peer === undefined ? '198.51.100.1' : parts.peer;
  return {
    id: `${parts.router}/GigabitEthernet0/0/VPN/${peer}`,
    local: '192.0.2.1',
    peer,
    peerIdentity: null,
    peerPort: 500,
    fvrf: null,
    ivrf: null,
    attachment: { kind: 'crypto-map', interface: 'GigabitEthernet0/0', name: 'VPN' },
    role: 'initiator',
    natt: false,
    description: null,
    site: null,
    expect: 'on-demand',
    verdict: 'healthy',
    reason: 'healthy',
    severity: 'info',
    phase1: { kind: 'established', state: 'QM_IDLE', version: 1 },
    flows: [flow({})],
    causes: [],
    ruledOut: [],
    remarks: [],
    ask: [],
    ...parts,
  };
}

function flow(parts: Partial<ReportFlow>): ReportFlow {
  return {
    localIdent: '10.1.0.0/16',
    remoteIdent: '10.7.0.0/16',
    protocol: 0,
    localPort: 0,
    remotePort: 0,
    phase2: 'up',
    traffic: 'both-ways',
    encaps: 48_112,
    decaps: 51_870,
    sendErrors: 0,
    recvErrors: 0,
    delta: null,
    spis: { inbound: ['0x5d1f0c22'], outbound: ['0x9a01b7e4'] },
    ...parts,
  };
}

export function cause(
  parts: Partial<ReportCause> & { readonly id: string; readonly title: string },
): ReportCause {
  return {
    class: 'cause',
    standing: 'confirmed',
    rank: 1,
    severity: 'high',
    because: [],
    against: [],
    missing: [],
    remedy: [],
    verify: [],
    references: [],
    ...parts,
  };
}

export function quoted(text: string, command: string, line: number, quote: string, on = 'hub1'): Because {
  return { text, command, source: { router: on, command, firstLine: line, lastLine: line, quote } };
}

export function router(parts: Partial<ReportRouter> & { readonly router: string }): ReportRouter {
  return {
    address: null,
    hostname: parts.router,
    version: '15.2(4)M6',
    outcome: 'diagnosed',
    why: null,
    collected: [
      { command: 'show crypto isakmp sa', fate: 'answered', reason: null, lines: 9, unread: 0 },
      { command: 'show crypto ipsec sa', fate: 'answered', reason: null, lines: 212, unread: 0 },
      { command: 'show logging', fate: 'answered', reason: null, lines: 640, unread: 0 },
    ],
    notUsed: [],
    findings: [],
    remarks: [],
    ...parts,
  };
}

export function report(parts: Partial<Report>): Report {
  return {
    format: 'tunneldoc.report/1',
    tool: 'tunneldoc 0.1.0',
    run: '20261123-185722-4f1c',
    at: '2026-11-23T18:57:22.120Z',
    routers: [],
    tunnels: [],
    security: [],
    sweep: { pairs: [], missing: [], sharedCauses: [] },
    ...parts,
  };
}

const noFlow: Partial<ReportFlow> = {
  phase2: 'absent',
  traffic: 'none',
  encaps: 0,
  decaps: 0,
  spis: { inbound: [], outbound: [] },
};

const keyMismatch = tunnel({
  router: 'branch7',
  local: '203.0.113.7',
  peer: '198.51.100.1',
  attachment: { kind: 'crypto-map', interface: 'GigabitEthernet0/1', name: 'VPN' },
  description: 'to HQ, circuit 4711',
  verdict: 'down',
  reason: null,
  severity: 'critical',
  phase1: { kind: 'negotiating', state: 'MM_KEY_EXCH', version: 1 },
  flows: [flow({ ...noFlow, localIdent: '10.7.0.0/16', remoteIdent: '10.1.0.0/16', sendErrors: 38 })],
  causes: [
    cause({
      id: 'psk-mismatch',
      title: 'The two ends hold different pre-shared keys',
      severity: 'critical',
      because: [
        quoted(
          'The peer answered, but its first encrypted message could not be read with the key this router holds.',
          'show logging',
          212,
          '*Nov 23 18:55:41.803: %CRYPTO-4-IKMP_BAD_MESSAGE: IKE message from 198.51.100.1 failed its sanity check or is malformed',
          'branch7',
        ),
        quoted(
          'Phase 1 stays in the key exchange although policies were agreed (connection id above 0).',
          'show crypto isakmp sa',
          4,
          '198.51.100.1    203.0.113.7     MM_KEY_EXCH       1021 ACTIVE',
          'branch7',
        ),
      ],
      remedy: [
        'Agree on one key with whoever runs 198.51.100.1 and set it on both ends (service-affecting for this peer only).',
        'Look for a more general key that is taken first: a keyring or an address with a wider mask.',
      ],
      verify: ['show crypto isakmp sa: the row for 198.51.100.1 reads QM_IDLE and keeps its connection id.'],
    }),
  ],
  ruledOut: [
    cause({
      id: 'phase1-policy-mismatch',
      title: 'No ISAKMP policy in common',
      standing: 'ruled-out',
      against: [
        quoted(
          'Both ends got past the policy exchange.',
          'show crypto isakmp sa',
          4,
          'MM_KEY_EXCH',
          'branch7',
        ),
      ],
    }),
    cause({
      id: 'udp500-blocked',
      title: 'UDP/500 is filtered',
      standing: 'ruled-out',
      against: [
        quoted('The peer answers on UDP/500.', 'show logging', 212, 'failed its sanity check', 'branch7'),
      ],
    }),
  ],
});

const phase1Open = tunnel({
  router: 'hub1',
  peer: '198.51.100.23',
  verdict: 'undetermined',
  reason: null,
  severity: 'medium',
  phase1: { kind: 'negotiating', state: 'MM_NO_STATE', version: 1 },
  flows: [flow({ ...noFlow, remoteIdent: '10.23.0.0/16' })],
  causes: [
    cause({
      id: 'phase1-failed-unknown',
      class: 'symptom',
      title: 'Phase 1 fails after the peer has answered; the outputs do not say why',
      standing: 'likely',
      because: [
        quoted(
          'The peer answered in Main mode and the exchange failed.',
          'show logging',
          37,
          'Nov 23 18:51:09.114 UTC: %CRYPTO-6-IKMP_MODE_FAILURE: Processing of Main mode failed with peer at 198.51.100.23',
        ),
        { text: 'No later success for this peer is in the log.', source: null, command: 'show logging' },
      ],
      missing: [
        { text: 'Which ISAKMP policies this router offers.', ask: 'show crypto isakmp policy' },
        { text: "The far end's log of the same minute.", ask: null },
      ],
      remedy: ['Compare the ISAKMP policies of both ends before changing either.'],
      verify: ['show crypto isakmp sa: the row reads QM_IDLE.'],
    }),
    cause({
      id: 'phase1-policy-mismatch',
      title: 'No ISAKMP policy in common',
      standing: 'possible',
      rank: 2,
    }),
    cause({ id: 'psk-missing', title: 'No pre-shared key for this peer', standing: 'possible', rank: 2 }),
  ],
  ask: ['show crypto isakmp policy'],
});

const oneWay = tunnel({
  router: 'hub1',
  peer: '198.51.100.9',
  peerPort: 4500,
  natt: true,
  site: 'lon',
  verdict: 'degraded',
  reason: null,
  severity: 'high',
  attachment: { kind: 'tunnel-protection', interface: 'Tunnel10', name: 'IPSEC-PROFILE' },
  phase1: { kind: 'established', state: 'READY', version: 2 },
  flows: [
    flow({
      remoteIdent: '10.9.0.0/16',
      traffic: 'encaps-only',
      encaps: 9140,
      decaps: 0,
      delta: { seconds: 10.2, encaps: 41, decaps: 0 },
    }),
    flow({ remoteIdent: '10.99.0.0/24', encaps: 811, decaps: 790 }),
  ],
  causes: [
    cause({
      id: 'esp-blocked-one-way',
      title: 'ESP arrives at the peer but none comes back',
      standing: 'possible',
      because: [
        quoted(
          'Encrypted packets go out, none come in.',
          'show crypto ipsec sa',
          88,
          '    #pkts decaps: 0, #pkts decrypt: 0, #pkts verify: 0',
        ),
      ],
      against: [
        quoted(
          'Another flow to the same peer works both ways.',
          'show crypto ipsec sa',
          131,
          '    #pkts decaps: 790, #pkts decrypt: 790, #pkts verify: 790',
        ),
      ],
      missing: [
        { text: 'What the far end counts for the same flow.', ask: 'show crypto ipsec sa peer 192.0.2.1' },
      ],
      remedy: ['Have the path checked for a filter on protocol 50 or UDP/4500 towards 192.0.2.1.'],
      verify: ['show crypto ipsec sa: decaps for 10.9.0.0/16 rise between two samples.'],
    }),
  ],
  remarks: [{ text: 'The peer sits behind NAT (UDP/4500).', source: null }],
});

const missingTunnel = tunnel({
  router: 'hub1',
  peer: '198.51.100.44',
  local: null,
  attachment: { kind: 'unknown', interface: null, name: null },
  expect: 'always-up',
  verdict: 'missing',
  reason: 'expected-by-inventory',
  severity: 'high',
  phase1: { kind: 'absent', state: null, version: null },
  flows: [],
});

/** A morning's sweep: every verdict, every router outcome, every kind of block. */
export const morningSweep: Report = report({
  routers: [
    router({
      router: 'hub1',
      address: '192.0.2.1',
      remarks: [{ text: '3des is in use with two peers.', source: null }],
    }),
    router({
      router: 'branch7',
      address: '203.0.113.7',
      collected: [
        { command: 'show crypto isakmp sa', fate: 'answered', reason: null, lines: 9, unread: 0 },
        {
          command: 'show crypto ikev2 sa detailed',
          fate: 'refused',
          reason: '% Invalid input detected',
          lines: 0,
          unread: 0,
        },
        { command: 'show logging', fate: 'cut-short', reason: 'connection lost', lines: 3120, unread: 2 },
      ],
      notUsed: ['label.yaml'],
    }),
    router({
      router: 'hub2',
      address: '192.0.2.2',
      findings: [
        cause({
          id: 'anti-replay-drops',
          class: 'symptom',
          title: 'Packets are dropped by the replay check on a connection that is in no table',
          standing: 'likely',
          severity: 'medium',
          because: [
            quoted(
              'The router counts replayed packets on connection 12.',
              'show logging',
              88,
              'Nov 23 18:40:00.001 UTC: %CRYPTO-4-PKT_REPLAY_ERR: decrypt: replay check failed connection id=12, sequence number=91',
              'hub2',
            ),
          ],
          remedy: ['Find out whether a queue or a second path reorders packets before touching the window.'],
          verify: ['The replay counter stays flat for an hour.'],
        }),
      ],
    }),
    router({
      router: 'edge3',
      address: '192.0.2.3',
      collected: [
        { command: 'show crypto isakmp sa', fate: 'answered', reason: null, lines: 3, unread: 0 },
        {
          command: 'show crypto ipsec sa',
          fate: 'cut-short',
          reason: 'no prompt within 30 s',
          lines: 41,
          unread: 1,
        },
      ],
    }),
    router({
      router: 'branch9',
      address: '203.0.113.9',
      outcome: 'not-reached',
      why: 'No answer on port 22 within 10 s.',
      collected: [],
      version: null,
      hostname: null,
    }),
    router({
      router: 'asa1',
      address: '203.0.113.200',
      outcome: 'unsupported-platform',
      why: 'It calls itself a Cisco Adaptive Security Appliance.',
      collected: [],
      version: null,
    }),
  ],
  tunnels: [
    tunnel({ router: 'hub2', local: '192.0.2.2', peer: '198.51.100.12' }),
    tunnel({
      router: 'hub1',
      peer: '198.51.100.10',
      remarks: [{ text: 'Judged on one sample.', source: null }],
    }),
    tunnel({
      router: 'hub1',
      peer: '198.51.100.30',
      verdict: 'idle',
      reason: 'no-interesting-traffic',
      phase1: { kind: 'absent', state: null, version: null },
      flows: [flow(noFlow)],
    }),
    phase1Open,
    oneWay,
    missingTunnel,
    tunnel({
      router: 'hub2',
      local: '192.0.2.2',
      peer: '2001:db8:40:1::7',
      reason: 'healthy-recovered',
      attachment: { kind: 'tunnel-protection', interface: 'Tunnel7', name: 'P' },
    }),
    keyMismatch,
  ],
  security: [
    {
      text: 'ESP with an unknown SPI comes from 203.0.113.66, which is no configured peer.',
      from: '203.0.113.66',
      source: {
        router: 'hub1',
        command: 'show logging',
        firstLine: 301,
        lastLine: 301,
        quote:
          "Nov 23 18:12:00.550 UTC: %CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for destaddr=192.0.2.1, prot=50, spi=0x1B2C3D4E, srcaddr=203.0.113.66",
      },
    },
  ],
  sweep: {
    pairs: [
      {
        ends: ['hub1', 'branch7'],
        text: 'branch7 tries to reach hub1, but hub1 lists no tunnel to branch7.',
      },
    ],
    missing: ['hub1 to 198.51.100.44 (inventory: always-up)'],
    sharedCauses: [],
  },
});

export const emptyReport: Report = report({ routers: [router({ router: 'edge1' })] });

export const allFine: Report = report({
  routers: [router({ router: 'hub1', address: '192.0.2.1' })],
  tunnels: [
    tunnel({ router: 'hub1', peer: '198.51.100.10' }),
    tunnel({ router: 'hub1', peer: '198.51.100.2' }),
  ],
});
