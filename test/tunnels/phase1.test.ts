import { describe, expect, test } from '@jest/globals';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { parseRecording } from '../../src/parsers/parse-recording.ts';
import { buildTunnels } from '../../src/tunnels/build-tunnels.ts';
import { routerFacts } from '../../src/tunnels/router-facts.ts';
import { cutShort, type Texts, tunnelsOf } from '../support/assess-texts.ts';
import {
  cryptoMap,
  HERE,
  type IsakmpRow,
  ipsecSa,
  isakmpSa,
  logging,
  NO_IKEV2,
  PEER,
  session,
} from '../support/router-text.ts';

const DELETED = 'ACTIVE (deleted)';

/** Rows of one peer, with the crypto map that says which end is ours. */
function withRows(...rows: readonly IsakmpRow[]): Texts {
  return {
    'show crypto isakmp sa': isakmpSa(...rows),
    'show crypto ikev2 sa detailed': NO_IKEV2,
    'show crypto map': cryptoMap(),
  };
}

const CASES: readonly (readonly [string, readonly IsakmpRow[], string, string | null, string])[] = [
  ['no row', [], 'absent', null, 'unknown'],
  ['a try of ours', [{ state: 'MM_NO_STATE', id: 0 }], 'negotiating', 'MM_NO_STATE', 'initiator'],
  [
    'a try of the peer: addresses swapped',
    [{ src: PEER, dst: HERE, state: 'MM_KEY_EXCH' }],
    'negotiating',
    'MM_KEY_EXCH',
    'responder',
  ],
  [
    'tombstones of the peer beside a living try of ours',
    [
      { src: PEER, dst: HERE, state: 'MM_NO_STATE', id: 1009, status: DELETED },
      { state: 'MM_NO_STATE', id: 0 },
    ],
    'negotiating',
    'MM_NO_STATE',
    'initiator',
  ],
  [
    'tombstones alone',
    [{ state: 'MM_NO_STATE', status: DELETED }],
    'deleted-only',
    'MM_NO_STATE',
    'initiator',
  ],
  [
    'an old established row and a new failing one',
    [
      { state: 'QM_IDLE', id: 1001 },
      { state: 'MM_NO_STATE', id: 1005 },
    ],
    'established',
    'QM_IDLE',
    'initiator',
  ],
  [
    'the acting row fails, the copy on standby looks well',
    [
      { state: 'MM_NO_STATE', id: 1001 },
      { state: 'QM_IDLE', id: 1002, status: 'STDBY' },
    ],
    'negotiating',
    'MM_NO_STATE',
    'initiator',
  ],
  ['a group member', [{ state: 'GDOI_REKEY' }], 'established', 'GDOI_REKEY', 'initiator'],
];

describe('phase 1 of one peer', () => {
  test.each(CASES)('%s', (_what, rows, kind, state, role) => {
    expect(tunnelsOf(withRows(...rows)).map((t) => [t.peer, t.phase1.kind, t.phase1.state, t.role])).toEqual([
      [PEER, kind, state, role],
    ]);
  });

  test('absent needs both IKE tables', () => {
    const { 'show crypto ikev2 sa detailed': _, ...rest } = withRows();
    const [tunnel] = tunnelsOf(rest);
    expect(tunnel?.phase1).toMatchObject({ kind: 'unknown', gaps: [{ kind: 'not-asked' }] });
  });

  test('an IOS that does not know IKEv2 has answered', () => {
    const refused = {
      'show crypto ikev2 sa detailed': "         ^\n% Invalid input detected at '^' marker.\n",
    };
    expect(tunnelsOf({ ...withRows(), ...refused })[0]?.phase1.kind).toBe('absent');
  });

  test('a denied IKEv2 table is no answer', () => {
    const denied = { 'show crypto ikev2 sa detailed': '% Authorization failed.\n' };
    expect(tunnelsOf({ ...withRows(), ...denied })[0]?.phase1).toMatchObject({
      kind: 'unknown',
      gaps: [{ kind: 'refused' }],
    });
  });

  test('tombstones in a table that was cut: the living row may be behind the cut', () => {
    const rows = withRows(
      { state: 'MM_NO_STATE', id: 1001, status: DELETED },
      { state: 'QM_IDLE', id: 1002 },
    );
    const cut = cutShort(recordingOf('r1', rows), 'show crypto isakmp sa', 3);
    const [tunnel] = buildTunnels(routerFacts(parseRecording(cut))).tunnels;
    expect(tunnel?.phase1.rows).toHaveLength(1);
    expect(tunnel?.phase1).toMatchObject({ kind: 'unknown', gaps: [{ kind: 'cut-short' }] });
  });

  test('a row cut in the middle makes no tunnel without an address', () => {
    const text = isakmpSa({ state: 'QM_IDLE' });
    for (let end = 0; end <= text.length; end += 1) {
      const tunnels = tunnelsOf({ 'show crypto isakmp sa': text.slice(0, end) });
      expect(tunnels.filter((t) => t.peer === '' || t.local === '')).toEqual([]);
    }
  });

  test('the newest sample of a table counts, not the sum of all', () => {
    const texts = {
      ...withRows(),
      'show crypto isakmp sa': [isakmpSa({ state: 'QM_IDLE' }), isakmpSa({ state: 'MM_NO_STATE', id: 0 })],
    };
    expect(tunnelsOf(texts)[0]?.phase1).toMatchObject({ kind: 'negotiating', state: 'MM_NO_STATE' });
    expect(
      tunnelsOf({ ...texts, 'show crypto isakmp sa': [isakmpSa({ state: 'QM_IDLE' }), isakmpSa()] })[0],
    ).toMatchObject({
      phase1: { kind: 'absent', rows: [] },
    });
  });
});

const DETAIL = `Codes: C - IKE configuration mode, D - Dead Peer Detection
IPv4 Crypto ISAKMP SA

C-id  Local           Remote          I-VRF  Status Encr Hash   Auth DH Lifetime Cap.

1007  ${HERE}       ${PEER}           ACTIVE aes  sha    psk  14 23:41:12 D
       Engine-id:Conn-id =  SW:7

IPv6 Crypto ISAKMP SA
`;

describe('which end is ours', () => {
  test('the detail form says so, and does not say who began', () => {
    const [tunnel] = tunnelsOf({ 'show crypto isakmp sa detail': DETAIL });
    expect(tunnel).toMatchObject({ local: HERE, peer: PEER, role: 'unknown' });
  });

  test('beside the plain form the role is that of the plain form', () => {
    const plain = isakmpSa({ src: PEER, dst: HERE, state: 'QM_IDLE', id: 1007 });
    const [tunnel] = tunnelsOf({ 'show crypto isakmp sa detail': DETAIL, 'show crypto isakmp sa': plain });
    expect(tunnel).toMatchObject({ local: HERE, peer: PEER, role: 'responder' });
  });

  test('a detail row on which nothing was agreed is not established', () => {
    const bare = DETAIL.replace('ACTIVE aes  sha    psk  14 23:41:12 D', 'ACTIVE                  0  0');
    expect(tunnelsOf({ 'show crypto isakmp sa detail': bare })[0]?.phase1.kind).not.toBe('established');
  });

  const row = { src: PEER, dst: HERE, state: 'MM_NO_STATE', id: 0 };
  const one = { 'show crypto isakmp sa': isakmpSa(row) };
  test.each([
    ['the address the router was asked at', one, HERE],
    ['a crypto map', { ...one, 'show crypto map': cryptoMap() }, null],
    ['an SA of another peer', { ...one, 'show crypto ipsec sa': ipsecSa({ peer: '198.51.100.99' }) }, null],
    ['a session', { ...one, 'show crypto session detail': session({ status: 'DOWN-NEGOTIATING' }) }, null],
    [
      'a second peer that shares our address',
      { 'show crypto isakmp sa': isakmpSa(row, { ...row, src: '198.51.100.8' }) },
      null,
    ],
    [
      'a line of the log',
      {
        ...one,
        'show logging': logging(
          `Nov 20 14:29:00.000 UTC: %CRYPTO-6-IKMP_MODE_FAILURE: Processing of Main mode failed with peer at ${PEER}`,
        ),
      },
      null,
    ],
  ] as const)('told by %s', (_what, texts, address) => {
    const tunnel = tunnelsOf(texts, address).find((t) => t.peer === PEER);
    expect(tunnel).toMatchObject({ local: HERE, role: 'responder' });
  });

  test('one row and nothing else: the ends are not told apart, and no role is made up', () => {
    expect(tunnelsOf(one)[0]).toMatchObject({ local: null, role: 'unknown' });
  });

  test('rows in both orders are one tunnel', () => {
    const both = isakmpSa(
      { state: 'MM_NO_STATE', id: 0 },
      { src: PEER, dst: HERE, state: 'MM_NO_STATE', id: 0 },
    );
    expect(tunnelsOf({ 'show crypto isakmp sa': both }, HERE).map((t) => t.phase1.rows.length)).toEqual([2]);
  });
});

describe('sessions where the IKE table did not answer', () => {
  test('an active one is established; where the tables answered they alone count', () => {
    const texts = { 'show crypto session detail': session({ status: 'UP-ACTIVE' }) };
    expect(tunnelsOf(texts)[0]?.phase1.kind).toBe('established');
    const answered = {
      ...texts,
      'show crypto isakmp sa': isakmpSa(),
      'show crypto ikev2 sa detailed': NO_IKEV2,
    };
    expect(tunnelsOf(answered)[0]?.phase1.kind).toBe('absent');
  });
});
