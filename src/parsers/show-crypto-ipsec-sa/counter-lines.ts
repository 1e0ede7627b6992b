import { isJoined, type Line, type Outcome } from '../lines.ts';
import type { IpsecScan } from './draft.ts';
import type { FlowCounters } from './facts.ts';
import { flowFor, RANK } from './rules.ts';

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
const IGNORED =
  /^(?:(?:not )?(?:de)?compressed|compr\. failed|decompress failed|(?:not )?(?:un)?tagged(?: \((?:send|recv)\))?)$/;

/** Reads a line of `#name number` pairs; colons may be missing and hashes doubled. 'part' when one of the names is unknown. */
export function readCounterLine(state: IpsecScan, line: Line): Outcome {
  const pairs = line.body
    .split(',')
    .filter((piece) => piece.trim() !== '')
    .map(readPair);
  const known = pairs.flatMap((pair) =>
    pair?.counter ? [{ counter: pair.counter, value: pair.value }] : [],
  );
  const first = known[0];
  if (first === undefined) return pairs.length > 0 && pairs.every((pair) => pair?.ignored === true);
  const whole = pairs.every((pair) => pair !== null && (pair.counter !== undefined || pair.ignored));
  if (!whole && isJoined(line)) return false;
  const { flow } = flowFor(state, rankOf(first.counter), line);
  let contradicted = false;
  for (const { counter, value } of known) {
    // A second, different value for one counter: two flows ran into each other; the first value stands and the line is reported.
    contradicted ||= flow.counters[counter] !== null && flow.counters[counter] !== value;
    flow.counters[counter] ??= value;
    noteLine(flow.counterLines, counter, line.number);
  }
  return whole && !contradicted ? true : 'part';
}

// #pkts encaps: 10   |   #pkts digest 10   |   ##pkts replay failed (rcv): 0   |   #send errors 15
function readPair(piece: string) {
  const match = /^#{1,3} ?(?:pkts )?([A-Za-z][A-Za-z .]{1,40}(?:\([a-z]{1,8}\))?) ?:? ?(\d{1,20})$/.exec(
    piece.trim(),
  );
  if (!match) return null;
  const name = (match[1] ?? '').trim().toLowerCase().replace('(rcv)', '(recv)');
  return { counter: COUNTERS[name], ignored: IGNORED.test(name), value: Number(match[2]) };
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
