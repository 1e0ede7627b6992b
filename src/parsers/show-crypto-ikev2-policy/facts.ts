import type { Fact } from '../parsed.ts';

/** One IKEv2 policy: which proposals are used for requests of a front VRF to an address. */
export interface Ikev2Policy extends Fact {
  readonly name: string;
  /** `global`, `any` or a name; null when the line is missing. */
  readonly matchFvrf: string | null;
  /** Addresses of this router, or `any`. */
  readonly matchLocal: readonly string[];
  /** Names in order of preference. */
  readonly proposals: readonly string[];
}

export interface Ikev2PolicyFacts {
  readonly policies: readonly Ikev2Policy[];
}
