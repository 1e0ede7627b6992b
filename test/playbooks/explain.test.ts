import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { catalogueEntries } from '../../src/parsers/show-logging/catalogue.ts';
import { explain, type KnownCause } from '../../src/playbooks/explain.ts';
import { STATES } from '../../src/playbooks/states.generated.ts';

const CAUSES: readonly KnownCause[] = [
  {
    id: 'psk-mismatch',
    title: 'The pre-shared keys differ',
    summary: 'The two ends hold different keys.',
    remedy: ['Enter the same key on both ends.'],
    verify: ['show crypto isakmp sa'],
  },
  {
    id: 'udp4500-blocked',
    title: 'UDP 4500 is blocked',
    summary: 'NAT is on the path and UDP 4500 does not pass.',
    remedy: ['Permit UDP 4500.'],
  },
];

describe('messages', () => {
  test.each([
    'CRYPTO-4-IKMP_BAD_MESSAGE',
    '%CRYPTO-4-IKMP_BAD_MESSAGE:',
    'crypto-4-ikmp_bad_message',
    'IKMP_BAD_MESSAGE',
    ' ikmp_bad_message ',
    'CRYPTO-IKMP_BAD_MESSAGE',
    'CRYPTO-6-IKMP_BAD_MESSAGE',
  ])('%s', (query) => {
    expect(explain(query, CAUSES)).toMatchObject({
      kind: 'message',
      id: 'CRYPTO-4-IKMP_BAD_MESSAGE',
      likelyCauses: [{ id: 'psk-mismatch', title: 'The pre-shared keys differ' }],
    });
  });

  test('every entry explains itself, with a meaning, a remedy and a source', () => {
    for (const { id } of catalogueEntries()) {
      const answer = explain(id, []);
      expect(answer).toMatchObject({ kind: 'message', id });
      if (answer.kind !== 'message') continue;
      expect([answer.meaning.length > 10, answer.remedy.length > 0, answer.sources.length > 0]).toEqual([
        true,
        true,
        true,
      ]);
    }
  });

  test('a mnemonic of two facilities names the other', () => {
    expect(explain('RECVD_PKT_NOT_IPSEC', [])).toMatchObject({
      id: 'CRYPTO-4-RECVD_PKT_NOT_IPSEC',
      seeAlso: ['IPSEC-3-RECVD_PKT_NOT_IPSEC'],
    });
  });

  test('debug lines and rate limits carry their remark', () => {
    expect(explain('dbg.no_psk', [])).toMatchObject({ notes: [expect.stringContaining('debug')] });
    expect(explain('CRYPTO-4-PKT_REPLAY_ERR', [])).toMatchObject({
      notes: [expect.stringContaining('60 s')],
    });
  });
});

describe('states', () => {
  test.each([
    ['MM_NO_STATE', 'MM_NO_STATE'],
    ['mm-no-state', 'MM_NO_STATE'],
    ['QM_IDLE', 'QM_IDLE'],
    ['ready', 'READY'],
    ['IN-NEG', 'IN-NEG'],
    ['UP-NO-IKE', 'UP-NO-IKE'],
    ['DOWN-NEGOTIATING', 'DOWN-NEGOTIATING'],
    ['ACTIVE (deleted)', 'ACTIVE (deleted)'],
    ['MM_WAIT_MSG2', 'MM_ACTIVE'],
  ])('%s', (query, id) => {
    expect(explain(query, CAUSES)).toMatchObject({ kind: 'state', id });
  });

  test('every state of the file is found by its name and says what to run', () => {
    for (const { name, next } of STATES) {
      expect(explain(name, [])).toMatchObject({ kind: 'state', id: name });
      expect(next).toMatch(/^show /);
    }
  });

  test('stuck states tell initiator from responder', () => {
    const answer = explain('MM_KEY_EXCH', []);
    expect(answer).toMatchObject({
      stuckAs: { initiator: [expect.stringContaining('keys differ'), expect.anything(), expect.anything()] },
    });
  });

  test('a pasted row of the table explains its state', () => {
    expect(explain('198.51.100.7    192.0.2.1    MM_KEY_EXCH       1003 ACTIVE', [])).toMatchObject({
      kind: 'state',
      id: 'MM_KEY_EXCH',
    });
  });
});

describe('causes', () => {
  test.each(['psk-mismatch', 'PSK-Mismatch', 'psk mismatch'])('%s', (query) => {
    expect(explain(query, CAUSES)).toMatchObject({
      kind: 'cause',
      id: 'psk-mismatch',
      meaning: 'The two ends hold different keys.',
      verify: ['show crypto isakmp sa'],
    });
  });

  test('names the messages that point to it', () => {
    expect(explain('psk-mismatch', CAUSES)).toMatchObject({
      seeAlso: expect.arrayContaining(['CRYPTO-4-IKMP_BAD_MESSAGE', 'dbg.reserved_not_zero']),
    });
  });
});

describe('pasted lines', () => {
  test('shows the fields of the line with the explanation', () => {
    const answer = explain(
      '000118: Mar  4 14:02:10.517 CET: %CRYPTO-6-IKMP_MODE_FAILURE: Processing of Main mode failed with peer at 198.51.100.7',
      CAUSES,
    );
    expect(answer).toMatchObject({
      kind: 'line',
      messages: [
        {
          message: { sequence: 118, fields: { mode: 'Main', peer: '198.51.100.7' } },
          explanation: { id: 'CRYPTO-6-IKMP_MODE_FAILURE' },
        },
      ],
    });
  });

  test('a nested token is explained too', () => {
    const answer = explain(
      '%IOSXE-3-PLATFORM: R0/0: cpp_cp: %IPSEC-3-HMAC_ERROR: IPSec SA receives HMAC error, DP Handle 8, src_addr 198.51.100.7, dest_addr 192.0.2.1, SPI 0xdeadbeef',
      [],
    );
    expect(answer.kind === 'line' && answer.messages.map((each) => each.explanation?.id ?? null)).toEqual([
      null,
      'IPSEC-3-HMAC_ERROR',
    ]);
  });

  test('an unknown message keeps its parts', () => {
    expect(explain('%FOO-3-BAR: baz 1', [])).toMatchObject({
      kind: 'line',
      messages: [{ message: { facility: 'FOO', mnemonic: 'BAR' }, explanation: null }],
    });
  });
});

describe('what it does not know', () => {
  test.each([
    ['IKMP_BAD_MESAGE', 'IKMP_BAD_MESSAGE'],
    ['CRYPTO-4-IKMP_NO_AS', 'IKMP_NO_SA'],
    ['MM_NO_STAET', 'MM_NO_STATE'],
    ['psk-missmatch', 'psk-mismatch'],
    ['INV_SPI', 'RECVD_PKT_INV_SPI'],
  ])('%s suggests %s', (query, suggestion) => {
    const answer = explain(query, CAUSES);
    expect(answer).toMatchObject({ kind: 'unknown', suggestions: expect.arrayContaining([suggestion]) });
    if (answer.kind === 'unknown') expect(answer.suggestions.length).toBeLessThanOrEqual(3);
  });

  test('never more than three, however many are near', () => {
    expect(explain('GDOI_REKEYS_SEND', [])).toMatchObject({ kind: 'unknown' });
    for (const query of ['RECVD_PKT', 'dbg.p1_mismatch', 'PKI-3-CERTIFICATE_INVALID_X']) {
      const answer = explain(query, CAUSES);
      expect(answer.kind === 'unknown' && answer.suggestions).toHaveLength(3);
    }
  });

  test('nothing near gives nothing', () => {
    expect(explain('weather tomorrow', CAUSES)).toEqual({
      kind: 'unknown',
      title: 'weather tomorrow',
      suggestions: [],
    });
    expect(explain('', CAUSES)).toMatchObject({ kind: 'unknown', suggestions: [] });
  });

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 200 }),
          fc.constantFrom('constructor', '__proto__', '%'.repeat(5_000), '(', 'toString'),
        ),
        (query) => {
          expect(typeof explain(query, CAUSES).kind).toBe('string');
        },
      ),
    );
  });
});
