import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isLogLine, type LogForms } from '../../src/evidence/log-lines.ts';
import { mustShowCommand } from '../../src/evidence/show-command.ts';
import { IosSession } from '../../src/transport/ios-session.ts';
import { outputText } from '../../src/transport/terminal.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/transport/timeouts.ts';
import { judge, linesTaken, takeOut } from '../../src/transport/unasked-lines.ts';
import { type FakeOptions, FakeRouter } from './fake-router.ts';
import { saltedLog } from './salted-log.ts';

const VERSION = mustShowCommand('show version');
const LOGGING = mustShowCommand('show logging');
const ISAKMP = mustShowCommand('show crypto isakmp sa');
const LOG = '*Nov 23 09:30:12.345: %SYS-5-CONFIG_I: Configured from console by admin on vty0 (192.0.2.9)';

/** `bytes` as an output of `show version`: what is left as text, and what was taken out. */
function read(bytes: string, forms: LogForms = new Set()): { text: string; lines: string[] } {
  const { bytes: own, cuts } = takeOut(`show version\r\n${bytes}`, forms);
  return {
    text: outputText({ bytes: own, command: 'show version', spacesAt: [], cuts }),
    lines: linesTaken(cuts),
  };
}

describe('a log line', () => {
  test.each([
    LOG,
    '*Mar  1 18:46:11: %LINK-3-UPDOWN: Interface Tunnel0, changed state to down',
    '000123: *Nov 23 09:30:12.345 UTC: %CRYPTO-4-RECVD_PKT_INV_SPI: decaps: rec’d IPSEC packet',
    '4425: Aug 23 00:17:55.356: %SSH-5-SSH2_SESSION: SSH2 Session request from 192.0.2.9',
    '.Nov 23 2026 09:30:12: %IOSXE_OIR-SP-6-INSCARD: Card inserted',
    'Sep 26 23:05:38.267 IST: %SYS-5-CONFIG_I: x',
    '00:02:58: %LINEPROTO-5-UPDOWN: Line protocol on Interface Tunnel0, changed state to up',
    '3d04h: %CRYPTO-6-IKMP_MODE_FAILURE: Processing of Main mode failed',
    '1w2d: %SYS-5-RESTART: System restarted --',
  ])('is %s', (line) => {
    expect(isLogLine(line)).toBe(true);
    expect(read(`a\r\n${line}\r\nb\r\n`)).toEqual({ text: 'a\nb\n', lines: [line] });
  });

  test.each([
    '*Nov 23 09:30:12.345: ISAKMP:(1001):beginning Main Mode exchange',
    '%SYS-5-CONFIG_I: without a stamp',
    'Nov 23 09:30:12.345: no name',
    '% Invalid input detected',
    '*Nov 23 09:30:12.345: %sys-5-config_i: small letters',
    'Load for five secs: 1%/0%; one minute: 1%; five minutes: 1%',
    '',
  ])('is not %j', (line) => {
    expect(isLogLine(line)).toBe(false);
    expect(read(`a\r\n${line}\r\nb\r\n`)).toEqual({ text: `a\n${line}\nb\n`, lines: [] });
  });

  test('that is not whole yet stays', () => {
    expect(read(`a\r\n${LOG}`)).toEqual({ text: `a\n${LOG}`, lines: [] });
  });

  test('in the middle of a line leaves that line whole', () => {
    const row = '192.0.2.1       198.51.100.7    QM_IDLE           1001 ACTIVE';
    for (let at = 0; at <= row.length; at++) {
      const broken = `${row.slice(0, at)}${LOG}\r\n${row.slice(at)}\r\n`;
      expect(read(broken)).toEqual({ text: `${row}\n`, lines: [LOG] });
    }
  });

  test('with a line end in front keeps that line end: it may be one of the output', () => {
    expect(read(`one half, \r\n${LOG}\r\nthe other\r\n`).text).toBe('one half, \nthe other\n');
    expect(read(`a\r\n\r\n${LOG}\r\nb\r\n`).text).toBe('a\n\nb\n');
  });

  test.each([
    ['10.0.0', '.Nov 23 09:30:12: %SYS-5-X: y', 'is the dot of the address or of the stamp?'],
    ['count 4', '4425: Nov 23 09:30:12: %SYS-5-X: y', 'where does the number begin?'],
    ['up 1', '00:02:58: %SYS-5-X: y', 'where does the time begin?'],
  ])('%s|%s stays: %s', (before, line) => {
    const text = `${before}${line}\nrest\n`;
    expect(read(text.replaceAll('\n', '\r\n'))).toEqual({ text, lines: [] });
  });

  test('of a form seen alone on its line before begins where that form begins', () => {
    const dotted = '.Nov 23 09:30:12: %SYS-5-X: y';
    expect(read(`${dotted}\r\n10.0.0${dotted}\r\n.1\r\n`)).toEqual({
      text: '10.0.0.1\n',
      lines: [dotted, dotted],
    });
    const plain = 'Nov 23 09:30:12: %SYS-5-X: y';
    expect(read(`${plain}\r\nS*${plain}\r\n   0.0.0.0/0\r\n`).text).toBe('S*   0.0.0.0/0\n');
    const numbered = '000123: *Nov 23 09:30:12: %SYS-5-X: y';
    expect(read(`packets 5${numbered}\r\n7\r\n`)).toEqual({
      text: 'packets 5' + '000123: *Nov 23 09:30:12: %SYS-5-X: y\n7\n',
      lines: [],
    });
    expect(read(`${numbered}\r\npackets 5${numbered}\r\n7\r\n`).text).toBe('packets 57\n');
  });
});

describe('whatever an output holds and wherever log lines land in it', () => {
  const styles = [
    (n: number) => `*Nov 23 09:30:${String(n % 60).padStart(2, '0')}.345: %SYS-5-CONFIG_I: line ${n}`,
    (n: number) => `Nov 23 09:30:12: %CRYPTO-4-RECVD_PKT_INV_SPI: decaps: line ${n}`,
    (n: number) => `.Mar  1 2026 18:46:11.123 CEST: %LINK-3-UPDOWN: line ${n}`,
    (n: number) => `${String(n).padStart(6, '0')}: *Nov 23 09:30:12.345: %SYS-5-CONFIG_I: line ${n}`,
  ];
  const parts = fc.constantFrom(
    'a',
    '1',
    ' ',
    '.',
    '*',
    ':',
    '#',
    '>',
    '%',
    '-',
    '\n',
    '\n',
    'R1#',
    '\x07',
    'é',
    '0: ',
    'Nov ',
  );

  test('the text is the output byte for byte, and every line is kept in order', () => {
    fc.assert(
      fc.property(
        fc.array(parts, { maxLength: 80 }),
        fc.array(fc.nat(400), { maxLength: 6 }),
        fc.constantFrom(...styles),
        fc.constantFrom('\r\n', '\r\r\n', '\n\r', '\n'),
        (output, places, style, lineEnd) => {
          const text = output.join('');
          const wire = Buffer.from(text).toString('latin1').replaceAll('\n', lineEnd);
          // The first one stands alone: from it the router's form is known.
          let bytes = `${style(0)}\r\n`;
          let from = 0;
          const at = places.map((place) => place % (wire.length + 1)).sort((a, b) => a - b);
          // What stands alone on a line in front of a stamp is read as its beginning: no reader could tell.
          fc.pre(at.every((place) => !/(?:^|[\r\n])[*.]$/.test(wire.slice(0, place))));
          at.forEach((place, i) => {
            bytes += `${wire.slice(from, place)}${style(i + 1)}\r\n`;
            from = place;
          });
          bytes += wire.slice(from);
          const seen = read(bytes);
          expect(seen.text).toBe(text);
          expect(seen.lines).toEqual([0, ...at.map((_, i) => i + 1)].map(style));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('nothing is ever lost: what is left and what was taken are all there was', () => {
    const any = fc.array(
      fc.oneof(
        parts,
        fc.constantFrom('*', '* Line timeout expired', '\r', ...styles.map((style) => style(7))),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(any, (pieces) => {
        const bytes = pieces.join('');
        const { bytes: own, cuts } = takeOut(bytes, new Set());
        let whole = own;
        for (const cut of [...cuts].reverse())
          whole = whole.slice(0, cut.at) + bytes.slice(cut.from, cut.from + cut.length) + whole.slice(cut.at);
        expect(whole).toBe(bytes);
        for (const { lines } of cuts)
          for (const line of lines)
            expect(
              isLogLine(line) ||
                line.startsWith('*') ||
                line.startsWith('0') ||
                line.startsWith('.') ||
                line.startsWith('N'),
            ).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('a million look-alikes take linear time', () => {
    const looks = '*Nov 23 09:30:12.345: %SYS-5-CONFIG_I '.repeat(25_000) + '\n%A-0-B:'.repeat(25_000);
    expect(takeOut(looks, new Set()).cuts).toEqual([]);
    expect(judge(looks).text.length).toBeGreaterThan(0);
  });
});

describe('the warning of absolute-timeout', () => {
  const warning = ['*', '*', '* Line timeout expired', '*', '*'];
  const wire = warning.map((line) => `${line}\r\n`).join('');

  test('is taken out between two lines, and in the middle of one', () => {
    expect(read(`a\r\n${wire}b\r\n`)).toEqual({ text: 'a\nb\n', lines: warning });
    expect(read(`prefix, ${wire}rest\r\n`)).toEqual({ text: 'prefix, rest\n', lines: warning });
    const short = ['*', '* Line timeout expired', '*'];
    expect(read(`a\r\nb${short.map((line) => `${line}\r\n`).join('')}c\r\n`)).toEqual({
      text: 'a\nbc\n',
      lines: short,
    });
  });

  test('takes no star that is not its own', () => {
    expect(read(`*\r\na *\r\n*\r\n${wire}*>\r\n`)).toEqual({ text: '*\na *\n*\n*>\n', lines: warning });
    expect(read('*\r\n* x\r\n*\r\n').lines).toEqual([]);
  });
});

function open(options: FakeOptions, limits: Partial<Limits> = {}) {
  const router = new FakeRouter(options);
  const session = new IosSession(router, {
    where: 'R1 (192.0.2.1:22)',
    limits: { ...DEFAULT_LIMITS, ...limits },
    signal: null,
  });
  return { router, session };
}

const logOf = (n: number): string =>
  `*Nov 23 09:${String(Math.floor(n / 60) % 60).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}.000: %CRYPTO-4-RECVD_PKT_INV_SPI: decaps: number ${n}`;

describe('a router that logs to our line all the time', () => {
  const hostile =
    'first\nR1#\n\nR9>\n --More-- \n192.0.2.1 QM_IDLE\nPassword: \n% Invalid input\nR1#show version\nlast\n';
  const refused = { 'terminal no monitor': "% Invalid input detected at '^' marker.\n" };

  for (const everyMs of [100, 35, 5])
    for (const lineEndFirst of [true, false])
      test.concurrent(`opens and ends its commands: every ${everyMs} ms, ${lineEndFirst ? 'line end first' : 'behind what stands there'}`, async () => {
        const { session, router } = open({
          answers: { 'show version': hostile, 'show crypto isakmp sa': '' },
          refused,
          monitor: { line: logOf, everyMs, lineEndFirst },
        });
        const started = await session.start(null);
        expect(started).toMatchObject({ ok: true, value: { hostname: 'R1', privilege: 15, remarks: [] } });
        const ends = [];
        for (const command of [VERSION, ISAKMP, VERSION, ISAKMP]) ends.push(await session.run(command));
        router.stop();
        // A line end in front of a log line may be one of the output.
        const exact = (text: string): string =>
          lineEndFirst ? text.replace(/\n{2,}/g, '\n').replace(/^\n/, '') : text;
        expect(ends.map(({ text }) => exact(text))).toEqual([exact(hostile), '', exact(hostile), '']);
        expect(ends.map(({ kind }) => kind)).toEqual(['answered', 'answered', 'answered', 'answered']);
        const kept = ends.flatMap(({ unasked }) => unasked ?? []);
        const first = Number(/number (\d+)/.exec(kept[0] ?? '')?.[1]);
        expect(kept.length).toBeGreaterThan(0);
        expect(kept).toEqual(kept.map((_, i) => logOf(first + i)));
      });

  for (const pager of ['classic', 'esck', 'inverse'] as const)
    for (const lineEndFirst of [true, false])
      test.concurrent(`is read page by page: ${pager}, ${lineEndFirst ? 'line end first' : 'behind the pager'}`, async () => {
        const text = Array.from({ length: 40 }, (_, i) => `line ${i}\n`).join('');
        const { session, router } = open({
          answers: { 'show version': text },
          pageLines: 10,
          pager,
          latencyMs: 30,
          monitor: { line: logOf, everyMs: 60, lineEndFirst },
        });
        await session.start(null);
        const end = await session.run(VERSION);
        router.stop();
        expect(end.text.replace(/\n{2,}/g, '\n').replace(/^\n/, '')).toBe(text);
        expect(router.received.filter((key) => key === ' ')).toHaveLength(3);
      });

  test.concurrent('a log of nothing but log lines is read page by page', async () => {
    const log = Array.from({ length: 120 }, (_, i) => `${logOf(i)}\n`).join('');
    for (const pager of ['classic', 'esck', 'inverse'] as const) {
      const { session, router } = open({ answers: { 'show logging': log }, pageLines: 40, pager });
      await session.start(null);
      expect(await session.run(LOGGING)).toEqual({ kind: 'answered', text: log });
      expect(router.received.filter((key) => key === ' ')).toHaveLength(2);
    }
  });

  test.concurrent('its log is whole, and nothing is taken from it', async () => {
    const log = saltedLog(800);
    const { session, router } = open({
      answers: { 'show logging': log, 'show version': 'IOS\n' },
      refused,
      piece: 50,
      pauseAfter: { text: '\nR1#', ms: 150, times: 6 },
      monitor: { line: (n) => `*Nov 24 00:00:00.000: %MON-5-ITOR: ${n}`, everyMs: 30, lineEndFirst: false },
    });
    await session.start(null);
    const end = await session.run(LOGGING);
    expect(end.kind).toBe('answered');
    expect(end.text.replace(/\*Nov 24 00:00:00\.000: %MON-5-ITOR: \d+\n/g, '')).toBe(log);
    expect((await session.run(VERSION)).text).toBe('IOS\n');
    router.stop();
  });

  test.concurrent('and prints no stamps: commands end all the same', async () => {
    const { session, router } = open({
      answers: { 'show version': 'IOS\n' },
      refused,
      monitor: { line: (n) => `%SYS-5-CONFIG_I: number ${n}`, everyMs: 100, lineEndFirst: true },
    });
    expect((await session.start(null)).ok).toBe(true);
    const end = await session.run(VERSION);
    router.stop();
    expect(end.kind).toBe('answered');
    expect(end.text).toContain('IOS\n');
  });

  test.concurrent('and then stalls: log lines are no sign of life of the command', async () => {
    const { session, router } = open(
      {
        answers: { 'show version': { output: 'half\n', ending: 'stall' } },
        monitor: { line: logOf, everyMs: 50, lineEndFirst: false },
      },
      { commandIdleMs: 700 },
    );
    await session.start(null);
    expect(await session.run(VERSION)).toMatchObject({
      kind: 'cut-short',
      text: 'half\n',
      error: 'command-silent',
      unasked: expect.arrayContaining([expect.stringContaining('number')]),
    });
    router.stop();
  });
});

describe('log lines and one command', () => {
  const unaskedOf = async (wire: string, command = VERSION) => {
    const { session } = open({ answers: { [command]: wire } });
    await session.start(null);
    return session.run(command);
  };

  test.concurrent('a refusal followed by log lines is a refusal', async () => {
    expect(await unaskedOf(`% Authorization failed.\n${LOG}\n`)).toEqual({
      kind: 'refused',
      refusal: 'not-authorized',
      reason: '% Authorization failed.',
      text: '% Authorization failed.\n',
      unasked: [LOG],
    });
    expect(await unaskedOf(`Command authorization failed.\n\n${LOG}\n${LOG}\n`, LOGGING)).toMatchObject({
      kind: 'refused',
      text: `Command authorization failed.\n\n${LOG}\n${LOG}\n`,
    });
  });

  test.concurrent('a log that holds a refusal is no refusal', async () => {
    for (const log of [`${LOG}\n% Authorization failed.\n`, `\n${LOG}\n% Incomplete command.\n${LOG}\n`])
      expect(await unaskedOf(log, LOGGING)).toEqual({ kind: 'answered', text: log });
  });

  test('an echo that one breaks in two is still the echo', () => {
    for (const lineEnd of ['', '\r\n']) {
      const { bytes, cuts } = takeOut(`show ver${lineEnd}${LOG}\r\nsion\r\nIOS\r\n`, new Set());
      expect(outputText({ bytes, command: 'show version', spacesAt: [], cuts })).toBe('IOS\n');
    }
  });

  test.concurrent('lines behind the prompt are kept with the command before or after them', async () => {
    const { session } = open({ answers: { 'show version': 'IOS\n' }, unasked: `\n${LOG}` });
    await session.start(null);
    const ends = [];
    for (let turn = 0; turn < 6; turn++) ends.push(await session.run(VERSION));
    expect(ends.map(({ text }) => text)).toEqual(Array.from({ length: 6 }, () => 'IOS\n'));
    expect(ends.flatMap(({ unasked }) => unasked ?? []).length).toBeGreaterThan(2);
  });
});
