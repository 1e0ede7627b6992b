import { describe, expect, test } from '@jest/globals';
import { type Texts, tunnelsOf } from '../support/assess-texts.ts';
import {
  CLOCK,
  cryptoMap,
  ipsecSa,
  isakmpSa,
  logging,
  OLD_LINE,
  PEER,
  session,
} from '../support/router-text.ts';

const FAILURE = `%CRYPTO-6-IKMP_MODE_FAILURE: Processing of Main mode failed with peer at ${PEER}`;
const REPLAY = `%CRYPTO-4-PKT_REPLAY_ERR: decrypt: replay check failed connection id=2001, sequence number=7`;
const UP = `%CRYPTO-5-SESSION_STATUS: Crypto tunnel is UP.  Peer ${PEER}:500       Id: ${PEER}`;

function ages(texts: Texts, ...lines: readonly string[]): readonly (readonly [string | null, string])[] {
  const [tunnel] = tunnelsOf({ 'show logging': logging(...lines), ...texts });
  return (tunnel?.messages ?? []).map((m) => [m.message.mnemonic, m.age] as const);
}

const DOWN: Texts = {
  'show clock': CLOCK,
  'show crypto isakmp sa': isakmpSa({ state: 'MM_NO_STATE', id: 0 }),
  'show crypto map': cryptoMap(),
};
const IS_UP: Texts = {
  'show clock': CLOCK,
  'show crypto isakmp sa': isakmpSa({ state: 'QM_IDLE' }),
  'show crypto ipsec sa': ipsecSa({}),
  'show crypto session detail': session({ status: 'UP-ACTIVE', uptime: '00:10:00' }),
};
const VERSION = (uptime: string): string =>
  `Cisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M), Version 15.7(3)M4b, RELEASE SOFTWARE (fc1)\n\nr1 uptime is ${uptime}\n`;

describe('the age of a message of a tunnel that is down', () => {
  test.each([
    ['a minute old', 'Nov 20 14:29:00.000 UTC', 'live'],
    ['half an hour old', 'Nov 20 14:00:00.000 UTC', 'live'],
    ['a little more', 'Nov 20 13:59:58.000 UTC', 'stale'],
    ['of last year, without a year', 'Dec 31 23:59:59.000 UTC', 'stale'],
    ['without a stamp', '', 'undated'],
  ])('%s', (_what, stamp, age) => {
    const line = stamp === '' ? FAILURE : `${stamp}: ${FAILURE}`;
    expect(ages(DOWN, line)).toEqual([['IKMP_MODE_FAILURE', age]]);
  });

  test('over New Year: lines of December are minutes old in January', () => {
    const january = { ...DOWN, 'show clock': '00:05:00.000 UTC Fri Jan 1 2027\n' };
    expect(
      ages(january, `Dec 31 23:58:00.000 UTC: ${FAILURE}`, `Jan  1 00:04:00.000 UTC: ${FAILURE}`).map(
        ([, age]) => age,
      ),
    ).toEqual(['live', 'live']);
  });

  test('a clock nobody set is still the clock of its own log', () => {
    const unset = { ...DOWN, 'show clock': '*00:20:00.000 UTC Mon Mar 1 2002\n' };
    expect(ages(unset, `*Mar  1 00:19:00.000: ${FAILURE}`).map(([, age]) => age)).toEqual(['live']);
  });

  test('stamps of uptime are placed by `show version`', () => {
    const texts = { ...DOWN, 'show version': VERSION('3 hours, 10 minutes') };
    expect(ages(texts, `03:08:00: ${FAILURE}`).map(([, age]) => age)).toEqual(['live']);
    expect(ages(texts, `01:08:00: ${FAILURE}`).map(([, age]) => age)).toEqual(['stale']);
  });

  test('without it they are undated: another scale than the clock', () => {
    expect(ages(DOWN, `03:08:00: ${FAILURE}`).map(([, age]) => age)).toEqual(['undated']);
  });

  test('stamps of both kinds and no clock: the two scales are never compared', () => {
    const { 'show clock': _, ...texts } = DOWN;
    expect(
      ages(texts, `00:08:00: ${FAILURE}`, `Nov 20 14:29:00.000 UTC: ${FAILURE}`).map(([, age]) => age),
    ).toEqual(['undated', 'live']);
    expect(ages(texts, `00:08:00: ${FAILURE}`, `02:08:00: ${FAILURE}`).map(([, age]) => age)).toEqual([
      'stale',
      'live',
    ]);
  });

  test('failures before the last time it came up are history', () => {
    expect(
      ages(
        DOWN,
        `Nov 20 14:20:00.000 UTC: ${FAILURE}`,
        `Nov 20 14:21:00.000 UTC: ${UP}`,
        `Nov 20 14:22:00.000 UTC: ${FAILURE}`,
      ).map(([, age]) => age),
    ).toEqual(['before-session', 'live', 'live']);
  });
});

describe('the age of a message of a tunnel that is up', () => {
  test.each([
    ['before the session', 'Nov 20 14:19:00.000 UTC', 'before-session'],
    ['as it came up', 'Nov 20 14:20:00.000 UTC', 'at-setup'],
    ['since', 'Nov 20 14:25:00.000 UTC', 'live'],
  ])('%s', (_what, stamp, age) => {
    expect(ages(IS_UP, `${stamp}: ${FAILURE}`)).toEqual([['IKMP_MODE_FAILURE', age]]);
  });

  test('where only the age of the SAs is known, drops outlive a rekey and failed set-ups do not', () => {
    const { 'show crypto session detail': _, ...texts } = IS_UP;
    const earlier = 'Nov 20 14:15:00.000 UTC';
    const young = { ...texts, 'show crypto ipsec sa': ipsecSa({ lifetimeSec: 3500 }) };
    expect(ages(young, OLD_LINE, `${earlier}: ${FAILURE}`, `${earlier}: ${REPLAY}`)).toEqual([
      ['IKMP_MODE_FAILURE', 'before-session'],
      ['PKT_REPLAY_ERR', 'live'],
    ]);
  });
});
