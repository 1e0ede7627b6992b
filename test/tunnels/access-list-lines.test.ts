import { describe, expect, test } from '@jest/globals';
import { tunnelsOf } from '../support/assess-texts.ts';
import { CLOCK, cryptoMap, HERE, ipsecSa, isakmpSa, logging, PEER } from '../support/router-text.ts';

function attributed(line: string): readonly (string | null)[] {
  const tunnels = tunnelsOf({
    'show clock': CLOCK,
    'show crypto isakmp sa': isakmpSa({ state: 'MM_NO_STATE', id: 0 }),
    'show crypto ipsec sa': ipsecSa({ sas: 'none', sendErrors: 9 }),
    'show crypto map': cryptoMap(),
    'show logging': logging(`Nov 20 14:29:00.000 UTC: ${line}`),
  });
  return tunnels.filter((t) => t.peer === PEER).flatMap((t) => t.messages.map((m) => m.message.mnemonic));
}

describe('access list lines belong to a tunnel by both of its ends', () => {
  test.each([
    ['from the peer to here', `denied udp ${PEER}(500) -> ${HERE}(500), 1 packet`, 1],
    ['from here to the peer', `denied udp ${HERE}(500) -> ${PEER}(500), 1 packet`, 1],
    [
      'with the interface (log-input)',
      `denied udp ${PEER}(500) (GigabitEthernet0/0 ) -> ${HERE}(500), 2 packets`,
      1,
    ],
    [
      'from the peer to another address behind this router',
      `denied udp ${PEER}(500) -> 192.0.2.200(500), 1 packet`,
      0,
    ],
    ['from another address to the peer', `denied udp 192.0.2.200(500) -> ${PEER}(500), 1 packet`, 0],
  ])('UDP 500 %s', (_what, text, count) => {
    expect(attributed(`%SEC-6-IPACCESSLOGP: list OUTSIDE-IN ${text}`)).toHaveLength(count);
  });

  test.each([
    ['from the peer to here', `denied 50 ${PEER} -> ${HERE}, 7 packets`, 1],
    [
      'with interface and MAC address',
      `denied 50 ${PEER} (GigabitEthernet0/0 0010.7b3a.1f00) -> ${HERE}, 7 packets`,
      1,
    ],
    ['from the peer to another address', `denied 50 ${PEER} -> 192.0.2.200, 7 packets`, 0],
  ])('ESP %s', (_what, text, count) => {
    expect(attributed(`%SEC-6-IPACCESSLOGNP: list OUTSIDE-IN ${text}`)).toHaveLength(count);
  });
});
