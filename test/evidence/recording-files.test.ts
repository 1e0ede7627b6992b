import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Collected, CUT_NAMES } from '../../src/evidence/collected.ts';
import type { Recording } from '../../src/evidence/recording.ts';
import { decodeText, readRecording, writeRecording } from '../../src/evidence/recording-files.ts';
import { commandOfFileName, fileNameOfCommand } from '../../src/evidence/recording-names.ts';
import { recogniseRefusal } from '../../src/evidence/refusal.ts';

describe('file names', () => {
  test.each([
    ['show-crypto-isakmp-sa.txt', 'show crypto isakmp sa', 1, false],
    ['show_crypto_isakmp_sa.txt', 'show crypto isakmp sa', 1, false],
    ['SHOW-VERSION.TXT', 'show version', 1, false],
    ['show-crypto-session-detail.txt', 'show crypto session detail', 1, false],
    ['show-crypto-ikev2-sa.txt', 'show crypto ikev2 sa', 1, false],
    ['show-crypto-ikev2-sa-detail.txt', 'show crypto ikev2 sa detailed', 1, false],
    ['show-ip-nhrp-nhs-detail.txt', 'show ip nhrp nhs detail', 1, false],
    ['show-crypto-ipsec-transform-set.txt', 'show crypto ipsec transform-set', 1, false],
    ['show_crypto_ipsec_transform_set.txt', 'show crypto ipsec transform-set', 1, false],
    ['show-ip-access-lists.txt', 'show ip access-lists', 1, false],
    ['show-ip-access-lists-VPN-ACL.txt', 'show ip access-lists VPN-ACL', 1, true],
    ['show-interfaces-Port-channel1.txt', 'show interfaces Port-channel1', 1, true],
    ['show-interfaces-GigabitEthernet0%2F0%2F1.txt', 'show interfaces GigabitEthernet0/0/1', 1, true],
    ['show-crypto-ipsec-sa@2.txt', 'show crypto ipsec sa', 2, false],
    ['show-crypto-ipsec-sa.filtered@3.txt', 'show crypto ipsec sa', 3, true],
    ['show-crypto-ipsec-sa-peer-203.0.113.20.txt', 'show crypto ipsec sa peer 203.0.113.20', 1, true],
    [
      'show-crypto-ipsec-sa-peer-203.0.113.20-detail.txt',
      'show crypto ipsec sa peer 203.0.113.20 detail',
      1,
      true,
    ],
    [
      'show-crypto-ipsec-sa-peer-203.0.113.20.filtered.txt',
      'show crypto ipsec sa peer 203.0.113.20',
      1,
      true,
    ],
    ['show-crypto-ipsec-sa.filtered.txt', 'show crypto ipsec sa', 1, true],
    ['show-running-config-crypto.txt', 'show running-config', 1, true],
    ['show-running-config-interface-Tunnel0.txt', 'show running-config interface Tunnel0', 1, true],
    ['show-tech-support.txt', 'show tech-support', 1, false],
    ['show-crypto-ipsec-sa-after-test.txt', 'show crypto ipsec sa', 1, true],
  ])('%s is %s', (file, command, sample, filtered) => {
    expect(commandOfFileName(file)).toEqual({ command, sample, filtered });
  });

  test.each([
    'show-ip-eigrp-neighbors.txt',
    'show-ip-route.txt',
    'show-crypto-ipsec-sadness.txt',
    'label.yaml',
    'notes.md',
    'recording.yaml',
    '.txt',
    '@2.txt',
    'show-crypto-isakmp-key.txt',
    'show-%ZZ.txt',
    '',
  ])('%s is no command we know', (file) => {
    expect(commandOfFileName(file)).toBeNull();
  });

  test('any name is judged in linear time and never throws', () => {
    fc.assert(fc.property(fc.string(), (name) => void commandOfFileName(`show-${name}.txt`)));
    commandOfFileName(`show-interfaces-${'a-'.repeat(110)}.txt`);
  });

  test.each([
    ['show interfaces GigabitEthernet0/0', 1, true],
    ['show crypto ipsec sa peer 2001:db8::1', 2, true],
    ['show ip access-lists VPN_ACL-1', 1, true],
    ['show crypto map', 1, true],
  ])('%s survives its file name', (command, sample, filtered) => {
    const name = fileNameOfCommand(command, sample, filtered);
    expect(name).toMatch(/^[A-Za-z0-9._%@-]+\.txt$/);
    expect(commandOfFileName(name)).toEqual({ command, sample, filtered });
  });
});

describe('readRecording', () => {
  const read = (files: Record<string, string | Uint8Array>): Recording =>
    readRecording(
      Object.entries(files).map(([name, content]) => ({ name, content })),
      'R1',
      'rec/R1/',
    );

  test('a bare folder: commands from names, refusals from texts, the rest not used', () => {
    const recording = read({
      'show-version.txt': 'Cisco IOS Software\r\nuptime is 3 days\r\n',
      'show-dmvpn.txt': "                   ^\n% Invalid input detected at '^' marker.\n\n",
      'label.yaml': 'x: [',
      'notes.md': 'hello',
    });
    expect(recording).toEqual({
      router: 'R1',
      address: null,
      collectedAt: null,
      outputs: [
        expect.objectContaining({ command: 'show dmvpn', kind: 'refused', refusal: 'invalid-input' }),
        expect.objectContaining({
          kind: 'answered',
          text: 'Cisco IOS Software\nuptime is 3 days\n',
          at: null,
          tookMs: null,
        }),
      ],
      notUsed: ['label.yaml', 'notes.md'],
      remarks: [],
    });
  });

  test('an empty output is an answer, and words of refusal inside a log are no refusal', () => {
    const recording = read({
      'show-crypto-isakmp-sa.txt': '',
      'show-logging.txt':
        "Syslog logging: enabled\n% Invalid input detected at '^' marker.\nCommand authorization failed.\n",
    });
    expect(recording.outputs.map((output) => output.kind)).toEqual(['answered', 'answered']);
  });

  test('recording.yaml says how each command ended, and its order is kept', () => {
    const recording = read({
      'recording.yaml': [
        'name: hub 1/a',
        'address: 192.0.2.1',
        'collected: 2026-11-23T19:51:15+01:00',
        'tool: 1.2.3',
        'redactions: [one key]',
        'commands:',
        '  - { command: show version, at: 2026-11-23T18:51:15Z, tookMs: 12 }',
        '  - { command: show logging, fate: cut-short, reason: connection lost }',
        '  - { command: show crypto ipsec sa, sample: 2, fate: refused, refusal: not-authorized, reason: no }',
        'mood: fine',
      ].join('\n'),
      'show-logging.txt': 'half a li',
      'show-version.txt': 'Cisco',
      'show-crypto-ipsec-sa@2.txt': '',
      'show-clock.txt': '*10:00:00.000 UTC Mon Nov 23 2026',
    });
    expect(recording).toMatchObject({
      router: 'hub 1/a',
      address: '192.0.2.1',
      collectedAt: '2026-11-23T18:51:15.000Z',
      toolVersion: '1.2.3',
      redactions: ['one key'],
      notUsed: ['rec/R1/recording.yaml:10:1: key mood is not known'],
    });
    expect(recording.outputs.map((o) => [o.command, o.sample, o.kind])).toEqual([
      ['show version', 1, 'answered'],
      ['show logging', 1, 'cut-short'],
      ['show crypto ipsec sa', 2, 'refused'],
      ['show clock', 1, 'answered'],
    ]);
    expect(recording.outputs[0]).toMatchObject({ at: '2026-11-23T18:51:15.000Z', tookMs: 12 });
  });

  test.each([
    ['collected: yesterday', 'rec/R1/recording.yaml:1:12: expected a time'],
    [
      'name: R1\ncommands:\n  - command: show clock\n    fate: cut-short\n    error: eaten\n',
      'rec/R1/recording.yaml:5:12: expected one of: connection-lost',
    ],
    [
      'name: R1\ncommands:\n  - command: show clock\n    fate: eaten\n',
      'rec/R1/recording.yaml:4:11: expected one of: answered',
    ],
    ['commands: 7', 'rec/R1/recording.yaml:1:11: expected a list'],
    ['name: a\nname: b', 'rec/R1/recording.yaml:2:1: '],
    ['a: [', 'rec/R1/recording.yaml:1:5: '],
    ['- 1', 'rec/R1/recording.yaml:1:1: expected keys and values'],
    ['name: "  "', 'rec/R1/recording.yaml:1:7: '],
    ['commands: [{fate: answered}]', 'rec/R1/recording.yaml:1:12: expected the key command'],
  ])('a bad recording.yaml is refused with its place: %j', (yaml, message) => {
    expect(() => read({ 'recording.yaml': yaml })).toThrow(message);
  });

  test('an entry that does not say how a command ended leaves it to the text', () => {
    const recording = read({
      'recording.yaml': 'commands: [{command: show dmvpn, tookMs: 3}]',
      'show-dmvpn.txt': '% Incomplete command.\n',
    });
    expect(recording.outputs[0]).toMatchObject({ kind: 'refused', refusal: 'incomplete', tookMs: 3 });
  });

  test('an empty recording.yaml is as none', () => {
    expect(read({ 'recording.yaml': '# nothing\n', 'show-clock.txt': 'x' }).outputs).toHaveLength(1);
  });
});

describe('decodeText', () => {
  test('UTF-8, latin-1, UTF-16 with its mark, and every kind of line end', () => {
    expect(decodeText(Buffer.from('Zürich\r\n', 'utf8'))).toBe('Zürich\n');
    expect(decodeText(Buffer.from('Zürich\r\r\n', 'latin1'))).toBe('Zürich\n');
    expect(decodeText(Buffer.from('\ufeffa\r\nb', 'utf16le'))).toBe('a\nb');
    expect(decodeText(Buffer.from('\ufeffa', 'utf8'))).toBe('a');
    expect(decodeText('a\n\r\nb\n\rc')).toBe('a\n\nb\nc');
    expect(decodeText('a\rb')).toBe('a\nb');
    expect(decodeText('\x1b[7m\tx\b')).toBe('\x1b[7m\tx\b');
  });
});

describe('recogniseRefusal', () => {
  test.each([
    ["   ^\n% Invalid input detected at '^' marker.\n", 'invalid-input'],
    ['\n% Incomplete command.\n\n', 'incomplete'],
    ['% Ambiguous command:  "sh c"\n', 'ambiguous'],
    ['Command authorization failed.\n', 'not-authorized'],
    ['% Authorization failed.\n', 'not-authorized'],
    ['Line has invalid autocommand "show x"', 'unknown-command'],
    [
      '% Bad IP address or host name\n% Unknown command or computer name, or unable to find computer address\n',
      'bad-address',
    ],
    ['Translating "x"...domain server (255.255.255.255)\n% Bad IP address or host name\n', 'bad-address'],
  ])('%j', (text, refusal) => {
    expect(recogniseRefusal(text)?.refusal).toBe(refusal);
  });

  test.each([
    '',
    '\n\n',
    '%CRYPTO-4-RECVD_PKT_INV_SPI: decaps',
    '% IKEv2 is not configured\n',
    '^\n',
    '% Incomplete command.\nand then an answer\n',
  ])('%j is an answer', (text) => {
    expect(recogniseRefusal(text)).toBeNull();
  });
});

describe('writeRecording', () => {
  const commands = [
    'show version',
    'show crypto ipsec sa',
    'show crypto ipsec sa peer 192.0.2.7',
    'show logging | include A/B',
    'show running-config',
  ];
  const text = fc
    .string({ unit: 'binary' })
    .map((s) => s.replace(/[\r\ufeff]/g, '').replace(/[\ud800-\udfff]/g, ''));
  const base = fc.record({
    command: fc.constantFrom(...commands),
    sample: fc.integer({ min: 1, max: 3 }),
    filtered: fc.boolean(),
    text,
    at: fc.constantFrom(null, '2026-11-23T18:51:15.120Z'),
    tookMs: fc.constantFrom(null, 0, 17),
  });
  const collected: fc.Arbitrary<Collected> = fc.oneof(
    base.filter((b) => recogniseRefusal(b.text) === null).map((b) => ({ ...b, kind: 'answered' as const })),
    fc
      .tuple(base, text)
      .map(([b, reason]) => ({ ...b, kind: 'refused' as const, refusal: 'incomplete' as const, reason })),
    fc.tuple(base, text).map(([b, reason]) => ({ ...b, kind: 'cut-short' as const, reason })),
    fc
      .tuple(base, text, fc.constantFrom(...CUT_NAMES), fc.array(text, { minLength: 1, maxLength: 3 }))
      .map(([b, reason, error, unasked]) => ({ ...b, kind: 'cut-short' as const, reason, error, unasked })),
  );

  test('readRecording is its inverse, whatever the names and texts hold', () => {
    const names = fc.oneof(
      fc.constantFrom('hub1', '../../etc', '007', 'a: b', 'yes', 'null', '~'),
      text.filter((s) => s.trim() !== ''),
    );
    const recordings = fc.record({
      router: names,
      outputs: fc.array(collected, { maxLength: 8 }),
      remarks: fc.array(text),
    });
    fc.assert(
      fc.property(recordings, ({ router, outputs, remarks }) => {
        const recording: Recording = {
          router,
          address: '192.0.2.1',
          collectedAt: null,
          outputs,
          notUsed: [],
          remarks,
        };
        const files = writeRecording(recording);
        expect(new Set(files.map((f) => f.name.toLowerCase())).size).toBe(files.length);
        for (const file of files) expect(file.name).toMatch(/^[A-Za-z0-9._%@-]{1,220}$/);
        const bytes = files.map((f) => ({ name: f.name, content: Buffer.from(f.text, 'utf8') }));
        expect(readRecording(bytes, 'other')).toEqual(recording);
      }),
      { numRuns: 200 },
    );
  });

  test('second samples and filters get names of their own', () => {
    const output = (command: string, sample: number, filtered: boolean): Collected => ({
      kind: 'answered',
      command,
      sample,
      filtered,
      text: '',
      at: null,
      tookMs: null,
    });
    const outputs = [
      output('show crypto ipsec sa', 1, false),
      output('show crypto ipsec sa', 2, false),
      output('show crypto ipsec sa', 1, true),
      output('show crypto ipsec sa', 1, true),
    ];
    const recording: Recording = {
      router: 'R1',
      address: null,
      collectedAt: null,
      outputs,
      notUsed: [],
      remarks: [],
    };
    expect(writeRecording(recording).map((f) => f.name)).toEqual([
      'recording.yaml',
      'show-crypto-ipsec-sa.txt',
      'show-crypto-ipsec-sa@2.txt',
      'show-crypto-ipsec-sa.filtered.txt',
      'show-crypto-ipsec-sa.filtered.also-2.txt',
    ]);
  });
});
