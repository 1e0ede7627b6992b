import type { Fact } from '../parsed.ts';

/** A peer that gets a copy of every multicast packet. */
export interface NhrpMulticastEntry extends Fact {
  readonly interface: string;
  readonly nbma: string;
  /** static, dynamic, nhs … as printed. */
  readonly flags: readonly string[];
  /** Null where the release does not print it. */
  readonly enabled: boolean | null;
}

export interface NhrpMulticastFacts {
  readonly entries: readonly NhrpMulticastEntry[];
}
