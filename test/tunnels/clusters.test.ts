import { describe, expect, test } from '@jest/globals';
import { tunnelsOf } from '../support/assess-texts.ts';
import {
  CLOCK,
  cryptoMap,
  dmvpn,
  HERE,
  ipsecSa,
  isakmpSa,
  logging,
  NO_IKEV2,
  OLD_LINE,
  PEER,
  session,
} from '../support/router-text.ts';

const SECOND = '192.0.2.129';
const FAILURE = `%CRYPTO-6-IKMP_MODE_FAILURE: Processing of Main mode failed with peer at ${PEER}`;

function ids(texts: Parameters<typeof tunnelsOf>[0]): readonly string[] {
  return tunnelsOf(texts)
    .map((t) => t.id)
    .sort();
}

describe('what is one tunnel', () => {
  test('every table names it, it is one', () => {
    expect(
      ids({
        'show crypto isakmp sa': isakmpSa({ state: 'QM_IDLE' }),
        'show crypto ipsec sa': ipsecSa({}),
        'show crypto session detail': session({ status: 'UP-ACTIVE' }),
        'show crypto map': cryptoMap(),
        'show dmvpn': dmvpn('Spoke', { state: 'UP' }),
        'show logging': logging(`Nov 20 14:29:00.000 UTC: ${FAILURE}`),
      }),
    ).toEqual([`r1/${HERE}-${PEER}`]);
  });

  test('two local addresses to one peer are two', () => {
    expect(
      ids({ 'show crypto ipsec sa': ipsecSa({}, { local: SECOND, interface: 'GigabitEthernet0/1' }) }),
    ).toEqual([`r1/${SECOND}-${PEER}`, `r1/${HERE}-${PEER}`].sort());
  });

  test('three peers behind one NAT address are three, also where the first kept its port', () => {
    const flows = [{ port: 4500 }, { port: 1025, net: 2 }, { port: 1026, net: 3 }];
    expect(ids({ 'show crypto ipsec sa': ipsecSa(...flows) })).toEqual(
      [`r1/${HERE}-${PEER}`, `r1/${HERE}-${PEER}:1025`, `r1/${HERE}-${PEER}:1026`].sort(),
    );
    expect(ids({ 'show crypto ipsec sa': ipsecSa(...flows.toReversed()) })).toEqual(
      [`r1/${HERE}-${PEER}`, `r1/${HERE}-${PEER}:1025`, `r1/${HERE}-${PEER}:1026`].sort(),
    );
  });

  test('one peer behind NAT is one, whatever port each table prints', () => {
    const texts = {
      'show crypto isakmp sa': isakmpSa({ state: 'QM_IDLE' }),
      'show crypto ipsec sa': ipsecSa({ port: 4500 }, { port: 500, net: 2, sas: 'none' as const }),
      'show crypto session detail': session({ status: 'UP-ACTIVE', port: 4500 }),
    };
    expect(ids(texts)).toEqual([`r1/${HERE}-${PEER}`]);
    expect(tunnelsOf(texts)[0]).toMatchObject({ natt: true, phase1: { kind: 'established' } });
  });

  test('an IKE row without a port is not held against, nor taken from, the other peers of that address', () => {
    const tunnels = tunnelsOf({
      'show crypto isakmp sa': isakmpSa({ state: 'QM_IDLE' }, { state: 'MM_KEY_EXCH', id: 1002 }),
      'show crypto ikev2 sa detailed': NO_IKEV2,
      'show crypto ipsec sa': ipsecSa(
        { port: 4500 },
        { port: 1025, net: 2, sas: 'none', encaps: 0, decaps: 0 },
      ),
    });
    expect(tunnels.find((t) => t.id.endsWith(':1025'))?.phase1.kind).toBe('unknown');
  });

  test('an interface without an address does not split a tunnel', () => {
    expect(
      ids({
        'show crypto isakmp sa': isakmpSa({ state: 'MM_NO_STATE', id: 0 }),
        'show crypto ipsec sa': ipsecSa({ local: '0.0.0.0', sas: 'none' }, { peer: '198.51.100.8' }),
      }),
    ).toEqual([`r1/${HERE}-${PEER}`, `r1/${HERE}-198.51.100.8`].sort());
  });

  test('an IPv6 peer is one tunnel in every table', () => {
    const v6 = '2001:DB8::7';
    const texts = {
      'show crypto ikev2 sa detailed': ` IPv4 Crypto IKEv2  SA \n\n IPv6 Crypto IKEv2  SA \n\nTunnel-id    fvrf/ivrf              Status    \n1            none/none              READY   \nLocal  2001:DB8::1/500\nRemote  ${v6}/500\n      Encr: AES-CBC, keysize: 256, PRF: SHA256, Hash: SHA256, DH Grp:14, Auth sign: PSK, Auth verify: PSK\n      Life/Active Time: 86400/1234 sec\n`,
      'show crypto ipsec sa': ipsecSa({ peer: v6, local: '2001:DB8::1' }),
    };
    const tunnels = tunnelsOf(texts);
    expect(tunnels.map((t) => [t.peer, t.local, t.phase1.kind, t.phase1.version])).toEqual([
      ['2001:db8::7', '2001:db8::1', 'established', 2],
    ]);
  });

  test('many spokes of a hub: each its own, none lost', () => {
    const peers = Array.from({ length: 300 }, (_, i) => `198.18.${i >> 8}.${i & 255}`);
    const tunnels = tunnelsOf({
      'show crypto isakmp sa': isakmpSa(
        ...peers.map((peer, i) => ({ src: peer, dst: HERE, state: 'QM_IDLE', id: 1001 + i })),
      ),
      'show crypto ipsec sa': ipsecSa(
        ...peers.map((peer) => ({ peer, interface: 'Tunnel0', map: 'Tunnel0-head-0' })),
      ),
      'show dmvpn': dmvpn('Hub', ...peers.map((nbma) => ({ nbma, state: 'UP', attributes: 'D' }))),
    });
    expect(tunnels).toHaveLength(300);
    expect(new Set(tunnels.map((t) => `${t.phase1.kind} ${t.expect} ${t.role} ${t.dmvpn?.state}`))).toEqual(
      new Set(['established dynamic responder UP']),
    );
  });

  test('of two DMVPN clouds to one peer the worse state is shown', () => {
    const rows = dmvpn('Spoke', { state: 'UP' }, { state: 'NHRP' });
    expect(tunnelsOf({ 'show dmvpn': rows })[0]?.dmvpn?.state).toBe('NHRP');
  });
});

describe('what is expected of a tunnel', () => {
  const tunnel0 = { interface: 'Tunnel0', map: 'Tunnel0-head-0' };
  test.each([
    ['a crypto map entry', { 'show crypto map': cryptoMap() }, 'on-demand'],
    ['tunnel protection', { 'show crypto ipsec sa': ipsecSa(tunnel0) }, 'always-up'],
    [
      'a spoke that was learned',
      {
        'show crypto ipsec sa': ipsecSa(tunnel0),
        'show dmvpn': dmvpn('Hub', { state: 'UP', attributes: 'D' }),
      },
      'dynamic',
    ],
    [
      'a dial-in peer',
      { 'show crypto ipsec sa': ipsecSa({ interface: 'Virtual-Access1', map: 'Virtual-Access1-head-0' }) },
      'dynamic',
    ],
    ['an IKE row alone', { 'show crypto isakmp sa': isakmpSa({ state: 'QM_IDLE' }) }, 'unknown'],
  ] as const)('%s', (_what, texts, expect_) => {
    expect(tunnelsOf(texts).map((t) => t.expect)).toEqual([expect_]);
  });
});

describe('which tunnel a log line belongs to', () => {
  const line = `Nov 20 14:29:00.000 UTC: ${FAILURE}`;
  const twoLocals = ipsecSa(
    {},
    { local: SECOND, interface: 'GigabitEthernet0/1', sas: 'none', encaps: 0, decaps: 0 },
  );
  const base = { 'show clock': CLOCK, 'show crypto ikev2 sa detailed': NO_IKEV2 };

  test('a peer that two tunnels have: to neither, when nothing else tells', () => {
    const tunnels = tunnelsOf({
      ...base,
      'show crypto isakmp sa': isakmpSa(),
      'show crypto ipsec sa': twoLocals.replaceAll('inbound esp', 'inbound esp'),
      'show logging': logging(OLD_LINE, line),
    });
    expect(tunnels.map((t) => t.messages.length)).toEqual([0, 0]);
  });

  test('a line that names another peer never goes to the tunnel whose address it also holds', () => {
    const spi = `Nov 20 14:29:00.000 UTC: %CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for destaddr=${PEER}, prot=50, spi=0x11111111(286331153), srcaddr=203.0.113.99`;
    const tunnels = tunnelsOf({
      ...base,
      'show crypto isakmp sa': isakmpSa({ state: 'QM_IDLE' }),
      'show crypto ipsec sa': ipsecSa({}),
      'show logging': logging(OLD_LINE, spi),
    });
    expect(tunnels.find((t) => t.peer === PEER)?.messages).toEqual([]);
  });

  test('a line is counted once although the log was asked twice', () => {
    const tunnels = tunnelsOf({
      ...base,
      'show crypto isakmp sa': isakmpSa({ state: 'MM_NO_STATE', id: 0 }),
      'show crypto map': cryptoMap(),
      'show logging': [logging(OLD_LINE, line), logging(OLD_LINE, line)],
    });
    expect(tunnels.map((t) => t.messages.length)).toEqual([1]);
  });
});
