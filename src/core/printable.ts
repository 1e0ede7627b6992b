/**
 * Device text made safe to show on one line: escape sequences go, C0/C1 control bytes, marks that reverse or hide text
 * and lone surrogates become visible stand-ins; tabs become blanks. Of a sequence that never ends only its first two
 * bytes go, so that it hides no text. Text is cleaned where it is shown, not where it is stored. Linear time: no part of a
 * sequence reaches past the next escape byte.
 */
export function printable(text: string): string {
  return text
    .replace(SEQUENCE, '')
    .replace(/\t/g, ' ')
    .replace(CONTROL, '\u00b7')
    .replace(UNSEEN, '\u00b7')
    .replace(LONE_SURROGATE, '\ufffd');
}

// ESC[31m, ESC]0;title BEL, ESC]8;;link ESC\, ESC P text ESC\, ESC M
const SEQUENCE =
  /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[PX^_][^\x1b]*\x1b\\|\x1b[@-Z\\-_]/g;
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/g;
// Soft hyphen, Arabic letter mark, Mongolian separator, blanks without width, bidirectional marks, annotations, tags
const UNSEEN =
  /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
