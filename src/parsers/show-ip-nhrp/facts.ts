import type { Fact } from '../parsed.ts';

/** Who asked for a mapping. */
export interface NhrpRequester {
  readonly address: string;
  readonly requestId: number;
}

/** One mapping of a tunnel address to the address a packet for it is sent to. */
export interface NhrpMapping extends Fact {
  /** Tunnel address or network. */
  readonly target: string;
  readonly prefixLength: number;
  readonly vrf: string | null;
  readonly via: string | null;
  readonly interface: string | null;
  /** As printed, e.g. `00:10:05`, `10w2d`. */
  readonly created: string | null;
  /** As printed; `never` for a static mapping. */
  readonly expires: string | null;
  /** static, dynamic, incomplete … as printed. */
  readonly type: string | null;
  /** unique, registered, used, nhop, negative … as printed. */
  readonly flags: readonly string[];
  readonly nbma: string | null;
  /** The address the peer believes it has, when a NAT device stands between. */
  readonly claimedNbma: string | null;
  readonly noSocket: boolean;
  readonly group: string | null;
  readonly preference: number | null;
  readonly cacheHits: number | null;
  readonly requesters: readonly NhrpRequester[];
}

export interface NhrpFacts {
  readonly mappings: readonly NhrpMapping[];
}
