import { printable } from '../core/printable.ts';
import { commandParts } from './wording.ts';

/*
 * Device text in Markdown. Backslash escapes do not stop mentions, issue numbers or bare addresses, which GitHub and
 * Jira find after rendering; code does. So every word that could mean anything to a renderer goes into a code span.
 */

/** A sentence that may hold device text: plain words stay plain, commands and all others become code. One line, never empty. */
export function prose(text: string): string {
  const parts = commandParts(clipped(text)).map(({ text: part, isCommand }) =>
    isCommand ? code(part) : words(part),
  );
  return parts.join('').trim() || EMPTY;
}

/** Sentences with line ends of their own: one prose line each. */
export function proseLines(text: string): string[] {
  return text.split(/\r?\n/, MOST_LINES).map(prose);
}

/** Text as one code span. A backtick, which could end it, is shown as ˋ. */
export function code(text: string): string {
  const shown = clipped(text).replace(/`/g, 'ˋ').trim();
  return shown === '' ? EMPTY : `\`${shown}\``;
}

/** Prose for a table cell: a bar, which would end the cell even inside code, is shown as ¦. */
export function cell(text: string): string {
  const shown = prose(text.replace(/\|/g, '¦'));
  return shown === '`-`' ? '-' : shown;
}

/** Lines in a fence longer than any run of backticks in them, indented by `indent`. */
export function fenced(lines: readonly string[], indent = ''): string[] {
  const shown = lines
    .map((line) =>
      printable(line.slice(0, LONGEST * 2))
        .slice(0, LONGEST)
        .trimEnd(),
    )
    .map(printable);
  const runs = shown.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length);
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run + 1)));
  return [`${fence}text`, ...shown, fence].map((line) => `${indent}${line}`);
}

const EMPTY = '–';
const LONGEST = 1200;
const MOST_LINES = 40;

function clipped(text: string): string {
  const shown = printable(text.slice(0, LONGEST * 2));
  return shown.length <= LONGEST ? shown : `${printable(shown.slice(0, LONGEST))}…`;
}

/** Words with one blank between them, and at the ends where the text has some. */
function words(text: string): string {
  const shown = text.split(' ').filter((word) => word !== '');
  const parts: { code: boolean; text: string }[] = text.startsWith(' ') ? [{ code: false, text: ' ' }] : [];
  for (const [index, word] of shown.entries()) {
    if (index > 0) parts.push({ code: false, text: ' ' });
    parts.push(...wordParts(word, index === 0));
  }
  if (text.endsWith(' ') && shown.length > 0) parts.push({ code: false, text: ' ' });
  return parts.map((part) => (part.code ? code(part.text) : part.text)).join('');
}

/** The word without its brackets and full stops, as code if it needs to be. */
function wordParts(word: string, atStart: boolean): { code: boolean; text: string }[] {
  if (isPlain(word) && !(atStart && LIST_MARK.test(word))) return [{ code: false, text: word }];
  let from = 0;
  let to = word.length;
  while (from < to && OPENERS.includes(word.charAt(from))) from += 1;
  while (to > from && CLOSERS.includes(word.charAt(to - 1))) to -= 1;
  if (from === to) return [{ code: true, text: word }];
  return [
    { code: false, text: word.slice(0, from) },
    { code: true, text: word.slice(from, to) },
    { code: false, text: word.slice(to) },
  ];
}

const OPENERS = '("“';
const CLOSERS = '.,;:)"”';

// GigabitEthernet0/1, (IKEv1), 10.1.0.0/16, peer's, 40%, A→B
const PLAIN = /^[\p{L}\p{N}.,;:()"'“”’/%?+=…→–-]+$/u;
// 18:57:22, which otherwise looks like the name of an emoji
const CLOCK = /^\d\d:\d\d:\d\d$/;
// - + = --- -x 1. 12)
const LIST_MARK = /^(?:[-+=]|\d+[.)]$)/;
// http://x, www.x, vpn.example, :tada:, ABC-123, a commit's or a long number's hex digits
const ACTIVE = /:\/\/|[a-z]\.[a-z]{2}|:[a-z0-9+-]+:|^[a-z]+-\d+$|[0-9a-f]{7}/i;

function isPlain(word: string): boolean {
  return CLOCK.test(word) || (PLAIN.test(word) && !ACTIVE.test(word));
}
