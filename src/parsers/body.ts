/** Terminal width at which IOS wraps when nobody set it. */
export const TERMINAL_WIDTH = 80;

// The first place where a line is anything but printable ASCII with single blanks: its end, a tab, the first of two blanks.
const ODD = /[^ -~]| (?= )/g;

/**
 * What the line between two offsets of a text says: trimmed, every run of blanks and tabs made one blank. One expression that runs
 * over the text itself tells the lines that `tidy` would leave alone but for their ends: nearly all of most outputs.
 */
export function bodyAt(text: string, start: number, end: number): string {
  let from = start;
  while (from < end && text.charCodeAt(from) === 32) from++;
  let to = end;
  while (to > from && text.charCodeAt(to - 1) === 32) to--;
  ODD.lastIndex = from;
  const isPlain = !ODD.test(text) || ODD.lastIndex > to;
  return isPlain ? text.slice(from, to) : tidy(text.slice(start, end));
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
