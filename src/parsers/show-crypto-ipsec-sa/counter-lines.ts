import { isJoined, type Line, type Outcome } from '../lines.ts';
import type { IpsecScan } from './draft.ts';
import type { FlowCounters } from './facts.ts';
import { flowFor, RANK } from './rules.ts';

/** Names as printed, lower case, without `pkts`. */
const COUNTERS: Readonly<Record<string, keyof FlowCounters>> = {
  encaps: 'encaps',
  encrypt: 'encrypt',
  digest: 'digest',
  decaps: 'decaps',
  decrypt: 'decrypt',
  verify: 'verify',
  'send errors': 'sendErrors',
  'recv errors': 'recvErrors',
  'no sa (send)': 'noSaSend',
  'invalid sa (recv)': 'invalidSaRecv',
  'encaps failed (send)': 'encapsFailedSend',
  'decaps failed (recv)': 'decapsFailedRecv',
  'invalid prot (recv)': 'invalidProtRecv',
  'verify failed': 'verifyFailed',
  'verify failed (recv)': 'verifyFailed',
  'invalid identity (recv)': 'invalidIdentityRecv',
  'invalid len (recv)': 'invalidLenRecv',
  'replay rollover (send)': 'replayRolloverSend',
  'replay rollover (recv)': 'replayRolloverRecv',
  'replay failed (recv)': 'replayFailedRecv',
  'internal err (send)': 'internalErrSend',
  'internal err (recv)': 'internalErrRecv',
};

/** Compression and SGT tagging: known, and of no use to a diagnosis. */
const IGNORED = ['compressed', 'decompressed', 'tagged', 'untagged'];
const IGNORED_FAILURES = ['compr. failed', 'decompress failed'];

/** What a printed name stands for; null: a counter that is passed over. */
const MEANINGS: ReadonlyMap<string, keyof FlowCounters | null> = new Map([
  ...Object.entries(COUNTERS).flatMap(([name, counter]) => [
    [name, counter] as const,
    // #pkts replay failed (rcv): 0
    [name.replace('(recv)', '(rcv)'), counter] as const,
  ]),
  ...[...IGNORED_FAILURES, ...IGNORED.flatMap((name) => [name, `not ${name}`])].map(
    (name) => [name, null] as const,
  ),
  ...['tagged', 'untagged', 'not tagged', 'not untagged'].flatMap((name) =>
    ['send', 'recv', 'rcv'].map((end) => [`${name} (${end})`, null] as const),
  ),
]);

/** One `#name number`; `counter` is null for a name that is passed over. */
export interface CounterPair {
  readonly counter: keyof FlowCounters | null;
  readonly value: number;
}

/** Reads a line of `#name number` pairs; colons may be missing and hashes doubled. 'part' when one of the names is unknown. */
export function readCounterLine(state: IpsecScan, line: Line): Outcome {
  const { pairs, whole } = pairsOf(line.body);
  const first = pairs.find(isCounted);
  if (first === undefined) return pairs.length > 0 && whole;
  if (!whole && isJoined(line)) return false;
  const { flow } = flowFor(state, rankOf(first.counter), line);
  let contradicted = false;
  for (const { counter, value } of pairs) {
    if (counter === null) continue;
    // A second, different value for one counter: two flows ran into each other; the first value stands and the line is reported.
    const before = flow.counters[counter];
    if (before === null) flow.counters[counter] = value;
    else contradicted ||= before !== value;
    noteLine(flow.counterLines, counter, line.number);
  }
  return whole && !contradicted ? true : 'part';
}

/** The pairs of a line that were understood; `whole` when that is all of them. */
function pairsOf(body: string): { pairs: readonly CounterPair[]; whole: boolean } {
  const pairs: CounterPair[] = [];
  let whole = true;
  for (let start = 0; start < body.length; ) {
    const comma = body.indexOf(',', start);
    const end = comma < 0 ? body.length : comma;
    const pair = plainPair(body, start, end) ?? readPair(body.slice(start, end));
    if (pair !== null) pairs.push(pair);
    else if (body.slice(start, end).trim() !== '') whole = false;
    start = end + 1;
  }
  return { pairs, whole };
}

function isCounted(pair: CounterPair): pair is CounterPair & { counter: keyof FlowCounters } {
  return pair.counter !== null;
}

/** One pair in any way it is printed; null when it is none, or has a name that nobody knows. */
export function readPair(piece: string): CounterPair | null {
  // #pkts encaps: 10   |   #pkts digest 10   |   ##pkts replay failed (rcv): 0   |   #send errors 15
  const match = /^#{1,3} ?(?:pkts )?([A-Za-z][A-Za-z .]{1,40}(?:\([a-z]{1,8}\))?) ?:? ?(\d{1,20})$/.exec(
    piece.trim(),
  );
  const counter = match && MEANINGS.get((match[1] ?? '').trim().toLowerCase());
  return match && counter !== undefined ? { counter, value: Number(match[2]) } : null;
}

/** Digits that make an exact number whatever they are. */
const MOST_DIGITS = 15;

/**
 * The pair between two offsets in the way nearly all are printed (`#pkts encaps: 10`, `#send errors 15`), read without an expression:
 * a hub prints these lines by the thousand. Null when it is anything else, also where `readPair` reads it.
 */
export function plainPair(body: string, start: number, end: number): CounterPair | null {
  const hash = body.charCodeAt(start) === 32 ? start + 1 : start;
  if (body.charCodeAt(hash) !== 35) return null;
  let value = 0;
  let unit = 1;
  let at = end - 1;
  for (; end - at <= MOST_DIGITS && isDigit(body.charCodeAt(at)); at--) {
    value += (body.charCodeAt(at) - 48) * unit;
    unit *= 10;
  }
  if (at === end - 1 || body.charCodeAt(at) !== 32) return null;
  const nameEnd = body.charCodeAt(at - 1) === 58 ? at - 1 : at;
  const nameStart = body.startsWith('pkts ', hash + 1) ? hash + 6 : hash + 1;
  const counter = MEANINGS.get(body.slice(nameStart, nameEnd));
  return counter === undefined ? null : { counter, value };
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Only the first counter of a direction may begin a new flow (output filtered to counter lines). */
function rankOf(counter: keyof FlowCounters): number {
  if (counter === 'encaps') return RANK.encaps;
  return counter === 'decaps' ? RANK.decaps : RANK.errors;
}

function noteLine(
  lines: { encaps: number | null; decaps: number | null; errors: number | null },
  counter: keyof FlowCounters,
  at: number,
): void {
  if (counter === 'encaps') lines.encaps ??= at;
  else if (counter === 'decaps') lines.decaps ??= at;
  else if (counter === 'sendErrors' || counter === 'recvErrors' || counter === 'noSaSend')
    lines.errors ??= at;
}
