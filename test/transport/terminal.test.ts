import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readRecording, writeRecording } from '../../src/evidence/recording-files.ts';
import { recogniseRefusal } from '../../src/evidence/refusal.ts';
import { mustShowCommand } from '../../src/evidence/show-command.ts';
import { type Channel, isTypeable, type Sendable, send } from '../../src/transport/send.ts';
import { decoded, echoEnd, outputText, pictured, withoutPartialEcho } from '../../src/transport/terminal.ts';

describe('the echo', () => {
  const command = 'show crypto ipsec sa peer 192.0.2.1';

  test('ends with its line', () => {
    const bytes = `${command}\r\noutput\r\n`;
    expect(bytes.slice(echoEnd(bytes, command) ?? 0)).toBe('output\r\n');
  });

  test('is found behind a log line, and when the router scrolled its line', () => {
    const log = '*Nov 23 09:30:12.345: %SYS-5-CONFIG_I: x\r\nR1#';
    expect(echoEnd(`${log}${command}\r\nx`, command)).toBe(log.length + command.length + 2);
    const scrolled = `show crypto ipsec sa${'\b'.repeat(20)}$ ipsec sa peer 1${' '.repeat(4)}${'\b'.repeat(4)}92.0.2.1\r\nx`;
    expect(pictured(scrolled.split('\r')[0] ?? '')).toBe('$ ipsec sa peer 192.0.2.1');
    expect(echoEnd(scrolled, command)).toBe(scrolled.length - 1);
  });

  /** What IOS sends while `typed` is typed behind a prompt on a terminal of 80 columns. */
  function scrolledEcho(typed: string, promptLength: number): string {
    const room = 80 - promptLength - 3;
    let sent = '';
    let start = 0;
    for (let end = 1; end <= typed.length; end++) {
      if (end - start <= room) sent += typed[end - 1] ?? '';
      else {
        start += 10;
        const shown = `$${typed.slice(start + 1, end)}`;
        const gap = room - shown.length;
        sent += '\b'.repeat(room) + shown + ' '.repeat(gap) + '\b'.repeat(gap);
      }
    }
    return sent;
  }

  test('is found however often the router scrolled its line', () => {
    const long = 'show crypto ipsec sa peer 2001:db8:1111:2222:3333:4444:5555:6666 detail';
    for (let promptLength = 1; promptLength <= 60; promptLength++) {
      const echo = scrolledEcho(long, promptLength);
      expect(echo.includes('$')).toBe(long.length > 80 - promptLength - 3);
      expect(echoEnd(`${echo}\r\noutput $\r\n`, long)).toBe(echo.length + 2);
    }
  });

  test('is found among NULs, colours and doubled line ends', () => {
    const [first, rest] = [command.slice(0, 9), command.slice(9)];
    for (const echo of [
      `\x00${first}\x00${rest}\x00\r\n`,
      `\x1b[K${first}\x1b[7m${rest}\x1b[27m\r\n`,
      `\r\nR1#${command}\r\r\n`,
      `${command}\n\r`,
      `${first}x\b \b${rest}\r\n`,
    ])
      expect(outputText({ bytes: `${echo}a\r\nb\r\n`, command, spacesAt: [] })).toBe('a\nb\n');
  });

  test('that was cut off is no output', () => {
    for (let length = 0; length <= command.length; length++)
      for (const before of ['', '*Nov 23 09:30:12.345: %SYS-5-CONFIG_I: x\r\n'])
        expect(withoutPartialEcho(before + command.slice(0, length), command, [])).toBe(before);
    expect(withoutPartialEcho(`${command}\r\nsh`, command, [])).toBe(`${command}\r\nsh`);
  });

  test('is not looked for deep in the output', () => {
    expect(echoEnd(`${'x\r\n'.repeat(50)}${command}\r\n`, command)).toBeNull();
    expect(echoEnd(command, command)).toBeNull();
  });
});

describe('the text', () => {
  test('loses nothing but echo, CR and answered pagers, for any bytes', () => {
    const body = fc.array(
      fc.constantFrom(
        'a',
        ' ',
        '\n',
        '\b',
        '\x1b[K',
        '\x00',
        ' --More-- ',
        'R1#',
        '\x07',
        '\xe9',
        'show version',
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(body, (parts) => {
        const text = parts.join('');
        const bytes = `show version\r\n${text.replaceAll('\n', '\r\n')}`;
        return outputText({ bytes, command: 'show version', spacesAt: [] }) === decoded(text);
      }),
    );
  });

  test('a pager that was answered goes with its wipe, one that was not stays', () => {
    const wipe = `${'\b'.repeat(9)}${' '.repeat(8)}${'\b'.repeat(9)}`;
    const front = 'show version\r\nfirst\r\n --More-- ';
    const bytes = `${front}${wipe}second\r\n --More-- ${wipe}third\r\n`;
    expect(outputText({ bytes, command: 'show version', spacesAt: [front.length] })).toBe(
      `first\nsecond\n --More-- ${wipe}third\n`,
    );
    expect(outputText({ bytes, command: 'show version', spacesAt: [] })).toBe(
      `first\n --More-- ${wipe}second\n --More-- ${wipe}third\n`,
    );
  });

  test('a cut in the middle of a UTF-8 character spoils that character only', () => {
    const whole = Buffer.from('Zürich → Genève €');
    for (let cut = 0; cut <= whole.length; cut++) {
      const part = whole.subarray(0, cut);
      const complete = new TextDecoder().decode(part).replace(/\ufffd+$/, '');
      expect(decoded(part.toString('latin1')).startsWith(complete)).toBe(true);
    }
  });
});

describe('refusals in a text', () => {
  test('no output that is longer than a refusal is one, and no text breaks the reader', () => {
    expect(recogniseRefusal(`% Incomplete command.\n${'\n'.repeat(3000)}`)).toBeNull();
    expect(recogniseRefusal('')).toBeNull();
    expect(recogniseRefusal('\n\n')).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => recogniseRefusal(`*log line\n${text}`) === null));
  });
});

test('a command that AAA refuses is a refusal in a folder of bare files too, and never an empty answer', () => {
  for (const text of [
    'Command authorization failed.\n\n',
    '% Authorization failed.\r\n',
    'Command authorization failed.',
  ]) {
    const { outputs } = readRecording([{ name: 'show-crypto-isakmp-sa.txt', content: text }], 'R1');
    expect(outputs).toMatchObject([{ kind: 'refused', refusal: 'not-authorized' }]);
    const saved = writeRecording({
      router: 'R1',
      address: null,
      collectedAt: null,
      notUsed: [],
      remarks: [],
      outputs,
    });
    const files = saved.map((file) => ({ name: file.name, content: file.text }));
    expect(readRecording(files, 'R1').outputs).toEqual(outputs);
  }
});

describe('what is sent', () => {
  test('one place in the room writes to the router: send, through the channel of shell-channel.ts', () => {
    const room = new URL('../../src/transport/', import.meta.url);
    const writers = readdirSync(room).filter((file) =>
      /\.write\(/.test(readFileSync(new URL(file, room), 'utf8')),
    );
    expect(writers.sort()).toEqual(['send.ts', 'shell-channel.ts']);
    const ways = (file: string): string[] =>
      readFileSync(new URL(file, room), 'utf8').match(/\.write\(|\.exec\(|\.end\('/g) ?? [];
    expect(ways('shell-channel.ts')).toEqual(['.write(']);
    expect(ways('ssh-connection.ts')).toEqual([]);
  });

  function written(sendable: Sendable): string[] {
    const texts: string[] = [];
    const channel: Channel = { write: (text) => texts.push(text), onData: () => {}, onClose: () => {} };
    send(channel, sendable);
    return texts;
  }

  test('commands end with one CR', () => {
    expect(written({ kind: 'command', command: mustShowCommand('show ip route 192.0.2.1') })).toEqual([
      'show ip route 192.0.2.1\r',
    ]);
    expect(written({ kind: 'key', key: 'space' })).toEqual([' ']);
  });

  test('a forged command with anything but one plain line is our bug, and is not sent', () => {
    for (const forged of [
      'show version\rreload',
      'show version\n',
      'show ?',
      'show version | redirect flash:x',
      'show  version',
      ' show version',
      'show\tversion',
      'show "x"',
      '',
    ]) {
      expect(() => written({ kind: 'command', command: forged as never })).toThrow();
    }
    expect(() => written({ kind: 'enable-secret', secret: 'a\rb' })).toThrow();
    expect([isTypeable(''), isTypeable('a\x03'), isTypeable('pässwort !"§$')]).toEqual([false, false, true]);
  });
});
