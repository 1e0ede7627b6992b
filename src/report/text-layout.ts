import { printable } from '../core/printable.ts';

/** The names `util.styleText` takes, so that a caller may hand it over as it is. */
export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan' | 'magenta';
export type Paint = (style: Style, text: string) => string;
export interface Span {
  readonly text: string;
  readonly style: Style;
}
export type Line = readonly (string | Span)[];

export const plainPaint: Paint = (_style, text) => text;
const LONGEST_PARAGRAPH = 1200;
const MOST_LINES = 40;
const MOST_QUOTE_ROWS = 4;

/** The only way from lines to output: every piece is made printable before it is painted. */
export function linesToText(lines: readonly Line[], paint: Paint): string {
  const paintSpan = (span: string | Span) =>
    typeof span === 'string' ? printable(span) : paint(span.style, printable(span.text));
  return lines.map((line) => `${line.map(paintSpan).join('')}\n`).join('');
}

/** Terminal columns of printable text; combining marks count as one, which errs on the narrow side. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  return columns;
}

/** Text made printable and cut to `width` columns, with … where something was taken away. */
export function cut(text: string, width: number): string {
  const shown = printable(text);
  if (columnsOf(shown) <= width) return shown;
  return width < 1 ? '' : `${headOf(shown, width - 1)}…`;
}

/** Cut and filled up with blanks to exactly `width` columns. */
export function fit(text: string, width: number): string {
  const shown = cut(text, width);
  return shown + ' '.repeat(Math.max(0, width - columnsOf(shown)));
}

/**
 * Text as a paragraph of rows no wider than `width`: the first begins with `first`, the others are indented as far.
 * Line ends in the text and the indentation of its lines are kept, over-long words are split, and what a device made
 * endless is cut with ….
 */
export function wrap(text: string, width: number, first = ''): string[] {
  const hang = ' '.repeat(columnsOf(first));
  const room = Math.max(8, width - columnsOf(first));
  const rows = text.split(/\r?\n/, MOST_LINES).flatMap((part) => wrapOne(cut(part, LONGEST_PARAGRAPH), room));
  return rows.map((row, index) => `${index === 0 ? first : hang}${row}`.trimEnd());
}

/** One quoted line in a few rows of `room` columns, then cut; blanks inside it stay, so columns stay columns. */
export function quoteRows(text: string, room: number): string[] {
  const rows: string[] = [];
  let rest = cut(text, LONGEST_PARAGRAPH).trim();
  while (rows.length < MOST_QUOTE_ROWS - 1 && columnsOf(rest) > room) {
    const head = headOf(rest, room);
    const blank = head.lastIndexOf(' ');
    const row = blank > room / 2 ? head.slice(0, blank) : head;
    rows.push(row.trimEnd());
    rest = rest.slice(row.length).trimStart();
  }
  return [...rows, cut(rest, room)];
}

function wrapOne(text: string, room: number): string[] {
  const words = text.trimStart();
  const indent = ' '.repeat(Math.min(text.length - words.length, Math.floor(room / 2)));
  const rows: string[] = [];
  let row = '';
  for (const word of words.split(/ +/).flatMap((long) => chop(long, room - indent.length))) {
    const longer = row === '' ? word : `${row} ${word}`;
    if (columnsOf(longer) <= room - indent.length) {
      row = longer;
      continue;
    }
    rows.push(indent + row);
    row = word;
  }
  return [...rows, indent + row];
}

function chop(word: string, room: number): string[] {
  const pieces: string[] = [];
  let rest = word;
  while (columnsOf(rest) > room) {
    const head = headOf(rest, room);
    pieces.push(head);
    rest = rest.slice(head.length);
  }
  return [...pieces, rest];
}

function headOf(text: string, width: number): string {
  let head = '';
  let columns = 0;
  for (const character of text) {
    columns += columnsOf(character);
    if (columns > width) break;
    head += character;
  }
  return head;
}

// East Asian wide and fullwidth blocks and emoji, by first and last code point
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];

function isWide(code: number): boolean {
  return code >= 0x1100 && WIDE.some(([first, last]) => code >= first && code <= last);
}
