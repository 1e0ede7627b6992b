import { debugPrefix } from './debug-prefix.ts';
import type { LogStamp } from './facts.ts';
import { plainFront } from './plain-line.ts';
import { findStamp, type LineFront, NO_STAMP, numberAlone, readFront } from './stamp.ts';
import { startsWithToken, tokenNear } from './token.ts';

/** One log entry: its first line and the lines that continue it, joined. */
export interface LogRecord {
  readonly sequence: number | null;
  readonly stamp: LogStamp;
  /** What stands behind the stamp, continuation lines joined by one blank (by nothing where a terminal cut at its width). */
  readonly text: string;
  /** The same joined by blanks throughout, when `text` is not; null else. */
  readonly spaced: string | null;
  /** True when `text` is known to be printable ASCII with single blanks. */
  readonly plain: boolean;
  readonly lines: { readonly first: number; readonly last: number };
}

/** An entry whose lines are being read. */
interface Draft {
  readonly front: LineFront;
  /** What it says so far, and the same joined by blanks throughout once a part was glued. */
  text: string;
  spaced: string | null;
  plain: boolean;
  parts: number;
  size: number;
  first: number;
  last: number;
  /** The line read last, '' before the first. */
  previous: string;
}

// Load for five secs: 1%/0%; one minute: 1%; five minutes: 1%     |     Time source is NTP, 17:32:07.999 EST Wed Feb 3 2016
const PREAMBLE = /^(?:Load for five secs: \d|Time source is [^,]{1,60}, |No time source)/;

const WITHOUT_FRONT: LineFront = { sequence: null, stamp: NO_STAMP, end: 0 };

/** A longer entry is damage: what follows is listed as unread instead of growing one text without end. */
const MOST_LINES = 60;
const MOST_CHARACTERS = 16_384;

/** A terminal as wide as IOS assumes cuts lines here. */
const TERMINAL_WIDTH = 80;

// % Invalid input detected at '^' marker.     |     % Incomplete command.
const REFUSAL =
  /^%? ?% ?(?:Invalid (?:input|command)|Incomplete command|Ambiguous command|Unknown command|Bad IP|Unrecognized|Authorization failed)/i;

//  --More--      |     <--- More --->     |                   ^
const PAGER = /^\s*(?:<?-{1,3} ?More ?-{1,3}>?\s*|\^\s*)$/i;

// Router#     |     edge7(config-if)#exit     |     Router>show clock
const PROMPT =
  /^[A-Za-z0-9][\w.@/-]{0,62}(?:\([\w-]{1,40}\))?[#>]\s{0,4}(?:$|(?:sh|show|ter|term|terminal|conf|configure|exit|end|en|enable|do|no|debug|undebug|un|u|clear|ping|log|logout|quit|copy|wr|write|reload)\b)/i;

/**
 * Splits the body into entries and gives each to `take`. `inBuffer`: a header said that log follows, so a line before the first stamp is
 * the rest of an entry that the full buffer has pushed out, and an entry of its own. Every line that is not blank ends up in an entry or
 * in the result (index of the line).
 */
export function readRecords(
  lines: readonly string[],
  from: number,
  inBuffer: boolean,
  take: (record: LogRecord) => void,
): number[] {
  const strange: number[] = [];
  let draft: Draft | null = null;
  for (let index = from; index < lines.length; index += 1) {
    const raw = lines[index] ?? '';
    const plain = plainFront(raw);
    const line: string = plain === null && hasControl(raw) ? withoutControls(raw) : raw;
    if (plain === null && (line.trim() === '' || PREAMBLE.test(line))) continue;
    const junk: boolean = plain === null && isJunk(line);
    const front =
      plain ?? (junk ? null : (frontOf(line, draft) ?? (inBuffer && draft === null ? WITHOUT_FRONT : null)));
    if (front !== null) {
      if (draft !== null) take(finish(draft));
      draft = begin(front, line, index, plain !== null);
    } else if (draft === null || junk || isFull(draft)) strange.push(index);
    else append(draft, line, index);
  }
  if (draft !== null) take(finish(draft));
  return strange;
}

/** True when a line can be nothing but log: it has a stamp, or a message token at its start. */
export function isLogLine(line: string): boolean {
  return readFront(line) !== null || startsWithToken(line.trimStart());
}

/** The front of a line that begins an entry; null for a line that continues one or is none. */
function frontOf(line: string, before: Draft | null): LineFront | null {
  const front = readFront(line);
  if (front !== null) return front.stamp.form === 'datetime' ? innermost(front, line) : front;
  const bare: LineFront = { sequence: null, stamp: NO_STAMP, end: line.length - line.trimStart().length };
  const body = line.slice(bare.end);
  if (before !== null && wasCut(before, line) && OPEN_TOKEN.test(before.previous)) return null;
  if (beginsDebug(body)) return bare;
  // `logging` with sequence numbers and without time stamps.
  const numbered = numberAlone(line);
  if (numbered !== null && beginsDebug(line.slice(numbered.end))) return numbered;
  // Where lines have stamps, what a terminal cut off goes on here, even when it looks like a beginning.
  if (before !== null && before.front.stamp.form !== 'none' && wasCut(before, line)) return null;
  if (startsWithToken(body)) return bare;
  return behindForeignPrefix(line);
}

/** A stamp without a colon behind it may be a syslog server's own, with the router's still to come. */
function innermost(front: LineFront, line: string): LineFront {
  let end = front.end;
  while (line[end - 1] === ' ') end -= 1;
  return line[end - 1] === ':' ? front : (behindForeignPrefix(line) ?? front);
}

function beginsDebug(body: string): boolean {
  return debugPrefix(body) !== null || REPEATED.test(body);
}

// last message repeated 3 times
const REPEATED = /^last message repeated \d+ times?/i;

// … TS:00000007 %IPSEC-3-RECVD_PKT_NOT_      (cut within a token: what follows may look like a debug prefix)
const OPEN_TOKEN = /%[A-Z][A-Z0-9_-]{0,80}$/;

// Mar  4 14:07:45 192.0.2.250 812: *Mar  4 14:07:41.202: ISAKMP:(0):no offers accepted!      (a file of a syslog server)
const STAMPED_DEBUG = /^.{8,120}?: (?=(?:ISAKMP|IPSEC|IPSec|IKEv2|NHRP|CRYPTO|Crypto)[-_:( ])/;

/** A stamp or token behind something else: a prompt the router did not redraw, or a syslog server's own prefix. */
function behindForeignPrefix(line: string): LineFront | null {
  const token = tokenNear(line, 200);
  if (token === null || token === 0) {
    const before = STAMPED_DEBUG.exec(line)?.[0];
    const stamped = before === undefined ? null : findStamp(before);
    return before === undefined || stamped === null
      ? null
      : { sequence: null, stamp: stamped, end: before.length };
  }
  const prefix = line.slice(0, token);
  const stamp = findStamp(prefix);
  if (stamp !== null) return { sequence: null, stamp, end: token };
  // 7:04: %LINEPROTO-5-UPDOWN …   the first line of a full buffer has lost its beginning.
  return /[:#>] ?$/.test(prefix) ? { sequence: null, stamp: NO_STAMP, end: token } : null;
}

function begin(front: LineFront, line: string, index: number, plain: boolean): Draft {
  const text = line.slice(front.end).trim();
  const at = index + 1;
  return {
    front,
    text,
    spaced: null,
    plain,
    parts: 1,
    size: text.length + 1,
    first: at,
    last: at,
    previous: line,
  };
}

function append(draft: Draft, line: string, index: number): void {
  const text = line.trim();
  const glue = wasCut(draft, line);
  if (glue) draft.spaced ??= draft.text;
  if (draft.spaced !== null) draft.spaced += ` ${text}`;
  draft.text += glue ? text : ` ${text}`;
  draft.plain = false;
  draft.parts += 1;
  draft.size += text.length + 1;
  draft.last = index + 1;
  draft.previous = line;
}

function finish({ front, text, spaced, plain, first, last }: Draft): LogRecord {
  return { sequence: front.sequence, stamp: front.stamp, text, spaced, plain, lines: { first, last } };
}

function wasCut(draft: Draft, line: string): boolean {
  return draft.previous.length === TERMINAL_WIDTH && !/\s$/.test(draft.previous) && !/^\s/.test(line);
}

function isFull(draft: Draft): boolean {
  return draft.parts >= MOST_LINES || draft.size >= MOST_CHARACTERS;
}

function isJunk(line: string): boolean {
  if (line.length > 200) return false;
  return PAGER.test(line) || REFUSAL.test(line) || PROMPT.test(line);
}

function hasControl(line: string): boolean {
  return /[\x00-\x08\x0b-\x1f\x7f]/.test(line);
}

/** Terminal leftovers taken out for reading; the stored text keeps them. */
function withoutControls(line: string): string {
  return line.replace(/\x1b\[[0-?]{0,20}[ -/]{0,4}[@-~]/g, '').replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '');
}
