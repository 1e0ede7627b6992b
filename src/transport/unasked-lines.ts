import { type LogForms, logPlaces } from '../evidence/log-lines.ts';
import type { Incoming } from './incoming.ts';
import { LOG_LINE } from './ios-prompts.ts';

/** A place from which something was taken out. */
export interface Cut {
  /** Offset in the text that is left. */
  readonly at: number;
  /** Offset in the bytes as they came, and how many were taken from there on. */
  readonly from: number;
  readonly length: number;
  /** What was taken, without line ends. */
  readonly lines: readonly string[];
}

export interface TakenOut {
  /** What is left, byte for byte. */
  readonly bytes: string;
  readonly cuts: readonly Cut[];
}

/** Nothing taken out: for an output that consists of log lines. */
export function leftWhole(bytes: string): TakenOut {
  return { bytes, cuts: [] };
}

/**
 * Takes out what a router writes on its own account, each line with its line end: log messages with a full stamp, and the
 * warning of `absolute-timeout`. What one of them broke in two is whole again when it landed in the middle of a line. The line
 * end that some routers put in front stays: it cannot be told from one of the output.
 */
export function takeOut(bytes: string, forms: LogForms): TakenOut {
  const places = [...logPlaces(bytes, forms), ...warningPlaces(bytes)].sort((a, b) => a.start - b.start);
  const kept: string[] = [];
  const cuts: Cut[] = [];
  let from = 0;
  let length = 0;
  for (const { start, end } of places) {
    if (start < from) continue;
    kept.push(bytes.slice(from, start));
    length += start - from;
    cuts.push({ at: length, from: start, length: end - start, lines: linesOf(bytes.slice(start, end)) });
    from = end;
  }
  kept.push(bytes.slice(from));
  return { bytes: kept.join(''), cuts };
}

/** The lines that were taken out, in order. */
export function linesTaken(cuts: readonly Cut[]): string[] {
  return cuts.flatMap((cut) => cut.lines);
}

/** Where an offset in the bytes as they came stands in what is left. */
export function offsetAfter(cuts: readonly Cut[], offset: number): number {
  let gone = 0;
  for (const cut of cuts) {
    if (cut.from >= offset) break;
    gone += Math.min(cut.length, offset - cut.from);
  }
  return offset - gone;
}

/** The end of what came, as far as it tells where the router is: log lines left out. */
export interface Judged {
  /** Ends without line ends when log lines stood behind it: they brought them. */
  readonly text: string;
  /** `perhaps`: lines that look like log lines but have no full stamp, or not one we know. */
  readonly logs: 'none' | 'sure' | 'perhaps';
  /** True when a log line was the last thing that came. */
  readonly endsInLog: boolean;
}

export function judge(bytes: string): Judged {
  if (!bytes.includes('%')) return { text: bytes, logs: 'none', endsInLog: false };
  const sure = takeOut(bytes, new Set());
  const kept: string[] = [];
  let behind = 0;
  let perhaps = false;
  for (const line of sure.bytes.split(/(?<=\n)/)) {
    const at = line.endsWith('\n') ? unstampedAt(line) : null;
    kept.push(at === null ? line : line.slice(0, at));
    behind = at === null ? behind + line.length : 0;
    perhaps ||= at !== null;
  }
  const text = kept.join('');
  const lastCut = sure.cuts.at(-1);
  if (lastCut !== undefined) behind = Math.min(behind, sure.bytes.length - lastCut.at);
  const found = perhaps || lastCut !== undefined;
  const endsInLog = found && /^[\r\n]*$/.test(text.slice(text.length - behind));
  return {
    text: endsInLog ? withoutLineEnds(text) : text,
    logs: perhaps ? 'perhaps' : found ? 'sure' : 'none',
    endsInLog,
  };
}

/** True for a line that a router may have written on its own account; for when to look, never for what to take out. */
export function looksLikeLog(line: string): boolean {
  return line.includes('%') && LOG_LINE.test(line);
}

function withoutLineEnds(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n' || text[end - 1] === '\r') end--;
  return text.slice(0, end);
}

/** Where a log line without a known stamp begins: behind the prompt it landed at, if there is one. */
function unstampedAt(line: string): number | null {
  if (!looksLikeLog(line)) return null;
  const mark = line.slice(0, line.indexOf('%')).search(/[>#]/);
  return mark + 1;
}

// * Line timeout expired
const WARNING = /(?<=^|\n)\* {1,3}[A-Za-z ]{0,40}timeout expired {0,3}\r{0,3}\n/g;
const STARS_AT_MOST = 3;

/** The warning with the lines of one `*` above and below it; the first `*` may stand behind what it landed in. */
function warningPlaces(bytes: string): { start: number; end: number }[] {
  if (!bytes.includes('timeout expired')) return [];
  return [...bytes.matchAll(WARNING)].map((warning) => {
    let end = warning.index + warning[0].length;
    let below = 0;
    for (let star = starAt(bytes, end); star > end && below < STARS_AT_MOST; star = starAt(bytes, end)) {
      end = star;
      below++;
    }
    let start = warning.index;
    let above = 0;
    while (above < below && start > 0) {
      const lineStart = bytes.lastIndexOf('\n', start - 2) + 1;
      const line = bytes.slice(lineStart, start).replace(/[\r\n]{1,8}$/, '');
      if (!line.endsWith('*') || (line !== '*' && above + 1 < below)) break;
      start = lineStart + line.length - 1;
      above++;
      if (line !== '*') break;
    }
    return { start, end };
  });
}

/** Behind the line of one `*` that begins at `from`; `from` when there is none. */
function starAt(bytes: string, from: number): number {
  const end = bytes.indexOf('\n', from) + 1;
  return end > 0 && bytes.slice(from, end).trim() === '*' ? end : from;
}

function linesOf(taken: string): string[] {
  return taken.replaceAll('\r', '').replace(/\n$/, '').split('\n');
}

const TAIL_SIZES = [4_096, 65_536];

/** The last that came before and between log lines; empty when nothing else came for 64 KB. */
export function judgedTail(incoming: Incoming): Judged {
  let judged = judge('');
  for (const size of TAIL_SIZES) {
    const bytes = incoming.tail(size);
    // The line cut in two at the front may be the rest of a log line.
    judged = judge(incoming.length <= bytes.length ? bytes : bytes.slice(bytes.indexOf('\n') + 1));
    if (judged.text !== '' || incoming.length <= bytes.length) break;
  }
  return judged;
}
