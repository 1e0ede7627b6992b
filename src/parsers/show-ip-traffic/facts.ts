import type { Fact } from '../parsed.ts';

/** One counter, under the words it was printed with. */
export interface TrafficCounter extends Fact {
  /** The protocol of the section: `IP`, `ICMP`, `UDP` … */
  readonly section: string;
  /** `Rcvd`, `Sent`, `Frags`, `Drop` … as printed; `Sent` and `Received` for counters printed as a pair. Null below no such label. */
  readonly group: string | null;
  /** e.g. `couldn't fragment`, `total`. */
  readonly label: string;
  readonly value: number;
}

/** Counters of IP that speak about fragments and drops. Null where the release does not print one. */
export interface IpCounters extends Fact {
  readonly received: number | null;
  readonly generated: number | null;
  readonly forwarded: number | null;
  readonly formatErrors: number | null;
  readonly checksumErrors: number | null;
  readonly badHopCount: number | null;
  readonly reassembled: number | null;
  readonly reassemblyTimeouts: number | null;
  readonly couldNotReassemble: number | null;
  readonly fragmented: number | null;
  readonly fragments: number | null;
  readonly couldNotFragment: number | null;
  readonly encapsulationFailed: number | null;
  readonly unresolved: number | null;
  readonly noAdjacency: number | null;
  readonly noRoute: number | null;
  readonly unicastRpf: number | null;
  readonly forcedDrop: number | null;
}

export interface IpTrafficFacts {
  readonly ip: IpCounters | null;
  /** Every counter of every section, those of `ip` too. */
  readonly counters: readonly TrafficCounter[];
}
