import type { Fact } from '../parsed.ts';

/** One ISAKMP profile; lists are null when their line is missing. */
export interface IsakmpProfile extends Fact {
  readonly name: string;
  readonly refCount: number | null;
  /** Identities of peers that match, as printed: `ip-address 203.0.113.2 255.255.255.255`, `group SALES`, `host hub.example.net`. */
  readonly identities: readonly string[] | null;
  readonly certificateMaps: readonly string[] | null;
  /** What this router calls itself: ip-address, fqdn, dn … */
  readonly identityPresented: string | null;
  /** Names of keyrings; empty: none, the global keys are used. */
  readonly keyrings: readonly string[] | null;
  /** Names of trustpoints; `<all>` as printed. */
  readonly trustpoints: readonly string[] | null;
  readonly virtualTemplate: string | null;
}

export interface IsakmpProfileFacts {
  readonly profiles: readonly IsakmpProfile[];
}
