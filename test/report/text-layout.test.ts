import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { columnsOf, cut, fit, quoteRows, wrap } from '../../src/report/text-layout.ts';

const words = fc.string({ unit: fc.constantFrom('a', 'b', '-', ' ', ' ', '漢', '😀', 'é'), maxLength: 300 });
const solid = (text: string) => text.replace(/\s+/g, '');

test('wrapped text loses nothing but blanks and stays within the page', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 20, max: 90 }), (text, width) => {
      const rows = wrap(text, width, '    - ');
      expect(rows.filter((row) => columnsOf(row) > width)).toEqual([]);
      expect(solid(rows.join('')).replace('-', '')).toBe(solid(text));
      expect(rows.slice(1).every((row) => row === '' || row.startsWith('      '))).toBe(true);
    }),
  );
});

test('a quote is whole if it has the room, and never wider than it', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 8, max: 90 }), (text, room) => {
      const rows = quoteRows(text, room);
      expect(rows.filter((row) => columnsOf(row) > room)).toEqual([]);
      expect(rows.length).toBeLessThanOrEqual(4);
      if (!rows.at(-1)?.endsWith('…')) expect(solid(rows.join(''))).toBe(solid(text));
    }),
  );
});

test('a quote that fits keeps its columns', () => {
  expect(quoteRows('  192.0.2.1   198.51.100.1   QM_IDLE  ', 60)).toEqual([
    '192.0.2.1   198.51.100.1   QM_IDLE',
  ]);
});

test('text is cut where a terminal would see the end', () => {
  expect(cut('abcdef', 6)).toBe('abcdef');
  expect(cut('abcdefg', 6)).toBe('abcde…');
  expect(cut('漢字漢字', 6)).toBe('漢字…');
  expect(cut('\x1b[31mred\x1b[0m', 3)).toBe('red');
  expect(cut('😀😀', 3)).toBe('😀…');
  expect(cut('abc', 0)).toBe('');
  expect(columnsOf(fit('漢', 5))).toBe(5);
});
