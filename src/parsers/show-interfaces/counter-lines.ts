import type { LineRule } from '../line-rules.ts';
import { type Draft, numberOf } from '../lines.ts';
import { type InterfaceScan, setCounters } from './draft.ts';
import type { InterfaceCounters } from './facts.ts';

/** Labels of counters that are facts. */
const FIELDS: ReadonlyMap<string, keyof InterfaceCounters> = new Map([
  ['packets input', 'packetsInput'],
  ['no buffer', 'noBuffer'],
  ['runts', 'runts'],
  ['giants', 'giants'],
  ['throttles', 'throttles'],
  ['input errors', 'inputErrors'],
  ['crc', 'crc'],
  ['frame', 'frame'],
  ['overrun', 'overrun'],
  ['ignored', 'ignored'],
  ['abort', 'abort'],
  ['packets output', 'packetsOutput'],
  ['underruns', 'underruns'],
  ['output errors', 'outputErrors'],
  ['collisions', 'collisions'],
  ['interface resets', 'interfaceResets'],
  ['unknown protocol drops', 'unknownProtocolDrops'],
  ['late collision', 'lateCollisions'],
  ['lost carrier', 'lostCarrier'],
  ['no carrier', 'noCarrier'],
  ['output buffer failures', 'outputBufferFailures'],
  ['carrier transitions', 'carrierTransitions'],
  ['watchdog', 'watchdog'],
  ['multicast', 'multicastInput'],
  ['pause input', 'pauseInput'],
  ['pause output', 'pauseOutput'],
  ['babbles', 'babbles'],
  ['babble', 'babbles'],
  ['deferred', 'deferred'],
  ['output buffers swapped out', 'outputBuffersSwappedOut'],
]);

/** Labels of counters that say nothing about a tunnel. */
const SILENT: ReadonlySet<string> = new Set([
  'input packets with dribble condition detected',
  'restarts',
  'alarm indications',
  'remote alarms',
]);

/** Lines of counters: numbers with labels behind them, with commas between. */
export const COUNTER_RULES: readonly LineRule<InterfaceScan>[] = [
  {
    // Received 9672 broadcasts (12 IP multicasts)   |   Received 4173 broadcasts (0 multicasts), 0 runts, 0 giants, 0 throttles
    word: 'received',
    pattern: /^Received (\d{1,20}) broadcasts(?: \((\d{1,20}) (?:IP )?multicasts?\))?(?:, (\d.{0,200}))?$/i,
    take(state, match, line) {
      const more = match[3] === undefined ? {} : readItems(match[3]);
      if (more === null) return false;
      return setCounters(state, line, {
        broadcastsInput: numberOf(match[1]),
        ...(match[2] === undefined ? {} : { ipMulticastsInput: numberOf(match[2]) }),
        ...more,
      });
    },
  },
  {
    // Output 0 broadcasts (0 IP multicasts)
    word: 'output',
    pattern: /^Output (\d{1,20}) broadcasts \((\d{1,20}) (?:IP )?multicasts?\)$/i,
    take: (state, match, line) =>
      setCounters(state, line, {
        broadcastsOutput: numberOf(match[1]),
        ipMulticastsOutput: numberOf(match[2]),
      }),
  },
  {
    // 9672 packets input, 1288965 bytes, 0 no buffer   |   0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored
    word: '*',
    pattern: /^\d{1,20} [A-Za-z].{0,300}$/,
    take(state, match, line) {
      const items = readItems(match[0]);
      return items !== null && setCounters(state, line, items);
    },
  },
];

/** Counters of `9672 packets input, 1288965 bytes, 0 no buffer`; null when a label is not known. */
function readItems(text: string): Partial<Draft<InterfaceCounters>> | null {
  const found: Partial<Draft<InterfaceCounters>> = {};
  let bytes: 'bytesInput' | 'bytesOutput' | null = null;
  for (const item of text.split(/, ?/)) {
    // 1288965 bytes
    const [, count, label = ''] = /^(\d{1,20}) ([A-Za-z][A-Za-z ]{1,60})$/.exec(item) ?? [];
    const name = label.toLowerCase();
    const field = name === 'bytes' ? bytes : FIELDS.get(name);
    if (field === undefined || field === null) {
      if (!SILENT.has(name)) return null;
      continue;
    }
    if (found[field] !== undefined) return null;
    found[field] = numberOf(count);
    if (field === 'packetsInput') bytes = 'bytesInput';
    if (field === 'packetsOutput') bytes = 'bytesOutput';
  }
  return found;
}
