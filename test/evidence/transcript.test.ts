import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Collected } from '../../src/evidence/collected.ts';
import type { Recording } from '../../src/evidence/recording.ts';
import { readTranscript } from '../../src/evidence/transcript.ts';

const ISAKMP = `IPv4 Crypto ISAKMP SA
dst             src             state          conn-id status
192.0.2.1       198.51.100.7    QM_IDLE           1001 ACTIVE

IPv6 Crypto ISAKMP SA
`;
const flow = (peer: string) => `
   protected vrf: (none)
   local  ident (addr/mask/prot/port): (10.1.0.0/255.255.0.0/0/0)
   remote ident (addr/mask/prot/port): (10.2.0.0/255.255.0.0/0/0)
   current_peer ${peer} port 500
    #pkts encaps: 5, #pkts encrypt: 5, #pkts digest: 5
     inbound esp sas:
     outbound esp sas:
     outbound pcp sas:
`;
const IPSEC = `
interface: GigabitEthernet0/0
    Crypto map tag: VPN, local addr 192.0.2.1
${flow('198.51.100.7')}`;
const LOG_LINES = `*Nov 23 10:00:00.123: %CRYPTO-6-IKMP_MODE_FAILURE: Processing of Main mode failed with peer at 198.51.100.7
*Nov 23 10:00:01.123: %LINK-3-UPDOWN: Interface Tunnel0, changed state to down
`;
const LOG = `Syslog logging: enabled (0 messages dropped, 0 messages rate-limited)
    Buffer logging:  level debugging, 12 messages logged

Log Buffer (8192 bytes):

${LOG_LINES}`;
const CARET = `                 ^
% Invalid input detected at '^' marker.

`;

const only = (recordings: readonly Recording[]): Recording => {
  expect(recordings).toHaveLength(1);
  return recordings[0] as Recording;
};
const told = (output: Collected): string =>
  `${output.kind} ${output.command}${output.filtered ? ' (filtered)' : ''}${output.sample > 1 ? ` @${output.sample}` : ''}`;
const outputs = (recording: Recording): string[] => recording.outputs.map(told);
const trimmed = (text: string): string => `${text.trimEnd()}\n`;

describe('what ends badly', () => {
  test('refusals right behind the command', () => {
    const paste = `R1#show crypto ikev2 sa\n${CARET}R1>sh cry isa sa\nCommand authorization failed.\nR1#sh dmvpn\n% Incomplete command.\n\nR1#`;
    const { outputs: found } = only(readTranscript(paste, 'x'));
    expect(found.map((o) => (o.kind === 'refused' ? o.refusal : o.kind))).toEqual([
      'invalid-input',
      'not-authorized',
      'incomplete',
    ]);
  });

  test('a log full of refusals, prompts and pager words is one answered log', () => {
    const salt = `${LOG}% Invalid input detected at '^' marker.\nERROR: x\nR1#\n*Nov 23 10:00:02.123: %SYS-5-X: foo --More-- bar\nR1#not a command here\nR9>\nR1(config)#\n*Nov 23 10:00:03.123: %SYS-5-Y: last\n`;
    const recording = only(
      readTranscript(`R1#show logging\n${salt}R1#show clock\n*10:00:00.000 UTC Mon Nov 23 2026\nR1#\n`, 'x'),
    );
    expect(outputs(recording)).toEqual(['answered show logging', 'answered show clock']);
    expect(recording.outputs[0]?.text).toBe(trimmed(salt));
    expect(recording.notUsed).toEqual([]);
  });

  test('the text ends in the middle of an SA block', () => {
    const cut = `R1#show crypto ipsec sa\n${IPSEC}${flow('198.51.100.8').split('     inbound')[0]}`;
    expect(outputs(only(readTranscript(cut, 'x')))).toEqual(['cut-short show crypto ipsec sa']);
    const whole = only(readTranscript(`R1#show crypto ipsec sa\n${IPSEC}`, 'x'));
    expect(outputs(whole)).toEqual(['answered show crypto ipsec sa']);
    const bare = only(readTranscript(cut.slice(cut.indexOf('\n') + 1), 'x'));
    expect(outputs(bare)).toEqual(['answered show crypto ipsec sa']);
  });

  test('the pager is the last thing, or somebody quit it', () => {
    const [atEnd] = only(readTranscript(`R1#show crypto isakmp sa\n${ISAKMP} --More-- `, 'x')).outputs;
    expect(atEnd).toMatchObject({ kind: 'cut-short', reason: 'the paste ends here without a prompt' });
    const wipe = `${'\b'.repeat(9)}        ${'\b'.repeat(9)}`;
    const quit = only(
      readTranscript(
        `R1#show crypto ipsec sa\n${IPSEC} --More-- ${wipe}R1#show crypto isakmp sa\n${ISAKMP}R1#`,
        'x',
      ),
    );
    expect(outputs(quit)).toEqual(['cut-short show crypto ipsec sa', 'answered show crypto isakmp sa']);
    expect(quit.outputs[0]).toMatchObject({ reason: 'paging was ended before the output was complete' });
  });

  test('the command is the last line', () => {
    expect(
      outputs(only(readTranscript(`R1#show clock\n10:00:00.000 UTC Mon Nov 23 2026\nR1#show version`, 'x'))),
    ).toEqual(['answered show clock', 'cut-short show version']);
  });

  test('left out by hand is no complete answer', () => {
    for (const mark of ['<snip>', '[output omitted]', '...', '--- truncated ---']) {
      expect(outputs(only(readTranscript(`R1#show crypto ipsec sa\n${IPSEC}${mark}\nR1#`, 'x')))).toEqual([
        'answered show crypto ipsec sa (filtered)',
      ]);
    }
  });

  test('nothing at all, and nothing we know', () => {
    expect(readTranscript('', 'x')).toEqual([
      { router: 'x', address: null, collectedAt: null, outputs: [], notUsed: [], remarks: [] },
    ]);
    expect(only(readTranscript('Dear all,\nmy tunnel is down.\n\nBye\n', 'x'))).toMatchObject({
      outputs: [],
      notUsed: ['lines 1-4: Dear all,'],
    });
    expect(
      only(readTranscript('R1#show startup-config\nhostname R1\n!\nR1#show ip eigrp neighbors\nx\n', 'x')),
    ).toMatchObject({
      router: 'R1',
      outputs: [],
      notUsed: ['lines 2-3: show startup-config', 'lines 5-5: show ip eigrp neighbors'],
    });
  });
});

describe('prompts', () => {
  const paste = `hello\n\nR1#sh cry isa sa\n${ISAKMP}R1#ping 10.2.0.1\nType escape sequence to abort.\n.....\nR1#show crypto ipsec sa | include pkts\n    #pkts encaps: 5\nR1#show crypto ipsec sa peer 198.51.100.7\n${IPSEC}R1#show crypto ipsec sa\n${IPSEC}R1#show crypto ipsec sa\n${IPSEC}R1#\n`;
  const expected = [
    'answered show crypto isakmp sa',
    'answered show crypto ipsec sa (filtered)',
    'answered show crypto ipsec sa peer 198.51.100.7 (filtered)',
    'answered show crypto ipsec sa',
    'answered show crypto ipsec sa @2',
  ];

  test.each<[string, (text: string) => string]>([
    ['LF', (text) => text],
    ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['CR CR LF', (text) => text.replaceAll('\n', '\r\r\n')],
    ['user mode', (text) => text.replaceAll('R1#', 'R1>')],
    ['blank behind the prompt', (text) => text.replaceAll('R1#', 'R1# ')],
    ['configuration mode', (text) => text.replaceAll(/R1#(?=s)/g, 'R1(config-if)#do ')],
    ['PuTTY header', (text) => `=~=~=~=~=~=~= PuTTY log 2026.11.23 10:00:00 =~=~=~=~=~=~=\n${text}`],
  ])('%s', (_name, change) => {
    const recording = only(readTranscript(change(paste), 'x'));
    expect(recording.router).toBe('R1');
    expect(outputs(recording)).toEqual(expected);
    expect(recording.outputs[0]?.text).toBe(ISAKMP);
    expect(recording.outputs[3]?.text).toBe(IPSEC);
    expect(recording.notUsed.map((line) => line.replace(/^lines \d+-\d+: /, ''))).toEqual([
      'hello',
      'ping 10.2.0.1',
    ]);
  });

  test('every paging style leaves the same text', () => {
    const body = IPSEC.trimEnd().split('\n');
    const bs = '\b';
    for (const pager of [
      ` --More-- ${bs.repeat(9)}        ${bs.repeat(9)}`,
      `\u001b[K --More-- ${`${bs} ${bs}`.repeat(10)}\u001b[K`,
      '\u001b[7m--More--\u001b[27m\r        \r',
      ' --More-- \r          \r',
      ' --More--         ',
      ' --More-- \n',
      '--More--\r\n',
      ' -- More -- \r              \r',
      '<--- More --->\r              \r',
    ]) {
      const paged = body.map((line, at) => (at > 0 && at % 4 === 0 ? pager + line : line)).join('\n');
      const { outputs: found } = only(readTranscript(`R1#show crypto ipsec sa\n${paged}\nR1#`, 'x'));
      expect(found[0]?.text).toBe(IPSEC);
    }
  });

  test('several routers in one paste, told apart by the prompt', () => {
    const two = `HUB#show crypto isakmp sa\n${ISAKMP}SPOKE>sh clock\n*10:00:00.000 UTC Mon Nov 23 2026\nHUB#show log\n${LOG}HUB#show run\nhostname HUB\nSPOKE>show arp\nInternet\n`;
    const found = readTranscript(two, 'x');
    expect(found.map((r) => [r.router, ...outputs(r)])).toEqual([
      ['HUB', 'answered show crypto isakmp sa', 'answered show logging', 'answered show running-config'],
      ['SPOKE', 'answered show clock'],
    ]);
    expect(found[0]?.outputs[1]?.text).toBe(LOG);
    expect(found[1]?.notUsed).toHaveLength(1);
  });

  test('typing errors wiped in the echo, and arguments we do not know', () => {
    const recording = only(
      readTranscript(
        `R1#show cryt\b \bpto isakmp sa\n${ISAKMP}R1#show logging last 50\n${LOG_LINES}R1#show crypto isakmp sa vrf A\n${ISAKMP}R1#`,
        'x',
      ),
    );
    expect(outputs(recording)).toEqual([
      'answered show crypto isakmp sa',
      'answered show logging (filtered)',
      'answered show crypto isakmp sa (filtered)',
    ]);
  });

  test('log lines printed at a waiting prompt are a part of the log', () => {
    const recording = only(
      readTranscript(
        `R1#show crypto isakmp sa\n${ISAKMP}R1#${LOG_LINES}R1#debug crypto isakmp\n${LOG_LINES}`,
        'x',
      ),
    );
    expect(outputs(recording)).toEqual([
      'answered show crypto isakmp sa',
      'answered show logging (filtered)',
      'answered show logging (filtered) @2',
    ]);
    expect(recording.outputs[1]?.text).toBe(LOG_LINES);
  });
});

describe('headings', () => {
  test('show tech-support: sections, the host name, the rest listed', () => {
    const heading = (command: string) => `\n------------------ ${command} ------------------\n\n`;
    const tech = `${heading('show version')}Cisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M), Version 15.2(4)M6\nhub7 uptime is 3 weeks\n${heading('show startup-config')}hostname hub7\ninterface: not a table\n${heading('show crypto isakmp sa')}${ISAKMP}${heading('show crypto ipsec sa')}${IPSEC}${heading('show logging')}${LOG}`;
    const recording = only(readTranscript(tech, 'file'));
    expect(recording.router).toBe('hub7');
    expect(outputs(recording)).toEqual(
      ['show version', 'show crypto isakmp sa', 'show crypto ipsec sa', 'show logging'].map(
        (c) => `answered ${c}`,
      ),
    );
    expect(recording.outputs[3]?.text.trim()).toBe(LOG.trim());
    expect(recording.notUsed).toHaveLength(1);
    expect(recording.notUsed[0]).toContain('show startup-config');
    const typed = only(readTranscript(`EDGE#show tech-support\n${tech}\nEDGE#`, 'file'));
    expect(typed.router).toBe('EDGE');
    expect(outputs(typed)).toHaveLength(4);
  });

  const mark = (words: string) => `------------------ ${words} ------------------`;

  test('a heading cut at the width of the terminal, and one that is no show command', () => {
    const long = mark('show platform hardware qfp active feature ipsec datapath drops');
    const tech = `${mark('show clock')}\n\n*10:00:00.000 UTC Mon Nov 23 2026\n\n${mark('dir flash:')}\n\n1 -rw- image.bin\n\n${long.slice(0, 80)}\n${long.slice(80)}\n\nDrop Type  Name  Packets\n`;
    const recording = only(readTranscript(tech, 'file'));
    expect(outputs(recording)).toEqual([
      'answered show clock',
      'answered show platform hardware qfp active feature ipsec datapath drops',
    ]);
    expect(recording.outputs[0]?.text).toBe('\n*10:00:00.000 UTC Mon Nov 23 2026\n');
    expect(recording.outputs[1]?.text).toBe('\nDrop Type  Name  Packets\n');
    expect(recording.notUsed).toEqual(['lines 7-7: dir flash:']);
  });

  test('two routers in one file without prompts are told apart by their names; a part without a name goes on', () => {
    const dump = (host: string) =>
      `${mark('show version')}\n\n${host}Cisco IOS Software\n${mark('show crypto isakmp sa')}\n${ISAKMP}`;
    const found = readTranscript(
      [dump('hub1 uptime is 1 day\n'), dump('spoke1 uptime is 2 days\n'), dump('')].join('\n'),
      'file',
    );
    expect(found.map((r) => [r.router, ...outputs(r)])).toEqual([
      ['hub1', 'answered show version', 'answered show crypto isakmp sa'],
      [
        'spoke1',
        'answered show version',
        'answered show crypto isakmp sa',
        'answered show version @2',
        'answered show crypto isakmp sa @2',
      ],
    ]);
  });

  test('every line that says something is in an output or in a range of lines not used, once', () => {
    const words = fc.constantFrom(
      'show clock',
      'show version',
      'show stacks',
      'dir flash:',
      'show running-config',
      'show platform hardware qfp active feature ipsec datapath drops all',
    );
    const body = fc.array(fc.constantFrom('', 'text', '  indented', '---- x ----', ' !', 'hostname r1'), {
      maxLength: 6,
    });
    const section = fc.record({ words, body, wrapped: fc.boolean() });
    fc.assert(
      fc.property(
        body,
        fc.array(section, { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        (lead, all, end) => {
          let at = 0;
          const said: string[] = [];
          const numbered = (line: string) => (line.trim() === '' ? line : `${line} #${++at}`);
          const lines = lead.map(numbered);
          for (const { words: heading, body: under, wrapped } of all) {
            const whole = mark(heading);
            lines.push(
              ...(wrapped && whole.length > 80 ? [whole.slice(0, 80), whole.slice(80)] : [whole]),
              '',
            );
            lines.push(...under.map(numbered));
          }
          for (const line of lines) if (/ #\d+$/.test(line)) said.push(line);
          const found = readTranscript(lines.join(end), 'x');
          const used = found
            .flatMap((r) => r.outputs.flatMap((o) => o.text.split('\n')))
            .filter((l) => l.trim());
          const left = found
            .flatMap((r) => r.notUsed)
            .flatMap((range) => {
              const [, first, last] = /^lines (\d+)-(\d+): /.exec(range) ?? [];
              return lines.slice(Number(first) - 1, Number(last)).filter((line) => line.trim());
            });
          expect([...used, ...left].sort()).toEqual(said.sort());
        },
      ),
      { numRuns: 300 },
    );
  });

  test('command lines without a prompt', () => {
    const recording = only(
      readTranscript(
        `show crypto isakmp sa\n\n${ISAKMP}=== show crypto ipsec sa ===\n${IPSEC}sh log\n${LOG}show clock is not typed here\n`,
        'x',
      ),
    );
    expect(outputs(recording)).toEqual([
      'answered show crypto isakmp sa',
      'answered show crypto ipsec sa',
      'answered show logging',
    ]);
  });
});

describe('no prompt at all', () => {
  test.each<[string, string]>([
    [ISAKMP, 'answered show crypto isakmp sa'],
    [ISAKMP.split('\n').slice(1).join('\n'), 'answered show crypto isakmp sa'],
    [
      'IPv4 Crypto ISAKMP SA\n\nC-id  Local           Remote          I-VRF  Status Encr Hash   Auth DH Lifetime Cap.\n',
      'answered show crypto isakmp sa detail',
    ],
    [IPSEC, 'answered show crypto ipsec sa'],
    [LOG, 'answered show logging'],
    [LOG_LINES, 'answered show logging (filtered)'],
    [
      'Crypto session current status\n\nInterface: Tunnel0\nSession status: DOWN\n',
      'answered show crypto session',
    ],
    [
      'Crypto session current status\n\nCode: C - IKE Configuration mode, D - Dead Peer Detection\n\nInterface: Tunnel0\n',
      'answered show crypto session detail',
    ],
    [
      ' IPv4 Crypto IKEv2  SA\n\nTunnel-id Local  Remote  fvrf/ivrf  Status\n1 192.0.2.1/500 192.0.2.2/500 none/none READY\n',
      'answered show crypto ikev2 sa',
    ],
    [
      'Tunnel-id Local  Remote  fvrf/ivrf  Status\n1 192.0.2.1/500 192.0.2.2/500 none/none READY\n      CE id: 1, Session-id: 1\n',
      'answered show crypto ikev2 sa detailed',
    ],
    ['*10:00:00.000 UTC Mon Nov 23 2026\n', 'answered show clock'],
    ['ISAKMP:(0): retransmitting phase 1 MM_NO_STATE...\n', 'answered show logging (filtered)'],
    ['IKEv2-ERROR:(SESSION ID = 7,SA ID = 1):: Auth exchange failed\n', 'answered show logging (filtered)'],
    [
      '192.0.2.1       198.51.100.7    QM_IDLE           1001 ACTIVE\n',
      'answered show crypto isakmp sa (filtered)',
    ],
    [flow('198.51.100.7').trim(), 'answered show crypto ipsec sa (filtered)'].map((text) =>
      text.replace(/^protected.*\n/, ''),
    ) as [string, string],
    ['    #pkts encaps: 5, #pkts encrypt: 5, #pkts digest: 5\n', 'answered show crypto ipsec sa (filtered)'],
    [
      'Interface: Tunnel0\nSession status: UP-ACTIVE\nPeer: 192.0.2.2 port 500\n',
      'answered show crypto session',
    ],
    ['Peer: 192.0.2.2 Port: 500 Local: 192.0.2.1\n', 'answered show crypto isakmp peers'],
    ['Legend:\tE=Expecting replies, R=Responding, W=Waiting\nTunnel0:\n', 'answered show ip nhrp nhs detail'],
    ['Cisco IOS Software, C2900 Software (X), Version 15.2(4)M6\n', 'answered show version'],
  ])('%j', (text, expected) => {
    const recording = only(readTranscript(text, 'x'));
    expect(recording.router).toBe('x');
    expect(outputs(recording)).toEqual([expected]);
    expect(recording.outputs[0]?.text).toBe(trimmed(text));
    const withWords = only(readTranscript(`please look at this\n\n${text}\nR7#\n`, 'x'));
    expect(outputs(withWords)).toEqual([expected]);
    expect(withWords.outputs[0]?.text).toBe(trimmed(text).replace(/^\n/, ''));
    expect(withWords.notUsed).toEqual(['lines 1-1: please look at this']);
  });

  test('several tables one after the other, the same one twice, a restart inside a log', () => {
    const recording = only(
      readTranscript(
        `${ISAKMP}\n${IPSEC}\n${ISAKMP}\n${LOG}*Nov 23 10:00:05.1: %SYS-5-RESTART: System restarted --\nCisco IOS Software, C2900 Software (X), Version 15.2(4)M6\n`,
        'x',
      ),
    );
    expect(outputs(recording)).toEqual([
      'answered show crypto isakmp sa',
      'answered show crypto ipsec sa',
      'answered show crypto isakmp sa @2',
      'answered show logging',
    ]);
    expect(recording.outputs[3]?.text).toContain('15.2(4)M6');
  });
});

test('a log line printed into a table without prompts does not end the table', () => {
  const [first = '', ...rest] = LOG_LINES.split('\n');
  const table = ISAKMP.replace('\nIPv6', `\n${first}\nIPv6`);
  expect(outputs(only(readTranscript(table, 'x')))).toEqual(['answered show crypto isakmp sa']);
  const broken = IPSEC.replace('    #pkts', `${first}\n    #send errors`);
  const recording = only(readTranscript(`${broken}\n${LOG_LINES}${rest.join('\n')}`, 'x'));
  expect(outputs(recording)).toEqual(['answered show crypto ipsec sa', 'answered show logging (filtered)']);
  expect(recording.outputs[0]?.text).toContain('outbound pcp sas:');
});

describe('hostile text', () => {
  test('any paste: at least one recording, no line in two places', () => {
    const piece = fc.constantFrom(
      'R1#',
      'R2>',
      'show clock',
      'show logging',
      '\n',
      '\r\n',
      '\r',
      ' --More-- ',
      '\b',
      '\u001b[K',
      ISAKMP,
      IPSEC,
      LOG,
      '%',
      '------------------',
      ' show version ',
      '(config)',
      '#',
      '>',
      'x',
      '% Invalid input detected',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece).map((p) => p.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          const found = readTranscript(text, 'x');
          expect(found.length).toBeGreaterThanOrEqual(1);
          const lines = found
            .flatMap((r) => r.outputs)
            .reduce((sum, o) => sum + o.text.split('\n').length - 1, 0);
          expect(lines).toBeLessThanOrEqual(text.split('\n').length);
          expect(readTranscript(text, 'x')).toEqual(found);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    '\r',
    '\b',
    ' ',
    '-',
    '=',
    '#',
    '>',
    'R1#\n',
    '\n',
    ' --More-- ',
    '\u001b[K',
    'a.',
    'IPv4 Crypto ISAKMP SA\n',
    'interface: x\n',
    'x(',
    '%A-1-AA: ',
    ' --More-- \r',
    'show ',
    '.',
  ])('time grows with the length only: %j', (pieceText) => {
    const pumped = pieceText.repeat(Math.ceil(300_000 / pieceText.length));
    const started = process.cpuUsage();
    for (const lead of ['', 'R1#', 'R1#show logging\n', ' --More-- ', '---- show '])
      readTranscript(`${lead}${pumped}!`, 'x');
    // minutes when a pattern is quadratic; a busy machine has room
    expect(process.cpuUsage(started).user).toBeLessThan(8_000_000);
  });
});
