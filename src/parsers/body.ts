/** Terminal width at which IOS wraps when nobody set it. */
export const TERMINAL_WIDTH = 80;

const BLANK = 32;
const LAST_PRINTABLE = 126;

/** What a line says: trimmed, every run of blanks and tabs made one blank. */
export function bodyOf(raw: string): string {
  return plainBody(raw, 0, raw.length) ?? tidy(raw);
}

/**
 * The body of the line between two offsets of a text, without a look at each of its rules: nearly every line is printable ASCII and
 * needs no more than its ends cut off. Null when it holds anything else; then `tidy` says what the body is.
 */
export function plainBody(text: string, start: number, end: number): string | null {
  let from = start;
  while (from < end && text.charCodeAt(from) === BLANK) from++;
  let to = end;
  while (to > from && text.charCodeAt(to - 1) === BLANK) to--;
  let body = '';
  let piece = from;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code < BLANK || code > LAST_PRINTABLE) return null;
    if (code !== BLANK || text.charCodeAt(at + 1) !== BLANK) continue;
    // local  ident (addr/mask/prot/port): (10.1.0.0/255.255.0.0/0/0)
    body += text.slice(piece, at + 1);
    while (text.charCodeAt(at + 1) === BLANK) at++;
    piece = at + 1;
    // A wrap that was made padding (`unpad`) is one run of blanks that holds this column.
    if (at - start >= TERMINAL_WIDTH && end - start > TERMINAL_WIDTH) return null;
  }
  return body === '' ? text.slice(from, to) : body + text.slice(piece, to);
}

/** The body of any line whatever. */
export function tidy(raw: string): string {
  const trimmed = (raw.length > TERMINAL_WIDTH ? unpad(raw) : raw).trim();
  return /[\t\v\f]| {2}/.test(trimmed) ? trimmed.split(/\s+/).join(' ') : trimmed;
}

/** A wrap that a capture turned into padding: 80 columns, many blanks, then the rest of the word. */
function unpad(raw: string): string {
  const rest = raw.slice(TERMINAL_WIDTH);
  const tail = rest.trimStart();
  return tail !== '' && rest.length - tail.length >= 20 ? raw.slice(0, TERMINAL_WIDTH) + tail : raw;
}
