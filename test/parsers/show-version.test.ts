import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { IosRelease } from '../../src/parsers/show-version/facts.ts';
import { showVersion } from '../../src/parsers/show-version/parse.ts';
import { compareReleases, parseRelease } from '../../src/parsers/show-version/release.ts';

function release(text: string): IosRelease {
  const parsed = parseRelease(text);
  if (parsed === null) throw new Error(`${text} is no release`);
  return parsed;
}

function order(a: string, b: string): number | null {
  const difference = compareReleases(release(a), release(b));
  return difference === null ? null : Math.sign(difference);
}

describe('releases', () => {
  test.each([
    [
      '12.0(6.5)T5',
      { major: 12, minor: 0, maintenance: 6, interim: 5, train: 'T', rebuild: 5, letter: '', isXe: false },
    ],
    [
      '12.4(15)T7',
      {
        major: 12,
        minor: 4,
        maintenance: 15,
        interim: null,
        train: 'T',
        rebuild: 7,
        letter: '',
        isXe: false,
      },
    ],
    [
      '15.2(4)M6',
      { major: 15, minor: 2, maintenance: 4, interim: null, train: 'M', rebuild: 6, letter: '', isXe: false },
    ],
    ['15.7(3)M4b', { train: 'M', rebuild: 4, letter: 'b' }],
    ['12.4(25f)', { maintenance: 25, train: '', rebuild: null, letter: 'f' }],
    ['12.2(18)SXF7', { train: 'SXF', rebuild: 7 }],
    ['15.2(4.0.55)E', { maintenance: 4, interim: 0, train: 'E' }],
    ['03.16.04b.S', { major: 3, minor: 16, maintenance: 4, letter: 'b', train: 'S', isXe: true }],
    ['17.3.4a', { major: 17, minor: 3, maintenance: 4, letter: 'a', train: '', isXe: true }],
    ['17.12.1', { major: 17, minor: 12, maintenance: 1, letter: '', isXe: true }],
  ])('%s', (text, parts) => {
    expect(parseRelease(text)).toMatchObject(parts);
  });

  test.each([
    '',
    '15',
    '15.2',
    'M6',
    '15.2(4',
    '9.8(2)x(3)',
    '17.3.20210302:012459',
    'V169_5_SR1',
    '12.4(15)T7 '.repeat(3),
  ])('%j is none', (text) => {
    expect(parseRelease(text)).toBeNull();
  });

  test('zeros in front say nothing', () => {
    expect(parseRelease('12.0(6.5)T05')).toEqual(parseRelease('12.0(6.5)T5'));
    expect(parseRelease('17.03.04a')).toEqual(parseRelease('17.3.4a'));
  });

  test.each([
    ['12.0(6.5)T4', '12.0(6.5)T05'],
    ['12.0(6)T9', '12.0(6.5)T1'],
    ['12.4(15)T7', '12.4(15)T10'],
    ['12.4(9)T', '12.4(15)T'],
    ['12.0(6.5)T5', '15.2(4)M6'],
    ['12.3(8)T11', '12.4(1)'],
    ['15.2(3)T', '15.2(4)M'],
    ['15.7(3)M4', '15.7(3)M4b'],
    ['12.4(25)', '12.4(25f)'],
    ['03.07.01.S', '03.16.04b.S'],
    ['03.16.04.S', '16.9.3'],
    ['16.12.5', '17.3.4a'],
    ['17.9.4', '17.12.1'],
    ['12.4(24)T', '17.3.4'],
  ])('%s is older than %s', (older, newer) => {
    expect(order(older, newer)).toBe(-1);
    expect(order(newer, older)).toBe(1);
  });

  test.each([
    ['12.4(24)', '12.4(9)T'],
    ['12.2(33)SXI4', '12.4(24)T'],
    ['12.2(33)SRE', '12.2(55)SE10'],
    ['15.2(4)M', '15.2(4)E'],
    ['03.07.05.E', '03.16.04.S'],
    ['15.5(3)S4b', '03.16.04b.S'],
  ])('%s and %s have no order', (a, b) => {
    expect(order(a, b)).toBeNull();
    expect(order(b, a)).toBeNull();
  });

  test('comparing backwards gives the opposite, and a release equals itself', () => {
    const texts = [
      '12.0(6.5)T5',
      '12.4(25f)',
      '12.4(24)T',
      '15.2(4)M6',
      '15.2(3)T',
      '12.2(18)SXF7',
      '03.16.04b.S',
      '16.9.3',
      '17.3.4a',
      '15.5(3)S4b',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.constantFrom(...texts), (a, b) => {
        const there = order(a, b);
        expect(order(b, a)).toBe(there === null ? null : 0 - there);
        if (a === b) expect(there).toBe(0);
      }),
    );
  });
});

describe('platform', () => {
  test.each([
    [
      'Cisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M), Version 15.2(4)M6, RELEASE SOFTWARE (fc2)',
      'ios',
      '15.2(4)M6',
    ],
    ['IOS (tm) 3600 Software (C3640-JK9S-M), Version 12.2(13)T, RELEASE SOFTWARE (fc1)', 'ios', '12.2(13)T'],
    [
      'Cisco IOS Software, IOS-XE Software (X86_64_LINUX_IOSD-ADVENTERPRISEK9-M), Version 15.1(3)S, RELEASE SOFTWARE (fc1)',
      'ios-xe',
      '15.1(3)S',
    ],
    ['Cisco IOS XE Software, Version 17.12.01', 'ios-xe', '17.12.01'],
    ['Cisco Adaptive Security Appliance Software Version 9.8(2)', 'asa', '9.8(2)'],
    ['Cisco IOS XR Software, Version 6.5.3', 'ios-xr', '6.5.3'],
    ['Cisco Nexus Operating System (NX-OS) Software', 'nx-os', undefined],
    ['Cisco PIX Firewall Version 6.3(5)', 'other', '6.3(5)'],
  ])('%s', (line, platform, version) => {
    const { facts } = showVersion.parse(`${line}\n`);
    expect(facts.platform).toBe(platform);
    expect(facts.version?.text).toBe(version);
    if (platform !== 'ios' && platform !== 'ios-xe') expect(facts.version?.release ?? null).toBeNull();
  });

  test('a bootstrap line is not the version', () => {
    const text =
      'ROM: System Bootstrap, Version 12.2(17r)S4, RELEASE SOFTWARE (fc1)\nCisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M), Version 15.2(4)M6, RELEASE SOFTWARE\n';
    expect(showVersion.parse(text).facts.version?.text).toBe('15.2(4)M6');
  });

  test('a special build takes the number of the IOS line', () => {
    const text =
      'Cisco IOS XE Software, Version V169_5_SR1_2\nCisco IOS Software [Fuji], ISR Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version 16.9.5, CUST-SPECIAL:V169_5_SR1_2\n';
    expect(showVersion.parse(text).facts.version).toMatchObject({
      text: '16.9.5',
      release: { isXe: true },
      lines: { first: 2, last: 2 },
    });
  });

  test.each([2, 20, 77, 78, 79, 80])('a first line cut at column %d is read whole', (column) => {
    const line =
      'Cisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M), Version 15.2(4)M6, RELEASE SOFTWARE (fc2)';
    const { facts } = showVersion.parse(
      `${line.slice(0, column)}\n${line.slice(column)}\n\nhq1 uptime is 5 minutes\n`,
    );
    // Where the cut leaves a complete number behind, the rest of the line says nothing; else the two halves are joined.
    if (column >= 77) expect(facts.version?.text).toBe('15.2(4)M6');
    expect(facts.hostname?.name).toBe('hq1');
  });

  test('another text is not recognised', () => {
    expect(showVersion.parse('Interface   IP-Address\nFa0/0   192.0.2.1\n')).toMatchObject({
      facts: { platform: null },
      coverage: 'unrecognised',
    });
  });
});

describe('uptime', () => {
  test.each([
    [
      '1 year, 22 weeks, 6 days, 9 hours, 38 minutes',
      31_536_000 + 22 * 604_800 + 6 * 86_400 + 9 * 3_600 + 38 * 60,
      60,
    ],
    ['3 weeks, 6 days, 32 minutes', 3 * 604_800 + 6 * 86_400 + 32 * 60, 60],
    ['0 minutes', 0, 60],
    ['2 days', 172_800, 86_400],
  ])('%s', (text, seconds, resolution) => {
    const { facts } = showVersion.parse(
      `Cisco IOS Software, X Software (X-M), Version 15.2(4)M6, RELEASE\nr1 uptime is ${text}\n`,
    );
    expect(facts.uptime).toMatchObject({ text, seconds, resolution, lines: { first: 2, last: 2 } });
  });

  test.each(['41 constructor', '6 weeks, 41 hasOwnProperty', '1 __proto__'])(
    '%s is no span of time',
    (text) => {
      const parsed = showVersion.parse(
        `Cisco IOS Software, X Software (X-M), Version 15.2(4)M6, RELEASE\nr1 uptime is ${text}\n`,
      );
      expect(parsed).toMatchObject({ facts: { uptime: null }, unread: [{ line: 2 }] });
    },
  );

  test('one that cannot be read is reported', () => {
    const parsed = showVersion.parse(
      'Cisco IOS Software, X Software (X-M), Version 15.2(4)M6, RELEASE\nr1 uptime is a while\n',
    );
    expect(parsed).toMatchObject({ facts: { uptime: null }, coverage: 'partial', unread: [{ line: 2 }] });
  });
});
