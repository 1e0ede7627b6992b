import { describe, expect, test } from '@jest/globals';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { assess } from '../../src/app/assess.ts';
import { assessTexts, cutShort, onlyTunnel, type Texts } from '../support/assess-texts.ts';
import {
  accessList,
  CLOCK,
  cryptoMap,
  dmvpn,
  type FlowText,
  HERE,
  type IsakmpRow,
  ipsecSa,
  isakmpSa,
  logging,
  NO_IKEV2,
  OLD_LINE,
  PEER,
  type SessionText,
  session,
} from '../support/router-text.ts';

const UP: IsakmpRow = { state: 'QM_IDLE' };

interface Tables {
  readonly rows?: readonly IsakmpRow[];
  readonly flows?: readonly FlowText[];
  readonly sessions?: readonly SessionText[];
  readonly more?: Texts;
}

/** Both SA tables answered in full, and the log has nothing to say. */
function tables({ rows = [], flows = [], sessions, more = {} }: Tables): Texts {
  return {
    'show clock': CLOCK,
    'show crypto isakmp sa': isakmpSa(...rows),
    'show crypto ikev2 sa detailed': NO_IKEV2,
    'show crypto ipsec sa': ipsecSa(...flows),
    ...(sessions === undefined ? {} : { 'show crypto session detail': session(...sessions) }),
    'show logging': logging(OLD_LINE),
    ...more,
  };
}

const TUNNEL0 = { interface: 'Tunnel0', map: 'Tunnel0-head-0' };
const HITS_NONE = { 'show crypto map': cryptoMap(), 'show ip access-lists': accessList(0) };

/** [what is on the router, its tables, the verdict, the reason] */
const CASES: readonly (readonly [string, Tables, string, string | null])[] = [
  // Broken ones first.
  ['a living row that negotiates', { rows: [{ state: 'MM_NO_STATE', id: 0 }] }, 'down', null],
  ['only a deleted row', { rows: [{ state: 'MM_NO_STATE', status: 'ACTIVE (deleted)' }] }, 'down', null],
  ['SAs that only send', { rows: [UP], flows: [{ decaps: 0 }] }, 'degraded', null],
  ['SAs that only receive', { rows: [UP], flows: [{ encaps: 0 }] }, 'degraded', null],
  ['an inbound SA alone', { rows: [UP], flows: [{ sas: 'inbound' }] }, 'degraded', null],
  ['an outbound SA alone', { rows: [UP], flows: [{ sas: 'outbound' }] }, 'degraded', null],
  [
    'packets that want an SA and get none',
    { rows: [UP], flows: [{ sas: 'none', encaps: 0, decaps: 0, sendErrors: 9 }] },
    'down',
    null,
  ],
  ['tunnel protection without SAs', { flows: [{ ...TUNNEL0, sas: 'none' }] }, 'down', null],
  [
    'tunnel protection without SAs, phase 1 up',
    { rows: [UP], flows: [{ ...TUNNEL0, sas: 'none', encaps: 0, decaps: 0 }] },
    'down',
    null,
  ],
  [
    'one flow up, another sends only',
    { rows: [UP], flows: [{ net: 1 }, { net: 2, decaps: 0 }] },
    'degraded',
    null,
  ],
  [
    'one flow up, of another only the inbound SA',
    { rows: [UP], flows: [{ net: 1 }, { net: 2, sas: 'inbound' }] },
    'degraded',
    null,
  ],
  [
    'one flow up, packets of another find no SA',
    { rows: [UP], flows: [{ net: 1 }, { net: 2, sas: 'none', encaps: 0, decaps: 0, sendErrors: 40 }] },
    'degraded',
    null,
  ],
  [
    'a spoke whose SAs stand and whose registration does not',
    {
      rows: [UP],
      flows: [{ ...TUNNEL0, encaps: 0, decaps: 0 }],
      more: { 'show dmvpn': dmvpn('Spoke', { state: 'NHRP' }) },
    },
    'down',
    null,
  ],
  // What the evidence does not tell.
  [
    'phase 1 alone, a crypto map waits',
    { rows: [UP], flows: [{ sas: 'none', encaps: 0, decaps: 0 }] },
    'undetermined',
    null,
  ],
  [
    'a session that the whole SA table contradicts',
    { sessions: [{ status: 'UP-ACTIVE', inbound: 9, outbound: 9 }] },
    'undetermined',
    null,
  ],
  [
    'the ACL counts nothing, yet somebody brought phase 1 up and no SA came of it',
    {
      rows: [{ ...UP, src: PEER, dst: HERE }],
      flows: [{ sas: 'none', encaps: 0, decaps: 0 }],
      more: HITS_NONE,
    },
    'undetermined',
    null,
  ],
  [
    'the ACL counts nothing because the map is on no interface that is known',
    { more: { ...HITS_NONE, 'show crypto map': cryptoMap().replace(/ +Interfaces using[\s\S]*/, '') } },
    'undetermined',
    null,
  ],
  [
    'the ACL counts nothing, but whether the far end tries is only in the log',
    {
      flows: [{ sas: 'none', encaps: 0, decaps: 0 }],
      more: { ...HITS_NONE, 'show logging': '% Authorization failed.\n' },
    },
    'undetermined',
    null,
  ],
  // Nothing is asked of these.
  [
    'the ACL counts nothing and nobody tries',
    { flows: [{ sas: 'none', encaps: 0, decaps: 0 }], more: HITS_NONE },
    'idle',
    'no-interesting-traffic',
  ],
  ['SAs without a packet', { rows: [UP], flows: [{ encaps: 0, decaps: 0 }] }, 'idle', 'healthy-idle'],
  ['a handful one way', { rows: [UP], flows: [{ encaps: 2, decaps: 0 }] }, 'idle', 'healthy-idle'],
  [
    'a standby row of a redundant pair',
    { rows: [{ ...UP, status: 'STDBY' }], flows: [{ sas: 'none', encaps: 0, decaps: 0, sendErrors: 3 }] },
    'idle',
    'expected-standby',
  ],
  [
    'standby SAs without a packet',
    { rows: [{ ...UP, status: 'STDBY' }], flows: [{ ...TUNNEL0, encaps: 40, decaps: 0 }] },
    'idle',
    'expected-standby',
  ],
  [
    'an expired spoke-to-spoke tunnel',
    {
      rows: [{ state: 'MM_NO_STATE', status: 'ACTIVE (deleted)' }],
      flows: [{ ...TUNNEL0, sas: 'none', encaps: 0, decaps: 0 }],
      more: { 'show dmvpn': dmvpn('Spoke', { state: 'UP', attributes: 'D' }) },
    },
    'idle',
    'expected-dynamic',
  ],
  // Healthy ones, not accused.
  ['traffic both ways', { rows: [UP], flows: [{}] }, 'healthy', 'healthy'],
  ['old send errors', { rows: [UP], flows: [{ sendErrors: 12 }] }, 'healthy', 'healthy'],
  ['SAs without an IKE row', { flows: [{}] }, 'healthy', 'healthy'],
  [
    'a deleted row beside the living one',
    { rows: [{ state: 'MM_NO_STATE', id: 1000, status: 'ACTIVE (deleted)' }, UP], flows: [{}] },
    'healthy',
    'healthy',
  ],
  [
    'one flow up, one that nobody used yet',
    { rows: [UP], flows: [{ net: 1 }, { net: 2, sas: 'none', encaps: 0, decaps: 0 }] },
    'healthy',
    'healthy',
  ],
  ['a rekey under way', { rows: [UP], flows: [{ sas: 'two' }] }, 'healthy', 'healthy'],
  [
    'a standby row beside the acting one',
    { rows: [{ ...UP, id: 1005, status: 'STDBY' }, UP], flows: [{}] },
    'healthy',
    'healthy',
  ],
];

describe('the verdict of a tunnel by its tables', () => {
  test.each(CASES)('%s', (_what, given, verdict, reason) => {
    const { tunnels } = assessTexts(tables(given));
    expect(tunnels.map((t) => [t.verdict, t.reason])).toEqual([[verdict, reason]]);
  });
});

/** Sessions alone: the IPsec table was not asked. */
const SESSIONS: readonly (readonly [string, readonly SessionText[], string])[] = [
  ['negotiating', [{ status: 'DOWN-NEGOTIATING' }], 'down'],
  ['active, sends only', [{ status: 'UP-ACTIVE', outbound: 50 }], 'degraded'],
  [
    'active both ways beside one that negotiates',
    [{ status: 'UP-ACTIVE', inbound: 9, outbound: 9 }, { status: 'DOWN-NEGOTIATING' }],
    'degraded',
  ],
  [
    'the same in the other order',
    [{ status: 'DOWN-NEGOTIATING' }, { status: 'UP-ACTIVE', inbound: 9, outbound: 9 }],
    'degraded',
  ],
  ['active without counts', [{ status: 'UP-ACTIVE', detail: false }], 'undetermined'],
  ['phase 1 alone', [{ status: 'UP-IDLE', activeSas: 0 }], 'undetermined'],
  ['down', [{ status: 'DOWN' }], 'undetermined'],
  ['active, not a packet yet', [{ status: 'UP-ACTIVE' }], 'idle'],
  ['active, a handful one way', [{ status: 'UP-ACTIVE', outbound: 2 }], 'idle'],
  ['active both ways', [{ status: 'UP-ACTIVE', inbound: 9, outbound: 9 }], 'healthy'],
];

describe('the verdict of a tunnel by sessions alone', () => {
  test.each(SESSIONS)('%s', (_what, blocks, verdict) => {
    const { tunnels } = assessTexts({ 'show crypto session detail': session(...blocks) });
    expect(tunnels.map((t) => t.verdict)).toEqual([verdict]);
  });
});

describe('an IPsec table that was cut short', () => {
  const two = recordingOf('r1', tables({ rows: [UP], flows: [{ net: 1 }, { net: 2, decaps: 0 }] }));
  const lines = ipsecSa({ net: 1 }).split('\n').length;

  test('a flow that works does not speak for those that were not seen', () => {
    const [result] = assess([cutShort(two, 'show crypto ipsec sa', lines)], []);
    expect(result?.tunnels.map((t) => t.verdict)).toEqual(['undetermined']);
  });

  test('a tunnel interface that was printed to its end is known', () => {
    const flows = [
      { ...TUNNEL0, net: 1 },
      { interface: 'Tunnel1', map: 'Tunnel1-head-0', net: 2, peer: '198.51.100.8' },
    ];
    const rows = [UP, { ...UP, dst: '198.51.100.8', id: 1002 }];
    const recording = recordingOf('r1', tables({ rows, flows }));
    const [result] = assess([cutShort(recording, 'show crypto ipsec sa', lines + 12)], []);
    const verdicts = result?.tunnels.map((t) => [t.tunnel.peer, t.verdict]);
    expect(verdicts).toContainEqual([PEER, 'healthy']);
    expect(verdicts).toContainEqual(['198.51.100.8', 'undetermined']);
  });

  test('counters without a line about SAs are no proof that nothing is asked', () => {
    const idle = recordingOf('r1', tables({ rows: [UP], flows: [{ sas: 'none', encaps: 0, decaps: 0 }] }));
    const [result] = assess([cutShort(idle, 'show crypto ipsec sa', 12)], []);
    expect(result?.tunnels.map((t) => t.verdict)).toEqual(['undetermined']);
  });
});

test('an SA table that contradicts the session is believed where it shows SAs', () => {
  const { verdict } = onlyTunnel(
    assessTexts(tables({ rows: [UP], flows: [{}], sessions: [{ status: 'DOWN' }] })),
  );
  expect(verdict).toBe('healthy');
});
