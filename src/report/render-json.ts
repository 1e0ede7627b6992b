import type { Report } from './report.ts';
import { reportSchema } from './report.ts';

/**
 * The report as JSON: keys in the order of the schema, two blanks, a final newline; equal reports give equal bytes.
 * Characters that could steer a terminal or reverse its text are written as \u escapes, so nothing is lost.
 * Throws (our bug) when the report breaks its own schema.
 */
export function renderJson(report: Report): string {
  return `${JSON.stringify(reportSchema.parse(report), null, 2).replace(UNSAFE, escaped)}\n`;
}

// JSON.stringify escapes C0 and lone surrogates itself; DEL, C1, bidi marks, blanks without width, line separators and tags it leaves
const UNSAFE =
  /[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

function escaped(characters: string): string {
  return characters
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
