import { isIP } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { ALLOWED_COMMANDS, showCommand } from '../../src/evidence/show-command.ts';
import { type Channel, type Sendable, send } from '../../src/transport/send.ts';
import { SESSION_KEYS, SESSION_LINES } from '../../src/transport/session-commands.ts';
import { hostileLines } from './hostile-lines.ts';

/**
 * Everything that may ever be sent as a line, written a second time so that a person reads every change of it: a new command needs
 * a line here and a row in docs/read-only.md. A stands for an address, I for an interface, N for a name.
 */
const READ_BY_A_PERSON = `
show clock
show clock detail
show version
show logging
show privilege
show crypto isakmp sa
show crypto isakmp sa detail
show crypto isakmp policy
show crypto isakmp peers
show crypto isakmp profile
show crypto ipsec sa
show crypto ipsec sa detail
show crypto ipsec sa peer A
show crypto ipsec sa peer A detail
show crypto ipsec sa interface I
show crypto ipsec transform-set
show crypto ipsec profile
show crypto ikev2 sa
show crypto ikev2 sa detailed
show crypto ikev2 session
show crypto ikev2 session detailed
show crypto ikev2 stats
show crypto ikev2 stats exchange
show crypto ikev2 proposal
show crypto ikev2 policy
show crypto ikev2 profile
show crypto session
show crypto session detail
show crypto map
show crypto engine connections active
show crypto engine accelerator statistic
show crypto eli
show crypto call admission statistics
show crypto pki certificates
show crypto pki certificates verbose
show crypto pki trustpoints status
show crypto pki counters
show crypto pki crls
show ntp status
show ip interface brief
show interfaces
show interfaces I
show ip route A
show ip cef A
show ip access-lists
show ip access-lists N
show ip nat translations
show ip traffic
show dmvpn
show dmvpn detail
show ip nhrp
show ip nhrp detail
show ip nhrp nhs
show ip nhrp nhs detail
show ip nhrp multicast
show policy-map interface
show policy-map interface I
show processes cpu sorted
show redundancy
show redundancy states
show crypto gdoi
show crypto gdoi gm
show crypto gdoi ks
show crypto gdoi ks members
show platform hardware throughput crypto
show platform hardware throughput level
show platform hardware qfp active statistics drop
show platform hardware qfp active feature ipsec datapath drops
show platform cerm-information
`
  .trim()
  .split('\n');

const OWN_LINES = [
  'enable',
  'terminal length 0',
  'screen-length 0',
  'terminal width 511',
  'screen-width 512',
  'terminal width 0',
  'terminal no monitor',
  'show privilege',
  'terminal no exec prompt timestamp',
  'exit',
];

/** One expression for the whole list, compiled another way than the product reads it: no splitting into words. */
const LISTED = new RegExp(
  `^(?:${READ_BY_A_PERSON.map((line) =>
    line
      .replace(/ A\b/, ' (?<a>[0-9A-Fa-f:.]+)')
      .replace(/ I$/, ' [A-Za-z-]+[0-9][0-9/.:]*')
      .replace(/ N$/, ' [A-Za-z0-9_][A-Za-z0-9_.:-]*'),
  )
    .map((line, i) => line.replace('?<a>', `?<a${i}>`))
    .join('|')})$`,
);

/** Why a line must not be sent as a command; null when it may. */
function whyUnlisted(line: string): string | null {
  if (!/^show [!-~]+(?: [!-~]+)*$/.test(line)) return 'not one line of printable words behind show';
  if (line.length > 110) return 'too long';
  const found = LISTED.exec(line);
  if (found === null) return 'not in the list';
  const address = Object.values(found.groups ?? {}).find((value) => value !== undefined);
  return address !== undefined && isIP(address) === 0 ? 'no address' : null;
}

/** What send() writes for it; null when it throws. */
function written(sendable: Sendable): readonly string[] | null {
  const texts: string[] = [];
  const channel: Channel = { write: (text) => texts.push(text), onData: () => {}, onClose: () => {} };
  try {
    send(channel, sendable);
    return texts;
  } catch {
    expect(texts).toEqual([]);
    return null;
  }
}

describe('the list', () => {
  test('is the one a person has read', () => {
    const inWords = (text: string): string =>
      text.replace('<address>', 'A').replace('<interface>', 'I').replace('<name>', 'N');
    expect(ALLOWED_COMMANDS.map(inWords)).toEqual(READ_BY_A_PERSON);
    expect(SESSION_LINES.map(({ line }) => line)).toEqual(OWN_LINES);
    expect(SESSION_KEYS.map(({ key, bytes }) => [key, bytes])).toEqual([
      ['return', '\r'],
      ['space', ' '],
    ]);
  });

  test('has no word that changes a router, prints a key or writes a file', () => {
    const words = [...READ_BY_A_PERSON, ...OWN_LINES].flatMap((line) => line.split(' '));
    const bad =
      /^(?:conf|write|copy|clear|debug|reload|delete|erase|format|running|startup|key|tech|monitor-cap|redirect|tee|append|do|set)/;
    expect(words.filter((word) => bad.test(word))).toEqual([]);
  });
});

describe('a million lines', () => {
  const COUNT = 1_000_000;

  test('nothing unlisted gets through showCommand() or send()', () => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    const faults: string[] = [];
    const accepted = { asListed: 0, changed: 0 };
    const sent: string[] = [];
    const channel: Channel = { write: (text) => sent.push(text), onData: () => {}, onClose: () => {} };
    let looked = 0;
    for (const { line, isChanged } of hostileLines(COUNT)) {
      looked += 1;
      const command = showCommand(line);
      sent.length = 0;
      try {
        send(channel, { kind: 'command', command: line as never });
      } catch {
        if (sent.length > 0) faults.push(`written and thrown: ${JSON.stringify(line)}`);
      }
      if (command !== null) accepted[isChanged ? 'changed' : 'asListed'] += 1;
      if (command === null && sent.length === 0) continue;
      const why = whyUnlisted(line);
      if (command !== null && (why !== null || command !== line))
        faults.push(`${why}: ${JSON.stringify(line)}`);
      const mayBeSent = why === null || OWN_LINES.includes(line);
      if (!mayBeSent || sent.length !== 1 || sent[0] !== `${line}\r`)
        faults.push(`sent: ${JSON.stringify(sent)}`);
      if (faults.length > 5) break;
    }
    Error.stackTraceLimit = stackTraceLimit;
    expect(faults).toEqual([]);
    expect(looked).toBe(COUNT);
    // The sieve lets something through at all: commands as listed, and changes that make another listed command.
    expect(accepted.asListed).toBeGreaterThan(10_000);
    expect(accepted.changed).toBeGreaterThan(1_000);
  }, 60_000);

  test('every kind of change is among them', () => {
    const lines = [...hostileLines(20_000)].map(({ line }) => line);
    for (const kind of [
      /[\u0400-\u04ff]/,
      /[\u0370-\u03ff]/,
      /[\uff01-\uff5e]/,
      /\u200b/,
      /\u00a0/,
      /\u00ad/,
      /\u0301/,
      /\r/,
      /\n/,
      /\x00/,
      /\t/,
      /\x08/,
      /\x7f/,
      /\x1b/,
      /\?$/,
      /\| redirect/,
      /\| tee/,
      /\| append/,
      /;/,
      /&&/,
      /configure/,
      /[A-Z]HOW/,
      / {2}/,
      /^ /,
      / $/,
      /.{1000}/,
    ])
      expect([String(kind), lines.some((line) => kind.test(line))]).toEqual([String(kind), true]);
  });
});

describe('what is forged', () => {
  test.each([
    ['another kind', { kind: 'line', command: 'reload' }],
    ['another key', { kind: 'key', key: 'q' }],
    ['a control key', { kind: 'key', key: '\x1a' }],
    ['no text', { kind: 'command', command: null }],
    ['a list', { kind: 'command', command: ['show version', 'reload'] }],
    ['a secret that is a command', { kind: 'enable-secret', secret: 'x\rreload' }],
  ])('%s is not written', (_what, forged) => {
    expect(written(forged as never)).toBeNull();
  });

  test('a text that is another one the second time is sent as it was looked at', () => {
    let asked = 0;
    const twoFaced = { toString: () => (asked++ === 0 ? 'show version' : 'reload') };
    expect(written({ kind: 'command', command: twoFaced as never })).toEqual(['show version\r']);
  });

  test('the lines and keys of a session, each in one write', () => {
    for (const line of OWN_LINES) {
      expect(written({ kind: 'command', command: line as never })).toEqual([`${line}\r`]);
      expect(written({ kind: 'command', command: `${line} ` as never })).toBeNull();
    }
    expect(written({ kind: 'key', key: 'return' })).toEqual(['\r']);
    expect(written({ kind: 'key', key: 'space' })).toEqual([' ']);
  });
});
