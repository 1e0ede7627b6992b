import type { Fact } from '../parsed.ts';

/** Packets the forwarding processor dropped for one reason. */
export interface DropCounter extends Fact {
  /** Number of the reason; only the detailed form prints it. */
  readonly id: number | null;
  /** As printed, e.g. `IpsecInput`, `Ipv4NoRoute`. */
  readonly name: string;
  readonly packets: number;
  readonly octets: number;
}

export interface QfpDropFacts {
  /** When the counters were cleared, as printed (`never`); null where the layout does not say. */
  readonly cleared: (Fact & { readonly text: string }) | null;
  /** Reasons that are printed: without any nothing was dropped. */
  readonly counters: readonly DropCounter[];
}
