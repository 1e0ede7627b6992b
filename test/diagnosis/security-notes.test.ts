import { expect, test } from '@jest/globals';
import { assessTexts, type Texts } from '../support/assess-texts.ts';
import {
  CLOCK,
  dmvpn,
  HERE,
  ipsecSa,
  isakmpSa,
  logging,
  NO_IKEV2,
  OLD_LINE,
  PEER,
} from '../support/router-text.ts';

const STRANGER = '203.0.113.99';

function notes(from: string, more: Texts): readonly string[] {
  const line = `Nov 20 14:29:00.000 UTC: %CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for destaddr=${HERE}, prot=50, spi=0x11111111(286331153), srcaddr=${from}`;
  const result = assessTexts({ 'show clock': CLOCK, 'show logging': logging(OLD_LINE, line), ...more });
  return result.security.map((note) => note.from);
}

const WHOLE: Texts = {
  'show crypto isakmp sa': isakmpSa({ state: 'QM_IDLE' }),
  'show crypto ikev2 sa detailed': NO_IKEV2,
  'show crypto ipsec sa': ipsecSa({}),
};

test('an address in no whole table is a stranger', () => {
  expect(notes(STRANGER, WHOLE)).toEqual([STRANGER]);
  expect(assessTexts(WHOLE).tunnels).toHaveLength(1);
});

test('a peer is not', () => {
  expect(notes(PEER, WHOLE)).toEqual([]);
});

test('a DMVPN peer without SAs is not', () => {
  expect(notes(STRANGER, { ...WHOLE, 'show dmvpn': dmvpn('Hub', { nbma: STRANGER, state: 'IKE' }) })).toEqual(
    [],
  );
});

test('without the tables nobody is called a stranger', () => {
  expect(notes(STRANGER, {})).toEqual([]);
});
