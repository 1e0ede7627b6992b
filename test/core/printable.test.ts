import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printable } from '../../src/core/printable.ts';

describe('device text made printable', () => {
  test.each([
    ['a colour', '\x1b[31mred\x1b[0m', 'red'],
    ['a cursor move', 'a\x1b[2J\x1b[1;1Hb', 'ab'],
    ['a window title', '\x1b]0;owned\x07text', 'text'],
    ['a terminal link', '\x1b]8;;http://x.example\x1b\\click\x1b]8;;\x1b\\', 'click'],
    ['a device control string', 'a\x1bP1$q\x1b\\b', 'ab'],
    ['an operating system command that never ends', '\x1b]0;the line goes on', '0;the line goes on'],
    ['one that is cut by another', '\x1b]0;kept\x1b[31m too', '0;kept too'],
    ['a device control string that never ends', 'x\x1bPthe line goes on', 'xthe line goes on'],
    ['a colour that never ends', '\x1b[31', '·[31'],
    ['a bare escape', 'a\x1b', 'a·'],
    ['one escape that would make another', '\x1b\x1b[31m[31m', '·[31m'],
    ['control bytes', 'a\x00\x07\x08\r\n\x7f\x9bb', 'a·······b'],
    ['a tab', 'a\tb', 'a b'],
    ['line separators', 'a\u2028b\u2029c', 'a·b·c'],
    ['a soft hyphen', 'ad\u00admin', 'ad·min'],
    ['an Arabic letter mark', 'a\u061cb', 'a·b'],
    ['a Mongolian vowel separator', 'a\u180eb', 'a·b'],
    ['bidirectional marks', '\u202eab\u202c\u2066c\u2069\u200f', '·ab··c··'],
    ['blanks without width', 'a\u200bb\ufeffc\u2060d', 'a·b·c·d'],
    ['annotations', 'a\ufff9b\ufffac\ufffbd', 'a·b·c·d'],
    ['hidden tag letters', 'a\u{e0001}\u{e0041}\u{e007f}b', 'a···b'],
    ['lone surrogates', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
    ['letters of other scripts', 'Zürich 東京 😀', 'Zürich 東京 😀'],
  ])('%s', (_name, raw, shown) => {
    expect(printable(raw)).toBe(shown);
  });

  test('holds nothing that steers a terminal, and making it printable twice changes nothing', () => {
    const nasty = fc.constantFrom(
      '\x1b',
      '[',
      ']',
      'P',
      '\\',
      '\x07',
      '\x9b',
      ';',
      '3',
      'm',
      'é',
      '\u{e0041}',
      '\ud800',
      '\udc00',
      '\u00ad',
    );
    fc.assert(
      fc.property(fc.string({ unit: nasty, maxLength: 60 }), (raw) => {
        const shown = printable(raw);
        expect(shown).not.toMatch(/[\x00-\x1f\x7f-\x9f\u00ad\u{e0000}-\u{e007f}\p{Cs}]/u);
        expect(printable(shown)).toBe(shown);
      }),
    );
  });

  test.each([
    ['openings of system commands', '\x1b]'],
    ['openings of control strings', '\x1bPx'],
    ['openings of colours', '\x1b[0'],
    ['parameters without an end', '0;'],
  ])('takes time in step with the length: %s', (_name, unit) => {
    const started = process.cpuUsage();
    printable(`\x1b[${unit.repeat(500_000)}`);
    printable(`\x1b]${unit.repeat(500_000)}`);
    // A quadratic pass over a million characters takes minutes
    expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
  });
});
