import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ClockFacts } from '../../src/parsers/show-clock/facts.ts';
import { showClock } from '../../src/parsers/show-clock/parse.ts';
import type { LogMessage } from '../../src/parsers/show-logging/facts.ts';
import { showLogging } from '../../src/parsers/show-logging/parse.ts';
import { withClock } from '../../src/parsers/show-logging/years.ts';
import { costRatio } from '../support/cpu-time.ts';

const BAD =
  '%CRYPTO-4-IKMP_BAD_MESSAGE: IKE message from 198.51.100.7 failed its sanity check or is malformed';

function messagesOf(text: string): readonly LogMessage[] {
  return showLogging.parse(text).facts.messages;
}

function clockAt(text: string): ClockFacts['clock'] {
  return showClock.parse(text).facts.clock;
}

function iso(message: LogMessage | undefined): string | null {
  return message?.stamp.at ? new Date(message.stamp.at.from).toISOString() : null;
}

describe('stamps', () => {
  const dated = (millisecond: number, span = 1) => {
    const from = Date.UTC(2025, 2, 4, 14, 7, 41, millisecond);
    return { form: 'datetime', at: { from, to: from + span - 1 } };
  };

  test.each([
    [
      'Mar  4 2025 14:07:41.202: ',
      { ...dated(202), yearAssumed: null, mark: null, zone: null, text: 'Mar  4 2025 14:07:41.202' },
    ],
    ['*Mar  4 2025 14:07:41: ', { ...dated(0, 1000), mark: '*', text: '*Mar  4 2025 14:07:41' }],
    ['.Mar  4 2025 14:07:41.2 CEST: ', { ...dated(200, 100), mark: '.', zone: 'CEST' }],
    ['000123: Mar  4 2025 14:07:41.202 +03: ', { ...dated(202), zone: '+03' }],
    ['Mar  4 2:07:41.202 PM UTC 2025: ', { ...dated(202), zone: 'UTC' }],
    ['2025-03-04T14:07:41.202Z: ', { ...dated(202), zone: 'Z' }],
    ['*2025-03-04 14:07:41.202 +01:00: ', { ...dated(202), mark: '*', zone: '+01:00' }],
    ['2025-063T14:07:41.202: ', { ...dated(202) }],
    ['<189>41: Mar  4 2025 14:07:41.202: ', { ...dated(202) }],
    ['Mar  4 14:07:45 192.0.2.250 812: Mar  4 2025 14:07:41.202 UTC: ', { ...dated(202) }],
    ['hub1#Mar  4 2025 14:07:41.202: ', { ...dated(202) }],
    ['00:02:58: ', { form: 'uptime', at: null, uptime: { seconds: 178, resolution: 1 }, text: '00:02:58' }],
    ['3d04h: ', { form: 'uptime', uptime: { seconds: 273_600, resolution: 3_600 } }],
    ['1w2d: ', { form: 'uptime', uptime: { seconds: 777_600, resolution: 86_400 } }],
    ['', { form: 'none', at: null, text: '' }],
  ])('%s', (front, stamp) => {
    for (const body of [BAD, 'ISAKMP:(0):no offers accepted!']) {
      if (body !== BAD && /250|hub1/.test(front)) continue;
      const [message, ...more] = messagesOf(front + body);
      expect(more).toEqual([]);
      expect(message).toMatchObject({ stamp, kind: body === BAD ? 'syslog' : 'debug' });
      expect(message?.catalogueId).toBe(
        body === BAD ? 'CRYPTO-4-IKMP_BAD_MESSAGE' : 'dbg.no_offers_accepted',
      );
    }
  });

  test('a sequence number is read with and without a stamp', () => {
    expect(
      messagesOf(`000123: *Mar  4 14:07:41.202: ${BAD}\n000124: ${BAD}`).map((message) => [
        message.sequence,
        message.stamp.form,
      ]),
    ).toEqual([
      [123, 'datetime'],
      [124, 'none'],
    ]);
  });

  test('a date that does not exist has no instant, and the message stays', () => {
    expect(messagesOf(`Feb 30 2025 14:07:41: ${BAD}`)).toMatchObject([
      { mnemonic: 'IKMP_BAD_MESSAGE', stamp: { form: 'datetime', at: null } },
    ]);
  });
});

describe('years', () => {
  const log = ['Dec 30 10:00:00.000', 'Dec 31 23:59:59.000', 'Jan  1 00:00:01.000', 'Jan  2 08:00:00.000'];
  const text = log.map((stamp) => `${stamp}: ${BAD}`).join('\n');

  test('a step from December to January raises the year', () => {
    const years = messagesOf(text).map((message) => message.stamp.yearAssumed);
    expect(years.map((year) => (year ?? 0) - (years[0] ?? 0))).toEqual([0, 0, 1, 1]);
  });

  test('a printed year settles its neighbours', () => {
    const years = messagesOf(`${text}\nJan  3 2024 00:00:00.000: ${BAD}`).map(iso);
    expect(years.map((at) => at?.slice(0, 4))).toEqual(['2023', '2023', '2024', '2024', '2024']);
  });

  test('the clock anchors the newest stamp, and only the clock', () => {
    const facts = showLogging.parse(text).facts;
    const placed = withClock(facts, clockAt('08:00:05.000 UTC Fri Jan 2 2026'));
    expect(placed.messages.map(iso)).toEqual([
      '2025-12-30T10:00:00.000Z',
      '2025-12-31T23:59:59.000Z',
      '2026-01-01T00:00:01.000Z',
      '2026-01-02T08:00:00.000Z',
    ]);
    expect(placed.messages.map((message) => message.stamp.yearAssumed)).toEqual([2025, 2025, 2026, 2026]);
    expect(withClock(facts, null)).toBe(facts);
    expect(facts.messages[0]?.stamp.yearAssumed).not.toBe(2025);
  });

  test('December lines read in January are of the year before', () => {
    const facts = showLogging.parse(`Dec 31 23:59:59.000: ${BAD}`).facts;
    expect(iso(withClock(facts, clockAt('00:10:00.000 UTC Thu Jan 1 2026')).messages[0])).toBe(
      '2025-12-31T23:59:59.000Z',
    );
  });

  test('a stamp up to a day ahead of the clock is of this year, later ones of the year before', () => {
    const at = (stamp: string) =>
      iso(
        withClock(showLogging.parse(`${stamp}: ${BAD}`).facts, clockAt('12:00:00.000 UTC Tue Mar 4 2025'))
          .messages[0],
      );
    expect(at('Mar  5 11:00:00.000')).toBe('2025-03-05T11:00:00.000Z');
    expect(at('Mar  6 12:00:01.000')).toBe('2024-03-06T12:00:01.000Z');
  });

  test('29 February goes to a leap year', () => {
    const facts = showLogging.parse(`Feb 29 12:00:00.000: ${BAD}`).facts;
    expect(iso(withClock(facts, clockAt('12:00:00.000 UTC Tue Mar 4 2025')).messages[0])).toBe(
      '2024-02-29T12:00:00.000Z',
    );
  });

  test('a clock lost at a reload is no new year, nor is a clock set forward', () => {
    const years = (stamps: string[]) =>
      new Set(
        messagesOf(stamps.map((stamp) => `${stamp}: ${BAD}`).join('\n')).map(
          (message) => message.stamp.yearAssumed,
        ),
      ).size;
    expect(years(['Nov 23 10:00:00.000', '*Mar  1 00:00:05.000', '*Mar  1 00:00:09.000'])).toBe(1);
    expect(years(['*Mar  1 00:00:05.000', 'Nov 23 10:00:00.000'])).toBe(1);
  });

  test('whatever the log and the clock, order and distance within the log stay', () => {
    const stamp = fc.record({ month: fc.nat(11), day: fc.integer({ min: 1, max: 28 }), hour: fc.nat(23) });
    const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
    fc.assert(
      fc.property(
        fc.array(stamp, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1993, max: 2040 }),
        (stamps, year) => {
          const input = stamps
            .map(
              ({ month, day, hour }) =>
                `${names[month]} ${String(day).padStart(2)} ${String(hour).padStart(2, '0')}:00:00.000: ${BAD}`,
            )
            .join('\n');
          const facts = showLogging.parse(input).facts;
          const clock = clockAt(`12:00:00.000 UTC Thu Jun 15 ${year}`);
          const placed = withClock(facts, clock).messages;
          expect(placed.at(-1)?.stamp.at?.from ?? 0).toBeLessThanOrEqual((clock?.at.to ?? 0) + 86_400_000);
          expect(placed.at(-1)?.stamp.at?.from ?? 0).toBeGreaterThan((clock?.at.to ?? 0) - 366 * 86_400_000);
          const gaps = (list: readonly LogMessage[]) =>
            list.map((message) => (message.stamp.yearAssumed ?? 0) - (list[0]?.stamp.yearAssumed ?? 0));
          expect(gaps(placed)).toEqual(gaps(facts.messages));
        },
      ),
    );
  });
});

describe('entries', () => {
  test('continuation lines are joined by one blank and counted in', () => {
    const text = `*Mar  4 14:07:41.202: %CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for\n        destaddr=192.0.2.1, prot=50, spi=0x3EA71AED(1051138797), srcaddr=198.51.100.9\n*Mar  4 14:07:42.000: ${BAD}`;
    expect(messagesOf(text)).toMatchObject([
      {
        lines: { first: 1, last: 2 },
        text: "decaps: rec'd IPSEC packet has invalid spi for destaddr=192.0.2.1, prot=50, spi=0x3EA71AED(1051138797), srcaddr=198.51.100.9",
        fields: { peer: '198.51.100.9', spi: '0x3ea71aed' },
      },
      { lines: { first: 3, last: 3 } },
    ]);
  });

  /** As a terminal of `width` columns prints it. */
  function wrapped(line: string, width: number): string {
    return line.replace(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\n');
  }

  test.each(
    readFileSync(fileURLToPath(new URL('fixtures/message-samples.tsv', import.meta.url)), 'utf8')
      .split('\n')
      .filter((row) => row !== '')
      .map((row) => row.split('\t')[1] ?? ''),
  )('cut by a terminal of 80 columns it says the same: %s', (line) => {
    // Every distance between the cut and the words of the line; a cut beside a blank leaves one there.
    for (let pad = 0; pad < 60; pad += 1) {
      const whole = `*Mar  4 14:07:41.202: ${line.replace(/[ \t]+/g, ' ')}`.replace(
        ': ',
        `: ${'x'.repeat(pad)}: `,
      );
      const stamped = pad === 0 ? `*Mar  4 14:07:41.202: ${line}` : line.startsWith('%') ? whole : null;
      if (stamped === null) continue;
      const read = (text: string) =>
        messagesOf(text).map(({ catalogueId, fields, stamp }) => ({
          catalogueId,
          fields,
          stamp: stamp.text,
        }));
      const cuts = wrapped(stamped, 80);
      // A blank at either side of the cut is the terminal's to keep or lose: such lines are not comparable word for word.
      if (/ \n|\n /.test(cuts)) continue;
      expect(read(cuts)).toEqual(read(stamped));
    }
  });

  test('a nested token that begins at the cut stays with its stamp', () => {
    const outer = '*May 25 10:19:35.248: %IOSXE-3-PLATFORM: R0/0: cpp_cp: QFP:0.0 TS:0000'.padEnd(79, '0');
    const text = `${outer} \n%IPSEC-3-HMAC_ERROR: IPSec SA receives HMAC error, DP Handle 8, src_addr 198.51.100.7, dest_addr 192.0.2.1, SPI 0xdeadbeef`;
    expect(
      messagesOf(`${outer}0\n%IPSEC-3-HMAC_ERROR: IPSec SA receives HMAC error`).map(
        (message) => message.stamp.text,
      ),
    ).toEqual(Array(2).fill('*May 25 10:19:35.248'));
    expect(messagesOf(text).map((message) => message.mnemonic)).toEqual(['PLATFORM', 'HMAC_ERROR']);
  });

  test('every token of a line is a message of its own', () => {
    const text =
      "*May 25 10:19:35.248: %IOSXE-3-PLATFORM: R0/0: cpp_cp: QFP:0.0 Thread:000 TS:0734 %IPSEC-3-RECVD_PKT_NOT_IPSEC: Rec'd packet not an IPSEC packet, dest_addr= 192.0.2.1, src_addr= 198.51.100.7, prot= 47";
    expect(
      messagesOf(text).map((message) => [
        message.facility,
        message.severity,
        message.mnemonic,
        message.stamp.text,
        message.lines.first,
      ]),
    ).toEqual([
      ['IOSXE', 3, 'PLATFORM', '*May 25 10:19:35.248', 1],
      ['IPSEC', 3, 'RECVD_PKT_NOT_IPSEC', '*May 25 10:19:35.248', 1],
    ]);
  });

  test('an unknown mnemonic keeps its parts', () => {
    expect(messagesOf('%NEW_FAC-SUB-2-SOMETHING_9: text here')).toMatchObject([
      {
        kind: 'syslog',
        facility: 'NEW_FAC-SUB',
        severity: 2,
        mnemonic: 'SOMETHING_9',
        text: 'text here',
        catalogueId: null,
      },
    ]);
  });

  test('a repetition says of what', () => {
    expect(
      messagesOf(`*Mar  4 14:07:41.202: ${BAD}\n*Mar  4 14:07:51.202: last message repeated 4 times`)[1],
    ).toMatchObject({
      kind: 'debug',
      mnemonic: null,
      fields: { repeated: '4', of: 'CRYPTO-4-IKMP_BAD_MESSAGE' },
    });
  });

  test.each([
    ['ISAKMP:(0):x', 'ISAKMP', { connId: '0' }],
    ['ISAKMP:(0:1:SW:1):x', 'ISAKMP', { connId: '1' }],
    ['ISAKMP (0:2): x', 'ISAKMP', { connId: '2' }],
    ['ISAKMP: (1003): x', 'ISAKMP', { connId: '1003' }],
    ['ISAKMP-ERROR: (0):x', 'ISAKMP', { connId: '0', level: 'ERROR' }],
    ['ISAKMP-PAK: (1001):x', 'ISAKMP', { connId: '1001', level: 'PAK' }],
    ['ISAKMP:      x', 'ISAKMP', {}],
    ['ISAKMP:(1003)::x', 'ISAKMP', { connId: '1003' }],
    ['IKEv2:(SESSION ID = 1,SA ID = 4):x', 'IKEv2', { sessionId: '1', saId: '4' }],
    ['IKEv2-ERROR:(SESSION ID = 71,SA ID = 1):: x', 'IKEv2', { sessionId: '71', saId: '1', level: 'ERROR' }],
    ['IKEv2-ERROR:x', 'IKEv2', { level: 'ERROR' }],
    ['Crypto mapdb : x', 'Crypto mapdb', {}],
  ])('prefix %s', (line, facility, fields) => {
    for (const front of ['', '*Mar  4 14:07:41.202: ']) {
      expect(messagesOf(front + line)).toMatchObject([
        { kind: 'debug', facility, text: 'x', severity: null, mnemonic: null },
      ]);
      expect(messagesOf(front + line)[0]?.fields).toEqual(fields);
    }
  });

  test.each([
    [
      'ISAKMP (0): received packet from 198.51.100.7 dport 500 sport 4500 Global (R) MM_NO_STATE',
      { peer: '198.51.100.7', port: '4500', role: 'R', state: 'MM_NO_STATE' },
    ],
    [
      'ISAKMP-PAK: (1003):sending packet to 198.51.100.7 my_port 4500 peer_port 4500 (I) MM_KEY_EXCH',
      { peer: '198.51.100.7', role: 'I', state: 'MM_KEY_EXCH', connId: '1003' },
    ],
    [
      'ISAKMP:(1003): phase 2 SA policy not acceptable! (local 192.0.2.1 remote 198.51.100.7)',
      { local: '192.0.2.1', peer: '198.51.100.7', connId: '1003' },
    ],
    [
      'IPSEC(validate_proposal_request): proposal part #1, (key eng. msg.) INBOUND local= 192.0.2.1:0, remote= 198.51.100.7:0, local_proxy= 10.1.0.0/255.255.0.0/0/0 (type=4), remote_proxy= 10.2.0.0/255.255.0.0/0/0 (type=4)',
      {
        local: '192.0.2.1',
        peer: '198.51.100.7',
        localIdent: '10.1.0.0/255.255.0.0/0/0',
        remoteIdent: '10.2.0.0/255.255.0.0/0/0',
      },
    ],
    [
      'IKEv2:(SESSION ID = 1,SA ID = 1):Received Packet [From 2001:DB8::7:500/To 2001:DB8::1:500/VRF i0:f0]',
      { peer: '2001:db8::7', local: '2001:db8::1' },
    ],
    [
      '%CRYPTO-5-SESSION_STATUS: Crypto tunnel is UP  .  Peer 2001:DB8::7:500       Id: 2001:DB8::7',
      { peer: '2001:db8::7', port: '500' },
    ],
    [
      '%CRYPTO-4-IKE_DENY_SA_REQ: IKE denied an OUTGOING SA request from 192.0.2.1 to 198.51.100.7 due to SYSTEM RESOURCE',
      { local: '192.0.2.1', peer: '198.51.100.7' },
    ],
    [
      '%DMVPN-5-NHRP_NETID_UNCONFIGURED:  Tunnel0: NETID : 100 Unconfigured (Tunnel: 172.16.0.1 NBMA:  203.0.113.2)',
      { local: '203.0.113.2' },
    ],
  ])('ends in %s', (line, fields) => {
    expect(messagesOf(line)[0]?.fields).toMatchObject(fields);
  });

  test.each(['198.51.100.256', '198.51.100', '1.2.3.4.5', 'UNKNOWN'])('%s is no peer', (address) => {
    const [message] = messagesOf(
      `%CRYPTO-5-IKMP_SETUP_FAILURE: IKE SETUP FAILED for local:192.0.2.1 local_id:x remote:${address} remote_id:y IKE profile:none fvrf:None fail_reason:Peer lost fail_class_cnt:1`,
    );
    expect(message?.fields).toMatchObject({ local: '192.0.2.1', reason: 'Peer lost', count: '1' });
    expect(message?.fields).not.toHaveProperty('peer');
  });

  test('the address of this router is never taken for a peer', () => {
    const [message] = messagesOf(
      '%DMVPN-3-DMVPN_NHRP_ERROR: Tunnel0: NHRP Encap Error for Error Indication , Reason: protocol generic error (7) on (Tunnel: 10.0.0.1 NBMA: 203.0.113.2)',
    );
    expect(message?.fields['peer']).toBeUndefined();
    expect(message?.fields['local']).toBe('203.0.113.2');
  });
});

describe('header', () => {
  test('counts, level and size', () => {
    const text = `Syslog logging: enabled (7 messages dropped, 34 messages rate-limited,\n                0 flushes, 0 overruns, xml disabled, filtering disabled)\n    Console logging: disabled\n    Buffer logging:  level warnings, 22860 messages logged, xml disabled,\n                    filtering disabled\n\nLog Buffer (16384 bytes):\n${BAD}\n`;
    const { facts, coverage } = showLogging.parse(text);
    expect(facts.buffer).toEqual({
      syslogEnabled: true,
      bufferLevel: 'warnings',
      bufferMessages: 22860,
      bufferSize: 16384,
      droppedMessages: 7,
      rateLimitedMessages: 34,
      lines: { first: 1, last: 7 },
    });
    expect(coverage).toBe('complete');
    expect(facts.messages).toHaveLength(1);
  });

  test('disabled logging is told from a header that was not seen', () => {
    expect(showLogging.parse('Syslog logging: disabled\n').facts.buffer).toMatchObject({
      syslogEnabled: false,
      bufferLevel: null,
    });
    expect(
      showLogging.parse('Syslog logging: enabled\n    Buffer logging: disabled\n').facts.buffer,
    ).toMatchObject({ syslogEnabled: true, bufferLevel: 'disabled', bufferSize: null });
    expect(showLogging.parse(BAD).facts.buffer).toMatchObject({
      syslogEnabled: null,
      bufferLevel: null,
      lines: null,
    });
  });

  test('log lines follow a header that has lost its last line', () => {
    const parsed = showLogging.parse(
      `Syslog logging: enabled\n    Buffer logging: level debugging, 3 messages logged\n*Mar  4 14:07:41.202: ${BAD}\n`,
    );
    expect(parsed.facts.messages).toHaveLength(1);
    expect(parsed.facts.buffer.lines).toEqual({ first: 1, last: 2 });
  });
});

describe('hostile logs', () => {
  const SALT = [
    "% Invalid input detected at '^' marker.",
    ' --More-- ',
    'hub1#show crypto isakmp sa',
    'hub1#',
    '\x1b[K\x1b[7m--More--\x1b[27m',
    '                ^',
    'x'.repeat(20_000),
    '\b\b\b        ',
    '% Incomplete command.',
    'ID of '.repeat(3_000),
  ];

  /** Every line that is not blank is in a message's range or in the unread list. */
  function uncounted(text: string): number[] {
    const { facts, unread } = showLogging.parse(text);
    const seen = new Set(unread.map((line) => line.line));
    for (const { lines } of facts.messages) for (let n = lines.first; n <= lines.last; n += 1) seen.add(n);
    return text
      .split('\n')
      .flatMap((line, index) =>
        line.replace(/[\x00-\x1f]/g, '').trim() === '' || seen.has(index + 1) ? [] : [index + 1],
      );
  }

  test('ten thousand lines salted with terminal leftovers: nothing lost, every message found', () => {
    const lines: string[] = [];
    for (let n = 0; n < 10_000; n += 1) {
      lines.push(`0${10_000 + n}: *Mar  4 14:07:41.${String(n % 1000).padStart(3, '0')}: ${BAD}`);
      if (n % 17 === 0) lines.push(SALT[(n / 17) % SALT.length] ?? '');
    }
    const text = lines.join('\n');
    expect(uncounted(text)).toEqual([]);
    const messages = messagesOf(text);
    expect(messages).toHaveLength(10_000);
    expect(
      messages.every(
        (message) =>
          message.fields['peer'] === '198.51.100.7' &&
          message.text.startsWith('IKE message from 198.51.100.7 failed'),
      ),
    ).toBe(true);
  });

  test('leftovers inside a continued message do not get into its text', () => {
    const text =
      "*Mar  4 14:07:41.202: %CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec'd IPSEC packet has invalid spi for\n --More-- \nhub1#\n        destaddr=192.0.2.1, prot=50, spi=0x3EA71AED(1051138797), srcaddr=198.51.100.9\n";
    expect(messagesOf(text)[0]?.fields).toMatchObject({ peer: '198.51.100.9', spi: '0x3ea71aed' });
    expect(showLogging.parse(text).unread.map((line) => line.line)).toEqual([2, 3]);
  });

  test('a stamp behind escape sequences is still a stamp', () => {
    expect(messagesOf(`\b\b\b\b        \b\b\b*Mar  4 14:07:41.202: ${BAD}`)).toMatchObject([
      { stamp: { text: '*Mar  4 14:07:41.202' }, catalogueId: 'CRYPTO-4-IKMP_BAD_MESSAGE' },
    ]);
  });

  test('no line is lost whatever is mixed in', () => {
    const line = fc.oneof(
      fc.constantFrom(
        ...SALT,
        BAD,
        `*Mar  4 14:07:41.202: ${BAD}`,
        '3d04h: ISAKMP (0:2): x',
        '   continued',
        '',
        'Log Buffer (4096 bytes):',
        'Syslog logging: enabled',
      ),
      fc.string({ maxLength: 60, unit: 'grapheme-ascii' }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const text = lines.join('\n');
        // Lines of the header are read into it.
        const header = showLogging.parse(text).facts.buffer.lines;
        expect(uncounted(text).filter((n) => header === null || n > header.last)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('time grows with the number of lines, not with its square', () => {
    const block = [
      BAD,
      'ISAKMP:(1003): received packet from 198.51.100.7 dport 500 sport 500 Global (R) MM_NO_STATE',
      'IPSEC(validate_transform_proposal): proxy identities not supported',
      '   continued here',
      ...SALT,
    ]
      .map((line, n) => (n < 3 ? `*Mar  4 14:07:41.202: ${line}` : line))
      .join('\n');
    const read = (count: number) => {
      const text = `${block}\n`.repeat(count);
      return () => showLogging.parse(text);
    };
    read(50)();
    // Linear gives 8, quadratic 64.
    expect(costRatio(read(100), read(800), 32)).toBeLessThan(32);
  });
});

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const files = existsSync(shared)
  ? readdirSync(shared, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /show[-_]logging(?:\/[^/]*)?\.txt$/.test(file),
    )
  : [];

(files.length > 0 ? describe : describe.skip)(
  'logs beside the project (skipped where ../shared is absent)',
  () => {
    test.each(files)('%s', (file) => {
      const text = readFileSync(join(shared, file), 'utf8');
      const { facts, coverage, unread } = showLogging.parse(text);
      expect(['complete', 'partial']).toContain(coverage);
      expect(unread).toEqual([]);
      const tokens = [...text.matchAll(/%[A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*-[0-7]-[A-Z0-9_]+/g)].length;
      expect(facts.messages.filter((message) => message.kind === 'syslog')).toHaveLength(tokens);
    });
  },
);
