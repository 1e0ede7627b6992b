import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Recording } from '../../src/evidence/recording.ts';
import { REDACTED, redact, redactRecording } from '../../src/evidence/redact.ts';
import { SECRET_LINES } from '../../src/evidence/secret-lines.ts';
import { PHRASES } from '../../src/evidence/secret-phrases.ts';
import { CANARY_LINES, NEAR_MISSES } from './secret-canaries.ts';

describe('what must go', () => {
  test('there are enough canaries', () => expect(CANARY_LINES.length).toBeGreaterThanOrEqual(110));

  test.each(CANARY_LINES)('%s', (line) => {
    const done = redact(line);
    expect(done.text).not.toContain('Canary');
    expect(done.text).toContain(REDACTED);
    expect(done.count).toBeGreaterThan(0);
    expect(redact(`${line}\r`).text).toBe(`${done.text}\r`);
    expect(redact(done.text)).toEqual({ text: done.text, count: 0 });
  });

  test.each([...SECRET_LINES, ...PHRASES].map((rule) => rule.sample))('sample of the rule: %s', (sample) => {
    expect(redact(sample).text).not.toMatch(/Canary|4711|0822455D0A16/);
  });

  test('what stands around the secret stays readable', () => {
    expect(redact('crypto isakmp key 6 Canary address 192.0.2.7 no-xauth').text).toBe(
      `crypto isakmp key 6 ${REDACTED} address 192.0.2.7 no-xauth`,
    );
    expect(redact('  pre-shared-key   local  6  Canary').text).toBe(
      `  pre-shared-key   local  6  ${REDACTED}`,
    );
    expect(redact('username admin privilege 15 secret 9 Canary').text).toBe(
      `username admin privilege 15 secret 9 ${REDACTED}`,
    );
    expect(redact('snmp-server community Canary RO 10').text).toBe(`snmp-server community ${REDACTED} RO 10`);
    expect(redact('copy scp://u:Canary@192.0.2.3/x y').text).toBe(`copy scp://u:${REDACTED}@192.0.2.3/x y`);
  });

  test('a numeric key in a server block goes, a key number in a key chain stays', () => {
    const server =
      'radius server ISE\n address ipv4 192.0.2.9 auth-port 1812 acct-port 1813\n key 12345678\n!';
    expect(redact(server).text).not.toContain('12345678');
    const chain = 'key chain EIGRP\n key 1\n  key-string Canary\n key 7\n  key-string 7 Canary\n!';
    expect(redact(chain).text).toBe(
      `key chain EIGRP\n key 1\n  key-string ${REDACTED}\n key 7\n  key-string 7 ${REDACTED}\n!`,
    );
    const group = 'crypto isakmp client configuration group REMOTE\n key two Canary words\n pool P';
    expect(redact(group).text).toBe(
      `crypto isakmp client configuration group REMOTE\n key ${REDACTED}\n pool P`,
    );
  });

  test('the key table loses its last column only', () => {
    const table = [
      'Keyring      Hostname/Address                            Preshared Key',
      '',
      'default      192.0.2.7                                   Canary1',
      'default      0.0.0.0         [0.0.0.0]                   Canary 2',
      'KR           spoke7.example.net                          Canary3',
      '             192.0.2.9                                   Canary4',
      '',
      'dst src state',
      'a   b   c',
    ];
    const done = redact(table.join('\n')).text.split('\n');
    expect(done.join()).not.toContain('Canary');
    expect(done[2]).toBe(`default      192.0.2.7                                   ${REDACTED}`);
    expect(done.slice(6)).toEqual(table.slice(6));
    expect(redact(`${table.slice(0, 3).join('\n')}\nhub1#show clock now`).text).toContain(
      'hub1#show clock now',
    );
  });

  test('a private key loses its body, cut or whole', () => {
    const key = [
      '-----BEGIN RSA PRIVATE KEY-----',
      'Proc-Type: 4,ENCRYPTED',
      '',
      'MIICanary+/=',
      'QCanary==',
    ];
    const whole = redact([...key, '-----END RSA PRIVATE KEY-----', 'interface Tunnel0'].join('\n'));
    expect(whole.text.split('\n')).toEqual([
      key[0],
      REDACTED,
      '',
      REDACTED,
      REDACTED,
      '-----END RSA PRIVATE KEY-----',
      'interface Tunnel0',
    ]);
    const cut = redact([...key, 'hub1#show crypto isakmp sa', 'abc'].join('\n')).text;
    expect(cut).not.toContain('Canary');
    expect(cut).toContain('hub1#show crypto isakmp sa\nabc');
  });

  test('lines keep their numbers in a whole configuration', () => {
    const text = [...CANARY_LINES, ...NEAR_MISSES].join('\n');
    const done = redact(text);
    expect(done.text.split('\n')).toHaveLength(text.split('\n').length);
    expect(done.text).not.toContain('Canary');
  });
});

describe('what must stay', () => {
  test.each(NEAR_MISSES)('%s', (line) => {
    expect(redact(line)).toEqual({ text: line, count: 0 });
    expect(redact(`a\n${line}\r\nb`)).toEqual({ text: `a\n${line}\r\nb`, count: 0 });
  });

  test('between secrets every other line is byte-equal', () => {
    const lines = NEAR_MISSES.flatMap((line) => ['enable secret 0 Canary', line]);
    const done = redact(lines.join('\n')).text.split('\n');
    expect(done.filter((_, at) => at % 2 === 1)).toEqual(NEAR_MISSES);
  });
});

describe('hostile text', () => {
  test('any text: no throw, same number of lines, twice is once', () => {
    const word = fc.constantFrom(
      'key',
      'password',
      '7',
      ' ',
      '  ',
      'secret',
      'crypto isakmp key',
      'address',
      '\t',
      'x',
      '-----BEGIN RSA PRIVATE KEY-----',
      'radius server A',
      '\n',
      '\r\n',
      '://',
      '@',
      ':',
      'hub1(config)#',
      '"',
      'pre-shared-key',
      'is',
      '=',
      '\u0000',
      '\u001b[0m',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(word).map((w) => w.join(' ')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          const once = redact(text);
          expect(once.text.split('\n')).toHaveLength(text.split('\n').length);
          expect(redact(once.text).text).toBe(once.text);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test.each([
    'a',
    ' ',
    '\t',
    '"',
    ':',
    '/',
    '@',
    '$1$',
    'key ',
    'key  ',
    'no ',
    'password ',
    'username a ',
    'aaa x ',
    'a://b:',
    '> ',
    '! ',
    '-',
    'MII\n',
    'default 1.1.1.1 [',
    'logged command:',
    'cmd=',
    'pre-shared-key address ',
    'area 1 x ',
    'psk set-key ',
    'is ',
    '1 ',
  ])('time grows with the length only: %j', (piece) => {
    // a quadratic pattern needs minutes for this length; the bound leaves a busy machine all the room it wants
    const pumped = piece.repeat(Math.ceil(400_000 / piece.length));
    const leads = [
      '',
      'username x ',
      'hub1(config)#radius-server host ',
      'crypto pki import ',
      'snmp-server user a ',
      'password is ',
    ];
    const started = process.cpuUsage();
    for (const lead of leads) redact(`${lead}${pumped}!`);
    redact(`-----BEGIN PRIVATE KEY-----\n${pumped}!`);
    redact(`Keyring  Hostname/Address  Preshared Key\n${pumped}!`);
    expect(process.cpuUsage(started).user).toBeLessThan(8_000_000);
  });
});

test('a recording is redacted wherever it holds text', () => {
  const recording: Recording = {
    router: 'hub1',
    address: '192.0.2.1',
    collectedAt: null,
    outputs: [
      {
        kind: 'answered',
        command: 'show logging',
        sample: 1,
        filtered: false,
        at: null,
        tookMs: 5,
        text: 'x\nenable secret Canary\ny',
      },
      {
        kind: 'cut-short',
        command: 'show version',
        sample: 1,
        filtered: false,
        at: null,
        tookMs: 5,
        text: '',
        reason: 'scp://u:Canary@192.0.2.3/',
        unasked: ['*Nov 23 09:30:12.345: %SYS-5-X: username u password 0 Canary'],
      },
    ],
    notUsed: ['lines 1-2: crypto isakmp key Canary address 192.0.2.7'],
    remarks: ['banner said password=Canary'],
  };
  const done = redactRecording(recording);
  expect(JSON.stringify(done.recording)).not.toContain('Canary');
  expect(done.count).toBe(5);
  expect(done.recording.outputs[0]).toEqual({
    ...recording.outputs[0],
    text: `x\nenable secret ${REDACTED}\ny`,
  });
  expect(redactRecording(done.recording)).toEqual({ recording: done.recording, count: 0 });
});

const shared = fileURLToPath(new URL('../../../shared/cases', import.meta.url));
const hasShared = existsSync(shared);
(hasShared ? test : test.skip)('real outputs of field cases hold no secret and stay byte-equal', () => {
  const files = readdirSync(shared, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.txt'),
  );
  expect(files.length).toBeGreaterThan(50);
  for (const path of files) {
    const text = readFileSync(join(shared, path), 'latin1');
    const done = redact(text);
    if (!path.includes('running-config')) expect(done).toEqual({ text, count: 0 });
    expect(done.text.split('\n')).toHaveLength(text.split('\n').length);
  }
});
