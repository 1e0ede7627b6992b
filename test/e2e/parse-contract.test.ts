import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { tunneldoc } from '../support/command-line.ts';
import { scratchFolder, writeTree } from '../support/scratch.ts';

const scratch = scratchFolder();

async function parse(command: string, stdin: string) {
  const ran = await tunneldoc(['parse', command], { stdin });
  return {
    code: ran.code,
    err: ran.err,
    ...(JSON.parse(ran.out) as { command: string; coverage: string; facts: never; unread: unknown[] }),
  };
}

const ISAKMP = `IPv4 Crypto ISAKMP SA
dst             src             state          conn-id slot status
198.51.100.9    203.0.113.1     QM_IDLE           1003    0 ACTIVE
198.51.100.8    203.0.113.1     MM_NO_STATE          0    0 ACTIVE (deleted)

IPv6 Crypto ISAKMP SA

 dst: 2001:DB8::9
 src: 2001:DB8::1
 state: QM_IDLE         conn-id:   1004  status: ACTIVE

`;

const IPSEC = `
interface: GigabitEthernet0/0
    Crypto map tag: VPN, local addr 203.0.113.1

   protected vrf: (none)
   local  ident (addr/mask/prot/port): (10.1.0.0/255.255.0.0/0/0)
   remote ident (addr/mask/prot/port): (10.2.0.0/255.255.255.0/0/0)
   current_peer 198.51.100.9 port 4500
     PERMIT, flags={origin_is_acl,}
    #pkts encaps: 11, #pkts encrypt: 12, #pkts digest: 13
    #pkts decaps: 21, #pkts decrypt: 22, #pkts verify: 23
    #send errors 3, #recv errors 4

     local crypto endpt.: 203.0.113.1, remote crypto endpt.: 198.51.100.9
     path mtu 1500, ip mtu 1400, ip mtu idb GigabitEthernet0/0
     current outbound spi: 0x0A1B2C3D(169552957)
     PFS (Y/N): Y, DH group: group14

     inbound esp sas:
      spi: 0xDEADBEEF(3735928559)
        transform: esp-256-aes esp-sha256-hmac ,
        in use settings ={Tunnel UDP-Encaps, }
        conn id: 2001, flow_id: SW:1, sibling_flags 80000046, crypto map: VPN
        sa timing: remaining key lifetime (k/sec): (4607999/3500)
        IV size: 16 bytes
        replay detection support: Y
        Status: ACTIVE(ACTIVE)

     inbound ah sas:

     inbound pcp sas:

     outbound esp sas:
      spi: 0x0A1B2C3D(169552957)
        transform: esp-256-aes esp-sha256-hmac ,
        in use settings ={Tunnel UDP-Encaps, }
        conn id: 2002, flow_id: SW:2, sibling_flags 80000046, crypto map: VPN
        sa timing: remaining key lifetime (k/sec): (4607998/3500)
        IV size: 16 bytes
        replay detection support: Y
        Status: ACTIVE(ACTIVE)

     outbound ah sas:

     outbound pcp sas:
`;

const LOGGING = `Syslog logging: enabled (0 messages dropped, 1 messages rate-limited, 0 flushes, 0 overruns, xml disabled, filtering disabled)
    Console logging: disabled
    Buffer logging:  level debugging, 40 messages logged, xml disabled,
                    filtering disabled

Log Buffer (8192 bytes):

000123: *Nov 20 14:20:11.123 UTC: %CRYPTO-6-IKMP_MODE_FAILURE: Processing of Main mode failed with peer at 198.51.100.9
*Nov 20 14:20:12.000: ISAKMP:(1003):Old State = IKE_I_MM1  New State = IKE_I_MM2
*Nov 20 14:20:13.000: %IOSXE-3-PLATFORM: R0/0: cpp_cp: QFP:0.0 Thread:001 TS:00000000 %IPSEC-3-REPLAY_ERROR: IPSec SA receives anti-replay error, DP Handle 5, src_addr 198.51.100.9, dest_addr 203.0.113.1, SPI 0xdeadbeef
`;

describe('show crypto isakmp sa', () => {
  test('rows of both families', async () => {
    const { code, coverage, facts } = await parse('show crypto isakmp sa', ISAKMP);
    expect([code, coverage]).toEqual([0, 'complete']);
    expect(facts).toMatchObject({
      sas: [
        {
          family: 'ipv4',
          dst: '198.51.100.9',
          src: '203.0.113.1',
          state: 'QM_IDLE',
          connId: 1003,
          slot: 0,
          status: 'ACTIVE',
          deleted: false,
        },
        {
          family: 'ipv4',
          dst: '198.51.100.8',
          src: '203.0.113.1',
          state: 'MM_NO_STATE',
          connId: 0,
          deleted: true,
        },
        {
          family: 'ipv6',
          dst: '2001:db8::9',
          src: '2001:db8::1',
          state: 'QM_IDLE',
          connId: 1004,
          status: 'ACTIVE',
          deleted: false,
        },
      ],
    });
  });
});

test('show crypto ipsec sa: a flow with its identities, counters and SAs', async () => {
  const { code, coverage, facts } = await parse('show crypto ipsec sa', IPSEC);
  expect([code, coverage]).toEqual([0, 'complete']);
  const sa = {
    transform: ['esp-256-aes', 'esp-sha256-hmac'],
    mode: expect.stringMatching(/tunnel/i),
    natt: true,
    cryptoMap: 'VPN',
    lifetimeSec: 3500,
    ivSize: 16,
    replayDetection: true,
    status: expect.stringContaining('ACTIVE'),
  };
  expect(facts).toMatchObject({
    flows: [
      {
        interface: 'GigabitEthernet0/0',
        cryptoMapTag: 'VPN',
        localAddr: '203.0.113.1',
        localIdent: { address: '10.1.0.0', mask: '255.255.0.0', prefix: 16, protocol: 0, port: 0 },
        remoteIdent: { address: '10.2.0.0', mask: '255.255.255.0', prefix: 24, protocol: 0, port: 0 },
        peer: '198.51.100.9',
        peerPort: 4500,
        flags: ['origin_is_acl'],
        counters: {
          encaps: 11,
          encrypt: 12,
          digest: 13,
          decaps: 21,
          decrypt: 22,
          verify: 23,
          sendErrors: 3,
          recvErrors: 4,
        },
        localEndpoint: '203.0.113.1',
        remoteEndpoint: '198.51.100.9',
        pathMtu: 1500,
        ipMtu: 1400,
        currentOutboundSpi: '0x0a1b2c3d',
        inbound: { esp: [{ ...sa, spi: '0xdeadbeef', connId: 2001, lifetimeKb: 4607999 }], ah: [], pcp: [] },
        outbound: { esp: [{ ...sa, spi: '0x0a1b2c3d', connId: 2002, lifetimeKb: 4607998 }], ah: [], pcp: [] },
      },
    ],
  });
  const [flow] = (
    facts as { flows: { pfs: unknown; dhGroup: unknown; permit: unknown; protectedVrf: unknown }[] }
  ).flows;
  expect(flow).toHaveProperty('pfs');
  expect(flow).toHaveProperty('dhGroup');
  expect(flow).toHaveProperty('permit');
  expect(flow).toHaveProperty('protectedVrf');
});

test('show logging: buffer, sequence, parts of a message, debug lines, a nested message as one of its own', async () => {
  const { code, facts } = await parse('show logging', LOGGING);
  expect(code).toBe(0);
  const { buffer, messages } = facts as { buffer: object; messages: { mnemonic: string | null }[] };
  expect(buffer).toMatchObject({ bufferLevel: 'debugging', bufferSize: 8192 });
  expect(messages).toMatchObject([
    {
      kind: 'syslog',
      sequence: 123,
      facility: 'CRYPTO',
      severity: 6,
      mnemonic: 'IKMP_MODE_FAILURE',
      text: expect.stringContaining('Main mode'),
      fields: { peer: '198.51.100.9' },
    },
    { kind: 'debug', facility: 'ISAKMP', mnemonic: null },
    { kind: 'syslog', mnemonic: 'PLATFORM' },
    {
      kind: 'syslog',
      facility: 'IPSEC',
      severity: 3,
      mnemonic: 'REPLAY_ERROR',
      fields: { spi: '0xdeadbeef' },
    },
  ]);
});

describe('names and files', () => {
  test.each([
    ['sh cry isa sa', 'show crypto isakmp sa', ISAKMP],
    ['sh crypto ips sa', 'show crypto ipsec sa', IPSEC],
    ['show crypto ipsec sa peer 198.51.100.9', 'show crypto ipsec sa peer 198.51.100.9', IPSEC],
    ['SHOW LOGGING', 'show logging', LOGGING],
    ['sh log', 'show logging', LOGGING],
    ['show  crypto   isakmp sa ', 'show crypto isakmp sa', ISAKMP],
  ])('%s is %s', async (typed, command, text) => {
    const parsed = await parse(typed, text);
    expect([parsed.code, parsed.command, parsed.coverage]).toEqual([0, command, 'complete']);
  });

  test.each(['show bananas', 'configure terminal', 'clear crypto sa'])(
    '%j: unrecognised, exit 2, still one document',
    async (command) => {
      const parsed = await parse(command, 'x');
      expect([parsed.code, parsed.coverage, parsed.facts, parsed.unread]).toEqual([
        2,
        'unrecognised',
        null,
        [],
      ]);
    },
  );

  test('from a file; a missing one is exit 2 and one document', async () => {
    const folder = writeTree(scratch, { 'sa.txt': ISAKMP.replaceAll('\n', '\r\n') });
    expect((await tunneldoc(['parse', 'show crypto isakmp sa', '-'], { stdin: ISAKMP })).code).toBe(0);
    const ran = await tunneldoc(['parse', 'show crypto isakmp sa', join(folder, 'sa.txt')]);
    expect([ran.code, JSON.parse(ran.out).facts.sas.length]).toEqual([0, 3]);
    const lost = await tunneldoc(['parse', 'show crypto isakmp sa', join(folder, 'lost.txt')]);
    expect([lost.code, JSON.parse(lost.out).format]).toEqual([2, 'tunneldoc.error/1']);
  });

  test('show tech-support lists its sections, their lines and who reads them', async () => {
    const mark = (words: string) => `------------------ ${words} ------------------\n\n`;
    const text = `${mark('show clock')}*10:00:00.000 UTC Mon Nov 23 2026\n\n${mark('show stacks')}Minimum\n`;
    const { coverage, facts } = await parse('show tech', text);
    const { sections } = facts as { sections: { heading: string; parser: string | null; lines: unknown }[] };
    expect([coverage, ...sections.map(({ heading, parser }) => [heading, parser])]).toEqual([
      'complete',
      ['show clock', 'show clock'],
      ['show stacks', null],
    ]);
    expect(sections[0]?.lines).toEqual({ first: 1, last: 3 });
  });

  test('a configuration is printed without its keys, whatever could be read', async () => {
    const text =
      'crypto isakmp key CanaryOne address 192.0.2.7\nusername x secret CanaryTwo\nsnmp-server community CanaryThree\ngibberish\n';
    const ran = await tunneldoc(['parse', 'show run | section crypto'], { stdin: text });
    expect([ran.code, ran.out.includes('Canary'), JSON.parse(ran.out).command]).toEqual([
      0,
      false,
      'show running-config',
    ]);
  });

  test('an empty output is empty, a foreign one is not complete', async () => {
    expect((await parse('show crypto isakmp sa', '')).coverage).toBe('empty');
    expect(
      (await parse('show crypto ipsec sa', 'all work and no play\nmakes Jack a dull boy\n')).coverage,
    ).toBe('unrecognised');
  });
});
