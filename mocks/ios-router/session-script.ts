import type {
  SessionTranscript,
  TranscriptEnd,
  TranscriptEvent,
} from '../../src/evidence/session-transcript.ts';

/** One thing a replay does or waits for; `after` is in milliseconds since the one before it. */
export type ScriptStep =
  | { readonly kind: 'say'; readonly after: number; readonly bytes: string }
  /** `waits`: the router did nothing more until this key came (a pager). Otherwise it would have gone on without it. */
  | { readonly kind: 'key'; readonly after: number; readonly bytes: string; readonly waits: boolean }
  | { readonly kind: 'secret' };

/** One typed line and all that belongs to it: echo, output, keys for the pager, the next prompt. */
export interface Exchange {
  /** Without its CR; empty for a bare one; null for what came before the first line. */
  readonly typed: string | null;
  readonly steps: readonly ScriptStep[];
  /** False where the router was silent in the middle of something. */
  readonly endsAtPrompt: boolean;
}

/** A transcript as a replay needs it: the lines that were typed, each with its answer, and the end. */
export interface SessionScript {
  readonly exchanges: readonly Exchange[];
  readonly end: TranscriptEnd;
  /** All that the router sent, one character a byte. */
  readonly said: string;
}

// hub1#     hub1>     hub1# BEL     — what stands behind the last line end
const AT_PROMPT = /(?:^|[\r\n])([^\r\n]{1,120}[>#][ \t\x07]*)$/;
// CR LF hub1#     the answer to a bare CR at a prompt, and nothing else
const FRESH_PROMPT = /^[\r\n]+[^\r\n]{1,120}[>#][ \t\x07]*$/;
//  --More--      <--- More --->
const AT_PAGER = /(?:--More--|-- More --|<--- More --->)[^\r\n]{0,12}$/;
const TAIL = 200;

/** The prompt at the end of what the router said; null when none stands there. */
export function promptAtEnd(said: string): string | null {
  return AT_PROMPT.exec(said.slice(-TAIL))?.[1] ?? null;
}

/** Cuts a transcript into lines and answers. A line that was typed ahead of its prompt is moved to where the router took it. */
export function scriptOf(transcript: SessionTranscript): SessionScript {
  const events = withoutTypeAhead(transcript.events.flatMap(oneLineEach));
  const writer = new ScriptWriter();
  for (const [i, event] of events.entries()) {
    writer.add(event, () => answerFrom(events, i + 1, TAIL));
  }
  return { exchanges: writer.exchanges(), end: transcript.end, said: saidIn(events) };
}

class ScriptWriter {
  readonly #done: Exchange[] = [];
  #typed: string | null = null;
  #steps: ScriptStep[] = [];
  #tail = '';
  #t = 0;

  /** `answer` gives the beginning of what the router said from here to our next key. */
  add(event: TranscriptEvent, answer: () => string): void {
    const after = Math.max(0, event.t - this.#t);
    this.#t = Math.max(this.#t, event.t);
    if (!('bytes' in event)) this.#steps.push({ kind: 'secret' });
    else if (event.from === 'router') {
      this.#steps.push({ kind: 'say', after, bytes: event.bytes });
      this.#tail = (this.#tail + event.bytes).slice(-TAIL);
    } else if (
      isLine(event.bytes) ||
      (event.bytes === '\r' && this.#isAtPrompt() && FRESH_PROMPT.test(answer()))
    )
      this.#begin(event.bytes.slice(0, -1));
    else this.#steps.push({ kind: 'key', after, bytes: event.bytes, waits: AT_PAGER.test(this.#tail) });
  }

  exchanges(): readonly Exchange[] {
    this.#begin(null);
    return this.#done;
  }

  #begin(typed: string | null): void {
    this.#done.push({ typed: this.#typed, steps: this.#steps, endsAtPrompt: this.#isAtPrompt() });
    this.#typed = typed;
    this.#steps = [];
  }

  #isAtPrompt(): boolean {
    return AT_PROMPT.test(this.#tail);
  }
}

/** What was typed in one go, a line an event. */
function oneLineEach(event: TranscriptEvent): TranscriptEvent[] {
  if (!('bytes' in event) || event.from === 'router') return [event];
  // "show clock\rshow version\r"
  return (event.bytes.match(/[^\r]*\r|[^\r]+/g) ?? []).map((bytes) => ({ ...event, bytes }));
}

function isLine(bytes: string): boolean {
  return bytes.endsWith('\r') && bytes.trim() !== '';
}

/** Up to `most` characters of what the router said from event `i` on until a key of ours. */
function answerFrom(events: readonly TranscriptEvent[], i: number, most: number): string {
  let answer = '';
  for (let at = i; at < events.length && answer.length < most; at++) {
    const event = events[at];
    if (event === undefined || !('bytes' in event) || event.from === 'us') break;
    answer += event.bytes;
  }
  return answer.slice(0, most);
}

function saidIn(events: readonly TranscriptEvent[]): string {
  return events.map((event) => (event.from === 'router' ? event.bytes : '')).join('');
}

/** A line of ours that waits for the prompt behind which the router echoes it, `at` so many bytes from the start. */
interface Ahead {
  readonly event: TranscriptEvent;
  readonly at: number;
}

/** Lines that came before their prompt are moved behind it; a piece that holds the prompt and the echo is cut in two. */
function withoutTypeAhead(events: readonly TranscriptEvent[]): TranscriptEvent[] {
  const said = saidIn(events);
  const done: TranscriptEvent[] = [];
  const waiting: Ahead[] = [];
  let at = 0;
  let taken: number | null = null;
  for (const event of events) {
    if (event.from === 'us') {
      const line = 'bytes' in event && isLine(event.bytes) ? event.bytes.slice(0, -1) : null;
      const moved = line === null ? null : echoAhead(said, at, line, waiting.at(-1)?.at ?? taken);
      if (line !== null) taken = at;
      if (moved === null) done.push(event);
      else waiting.push({ event, at: moved });
      continue;
    }
    let from = 0;
    while ((waiting[0]?.at ?? Number.POSITIVE_INFINITY) <= at + event.bytes.length) {
      const next = waiting.shift() as Ahead;
      if (next.at - at > from) done.push({ ...event, bytes: event.bytes.slice(from, next.at - at) });
      done.push({ ...next.event, t: event.t });
      from = next.at - at;
    }
    if (from < event.bytes.length) done.push({ ...event, bytes: event.bytes.slice(from) });
    at += event.bytes.length;
  }
  return [...done, ...waiting.map(({ event }) => event)];
}

/**
 * Where the echo of a line begins that was typed at `at`, too early; null when it was typed at its prompt, or was never
 * echoed. `taken` is where the line before it was taken: a prompt takes one.
 */
function echoAhead(said: string, at: number, line: string, taken: number | null): number | null {
  const isFree = taken === null || taken < at;
  const before = said.slice(Math.max(0, at - TAIL), at);
  if (isFree && (AT_PROMPT.test(before) || said.startsWith(line, at))) return null;
  const from = isFree || taken === null ? at : taken + 1;
  for (let found = said.indexOf(line, from); found >= 0; found = said.indexOf(line, found + 1)) {
    if (AT_PROMPT.test(said.slice(Math.max(0, found - TAIL), found))) return found;
  }
  return null;
}
