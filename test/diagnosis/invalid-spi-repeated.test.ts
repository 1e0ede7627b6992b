import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadBuiltinPlaybooks } from '../../src/app/load-playbooks.ts';
import type { Playbook } from '../../src/playbooks/playbook.ts';
import { assessTexts, onlyTunnel } from '../support/assess-texts.ts';
import {
  CLOCK,
  cryptoMap,
  HERE,
  ipsecSa,
  isakmpSa,
  logging,
  NO_IKEV2,
  OLD_LINE,
  PEER,
  session,
} from '../support/router-text.ts';

let playbooks: readonly Playbook[];
beforeAll(async () => {
  playbooks = await loadBuiltinPlaybooks();
});

const stray = (minute: number): string =>
  `Nov 20 14:${minute}:00.000 UTC: %CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for destaddr=${HERE}, prot=50, spi=0x4B3C2D1E(1262234910), srcaddr=${PEER}`;

function workingTunnel(lines: readonly string[]) {
  const texts = {
    'show clock': CLOCK,
    'show crypto isakmp sa': isakmpSa({ state: 'QM_IDLE' }),
    'show crypto ikev2 sa detailed': NO_IKEV2,
    'show crypto ipsec sa': ipsecSa({ encaps: 9000, decaps: 8800, lifetimeSec: 1000 }),
    'show crypto session detail': session({ status: 'UP-ACTIVE', uptime: '00:45:00' }),
    'show crypto map': cryptoMap(),
    'show logging': logging(OLD_LINE, ...lines),
  };
  return onlyTunnel(assessTexts(texts, playbooks), PEER);
}

describe('lines about an unknown SPI beside SAs that carry traffic both ways', () => {
  test.each([
    ['one, as at a rekey', [stray(20)]],
    ['two', [stray(20), stray(21)]],
  ])('%s: healthy', (_what, lines) => {
    const { verdict, causes } = workingTunnel(lines);
    expect([verdict, causes.length]).toEqual(['healthy', 0]);
  });

  test('every minute until now: not called healthy, the far end is asked', () => {
    const { verdict, causes, questions } = workingTunnel([22, 23, 24, 25, 26, 27, 28, 29].map(stray));
    expect(verdict).toBe('undetermined');
    expect(causes.map(({ weighed }) => [weighed.hypothesis.id, weighed.standing])).toEqual([
      ['invalid-spi', 'possible'],
    ]);
    expect(questions.map(({ text }) => text)).toContain('far end: show crypto ipsec sa');
  });
});
