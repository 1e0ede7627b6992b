import { describe, expect, test } from '@jest/globals';
import { ALLOWED_COMMANDS } from '../../src/evidence/show-command.ts';
import { SESSION_LINES } from '../../src/transport/session-commands.ts';
import { readProjectFile } from '../architecture/project-files.ts';

const PAGE = 'docs/read-only.md';
const page = readProjectFile(PAGE);

/** The cells of every row under a heading, the two head rows left out. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const from = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return from
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| Command') && !line.startsWith('| Line'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const commandOf = (row: readonly string[]): string => (row[0] ?? '').replaceAll('`', '');

describe(PAGE, () => {
  const rows = rowsUnder('Every command that may be sent');

  test('has one row for each allowed command, and no other', () => {
    expect(rows.map(commandOf)).toEqual(ALLOWED_COMMANDS);
  });

  test('says of each what it prints, what it costs and why it is safe', () => {
    for (const row of rows) {
      expect([row[0], row.length]).toEqual([row[0], 4]);
      expect(['cheap', 'table', 'log']).toContain(row[2]);
      expect([row[0], row.every((cell) => cell.length >= 3)]).toEqual([row[0], true]);
    }
    expect(rows.filter((row) => row[2] === 'log').map(commandOf)).toEqual(['show logging']);
  });

  test('has the lines of the session in their order, always or not as the table of the program', () => {
    const lines = rowsUnder("The session's own lines");
    expect(lines.map(commandOf)).toEqual(SESSION_LINES.map(({ line }) => line));
    expect(lines.map((row) => row[1] === 'always')).toEqual(SESSION_LINES.map(({ only }) => only === null));
  });

  test('names the limits of a parser view and what is left out', () => {
    for (const said of [
      'cannot forbid `| redirect`, `| tee` or `| append`',
      'A view knows keywords, not arguments',
      '`show running-config`',
      '`show crypto isakmp key`',
    ])
      expect(page).toContain(said);
  });
});
