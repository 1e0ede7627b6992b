import type { Fact } from '../parsed.ts';

/** `show platform hardware throughput crypto`: how much the licence lets through encrypted. */
export interface CryptoThroughput extends Fact {
  /** Level as configured, as printed: `T3`, `250M`, `1G` … */
  readonly configured: string | null;
  readonly saved: boolean | null;
  readonly rebootRequired: boolean | null;
  /** Level that holds now, as printed. */
  readonly enforced: string | null;
  readonly throttled: boolean | null;
  /** Rate it is throttled at, as printed; null when none is. */
  readonly throttledAt: string | null;
  readonly default: string | null;
  /** Licence the router booted with, e.g. `network-premier`. */
  readonly bootLevel: string | null;
}

/** `show platform hardware throughput level`: how much the licence lets through at all. */
export interface ThroughputLevel extends Fact {
  /** As printed: `500000 kb/s`, `unthrottled`. */
  readonly level: string;
  /** Kilobits per second; null when unthrottled. */
  readonly kbps: number | null;
}

export interface ThroughputFacts {
  readonly crypto: CryptoThroughput | null;
  readonly level: ThroughputLevel | null;
}
