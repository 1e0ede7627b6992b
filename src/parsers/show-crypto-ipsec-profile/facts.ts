import type { Fact } from '../parsed.ts';

/** One IPsec profile, as tunnel interfaces use it; null when the router does not print it. */
export interface IpsecProfile extends Fact {
  readonly name: string;
  readonly description: string | null;
  readonly ikev2Profile: string | null;
  readonly isakmpProfile: string | null;
  /** null when the volume does not limit the lifetime. */
  readonly lifetimeKb: number | null;
  readonly lifetimeSec: number | null;
  readonly idleSec: number | null;
  readonly responderOnly: boolean | null;
  /** IPv4 in IPv6 or the other way round. */
  readonly mixedMode: boolean | null;
  readonly dualstack: boolean | null;
  readonly reverseRoute: boolean | null;
  readonly pfs: boolean | null;
  /** As printed, e.g. `group14`. */
  readonly dhGroup: string | null;
  /** Transform sets in order of preference; `transforms` is empty in releases that print names alone. */
  readonly transformSets: readonly { readonly name: string; readonly transforms: readonly string[] }[];
  readonly replayWindow: number | null;
}

export interface IpsecProfileFacts {
  readonly profiles: readonly IpsecProfile[];
}
