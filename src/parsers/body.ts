/** Terminal width at which IOS wraps when nobody set it. */
export const TERMINAL_WIDTH = 80;

/** The expression below is not tried on a longer line: such a line is damage, and may be as long as the text. */
const LONGEST_PLAIN = 1_000;

// `     PERMIT, flags={origin_is_acl,}`      (printable ASCII, one blank between words: all that needs to go is blanks at the ends)
const PLAIN = / *[!-~]+(?: [!-~]+)* *(?:\r?\n|$)/y;

/**
 * What the line between two offsets of a text says: trimmed, every run of blanks and tabs made one blank. One expression that runs
 * over the text itself tells the lines that `tidy` would leave alone but for their ends: nearly all of most outputs.
 */
export function bodyAt(text: string, start: number, end: number): string {
  if (start === end) return '';
  PLAIN.lastIndex = start;
  if (end - start > LONGEST_PLAIN || !PLAIN.test(text)) return tidy(text.slice(start, end));
  let from = start;
  while (text.charCodeAt(from) === 32) from++;
  let to = end;
  while (text.charCodeAt(to - 1) === 32) to--;
  return text.slice(from, to);
}

/** What any line says, also one that was put together from several. */
export function tidy(raw: string): string {
  const trimmed = (raw.length > TERMINAL_WIDTH ? unpad(raw) : raw).trim();
  return /[\t\v\f]| {2}/.test(trimmed) ? trimmed.replace(/\s+/g, ' ') : trimmed;
}

/** A wrap that a capture turned into padding: 80 columns, many blanks, then the rest of the word. */
function unpad(raw: string): string {
  const rest = raw.slice(TERMINAL_WIDTH);
  const tail = rest.trimStart();
  return tail !== '' && rest.length - tail.length >= 20 ? raw.slice(0, TERMINAL_WIDTH) + tail : raw;
}
