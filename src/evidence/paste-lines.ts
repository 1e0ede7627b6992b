/** One line of a pasted text, without what the pager left in it. */
export interface PasteLine {
  /** 1-based line of the pasted text. */
  readonly number: number;
  readonly text: string;
  /** True when ` --More-- ` stood in front of this line (alone, or wiped on the same line). */
  readonly afterPager: boolean;
}

export interface PasteLines {
  readonly lines: readonly PasteLine[];
  /** True when the last thing in the text is a pager prompt. */
  readonly endsInPager: boolean;
}

/** Cuts a paste into lines: any line ends, ` --More-- ` and its wipes taken out, stray CRs dropped, nothing else changed. */
export function pasteLines(paste: string): PasteLines {
  const lines: PasteLine[] = [];
  let pager = false;
  const raw = paste.split('\n');
  if (raw.at(-1) === '') raw.pop();
  for (const [index, whole] of raw.entries()) {
    const text = withoutTrailingCr(whole);
    const unpaged = withoutPager(text);
    if (unpaged === '') {
      pager = true;
      continue;
    }
    lines.push({
      number: index + 1,
      text: (unpaged ?? text).replaceAll('\r', ''),
      afterPager: pager || unpaged !== null,
    });
    pager = false;
  }
  return { lines, endsInPager: pager };
}

//  --More--         (space, eight characters, space; also -- More -- and <--- More --->, in reverse video or not)
const PAGER =
  /^(?:\x1b\[[\d;?]{0,8}[A-Za-z]){0,4} ?(?:--More--|-- More --|<--- More --->)(?:\x1b\[[\d;?]{0,8}[A-Za-z]){0,4} ?/;
// nine BS, eight blanks, nine BS; or CR, blanks, CR; or erase-line sequences
const WIPE = /^(?:[\x08\r ]|\x1b\[[\d;?]{0,8}[A-Za-z])*/;

/** The line behind a pager prompt at its start; empty when nothing else was in it; null when there was no pager prompt. */
function withoutPager(text: string): string | null {
  const pager = PAGER.exec(text)?.[0];
  if (pager === undefined) return null;
  const rest = text.slice(pager.length);
  const wipe = WIPE.exec(rest)?.[0] ?? '';
  if (wipe.trimEnd() === rest.trimEnd()) return '';
  const wiped = /[\x08\r\x1b]/.test(wipe);
  if (wiped) {
    // blanks behind the last wipe are the indent of the line
    return rest.slice(wipe.length - indentBehind(wipe));
  }
  // the capture dropped its control bytes: the eight blanks of the wipe are left
  return rest.startsWith(' '.repeat(8)) ? rest.slice(8) : rest;
}

function indentBehind(wipe: string): number {
  let at = wipe.length;
  while (at > 0 && wipe[at - 1] === ' ') at--;
  return wipe.length - at;
}

function withoutTrailingCr(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '\r') end--;
  return end === text.length ? text : text.slice(0, end);
}
