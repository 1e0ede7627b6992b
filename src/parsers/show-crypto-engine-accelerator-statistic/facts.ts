import type { Fact } from '../parsed.ts';

/** One counter. Names as printed, which differs between kinds of hardware; the same name may stand in several sections. */
export interface AcceleratorCounter extends Fact {
  /** Heading in lower case: `errors`, `warnings`, `hsp details`, `last 5 minutes`; null for what stands above the first, counted since the last clear. */
  readonly section: string | null;
  readonly name: string;
  readonly value: number;
}

export interface Accelerator extends Fact {
  /** As printed: `Onboard VPN`, `Virtual Private Network (VPN) Module`; null when the heading is missing. */
  readonly device: string | null;
  /** As printed: `Onboard: 0`, `slot 0`. */
  readonly location: string | null;
  /** Seconds since the counters were cleared. */
  readonly clearedSec: number | null;
  readonly counters: readonly AcceleratorCounter[];
}

export interface AcceleratorFacts {
  readonly accelerators: readonly Accelerator[];
}
