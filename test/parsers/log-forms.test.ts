import { describe, expect, test } from '@jest/globals';
import type { LogMessage } from '../../src/parsers/show-logging/facts.ts';
import { showLogging } from '../../src/parsers/show-logging/parse.ts';

function messagesOf(text: string): readonly LogMessage[] {
  return showLogging.parse(text).facts.messages;
}

interface Front {
  readonly printed: string;
  readonly form: 'datetime' | 'uptime' | 'none';
  readonly text: string;
  readonly sequence?: number;
  readonly mark?: '*' | '.';
  readonly zone?: string;
  /** 14:07:41 on 4 March; with the year where it is printed. */
  readonly year?: number;
  readonly milliseconds?: number;
  readonly seconds?: number;
}

/** A stamp of a date, and what must be read from it. */
function dated(printed: string, more: Partial<Front> = {}): Front {
  const text = printed.replace(/^(?:<\d+>)?(?:\d+: )?/, '').replace(/:? ?$/, '');
  return { printed, form: 'datetime', text, ...more };
}

function since(printed: string, seconds: number, sequence?: number): Front {
  const text = printed.replace(/^\d+: +/, '').replace(/:? ?$/, '');
  return { printed, form: 'uptime', text, seconds, ...(sequence === undefined ? {} : { sequence }) };
}

const FRONTS: readonly Front[] = [
  dated('Mar  4 14:07:41: '),
  dated('Mar 04 14:07:41: '),
  dated('*Mar  4 14:07:41: ', { mark: '*' }),
  dated('.Mar  4 14:07:41: ', { mark: '.' }),
  dated('Mar  4 14:07:41.202: ', { milliseconds: 202 }),
  dated('*Mar  4 14:07:41.202: ', { mark: '*', milliseconds: 202 }),
  dated('.Mar  4 14:07:41.202: ', { mark: '.', milliseconds: 202 }),
  dated('Mar  4 14:07:41.202 UTC: ', { zone: 'UTC', milliseconds: 202 }),
  dated('Mar  4 14:07:41.202 CEST: ', { zone: 'CEST', milliseconds: 202 }),
  dated('Mar  4 14:07:41 MEZ: ', { zone: 'MEZ' }),
  dated('Mar  4 14:07:41.202 GMT+1: ', { zone: 'GMT+1', milliseconds: 202 }),
  dated('Mar  4 14:07:41.202 -03: ', { zone: '-03', milliseconds: 202 }),
  dated('Mar  4 14:07:41.202 UTC+8:00: ', { zone: 'UTC+8:00', milliseconds: 202 }),
  dated('Mar  4 14:07:41.202 Paris: ', { zone: 'Paris', milliseconds: 202 }),
  dated('Mar  4 14:07:41.202 Été: ', { zone: 'Été', milliseconds: 202 }),
  dated('Mar  4 2025 14:07:41: ', { year: 2025 }),
  dated('*Mar  4 2025 14:07:41.202: ', { mark: '*', year: 2025, milliseconds: 202 }),
  dated('.Mar  4 2025 14:07:41.202 CET: ', { mark: '.', year: 2025, zone: 'CET', milliseconds: 202 }),
  dated('000123: Mar  4 14:07:41: ', { sequence: 123 }),
  dated('000123: *Mar  4 14:07:41.202: ', { sequence: 123, mark: '*', milliseconds: 202 }),
  dated('000123: .Mar  4 14:07:41.202 CET: ', { sequence: 123, mark: '.', zone: 'CET', milliseconds: 202 }),
  dated('4294967295: *Mar  4 2025 14:07:41.202 UTC: ', {
    sequence: 4_294_967_295,
    mark: '*',
    year: 2025,
    zone: 'UTC',
    milliseconds: 202,
  }),
  dated('2025-03-04T14:07:41.202Z: ', { year: 2025, zone: 'Z', milliseconds: 202 }),
  dated('*2025-03-04T14:07:41.202+01:00: ', { mark: '*', year: 2025, zone: '+01:00', milliseconds: 202 }),
  dated('2025-063T14:07:41.202: ', { year: 2025, milliseconds: 202 }),
  dated('000123: .2025-063T14:07:41.202Z: ', {
    sequence: 123,
    mark: '.',
    year: 2025,
    zone: 'Z',
    milliseconds: 202,
  }),
  dated('<189>000123: Mar  4 14:07:41: ', { sequence: 123 }),
  since('00:02:58: ', 178),
  since('1d02h: ', 93_600),
  since('3d04h: ', 273_600),
  since('1w2d: ', 777_600),
  since('7w0d: ', 4_233_600),
  since('1y12w: ', 38_793_600),
  since('000123: 00:02:58: ', 178, 123),
  since('000123: 1w2d: ', 777_600, 123),
  { printed: '', form: 'none', text: '' },
];

/** One line of each kind that a log holds. `sequence` alone (without a stamp) stands only before a token. */
const BODIES: readonly {
  readonly body: string;
  readonly is: Partial<LogMessage>;
  readonly fields: Record<string, string>;
}[] = [
  {
    body: '%CRYPTO-4-IKMP_BAD_MESSAGE: IKE message from 198.51.100.7 failed its sanity check or is malformed',
    is: { kind: 'syslog', catalogueId: 'CRYPTO-4-IKMP_BAD_MESSAGE' },
    fields: { peer: '198.51.100.7' },
  },
  {
    body: '%CRYPTO-4-PKT_REPLAY_ERR : decrypt: replay check failed connection id=311, sequence number=0',
    is: { kind: 'syslog', catalogueId: 'CRYPTO-4-PKT_REPLAY_ERR' },
    fields: { connId: '311', seq: '0' },
  },
  {
    body: '%NEW_THING-SUB-2-NEVER_SEEN: with 198.51.100.7',
    is: { kind: 'syslog', facility: 'NEW_THING-SUB', severity: 2, mnemonic: 'NEVER_SEEN', catalogueId: null },
    fields: {},
  },
  {
    body: 'ISAKMP:(0):no offers accepted!',
    is: { kind: 'debug', facility: 'ISAKMP', catalogueId: 'dbg.no_offers_accepted' },
    fields: { connId: '0' },
  },
  {
    body: 'ISAKMP (0:2): no offers accepted!',
    is: { kind: 'debug', facility: 'ISAKMP', catalogueId: 'dbg.no_offers_accepted' },
    fields: { connId: '2' },
  },
  {
    body: 'ISAKMP-ERROR: (0):no offers accepted!',
    is: { kind: 'debug', facility: 'ISAKMP', catalogueId: 'dbg.no_offers_accepted' },
    fields: { connId: '0', level: 'ERROR' },
  },
  {
    body: 'ISAKMP-PAK: (1003):received packet from 198.51.100.7 dport 500 sport 500 Global (R) MM_KEY_EXCH',
    is: { kind: 'debug', facility: 'ISAKMP' },
    fields: { connId: '1003', level: 'PAK', peer: '198.51.100.7', state: 'MM_KEY_EXCH' },
  },
  {
    body: 'IPSEC(validate_transform_proposal): proxy identities not supported',
    is: { kind: 'debug', facility: 'IPSEC', catalogueId: 'dbg.proxy_not_supported' },
    fields: {},
  },
  {
    body: 'IPSEC-ERROR: (ipsec_process_proposal): invalid local address 192.0.2.1',
    is: { kind: 'debug', facility: 'IPSEC', catalogueId: 'dbg.invalid_local' },
    fields: { level: 'ERROR', address: '192.0.2.1' },
  },
  {
    body: 'IPSEC:(SESSION ID = 7) (key_engine) request timer fired: count = 1, (identity) local= 192.0.2.1:0, remote= 198.51.100.7:0,',
    is: { kind: 'debug', facility: 'IPSEC' },
    fields: { sessionId: '7', local: '192.0.2.1', peer: '198.51.100.7' },
  },
  {
    body: 'IKEv2:(SESSION ID = 71,SA ID = 1):Auth exchange failed',
    is: { kind: 'debug', facility: 'IKEv2', catalogueId: 'v2.auth_failed' },
    fields: { sessionId: '71', saId: '1' },
  },
  {
    body: 'IKEv2:(SA ID = 1):Auth exchange failed',
    is: { kind: 'debug', facility: 'IKEv2', catalogueId: 'v2.auth_failed' },
    fields: { saId: '1' },
  },
  {
    body: 'IKEv2-ERROR:(SESSION ID = 71,SA ID = 1):: Auth exchange failed',
    is: { kind: 'debug', facility: 'IKEv2', catalogueId: 'v2.auth_failed' },
    fields: { level: 'ERROR', sessionId: '71', saId: '1' },
  },
  {
    body: 'IKEv2-ERROR:Address type 7 not supported',
    is: { kind: 'debug', facility: 'IKEv2', catalogueId: 'v2.addr_type' },
    fields: { level: 'ERROR', t: '7' },
  },
  {
    body: 'IKEv2-INTERNAL:(SESSION ID = 2,SA ID = 3):SM Trace-> SA: I_SPI=A R_SPI=B (I) MsgID = 0 CurState: IDLE',
    is: { kind: 'debug', facility: 'IKEv2' },
    fields: { level: 'INTERNAL', sessionId: '2', saId: '3' },
  },
];

describe.each(FRONTS)('«$printed»', (front) => {
  test.each(BODIES)('$body', ({ body, is, fields }) => {
    const [message, ...more] = messagesOf(front.printed + body);
    expect(more).toEqual([]);
    expect(message).toMatchObject({ ...is, fields, sequence: front.sequence ?? null });
    expect(message?.stamp).toMatchObject({
      form: front.form,
      text: front.text,
      mark: front.mark ?? null,
      zone: front.zone ?? null,
    });
    if (front.seconds !== undefined) expect(message?.stamp.uptime?.seconds).toBe(front.seconds);
    if (front.form !== 'datetime') return;
    const at = new Date(message?.stamp.at?.from ?? Number.NaN).toISOString();
    expect(at.slice(4)).toBe(`-03-04T14:07:41.${String(front.milliseconds ?? 0).padStart(3, '0')}Z`);
    if (front.year !== undefined) expect(at.slice(0, 4)).toBe(String(front.year));
  });

  test('a nested message has the stamp and number of its line', () => {
    const read = messagesOf(
      `${front.printed}%IOSXE-3-PLATFORM: R0/0: cpp_cp: QFP:0.0 Thread:000 TS:00000018 %IPSEC-3-HMAC_ERROR: IPSec SA receives HMAC error, DP Handle 8, src_addr 198.51.100.7, dest_addr 192.0.2.1, SPI 0xdeadbeef`,
    );
    expect(read.map(({ mnemonic }) => mnemonic)).toEqual(['PLATFORM', 'HMAC_ERROR']);
    expect(read.map(({ stamp }) => stamp.text)).toEqual([front.text, front.text]);
    expect(read.map(({ sequence }) => sequence)).toEqual([front.sequence ?? null, front.sequence ?? null]);
    expect(read[1]?.fields).toMatchObject({ peer: '198.51.100.7', spi: '0xdeadbeef' });
  });

  test('what a line continues belongs to it, whatever stands in front', () => {
    const read = messagesOf(
      `${front.printed}IPSEC(sa_request): ,\n  (key eng. msg.) OUTBOUND local= 192.0.2.1:500, remote= 198.51.100.7:500,\n    local_proxy= 10.1.0.0/255.255.0.0/256/0,\n    remote_proxy= 10.2.0.0/255.255.0.0/256/0,\n${front.printed}ISAKMP:(0):no offers accepted!`,
    );
    expect(read.map(({ lines }) => lines)).toEqual([
      { first: 1, last: 4 },
      { first: 5, last: 5 },
    ]);
    expect(read[0]?.fields).toMatchObject({
      local: '192.0.2.1',
      peer: '198.51.100.7',
      localIdent: '10.1.0.0/255.255.0.0/256/0',
      remoteIdent: '10.2.0.0/255.255.0.0/256/0',
    });
  });

  test.each([
    ['last message repeated 4 times', '4'],
    ['last message repeated 1 time', '1'],
    ['last message repeated 4294967 times', '4294967'],
  ])('%s', (line, repeated) => {
    const read = messagesOf(`${front.printed}${BODIES[0]?.body}\n${front.printed}${line}`);
    expect(read).toHaveLength(2);
    expect(read[1]).toMatchObject({
      mnemonic: null,
      catalogueId: null,
      fields: { repeated, of: 'CRYPTO-4-IKMP_BAD_MESSAGE' },
      stamp: { text: front.text },
    });
  });
});

describe('a message that the router limits', () => {
  const BAD =
    '%CRYPTO-4-IKMP_BAD_MESSAGE: IKE message from 198.51.100.7 failed its sanity check or is malformed';

  test.each([
    [`*Mar  4 14:07:41.202: ${BAD}\n*Mar  4 14:08:41.202: ${BAD}`, 2],
    [`*Mar  4 14:07:41.202: ${BAD}\n*Mar  4 14:07:41.202: ${BAD}`, 2],
  ])('is counted as often as it stands there', (text, count) => {
    expect(messagesOf(text)).toHaveLength(count);
  });

  test.each([
    '%SYS-3-LOGGER_DROPPING: System dropping 7 console debug messages.',
    '%SYS-3-MSGLOST: 12 messages lost because of queue overflow',
    '%SYS-6-TTY_EXPIRE_TIMER: (exec timer expired, tty 1 (198.51.100.200)), user ann',
    '%SEC-6-IPACCESSLOGRL: access-list logging rate-limited or missed 25 packets',
    '%CRYPTO-6-IKMP_RATE: rate-limit exceeded',
  ])('%s', (line) => {
    const [message, ...more] = messagesOf(`*Mar  4 14:07:41.202: ${line}`);
    expect(more).toEqual([]);
    expect(message).toMatchObject({ kind: 'syslog', text: line.replace(/^%\S+ /, '') });
  });
});

describe('the start of a debug line', () => {
  test.each([
    ['ISAKMP: Created a peer struct for 198.51.100.7, peer port 500', 'ISAKMP'],
    ['ISAKMP:    encryption AES-CBC', 'ISAKMP'],
    ['ISAKMP:(1003/0): x', 'ISAKMP'],
    ['ISAKMP:(1003)(0):x', 'ISAKMP'],
    ['ISAKMP cookie gen for src 192.0.2.1 dst 198.51.100.7', 'ISAKMP'],
    ['ISAKMP-INFO: (1003):x', 'ISAKMP'],
    ['IPSEC(key_engine): got a queue event with 1 KMI message(s)', 'IPSEC'],
    ['IPSec(key_engine): x', 'IPSEC'],
    ['IPSEC:(SESSION ID = 1) (key_engine) x', 'IPSEC'],
    ['IPSEC-IFC SVTI(Tunnel0): x', 'IPSEC-IFC SVTI(Tunnel0)'],
    ['IKEv2:% Getting preshared key from profile keyring K', 'IKEv2'],
    ['IKEv2-PAK:(SESSION ID = 1,SA ID = 1):Next payload: SA, version: 2.0', 'IKEv2'],
    ['IKEv2-ERROR:(SESSION ID = 1,SA ID = 1):x', 'IKEv2'],
    ['IKEv2:Received Packet [From 198.51.100.7:500/To 192.0.2.1:500/VRF i0:f0]', 'IKEv2'],
    ['CRYPTO_PKI: x', 'CRYPTO_PKI'],
    ['NHRP: Receive Registration Request via Tunnel0 vrf global(0x0), packet size: 108', 'NHRP'],
    ['NHRP-ATTR: x', 'NHRP-ATTR'],
    ['Crypto mapdb : proxy_match', 'Crypto mapdb'],
  ])('%s', (line, facility) => {
    for (const front of ['', '*Mar  4 14:07:41.202: ', '000123: 1w2d: ']) {
      const [message, ...more] = messagesOf(front + line);
      expect(more).toEqual([]);
      expect(message).toMatchObject({ kind: 'debug', facility });
      expect(line.endsWith(message?.text ?? '?')).toBe(true);
    }
  });
});

describe('a line with a sequence number and no stamp', () => {
  test.each(BODIES)('$body', ({ body, is, fields }) => {
    const read = messagesOf(`000123: ${body}\n000124: ${body}`);
    expect(read).toMatchObject([
      { ...is, fields, sequence: 123, stamp: { form: 'none' } },
      { ...is, fields, sequence: 124, stamp: { form: 'none' } },
    ]);
  });
});

describe('a file that a syslog server wrote', () => {
  test.each([
    'Mar  4 14:07:45 192.0.2.250 812: *Mar  4 14:07:41.202: ',
    '<189>812: hub1: *Mar  4 14:07:41.202: ',
    'hub1: *Mar  4 14:07:41.202: ',
    '2025-03-04T14:07:45.001Z hub1.example 812: *Mar  4 14:07:41.202: ',
  ])('%s', (front) => {
    for (const { body, is, fields } of BODIES) {
      expect(messagesOf(`${front}${body}\n${front}${body}`)).toMatchObject(
        Array(2).fill({ ...is, fields, stamp: { text: '*Mar  4 14:07:41.202' } }),
      );
    }
  });
});
