import type { Fact } from '../parsed.ts';

/** Packets that IPsec on the forwarding processor dropped for one reason. */
export interface IpsecDropCounter extends Fact {
  /** Number of the drop type. */
  readonly type: number;
  /** As printed, e.g. `IN_US_V4_PKT_SA_NOT_FOUND_SPI`. */
  readonly name: string;
  readonly packets: number;
}

export interface IpsecDropFacts {
  /** Types that are printed; the plain form of some releases leaves out those that are zero. */
  readonly counters: readonly IpsecDropCounter[];
}
