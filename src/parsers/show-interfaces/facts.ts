import type { Fact } from '../parsed.ts';

/** Counters of one interface since the last clearing. Null where the kind of interface does not print one. */
export interface InterfaceCounters {
  readonly packetsInput: number | null;
  readonly bytesInput: number | null;
  readonly noBuffer: number | null;
  readonly broadcastsInput: number | null;
  /** In brackets behind the broadcasts: `(12 IP multicasts)`. */
  readonly ipMulticastsInput: number | null;
  /** Frames to a multicast address: `0 watchdog, 12 multicast, 0 pause input`. */
  readonly multicastInput: number | null;
  readonly runts: number | null;
  readonly giants: number | null;
  readonly throttles: number | null;
  readonly inputErrors: number | null;
  readonly crc: number | null;
  readonly frame: number | null;
  readonly overrun: number | null;
  readonly ignored: number | null;
  readonly abort: number | null;
  readonly packetsOutput: number | null;
  readonly bytesOutput: number | null;
  readonly underruns: number | null;
  readonly outputErrors: number | null;
  readonly collisions: number | null;
  readonly interfaceResets: number | null;
  readonly unknownProtocolDrops: number | null;
  readonly lateCollisions: number | null;
  readonly lostCarrier: number | null;
  readonly noCarrier: number | null;
  readonly outputBufferFailures: number | null;
  readonly carrierTransitions: number | null;
  readonly broadcastsOutput: number | null;
  readonly ipMulticastsOutput: number | null;
  readonly watchdog: number | null;
  readonly pauseInput: number | null;
  readonly pauseOutput: number | null;
  readonly babbles: number | null;
  readonly deferred: number | null;
  readonly outputBuffersSwappedOut: number | null;
}

/** What the lines `Tunnel …` say. */
export interface TunnelFields {
  /** Address, or `UNKNOWN` as printed. */
  readonly source: string | null;
  /** The interface whose address the source is. */
  readonly sourceInterface: string | null;
  readonly destination: string | null;
  /** e.g. `GRE/IP`, `multi-GRE/IP`, `IPSEC/IP`. */
  readonly protocol: string | null;
  /** As printed, e.g. `0x64`; null when disabled or not printed. */
  readonly key: string | null;
  /** False: `Key disabled`. Null: not printed. */
  readonly keyed: boolean | null;
  readonly sequencing: boolean | null;
  readonly checksumming: boolean | null;
  readonly ttl: number | null;
  readonly transportMtu: number | null;
  /** False when no line says it. */
  readonly pathMtuDiscovery: boolean;
  /** IPsec profile that protects the tunnel. */
  readonly profile: string | null;
  readonly profileShared: boolean;
  /** e.g. `up`, `down - no output interface`. */
  readonly lineState: string | null;
}

/** One interface of `show interfaces`. */
export interface InterfaceState extends Fact {
  readonly name: string;
  /** up, down, administratively down, deleted … as printed. */
  readonly status: string;
  readonly protocol: string;
  /** In brackets behind the state: connected, disabled, looped, spoofing … */
  readonly note: string | null;
  readonly hardware: string | null;
  readonly macAddress: string | null;
  readonly description: string | null;
  /** `192.0.2.1/24`, `will be negotiated using IPCP` … as printed; null when there is none. */
  readonly address: string | null;
  /** Interface whose address an unnumbered one uses. */
  readonly unnumbered: string | null;
  readonly mtu: number | null;
  readonly bandwidthKbit: number | null;
  readonly delayUsec: number | null;
  /** Of 255. */
  readonly reliability: number | null;
  readonly txLoad: number | null;
  readonly rxLoad: number | null;
  readonly encapsulation: string | null;
  /** `10 sec`, `10 sec, retries 3`; null when not set, not supported or not printed. */
  readonly keepalive: string | null;
  readonly keepaliveSet: boolean | null;
  readonly duplex: string | null;
  readonly speed: string | null;
  readonly tunnel: TunnelFields | null;
  /** As printed, e.g. `00:00:11`, `never`. */
  readonly lastInput: string | null;
  readonly lastOutput: string | null;
  readonly lastClearing: string | null;
  /** Packets in the input queue, and how many it holds. A queue that stays full is wedged. */
  readonly inputQueueSize: number | null;
  readonly inputQueueMax: number | null;
  readonly inputQueueDrops: number | null;
  readonly inputQueueFlushes: number | null;
  readonly totalOutputDrops: number | null;
  readonly queueing: string | null;
  readonly outputQueueSize: number | null;
  readonly outputQueueMax: number | null;
  /** Seconds the rates are averaged over. */
  readonly rateIntervalSec: number | null;
  readonly inputBitsPerSec: number | null;
  readonly inputPacketsPerSec: number | null;
  readonly outputBitsPerSec: number | null;
  readonly outputPacketsPerSec: number | null;
  readonly counters: InterfaceCounters | null;
}

export interface InterfaceFacts {
  readonly interfaces: readonly InterfaceState[];
}
