import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { LATER_ROWS, LOGIN_ROWS } from './all-rows.ts';

const ALL_ROWS = [...LOGIN_ROWS, ...LATER_ROWS];
const PAGE = new URL('../../../../shared/ssh/FAULTS.md', import.meta.url);
const testPage = existsSync(PAGE) ? test : test.skip;

/** Number, class and retry of each row of the page: `| 20 | wrong password | … | A 0 (never: lockout) |`. */
function rowsOfPage(): [number, string | null, string | null][] {
  const rows = readFileSync(PAGE, 'utf8').split('\n');
  return rows.flatMap((line) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const number = Number(cells[1]);
    if (!Number.isInteger(number) || number === 0) return [];
    const [letter = '-', tries = ''] = (cells.at(-2) ?? '').split(' ');
    return [[number, letter === '-' ? null : letter, RETRIES[tries] ?? null]];
  });
}

const RETRIES: Readonly<Record<string, string>> = { '0': 'never', '1': 'later', B: 'at-once' };

testPage('every fault of the page has its row, of the same class and worth the same retry', () => {
  const page = rowsOfPage();
  expect(page).toHaveLength(74);
  const ours = [...ALL_ROWS].sort((a, b) => a.number - b.number);
  // Rows whose retry the page leaves open, or whose fault never ends a session, say null here.
  const of = (rows: typeof page) => rows.map(([number, letter]) => `${number} ${letter ?? '-'}`);
  expect(of(ours.map((row) => [row.number, row.class, row.retry]))).toEqual(of(page));
  for (const [i, row] of ours.entries())
    if (row.retry !== null) expect([row.number, row.retry]).toEqual([row.number, page[i]?.[2]]);
});

test('every row is provoked, or says why it cannot be', () => {
  for (const row of ALL_ROWS) {
    const ways = (row.here?.length ?? 0) + (row.standIn?.length ?? 0);
    expect([row.number, ways > 0 || (row.cannot ?? '') !== '']).toEqual([row.number, true]);
  }
});

test('no number twice, no way twice', () => {
  const numbers = ALL_ROWS.map((row) => row.number);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const row of ALL_ROWS) {
    const hows = [
      ...(row.here ?? []).map(({ how }) => how),
      ...(row.standIn ?? []).map(({ how }) => `stand-in ${how}`),
    ];
    expect(new Set(hows).size).toBe(hows.length);
  }
});
