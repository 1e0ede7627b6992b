import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadBuiltinPlaybooks } from '../../src/app/load-playbooks.ts';
import type { Playbook } from '../../src/playbooks/playbook.ts';
import { assessTexts, onlyTunnel, type Texts } from '../support/assess-texts.ts';
import {
  accessList,
  CLOCK,
  cryptoMap,
  HERE,
  type IsakmpRow,
  ipsecSa,
  isakmpSa,
  logging,
  NO_IKEV2,
  PEER,
} from '../support/router-text.ts';

let playbooks: readonly Playbook[];
beforeAll(async () => {
  playbooks = await loadBuiltinPlaybooks();
});

const SECOND = '192.0.2.129';
const ANCIENT =
  'Nov 10 14:29:00.000 UTC: %SYS-5-CONFIG_I: Configured from console by neteng on vty0 (10.9.9.9)';
const KEY = `%CRYPTO-4-IKMP_BAD_MESSAGE: IKE message from ${PEER} failed its sanity check or is malformed`;
const STRAY = (from: string): string =>
  `%CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for destaddr=${HERE}, prot=50, spi=0x11111111(286331153), srcaddr=${from}`;

function diagnosed(rows: readonly IsakmpRow[], lines: readonly string[], more: Texts = {}) {
  const texts = {
    'show clock': CLOCK,
    'show crypto isakmp sa': isakmpSa(...rows),
    'show crypto ikev2 sa detailed': NO_IKEV2,
    'show crypto ipsec sa': ipsecSa({ sas: 'none', encaps: 0, decaps: 0 }),
    'show crypto map': cryptoMap(),
    'show ip access-lists': accessList(0),
    'show logging': logging(ANCIENT, ...lines),
    ...more,
  };
  return onlyTunnel(assessTexts(texts, playbooks), PEER);
}

describe('a line about a key that does not fit', () => {
  test('of this minute: down, and the key is named', () => {
    const found = diagnosed([], [`Nov 20 14:29:00.000 UTC: ${KEY}`]);
    expect([found.verdict, found.causes[0]?.weighed.hypothesis.id]).toEqual(['down', 'psk-mismatch']);
  });

  test('of three days ago, nobody tries any more: no accusation', () => {
    const found = diagnosed([], [`Nov 17 14:29:00.000 UTC: ${KEY}`]);
    expect([found.verdict, found.causes]).toEqual(['idle', []]);
  });

  test('of an hour ago, and the try still fails: it names the reason', () => {
    const rows = [{ src: PEER, dst: HERE, state: 'MM_KEY_EXCH', id: 1004 }];
    const found = diagnosed(rows, [`Nov 20 13:29:00.000 UTC: ${KEY}`]);
    expect([found.verdict, found.causes[0]?.weighed.hypothesis.id]).toEqual(['down', 'psk-mismatch']);
  });
});

describe('drops on receipt', () => {
  test('logged just now, and no counter tells their share: not called fine', () => {
    const line = `Nov 20 14:29:00.000 UTC: ${STRAY(PEER)}`;
    expect(diagnosed([], [line]).verdict).toBe('undetermined');
    expect(diagnosed([], [`Nov 20 09:29:00.000 UTC: ${STRAY(PEER)}`]).verdict).toBe('idle');
  });
});

test('a fault of a peer that two tunnels have is a finding of the router, held against neither', () => {
  const flows = ipsecSa({}, { local: SECOND, interface: 'GigabitEthernet0/1' });
  const result = assessTexts(
    {
      'show clock': CLOCK,
      'show crypto isakmp sa': isakmpSa({ state: 'QM_IDLE' }, { src: SECOND, state: 'QM_IDLE', id: 1002 }),
      'show crypto ikev2 sa detailed': NO_IKEV2,
      'show crypto ipsec sa': flows,
      'show logging': logging(ANCIENT, `Nov 20 14:29:00.000 UTC: ${KEY}`),
    },
    playbooks,
  );
  expect(result.tunnels.map((t) => [t.verdict, t.causes.length])).toEqual([
    ['healthy', 0],
    ['healthy', 0],
  ]);
  expect(result.findings.map((f) => f.weighed.hypothesis.id)).toContain('psk-mismatch');
});
