import { describe, expect, test } from '@jest/globals';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import type { DiagnosisCase } from '../../src/diagnosis/diagnosis-case.ts';
import { evaluateLeaf } from '../../src/diagnosis/evaluate-leaf.ts';
import type { Recording } from '../../src/evidence/recording.ts';
import { parseRecording } from '../../src/parsers/parse-recording.ts';
import type { Leaf } from '../../src/playbooks/condition.ts';
import { buildTunnels } from '../../src/tunnels/build-tunnels.ts';
import { routerFacts } from '../../src/tunnels/router-facts.ts';
import { cutShort, type Texts } from '../support/assess-texts.ts';
import { accessList, cryptoMap, ipsecSa, isakmpSa, NO_IKEV2, PEER, session } from '../support/router-text.ts';

function caseOf(recording: Recording): DiagnosisCase {
  const facts = routerFacts(parseRecording(recording));
  const { tunnels } = buildTunnels(facts);
  return { tunnel: tunnels.find((t) => t.peer === PEER) ?? null, facts, tunnels, farEnd: null };
}

function finding(leaf: Leaf, texts: Texts): string {
  return evaluateLeaf(leaf, caseOf(recordingOf('r1', texts))).is;
}

const ROW = {
  'show crypto isakmp sa': isakmpSa({ state: 'QM_IDLE' }),
  'show crypto ikev2 sa detailed': NO_IKEV2,
};
/** A flow whose lines about SAs were not printed. */
const BARE_FLOW = ipsecSa({}).replace(/ +local crypto endpt[\s\S]*/, '');
/** A flow whose counters were not printed. */
const NO_COUNTERS = ipsecSa({}).replaceAll(/ *#.*\n/g, '');

/** What a condition says when the evidence does not tell: never *holds*, never *fails*. */
const UNKNOWN: readonly (readonly [string, Leaf, Texts])[] = [
  [
    'no SA, of a flow without lines about SAs',
    { kind: 'phase2', in: ['absent'] },
    { ...ROW, 'show crypto ipsec sa': BARE_FLOW },
  ],
  ['SAs up, of the same', { kind: 'phase2', in: ['up'] }, { ...ROW, 'show crypto ipsec sa': BARE_FLOW }],
  [
    'traffic, of a flow without counters',
    { kind: 'traffic', in: ['both-ways'] },
    { ...ROW, 'show crypto ipsec sa': NO_COUNTERS },
  ],
  ['recovered, with phase 1 alone', { kind: 'recovered', is: false }, ROW],
  [
    'recovered, of a flow without counters',
    { kind: 'recovered', is: false },
    { ...ROW, 'show crypto ipsec sa': NO_COUNTERS },
  ],
  ['two peers, when the IPsec table was not asked', { kind: 'distinct-peers', atLeast: 2 }, ROW],
  [
    'a state, when only the session says that IKE is up',
    { kind: 'ike-state', in: ['MM_NO_STATE'], living: false },
    { 'show crypto session detail': session({ status: 'DOWN-NEGOTIATING' }) },
  ],
  [
    'the connection id, when only IKEv2 shows a high one',
    { kind: 'conn-id', is: 'zero' },
    { 'show crypto isakmp sa': isakmpSa({ state: 'MM_NO_STATE', id: 0 }), 'show crypto map': cryptoMap() },
  ],
  [
    'the route, of a peer in a front-door VRF',
    { kind: 'route-to-peer', is: 'missing' },
    {
      'show crypto session detail': session({ status: 'DOWN-NEGOTIATING' }).replace(
        'fvrf: (none)',
        'fvrf: INET',
      ),
      [`show ip cef ${PEER}`]: '0.0.0.0/0\n  no route\n',
    },
  ],
  [
    'hits, of a list without permit lines',
    { kind: 'crypto-acl-hits', is: 'none' },
    { 'show crypto map': cryptoMap(), 'show ip access-lists': 'Extended IP access list VPN-ACL\n' },
  ],
];

/** The same for outputs that the session did not bring to their end. */
const CUT: readonly (readonly [string, Leaf, Texts, string, number])[] = [
  [
    'no interface',
    { kind: 'crypto-map-interfaces', is: 'none' },
    { 'show crypto map': cryptoMap() },
    'show crypto map',
    11,
  ],
  [
    'no hits',
    { kind: 'crypto-acl-hits', is: 'none' },
    {
      'show crypto map': cryptoMap(),
      'show ip access-lists': `${accessList(0)}    20 permit ip any any (9 matches)\n`,
    },
    'show ip access-lists',
    2,
  ],
  [
    'no route',
    { kind: 'route-to-peer', is: 'missing' },
    {
      'show crypto map': cryptoMap(),
      [`show ip cef ${PEER}`]: '198.51.100.0/24\n  nexthop 192.0.2.254 GigabitEthernet0/0\n',
    },
    `show ip cef ${PEER}`,
    1,
  ],
];

describe('what the evidence does not tell is neither yes nor no', () => {
  test.each(UNKNOWN)('%s', (_what, leaf, texts) => {
    expect(finding(leaf, texts)).toBe('unknown');
  });

  test.each(CUT)('%s, in an output that was cut', (_what, leaf, texts, command, lines) => {
    const cut = cutShort(recordingOf('r1', texts), command, lines);
    expect(evaluateLeaf(leaf, caseOf(cut)).is).toBe('unknown');
  });
});

/** [condition, texts, answer]: the same conditions where the evidence does tell. */
const TOLD: readonly (readonly [string, Leaf, Texts, string])[] = [
  [
    'no SA',
    { kind: 'phase2', in: ['absent'] },
    { ...ROW, 'show crypto ipsec sa': ipsecSa({ sas: 'none' }) },
    'holds',
  ],
  [
    'no flow at all',
    { kind: 'phase2', in: ['absent'] },
    { ...ROW, 'show crypto ipsec sa': '\n', 'show crypto map': cryptoMap() },
    'holds',
  ],
  ['SAs', { kind: 'phase2', in: ['absent'] }, { ...ROW, 'show crypto ipsec sa': ipsecSa({}) }, 'fails'],
  [
    'one-way',
    { kind: 'traffic', in: ['encaps-only'] },
    { ...ROW, 'show crypto ipsec sa': ipsecSa({ decaps: 0 }) },
    'holds',
  ],
  [
    'both ways',
    { kind: 'traffic', in: ['encaps-only'] },
    { ...ROW, 'show crypto ipsec sa': ipsecSa({}) },
    'fails',
  ],
  ['answered', { kind: 'recovered', is: true }, { ...ROW, 'show crypto ipsec sa': ipsecSa({}) }, 'holds'],
  [
    'not answered',
    { kind: 'recovered', is: true },
    { ...ROW, 'show crypto ipsec sa': ipsecSa({ decaps: 0 }) },
    'fails',
  ],
  [
    'two peers',
    { kind: 'distinct-peers', atLeast: 2 },
    { 'show crypto ipsec sa': ipsecSa({}, { peer: '198.51.100.8' }) },
    'holds',
  ],
  ['one peer', { kind: 'distinct-peers', atLeast: 2 }, { 'show crypto ipsec sa': ipsecSa({}) }, 'fails'],
  ['map applied', { kind: 'crypto-map-interfaces', is: 'some' }, { 'show crypto map': cryptoMap() }, 'holds'],
  [
    'map on nothing',
    { kind: 'crypto-map-interfaces', is: 'none' },
    { 'show crypto map': cryptoMap([PEER], []) },
    'holds',
  ],
  [
    'hits',
    { kind: 'crypto-acl-hits', is: 'some' },
    { 'show crypto map': cryptoMap(), 'show ip access-lists': accessList(7) },
    'holds',
  ],
  [
    'no hits',
    { kind: 'crypto-acl-hits', is: 'none' },
    { 'show crypto map': cryptoMap(), 'show ip access-lists': accessList(0) },
    'holds',
  ],
  [
    'conn-id 0 among rows from 1001',
    { kind: 'conn-id', is: 'zero' },
    {
      'show crypto map': cryptoMap(),
      'show crypto isakmp sa': isakmpSa(
        { state: 'MM_NO_STATE', id: 0 },
        { dst: '198.51.100.8', state: 'QM_IDLE', id: 1001 },
      ),
    },
    'holds',
  ],
  [
    'keys were computed',
    { kind: 'conn-id', is: 'non-zero' },
    { 'show crypto map': cryptoMap(), 'show crypto isakmp sa': isakmpSa({ state: 'MM_KEY_EXCH', id: 1004 }) },
    'holds',
  ],
  [
    'no route',
    { kind: 'route-to-peer', is: 'missing' },
    { 'show crypto map': cryptoMap(), [`show ip cef ${PEER}`]: '0.0.0.0/0\n  no route\n' },
    'holds',
  ],
  [
    'an answer about the peer alone is not the default route',
    { kind: 'route-to-peer', is: 'missing' },
    { 'show crypto map': cryptoMap(), [`show ip route ${PEER}`]: '% Network not in table\n' },
    'unknown',
  ],
];

describe('what the evidence tells', () => {
  test.each(TOLD)('%s', (_what, leaf, texts, is) => {
    expect(finding(leaf, texts)).toBe(is);
  });
});
