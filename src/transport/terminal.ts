import { ESCAPE_SEQUENCE, PAGER, PAGER_AT_END, PAGER_WIPE } from './ios-prompts.ts';
import type { Cut } from './unasked-lines.ts';

/** What came on the channel for one command, one character a byte, up to where the next prompt begins. */
export interface RawOutput {
  readonly bytes: string;
  /** The command whose echo stands in front; null when nothing was echoed (a secret). */
  readonly command: string | null;
  /** Offsets in `bytes` at which a SPACE was sent to the pager, ascending. */
  readonly spacesAt: readonly number[];
  /** Where log lines were taken out of `bytes` already. */
  readonly cuts?: readonly Cut[];
}

/**
 * The output as a recording stores it: without echo, pager and its wipes, line ends as LF, no CR; nothing else taken
 * away, control bytes and leading blank lines stay. UTF-8 where the bytes are UTF-8, latin1 otherwise.
 */
export function outputText(raw: RawOutput): string {
  const echo = raw.command === null ? null : echoEnd(raw.bytes, raw.command, raw.cuts);
  return decoded(normalLineEnds(withoutPager(raw, echo ?? 0)));
}

/**
 * Where the line end of the command's echo ends, or null when no line among the first looks like it.
 * The echo need not be the first line: a log message may have arrived after the prompt.
 */
export function echoEnd(bytes: string, command: string, cuts: readonly Cut[] = []): number | null {
  let from = 0;
  let broken = '';
  for (let line = 0; line < ECHO_WITHIN_LINES; line++) {
    const end = bytes.indexOf('\n', from);
    if (end < 0 || end > ECHO_WITHIN_BYTES) return null;
    const shown = bytes.slice(from, end);
    // A log line with a line end in front broke the echo in two.
    const isRest = broken !== '' && cuts.some((cut) => cut.at === from);
    if (showsCommand(shown, command) || (isRest && showsCommand(broken + shown, command))) return end + 1;
    broken = (isRest ? broken : '') + shown.replaceAll('\r', '');
    from = end + 1;
  }
  return null;
}

/** Without the beginning of an echo that never ended: what is left is output. */
export function withoutPartialEcho(bytes: string, command: string, cuts: readonly Cut[]): string {
  if (echoEnd(bytes, command, cuts) !== null) return bytes;
  const lineStart = bytes.lastIndexOf('\n') + 1;
  return command.startsWith(pictured(bytes.slice(lineStart))) ? bytes.slice(0, lineStart) : bytes;
}

/** The picture a terminal shows of one line: BS and CR move the cursor back, what follows overwrites. */
export function pictured(line: string): string {
  const cells: string[] = [];
  let column = 0;
  for (const char of line.replace(ESCAPE_SEQUENCE, '')) {
    if (char === '\b') column = Math.max(0, column - 1);
    else if (char === '\r') column = 0;
    else if (char >= ' ' || char === '\t') cells[column++] = char;
  }
  return cells.join('');
}

/** Bytes (one character each) to text: UTF-8 when valid up to a cut-off last character, else latin1. */
export function decoded(bytes: string): string {
  const buffer = Buffer.from(bytes, 'latin1');
  for (let cut = 0; cut <= 3 && cut <= buffer.length; cut++) {
    const head = buffer.subarray(0, buffer.length - cut);
    // A tail that cannot be the beginning of a character is not a cut-off one: only C2..F4 may start a sequence.
    if (cut > 0 && (buffer[buffer.length - cut] ?? 0) < 0xc2) continue;
    const text = utf8(head);
    if (text !== null) return text + buffer.subarray(buffer.length - cut).toString('latin1');
  }
  return bytes;
}

/** CR LF, CR CR LF and LF CR are one line end each; a CR alone carries no text and goes too. */
function normalLineEnds(bytes: string): string {
  return bytes.includes('\r') ? bytes.replaceAll('\r', '') : bytes;
}

const ECHO_WITHIN_LINES = 20;
const ECHO_WITHIN_BYTES = 8192;
/** So many last characters of a command are visible at least when the router has scrolled its line (`$` at the left). */
const VISIBLE_TAIL = 8;

function showsCommand(line: string, command: string): boolean {
  const seen = pictured(line).trimEnd();
  return seen.endsWith(command) || (seen.includes('$') && seen.endsWith(command.slice(-VISIBLE_TAIL)));
}

/**
 * Takes out each pager that a SPACE of ours answered, with its wipe. A pager look-alike inside an output has no wipe
 * behind it, or has one without our having sent a SPACE: it stays.
 */
function withoutPager({ bytes, spacesAt, cuts = [] }: RawOutput, start: number): string {
  if (spacesAt.length === 0) return bytes.slice(start);
  const kept: string[] = [];
  let from = start;
  let answered = 0;
  for (const match of bytes.matchAll(PAGER)) {
    const end = match.index + match[0].length;
    const sent = spacesAt[answered];
    if (sent === undefined) break;
    if (sent > end || match.index < from || !atLineStart(bytes, match.index)) continue;
    PAGER_WIPE.lastIndex = behindCuts(bytes, end, cuts);
    const wiped = PAGER_WIPE.test(bytes) ? PAGER_WIPE.lastIndex : end;
    // Without a wipe that we know it was the pager only if our SPACE came right here and no line end follows.
    if (wiped === end && (sent !== end || bytes[end] === '\r' || bytes[end] === '\n')) continue;
    kept.push(bytes.slice(from, match.index));
    from = wiped;
    answered++;
  }
  kept.push(bytes.slice(from));
  return kept.join('');
}

/** Behind the line ends that log lines brought with them which came while the pager waited. */
function behindCuts(bytes: string, from: number, cuts: readonly Cut[]): number {
  const after = bytes.indexOf('\n', from) + 1;
  const isLineEnd = after > 0 && /^\r{0,3}\n$/.test(bytes.slice(from, Math.min(after, from + 5)));
  return isLineEnd && cuts.some((cut) => cut.at === after) ? behindCuts(bytes, after, cuts) : from;
}

/** Behind the last pager in `bytes`, or its end when there is none. */
export function lastPagerEnd(bytes: string): number {
  const last = [...bytes.matchAll(PAGER)].at(-1);
  return last === undefined ? bytes.length : last.index + last[0].length;
}

/** An output that was cut at the pager ends with it. */
export function withoutTrailingPager(bytes: string): string {
  const tail = PAGER_AT_END.exec(bytes.slice(-40));
  return tail === null ? bytes : bytes.slice(0, bytes.length - tail[0].length);
}

/** True when the pager, and nothing else, stands at the end: the router waits for a key. */
export function endsAtPager(tail: string): boolean {
  const found = PAGER_AT_END.exec(tail);
  return found !== null && atLineStart(tail, found.index);
}

function atLineStart(bytes: string, at: number): boolean {
  const before = bytes[at - 1];
  return before === undefined || before === '\n' || before === '\r';
}

function utf8(buffer: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(buffer);
  } catch {
    return null;
  }
}
