import type { Because } from './report.ts';
import type { Line } from './text-layout.ts';
import { columnsOf, cut, quoteRows, wrap } from './text-layout.ts';

export const BULLET = '    - ';
export const LABEL = (word: string) => `  ${word}  `;
const QUOTE_INDENT = '      ';
const MOST_LINES_A_QUOTE = 4;
const LONGEST_PLACE = 40;

/** The cited lines, each under `command:line | ` (after the router's name when it is not `home`). */
export function quoteLines(source: NonNullable<Because['source']>, width: number, home: string): Line[] {
  const cited = source.quote.split(/\r?\n/, MOST_LINES_A_QUOTE + 1);
  const from = source.router === home ? '' : `${source.router} `;
  const lines = cited.slice(0, MOST_LINES_A_QUOTE).flatMap((text, index): Line[] => {
    const place = `${QUOTE_INDENT}${cut(from + source.command, LONGEST_PLACE)}:${source.firstLine + index} | `;
    const follow = `${' '.repeat(Math.max(0, columnsOf(place) - 2))}| `;
    return quoteRows(text, Math.max(16, width - columnsOf(place))).map((row, at) =>
      dim((at === 0 ? place : follow) + row),
    );
  });
  return cited.length > MOST_LINES_A_QUOTE ? [...lines, dim(`${QUOTE_INDENT}…`)] : lines;
}

/** A heading with one bullet per text; nothing when there is none. */
export function section(title: string, texts: readonly string[], width: number): Line[] {
  if (texts.length === 0) return [];
  return [
    [cut(`  ${title}`, width)],
    ...texts.flatMap((text) => wrap(text, width, BULLET).map((row): Line => [row])),
  ];
}

/** One clue as a bullet with its cited line below; a clue from absence names the command that would have shown it. */
export function clueWithQuote({ text, source, command }: Because, width: number, home: string): Line[] {
  const bullet = wrap(text, width, BULLET).map((row): Line => [row]);
  if (source !== null) return [...bullet, ...quoteLines(source, width, home)];
  if (command === null) return bullet;
  return [
    ...bullet,
    ...wrap(`${command} | nothing of the kind in the complete output`, width, QUOTE_INDENT).map(dim),
  ];
}

/** A heading with numbered steps; nothing when there is none. */
export function numbered(title: string, steps: readonly string[], width: number): Line[] {
  if (steps.length === 0) return [];
  const rows = steps.flatMap((step, index) => wrap(step, width, `    ${index + 1}. `));
  return [[cut(`  ${title}`, width)], ...rows.map((row): Line => [row])];
}

/** A label and its text on one line, wrapped under the text. */
export function labelled(label: string, text: string, width: number): Line[] {
  return wrap(text, width, LABEL(label)).map((row): Line => [row]);
}

function dim(text: string): Line {
  return [{ style: 'dim', text }];
}
