import type { Reason } from './proof-words.ts';
import { alikeWords, reasonSentence } from './proof-words.ts';
import type { Because } from './report.ts';
import type { Line } from './text-layout.ts';
import { columnsOf, cut, quoteRows, wrap } from './text-layout.ts';
import { outputWords } from './tunnel-words.ts';

export const BULLET = '    - ';
export const LABEL = (word: string) => `  ${word}  `;
const QUOTE_INDENT = '      ';
const MOST_LINES_A_QUOTE = 4;
const LARGEST_PLACE_SHARE = 0.45;

/**
 * The cited lines, each after `command:line | ` (behind the router's name when it is not `home`); a place too long to leave
 * room for its line stands above it.
 */
export function quoteLines(source: NonNullable<Because['source']>, width: number, home: string): Line[] {
  const cited = source.quote.split(/\r?\n/, MOST_LINES_A_QUOTE + 1);
  const from = source.router === home ? '' : `${source.router} `;
  const lines = cited.slice(0, MOST_LINES_A_QUOTE).flatMap((text, index): Line[] => {
    const place = cut(
      `${from}${outputWords(source)}:${source.firstLine + index}`,
      width - QUOTE_INDENT.length,
    );
    const above = columnsOf(place) > width * LARGEST_PLACE_SHARE;
    const first = `${QUOTE_INDENT}${above ? '' : `${place} `}| `;
    const follow = `${' '.repeat(columnsOf(first) - 2)}| `;
    const rows = quoteRows(text, Math.max(16, width - columnsOf(first)));
    return [
      ...(above ? [dim(QUOTE_INDENT + place)] : []),
      ...rows.map((row, at) => dim((at === 0 ? first : follow) + row)),
    ];
  });
  return cited.length > MOST_LINES_A_QUOTE ? [...lines, dim(`${QUOTE_INDENT}…`)] : lines;
}

/** A heading with one line per text, cut where the page ends; nothing when there is none. */
export function oneLiners(title: string, texts: readonly string[], width: number): Line[] {
  if (texts.length === 0) return [];
  return [headed(title, width), ...texts.map((text): Line => [cut(`${BULLET}${text}`, width)])];
}

/** A heading with one bullet per text; nothing when there is none. */
export function section(title: string, texts: readonly string[], width: number): Line[] {
  if (texts.length === 0) return [];
  return [
    headed(title, width),
    ...texts.flatMap((text) => wrap(text, width, BULLET).map((row): Line => [row])),
  ];
}

/** One sentence of a proof as a bullet with its lines below; a clue from absence names the command that would have shown it. */
export function reasonLines(reason: Reason, width: number, home: string): Line[] {
  const note = (text: string): Line[] => wrap(text, width, QUOTE_INDENT).map(dim);
  return [
    ...wrap(reasonSentence(reason, home), width, BULLET).map((row): Line => [row]),
    ...reason.quotes.flatMap((quote) => [
      ...quoteLines(quote.source, width, home),
      ...(quote.alike.length > 0 ? note(`(${alikeWords(quote)})`) : []),
    ]),
    ...(reason.silence === null
      ? []
      : note(`${reason.silence} | nothing of the kind in the complete output`)),
  ];
}

/** A heading with numbered steps; nothing when there is none. */
export function numbered(title: string, steps: readonly string[], width: number): Line[] {
  if (steps.length === 0) return [];
  const rows = steps.flatMap((step, index) => wrap(step, width, `    ${index + 1}. `));
  return [headed(title, width), ...rows.map((row): Line => [row])];
}

/** A label and its text on one line, wrapped under the text. */
export function labelled(label: string, text: string, width: number): Line[] {
  return wrap(text, width, LABEL(label)).map((row): Line => [row]);
}

/** The heading of a part of a block. */
export function headed(title: string, width: number): Line {
  return ['  ', { style: 'cyan', text: cut(title, width - 2) }];
}

function dim(text: string): Line {
  return [{ style: 'dim', text }];
}
