import type { LineRule } from '../line-rules.ts';
import { type Draft, type Line, numberOf } from '../lines.ts';
import { recordAt, setFields } from '../record-fields.ts';
import type { InterfaceScan } from './draft.ts';
import type { InterfaceState } from './facts.ts';

/** Lines of queues and rates, and lines that are known and say nothing. */
export const TRAFFIC_RULES: readonly LineRule<InterfaceScan>[] = [
  {
    // Last input 00:00:11, output 00:00:03, output hang never
    word: 'last',
    pattern: /^Last input ([\w:]{1,20}), output ([\w:]{1,20}), output hang [\w:]{1,20}$/i,
    take: (state, match, line) =>
      set(state, line, { lastInput: match[1] ?? null, lastOutput: match[2] ?? null }),
  },
  {
    // Last clearing of "show interface" counters never
    word: 'last',
    pattern: /^Last clearing of "show interface" counters ([\w:]{1,20})$/i,
    take: (state, match, line) => set(state, line, { lastClearing: match[1] ?? null }),
  },
  {
    // Input queue: 0/75/12/3 (size/max/drops/flushes); Total output drops: 4
    word: 'input',
    pattern:
      /^Input queue: (\d{1,9})\/(\d{1,9})\/(\d{1,15})\/(\d{1,15}) \(size\/max\/drops\/flushes\); ?Total output drops: (\d{1,15})$/i,
    take: (state, match, line) =>
      set(state, line, {
        inputQueueSize: numberOf(match[1]),
        inputQueueMax: numberOf(match[2]),
        inputQueueDrops: numberOf(match[3]),
        inputQueueFlushes: numberOf(match[4]),
        totalOutputDrops: numberOf(match[5]),
      }),
  },
  {
    // Output queue 0/40, 4 drops; input queue 1/75, 12 drops   (12.0 and older)
    word: 'output',
    pattern:
      /^Output queue:? (\d{1,9})\/(\d{1,9}), (\d{1,15}) drops; input queue (\d{1,9})\/(\d{1,9}), (\d{1,15}) drops$/i,
    take: (state, match, line) =>
      set(state, line, {
        outputQueueSize: numberOf(match[1]),
        outputQueueMax: numberOf(match[2]),
        totalOutputDrops: numberOf(match[3]),
        inputQueueSize: numberOf(match[4]),
        inputQueueMax: numberOf(match[5]),
        inputQueueDrops: numberOf(match[6]),
      }),
  },
  {
    // Output queue: 0/40 (size/max)   |   Output queue: 0/1000/64/0 (size/max total/threshold/drops)
    word: 'output',
    pattern: /^Output queue: ?(\d{1,9})\/(\d{1,15})(?:\/\d{1,15}){0,2} \(size\/max[a-z/ ]{0,30}\)$/i,
    take: (state, match, line) =>
      set(state, line, { outputQueueSize: numberOf(match[1]), outputQueueMax: numberOf(match[2]) }),
  },
  {
    // Queueing strategy: Class-based queueing
    word: 'queueing',
    pattern: /^Queueing strategy: ?([A-Za-z][\w -]{1,60})$/i,
    take: (state, match, line) => set(state, line, { queueing: match[1] ?? null }),
  },
  {
    // 5 minute input rate 10684000 bits/sec, 5031 packets/sec
    word: '*',
    pattern:
      /^(\d{1,5}) (minute|second)s? (input|output) rate (\d{1,15}) bits\/sec, (\d{1,15}) packets\/sec$/i,
    take(state, match, line) {
      const [bits, packets] = [numberOf(match[4]), numberOf(match[5])];
      const seconds = Number(match[1]) * (match[2]?.toLowerCase() === 'minute' ? 60 : 1);
      // Both lines name the interval, and setting a field twice would close the record.
      const { record } = state.open;
      if (record !== null && record.rateIntervalSec !== null && record.rateIntervalSec !== seconds)
        return false;
      const taken =
        match[3]?.toLowerCase() === 'input'
          ? set(state, line, { inputBitsPerSec: bits, inputPacketsPerSec: packets })
          : set(state, line, { outputBitsPerSec: bits, outputPacketsPerSec: packets });
      if (taken && record !== null) record.rateIntervalSec = seconds;
      return taken;
    },
  },
  ...Object.entries({
    // ARP type: ARPA, ARP Timeout 04:00:00
    arp: /^ARP type: ?\w{1,12}, ?ARP Timeout [\w:]{1,12}$/i,
    // output flow-control is unsupported, input flow-control is unsupported
    '*': /^(?:output|input) flow-control is \w{1,20}, ?(?:output|input) flow-control is \w{1,20}$/i,
    // Conversations 0/1/256 (active/max active/max total)
    conversations: /^Conversations \d{1,9}\/\d{1,9}\/\d{1,9} \(active\/max active\/max total\)$/i,
    // Reserved Conversations 0/0 (allocated/max allocated)
    reserved: /^Reserved Conversations \d{1,9}\/\d{1,9} \(allocated\/max allocated\)$/i,
    // Available Bandwidth 1158 kilobits/sec
    available: /^Available Bandwidth \d{1,12} kilobits\/sec$/i,
    // DCD=up DSR=up DTR=up RTS=up CTS=up
    dcd: /^DCD=\w{2,6}(?: [A-Z]{3}=\w{2,6}){1,5}$/i,
    // LCP Open, multilink Closed
    lcp: /^LCP \w{2,12}(?:, multilink \w{2,12})?$/i,
    // Open: IPCP, CDPCP
    open: /^Open: \w{2,12}(?:, \w{2,12}){0,8}$/i,
    // Members in this channel: Gi1/0/1 Gi1/0/2
    members: /^Members in this channel: ?[\w/. -]{2,200}$/i,
    // Member 0 : TenGigabitEthernet0/0/0 , Full-duplex, 1000Mb/s
    member: /^Member \d{1,4} : [\w/.-]{2,40} ?(?:, ?[\w/-]{2,30}){0,3}$/i,
    // No. of active members in this channel: 2
    no: /^No\. of [\w ]{3,40} in this channel ?: ?\d{1,4}$/i,
    // Fec is auto
    fec: /^Fec is [\w-]{1,20}$/i,
    // Clock mode is auto
    clock: /^Clock mode is \w{1,20}$/i,
    // Media-type configured as RJ45 connector
    media: /^Media-type configured as [\w -]{2,40}$/i,
    // Asymmetric Carrier-Delay Up Timer is 2 sec   |   Carrier delay is 10 msec
    carrier: /^Carrier delay is \d{1,6} m?sec$/i,
    asymmetric: /^Asymmetric Carrier-Delay (?:Up|Down) Timer is \d{1,6} (?:sec|msec)$/i,
  }).map(([word, pattern]) => ({ word, pattern, take: keep })),
];

/** A line that says nothing belongs to the interface all the same. */
function keep(state: InterfaceScan, _match: RegExpExecArray, line: Line): boolean {
  return recordAt(state.open, line) !== null;
}

function set(state: InterfaceScan, line: Line, values: Partial<Draft<InterfaceState>>): boolean {
  return setFields(state.open, line, values);
}
