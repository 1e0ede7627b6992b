import {
  type SessionTranscript,
  TRANSCRIPT_ENDS,
  TRANSCRIPT_FORMAT,
  type TranscriptEnd,
  type TranscriptEvent,
  type TranscriptHeader,
} from './session-transcript.ts';

/** A transcript, or the first thing that is wrong with it: `file:line: …`. */
export type ReadTranscript =
  | { readonly ok: true; readonly transcript: SessionTranscript }
  | { readonly ok: false; readonly problem: string };

/** The largest file that is read, and the longest line and the most lines in it. */
export const TRANSCRIPT_LIMITS = { fileBytes: 256 * 1024 * 1024, lineBytes: 1024 * 1024, lines: 1_100_000 };

/** Reads strictly: an unknown key, a wrong type, a time that runs backwards or a missing end is a problem. Never throws. */
export function readSessionTranscript(content: Uint8Array, file: string): ReadTranscript {
  if (content.length > TRANSCRIPT_LIMITS.fileBytes)
    return { ok: false, problem: `${file}:1: larger than ${TRANSCRIPT_LIMITS.fileBytes} bytes` };
  const reading = new Reading();
  let number = 0;
  for (const line of linesOf(content)) {
    number++;
    const problem =
      line.length > TRANSCRIPT_LIMITS.lineBytes
        ? `the line is longer than ${TRANSCRIPT_LIMITS.lineBytes} bytes`
        : number > TRANSCRIPT_LIMITS.lines
          ? `more than ${TRANSCRIPT_LIMITS.lines} lines`
          : reading.add(Buffer.from(line.buffer, line.byteOffset, line.length).toString('utf8'));
    if (problem !== null) return { ok: false, problem: `${file}:${number}: ${problem}` };
  }
  const whole = reading.whole();
  return 'missing' in whole
    ? { ok: false, problem: `${file}:${number + 1}: ${whole.missing}` }
    : { ok: true, transcript: whole };
}

class Reading {
  #header: TranscriptHeader | null = null;
  readonly #events: TranscriptEvent[] = [];
  #end: TranscriptEnd | null = null;
  #t = 0;

  /** What is wrong with the line; null when it was taken. */
  add(line: string): string | null {
    if (this.#end !== null) return 'a line behind the end of the session';
    const value = objectIn(line);
    if (value === null) return 'not a JSON object';
    if (this.#header === null) return this.#addHeader(value);
    const time = this.#timeProblem(value['t']);
    if (time !== null) return time;
    const taken = 'end' in value ? endOf(value) : eventOf(value);
    if (typeof taken === 'string') return taken;
    this.#t = taken.t;
    if ('end' in taken) this.#end = taken;
    else this.#events.push(taken);
    return null;
  }

  whole(): SessionTranscript | { readonly missing: string } {
    if (this.#header === null) return { missing: 'the file is empty' };
    if (this.#end === null)
      return { missing: 'the file ends without the end of the session; it is not whole' };
    return { header: this.#header, events: this.#events, end: this.#end };
  }

  #addHeader(value: Fields): string | null {
    const header = headerOf(value);
    if (typeof header === 'string') return header;
    this.#header = header;
    return null;
  }

  #timeProblem(t: unknown): string | null {
    if (typeof t !== 'number' || !Number.isFinite(t) || t < 0 || t > LONGEST_MS)
      return `t must be milliseconds from 0 to ${LONGEST_MS}`;
    return t < this.#t ? `t runs backwards: ${t} after ${this.#t}` : null;
  }
}

const LONGEST_MS = 7 * 24 * 3_600_000;
const LONGEST_NAME = 253;

type Fields = Readonly<Record<string, unknown>>;

function headerOf(value: Fields): TranscriptHeader | string {
  if (value['format'] !== TRANSCRIPT_FORMAT)
    return `not a session transcript: format must be ${TRANSCRIPT_FORMAT}`;
  const unknown = unknownKey(value, [
    'format',
    'router',
    'identification',
    'algorithms',
    'started',
    'tool',
    'redactions',
  ]);
  if (unknown !== null) return unknown;
  const { router, identification, algorithms, started, tool, redactions } = value;
  if (!isPlain(router) || router === '' || router.length > LONGEST_NAME)
    return `router must be a name of 1 to ${LONGEST_NAME} characters without control bytes`;
  if (!isPlain(identification)) return 'identification must be a text without control bytes';
  if (!Array.isArray(algorithms) || algorithms.length > 40 || !algorithms.every(isPlain))
    return 'algorithms must be a list of names';
  if (!isPlain(started) || Number.isNaN(Date.parse(started))) return 'started must be a time, ISO 8601';
  if (!isPlain(tool)) return 'tool must be a text';
  if (typeof redactions !== 'number' || !Number.isInteger(redactions) || redactions < 0)
    return 'redactions must be a whole number';
  return { router, identification, algorithms, started, tool, redactions };
}

function eventOf(value: Fields): TranscriptEvent | string {
  const { from, bytes, secret } = value;
  const t = value['t'] as number;
  if (from !== 'router' && from !== 'us') return 'from must be router or us';
  if ('secret' in value) {
    const isMark = secret === 'enable' && from === 'us';
    return (
      unknownKey(value, ['t', 'from', 'secret']) ??
      (isMark ? { t, from, secret } : 'secret must be enable, from us')
    );
  }
  const unknown = unknownKey(value, ['t', 'from', 'bytes']);
  if (unknown !== null) return unknown;
  if (typeof bytes !== 'string' || bytes === '' || /[^\x00-\xff]/.test(bytes))
    return 'bytes must be a text of one or more characters up to \\u00ff';
  return { t, from, bytes };
}

function endOf(value: Fields): TranscriptEnd | string {
  const { reason, error } = value;
  const end = TRANSCRIPT_ENDS.find((name) => name === value['end']);
  if (end === undefined) return `end must be one of ${TRANSCRIPT_ENDS.join(', ')}`;
  const unknown = unknownKey(value, ['t', 'end', 'reason', 'error']);
  if (unknown !== null) return unknown;
  if (typeof reason !== 'string') return 'reason must be a text';
  if (error !== null && !isPlain(error)) return 'error must be a name or null';
  return { t: value['t'] as number, end, reason, error };
}

function unknownKey(value: Fields, known: readonly string[]): string | null {
  const odd = Object.keys(value).find((key) => !known.includes(key));
  return odd === undefined ? null : `unknown key ${JSON.stringify(odd.slice(0, 40))}`;
}

function isPlain(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 1000 && !/[\x00-\x1f\x7f-\x9f]/.test(value);
}

function objectIn(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}

/** The lines of a file; a line end at its very end begins no further one. */
function* linesOf(content: Uint8Array): Generator<Uint8Array> {
  let from = 0;
  while (from < content.length) {
    const found = content.indexOf(0x0a, from);
    const to = found < 0 ? content.length : found;
    yield content.subarray(from, to);
    from = to + 1;
  }
}
