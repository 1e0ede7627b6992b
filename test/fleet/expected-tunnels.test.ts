import { describe, expect, test } from '@jest/globals';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { assess } from '../../src/app/assess.ts';
import type { DeclaredTunnel } from '../../src/fleet/expected-tunnels.ts';
import type { Texts } from '../support/assess-texts.ts';
import { HERE, ipsecSa, isakmpSa, NO_IKEV2, PEER } from '../support/router-text.ts';

const WHOLE: Texts = {
  'show crypto isakmp sa': isakmpSa({ state: 'QM_IDLE' }),
  'show crypto ikev2 sa detailed': NO_IKEV2,
  'show crypto ipsec sa': ipsecSa({ interface: 'Tunnel10', map: 'Tunnel10-head-0' }),
};
const GONE = '198.51.100.44';

function judged(texts: Texts, item: Partial<DeclaredTunnel>) {
  const tunnel = {
    peer: null,
    peerIdentity: null,
    expect: null,
    description: null,
    interface: null,
    ...item,
  };
  const declared = new Map([['r1', { site: 'Leeds', tunnels: [tunnel] }]]);
  const [result] = assess([recordingOf('r1', texts)], [], declared);
  return (result?.tunnels ?? []).map((t) => [t.tunnel.peer, t.verdict, t.reason]);
}

function without(command: string): Texts {
  return Object.fromEntries(Object.entries(WHOLE).filter(([name]) => name !== command));
}

describe('a declared tunnel that nothing shows', () => {
  test.each([
    ['always up', { peer: GONE, expect: 'always-up' }, 'missing', 'tunnel-missing'],
    ['on demand', { peer: GONE, expect: 'on-demand' }, 'missing', 'tunnel-missing'],
    ['nothing said', { peer: GONE }, 'missing', 'tunnel-missing'],
    ['an IPv6 peer', { peer: '2001:db8::44' }, 'missing', 'tunnel-missing'],
    ['dynamic: it is there at times', { peer: GONE, expect: 'dynamic' }, 'idle', 'expected-dynamic'],
    ['backup', { peer: GONE, expect: 'backup' }, 'idle', 'expected-backup'],
    ['off', { peer: GONE, expect: 'off' }, 'idle', 'expected-off'],
  ] as const)('%s', (_what, item, verdict, reason) => {
    expect(judged(WHOLE, item)).toContainEqual([item.peer, verdict, reason]);
  });

  test.each(Object.keys(WHOLE))('is not called missing, nor fine, without `%s`', (command) => {
    expect(judged(without(command), { peer: GONE })).toContainEqual([GONE, 'undetermined', null]);
    expect(judged(without(command), { peer: GONE, expect: 'dynamic' })).toContainEqual([
      GONE,
      'undetermined',
      null,
    ]);
  });

  test('an old IOS that knows no IKEv2 has answered', () => {
    const refused = {
      'show crypto ikev2 sa detailed': "         ^\n% Invalid input detected at '^' marker.\n",
    };
    expect(judged({ ...WHOLE, ...refused }, { peer: GONE })).toContainEqual([
      GONE,
      'missing',
      'tunnel-missing',
    ]);
  });
});

describe('a declared tunnel that is there', () => {
  test.each([
    ['by peer', { peer: PEER }],
    ['by peer and interface', { peer: PEER, interface: 'Tunnel10' }],
    ['the interface as people write it', { peer: PEER, interface: 'tu10' }],
  ] as const)('%s: one tunnel, not a second one missing', (_what, item) => {
    expect(judged(WHOLE, item)).toEqual([[PEER, 'healthy', 'healthy']]);
  });

  test('on another interface it is another tunnel', () => {
    expect(judged(WHOLE, { peer: PEER, interface: 'Tunnel1' })).toContainEqual([
      PEER,
      'missing',
      'tunnel-missing',
    ]);
  });

  test('what is expected of it is what the inventory says', () => {
    const empty = {
      ...WHOLE,
      'show crypto isakmp sa': isakmpSa(),
      'show crypto ipsec sa': ipsecSa({ sas: 'none', encaps: 0, decaps: 0 }),
    };
    expect(judged(empty, { peer: PEER, expect: 'always-up' })).toEqual([[PEER, 'down', null]]);
    expect(judged(empty, { peer: PEER, expect: 'backup' })).toEqual([[PEER, 'idle', 'expected-backup']]);
    expect(judged(empty, { peer: PEER, expect: 'off' })).toEqual([[PEER, 'idle', 'expected-off']]);
    expect(judged(empty, { peer: PEER })).toEqual([[PEER, 'undetermined', null]]);
  });
});

describe('the other end', () => {
  const near = { 'show crypto ipsec sa': ipsecSa({ decaps: 0 }) };
  const far = { 'show crypto ipsec sa': ipsecSa({ local: PEER, peer: HERE, encaps: 0, decaps: 5 }) };
  const farEnds = (...routers: readonly (readonly [string, Texts])[]) =>
    assess(
      routers.map(([name, texts]) => recordingOf(name, texts)),
      [],
    ).map((r) => r.tunnels[0]?.farEnd?.facts.router ?? null);

  test('two routers that name each other are a pair, seen from both', () => {
    expect(farEnds(['a', near], ['b', far])).toEqual(['b', 'a']);
  });

  test('two that claim the same address: nothing is guessed', () => {
    expect(farEnds(['a', near], ['b', far], ['c', far])[0]).toBeNull();
  });

  test('a router that is not in the run is no end', () => {
    expect(farEnds(['a', near])).toEqual([null]);
  });
});
