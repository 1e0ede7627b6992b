import { redact, withoutValues } from './redact.ts';
import type { TranscriptEvent } from './session-transcript.ts';

/**
 * The events of a session with the rules of recordings applied, although a secret may come in pieces: lines are joined
 * over chunks and keystrokes, judged, and what is replaced goes into the chunk that held its end. All other bytes stay
 * in their chunks; no line is added or removed. `secrets` are the login's own values.
 */
export function redactSession(
  events: readonly TranscriptEvent[],
  secrets: readonly string[],
): { readonly events: readonly TranscriptEvent[]; readonly count: number } {
  const { stream, commandsAt } = routerStream(events);
  const edits = editsOf(stream, commandsAt, valuesOf(secrets));
  if (edits.length === 0) return { events, count: 0 };
  return { events: applyEdits(events, edits), count: edits.length };
}

/** Bytes of the stream from `start` up to `end` become `text`. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What the router sent as one string, and the offsets at which a command was typed. */
function routerStream(events: readonly TranscriptEvent[]): { stream: string; commandsAt: number[] } {
  const pieces: string[] = [];
  const commandsAt: number[] = [];
  let length = 0;
  for (const event of events) {
    if (!('bytes' in event)) continue;
    if (event.from === 'router') {
      pieces.push(event.bytes);
      length += event.bytes.length;
    } else if (event.bytes.trim() !== '') commandsAt.push(length);
  }
  return { stream: pieces.join(''), commandsAt };
}

/** A value as the router would print it back: its UTF-8 bytes, one character each. */
function valuesOf(secrets: readonly string[]): string[] {
  return [...new Set(secrets.flatMap((secret) => [secret, bytesOfText(secret)]))];
}

function editsOf(stream: string, commandsAt: readonly number[], values: readonly string[]): Edit[] {
  const lines = stream.split('\n');
  const bodies = lines.map((line) => line.replace(/(?<!\r)\r+$/, ''));
  const starts = startsOfLines(lines);
  const outputs = linesAt(starts, commandsAt);
  const clean = cleanBodies(bodies, outputs, values);
  return bodies.flatMap((body, i) => {
    const fresh = clean[i] ?? body;
    if (fresh === body) return [];
    const same = Math.min(commonLength(body, fresh), body.length - 1);
    const start = (starts[i] ?? 0) + same;
    return [{ start, end: (starts[i] ?? 0) + body.length, text: fresh.slice(same) }];
  });
}

/**
 * Each line is judged in three pictures: as a recording stores it (behind the last wipe of a pager), as a terminal
 * shows it, and with its control bytes left out, since those can stand inside a secret or inside the word before it.
 */
function cleanBodies(
  bodies: readonly string[],
  outputs: ReadonlySet<number>,
  values: readonly string[],
): readonly string[] {
  const stored = redactPictures(bodies, outputs, (body) => body.slice(noiseLength(body)));
  let clean = bodies.map((body, i) => {
    const fresh = stored[i];
    return fresh === null || fresh === undefined ? body : body.slice(0, noiseLength(body)) + fresh;
  });
  for (const picture of [shown, bare]) {
    if (!clean.some((body) => CONTROL.test(body))) break;
    const found = redactPictures(clean, outputs, picture);
    clean = clean.map((body, i) => found[i] ?? body);
  }
  return clean.map((body) => {
    const fresh = withoutValues(body, values);
    const plain = CONTROL.test(fresh) ? bare(fresh) : fresh;
    const plainFresh = withoutValues(plain, values);
    return plainFresh === plain ? fresh : plainFresh;
  });
}

/** The redacted picture of each line that holds a secret, as bytes; null for the others. */
function redactPictures(
  bodies: readonly string[],
  outputs: ReadonlySet<number>,
  picture: (body: string) => string,
): (string | null)[] {
  const read = bodies.map((body) => textOfBytes(picture(body)));
  const texts = read.map(({ text }) => text);
  const whole = redact(texts.join('\n')).text.split('\n');
  const alone = outputsOf(texts, outputs).flatMap((lines) => redact(lines.join('\n')).text.split('\n'));
  return read.map(({ text, utf8 }, i) => {
    const fresh = alone[i] !== text ? alone[i] : whole[i];
    if (fresh === undefined || fresh === text) return null;
    return utf8 ? bytesOfText(fresh) : fresh;
  });
}

/** The lines from one typed command to the next, as recordings redact them: what a line means depends on those above. */
function outputsOf(lines: readonly string[], outputs: ReadonlySet<number>): string[][] {
  const groups: string[][] = [];
  for (const [i, line] of lines.entries()) {
    if (i === 0 || outputs.has(i)) groups.push([]);
    groups.at(-1)?.push(line);
  }
  return groups;
}

function startsOfLines(lines: readonly string[]): number[] {
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  return starts;
}

/** The indexes of the lines in which the offsets (ascending) lie. */
function linesAt(starts: readonly number[], offsets: readonly number[]): Set<number> {
  const found = new Set<number>();
  let line = 0;
  for (const offset of offsets) {
    while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= offset) line++;
    found.add(line);
  }
  return found;
}

const CONTROL = /[\x00-\x08\x0b-\x1f\x7f]/;
// ESC[K    ESC[27m    ESC M
const SEQUENCE = /\x1b(?:\[[0-?]{0,20}[ -/]{0,4}[@-~]|[@-Z\\-_])?/g;

/** Where the text of a line begins behind the last byte that moves the cursor: ` --More-- `, its wipe, then the text. */
function noiseLength(body: string): number {
  let end = Math.max(body.lastIndexOf('\b'), body.lastIndexOf('\r')) + 1;
  if (body.includes('\x1b')) {
    for (const match of body.matchAll(SEQUENCE)) end = Math.max(end, match.index + match[0].length);
  }
  return end;
}

/** What a terminal shows of the line. */
function shown(body: string): string {
  if (!CONTROL.test(body)) return body;
  const cells: string[] = [];
  let column = 0;
  for (const char of body.replace(SEQUENCE, '')) {
    if (char === '\b') column = Math.max(0, column - 1);
    else if (char === '\r') column = 0;
    else if (!CONTROL.test(char)) cells[column++] = char;
  }
  return Array.from(cells, (cell) => cell ?? ' ').join('');
}

/** The line without control bytes, nothing overwritten. */
function bare(body: string): string {
  return body.replace(SEQUENCE, '').replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '');
}

/** Bytes as the text they are: UTF-8 where they are valid, else latin1. */
function textOfBytes(bytes: string): { readonly text: string; readonly utf8: boolean } {
  // plain ASCII, the usual case
  if (!/[\x80-\xff]/.test(bytes)) return { text: bytes, utf8: false };
  try {
    return { text: UTF8.decode(Buffer.from(bytes, 'latin1')), utf8: true };
  } catch {
    return { text: bytes, utf8: false };
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function bytesOfText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** `edits` ascending and apart. A chunk of which nothing is left goes. */
function applyEdits(events: readonly TranscriptEvent[], edits: readonly Edit[]): TranscriptEvent[] {
  const done: TranscriptEvent[] = [];
  let from = 0;
  let next = 0;
  for (const event of events) {
    if (!('bytes' in event) || event.from !== 'router') {
      done.push(event);
      continue;
    }
    const to = from + event.bytes.length;
    const kept: string[] = [];
    let at = from;
    for (; next < edits.length; next++) {
      const { start, end, text } = edits[next] as Edit;
      if (start >= to) break;
      if (start > at) kept.push(event.bytes.slice(at - from, start - from));
      at = Math.min(to, Math.max(at, end));
      if (end > to) break;
      kept.push(text);
    }
    kept.push(event.bytes.slice(at - from));
    const bytes = kept.join('');
    if (bytes !== '') done.push({ ...event, bytes });
    from = to;
  }
  return done;
}
