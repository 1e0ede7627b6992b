import type { Fact } from '../parsed.ts';

/** One sequence of one crypto map. */
export interface CryptoMapEntry extends Fact {
  readonly map: string;
  readonly sequence: number;
  /** ipsec-isakmp, ipsec-manual, gdoi …; null when not printed. */
  readonly type: string | null;
  readonly dynamic: boolean;
  readonly description: string | null;
  readonly peers: readonly string[];
  readonly acl: string | null;
  /** Lines of the access list as printed below it. */
  readonly aclLines: readonly (Fact & { readonly text: string })[];
  readonly currentPeer: string | null;
  readonly lifetimeKb: number | null;
  readonly lifetimeSec: number | null;
  readonly pfs: boolean | null;
  readonly pfsLine: number | null;
  readonly dhGroup: string | null;
  readonly transformSets: readonly { readonly name: string; readonly transforms: readonly string[] }[];
  readonly ikev2Profile: string | null;
  readonly isakmpProfile: string | null;
  readonly reverseRoute: boolean | null;
  /** IOS warns that the entry has no peer or no access list; it then protects nothing. */
  readonly incomplete: boolean;
  /** Dynamic map the entry refers to or was made from. */
  readonly dynamicMap: string | null;
}

export interface CryptoMapFacts {
  readonly entries: readonly CryptoMapEntry[];
  /** One per map: the interfaces that use it (an empty list was printed as such). */
  readonly maps: readonly (Fact & { readonly map: string; readonly interfaces: readonly string[] })[];
}
