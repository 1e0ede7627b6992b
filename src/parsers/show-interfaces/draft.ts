import type { Draft, Line } from '../lines.ts';
import { type OpenRecord, recordAt } from '../record-fields.ts';
import type { InterfaceCounters, InterfaceState, TunnelFields } from './facts.ts';

/** What has been read so far of one output. */
export interface InterfaceScan {
  readonly interfaces: Draft<InterfaceState>[];
  readonly open: OpenRecord<InterfaceState>;
}

/** An interface of which only the first line is known. */
export function blankInterface(
  heading: Pick<InterfaceState, 'name' | 'status' | 'protocol' | 'note'>,
  line: Line,
): Draft<InterfaceState> {
  return {
    lines: { first: line.number, last: line.last },
    ...heading,
    hardware: null,
    macAddress: null,
    description: null,
    address: null,
    unnumbered: null,
    mtu: null,
    bandwidthKbit: null,
    delayUsec: null,
    reliability: null,
    txLoad: null,
    rxLoad: null,
    encapsulation: null,
    keepalive: null,
    keepaliveSet: null,
    duplex: null,
    speed: null,
    tunnel: null,
    lastInput: null,
    lastOutput: null,
    lastClearing: null,
    inputQueueSize: null,
    inputQueueMax: null,
    inputQueueDrops: null,
    inputQueueFlushes: null,
    totalOutputDrops: null,
    queueing: null,
    outputQueueSize: null,
    outputQueueMax: null,
    rateIntervalSec: null,
    inputBitsPerSec: null,
    inputPacketsPerSec: null,
    outputBitsPerSec: null,
    outputPacketsPerSec: null,
    counters: null,
  };
}

/** Sets fields of the present interface's tunnel, each once. */
export function setTunnel(state: InterfaceScan, line: Line, values: Partial<Draft<TunnelFields>>): boolean {
  return setInside(state, line, 'tunnel', BLANK_TUNNEL, values);
}

/** Sets counters of the present interface, each once. */
export function setCounters(
  state: InterfaceScan,
  line: Line,
  values: Partial<Draft<InterfaceCounters>>,
): boolean {
  return setInside(state, line, 'counters', BLANK_COUNTERS, values);
}

/** As `setFields`, for the fields of a part of the interface. */
function setInside<K extends 'tunnel' | 'counters'>(
  state: InterfaceScan,
  line: Line,
  part: K,
  blank: NonNullable<InterfaceState[K]>,
  values: Partial<NonNullable<InterfaceState[K]>>,
): boolean {
  const { open } = state;
  if (open.record === null) return false;
  const plain = blank as unknown as Readonly<Record<string, unknown>>;
  const old = (open.record[part] ?? blank) as unknown as Readonly<Record<string, unknown>>;
  if (Object.keys(values).some((key) => old[key] !== null && old[key] !== plain[key])) {
    if (line.number === line.last && line.body !== open.previous) open.record = null;
    return false;
  }
  Object.assign(open.record, { [part]: { ...old, ...values } });
  return recordAt(open, line) !== null;
}

const BLANK_TUNNEL: TunnelFields = {
  source: null,
  sourceInterface: null,
  destination: null,
  protocol: null,
  key: null,
  keyed: null,
  sequencing: null,
  checksumming: null,
  ttl: null,
  transportMtu: null,
  pathMtuDiscovery: false,
  profile: null,
  profileShared: false,
  lineState: null,
};

const BLANK_COUNTERS: InterfaceCounters = {
  packetsInput: null,
  bytesInput: null,
  noBuffer: null,
  broadcastsInput: null,
  ipMulticastsInput: null,
  multicastInput: null,
  runts: null,
  giants: null,
  throttles: null,
  inputErrors: null,
  crc: null,
  frame: null,
  overrun: null,
  ignored: null,
  abort: null,
  packetsOutput: null,
  bytesOutput: null,
  underruns: null,
  outputErrors: null,
  collisions: null,
  interfaceResets: null,
  unknownProtocolDrops: null,
  lateCollisions: null,
  lostCarrier: null,
  noCarrier: null,
  outputBufferFailures: null,
  carrierTransitions: null,
  broadcastsOutput: null,
  ipMulticastsOutput: null,
  watchdog: null,
  pauseInput: null,
  pauseOutput: null,
  babbles: null,
  deferred: null,
  outputBuffersSwappedOut: null,
};
