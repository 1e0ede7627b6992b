import type { Fact } from '../parsed.ts';

/** One IKEv2 proposal; lists are null when their line is missing. Names as printed: AES-CBC-256, SHA512, ML-KEM-768. */
export interface Ikev2Proposal extends Fact {
  readonly name: string;
  readonly encryption: readonly string[] | null;
  /** Empty where the router prints `none`: the cipher authenticates by itself. */
  readonly integrity: readonly string[] | null;
  readonly prf: readonly string[] | null;
  /** Numbers of Diffie-Hellman groups in order of preference. */
  readonly dhGroups: readonly number[] | null;
  /** Post-quantum key exchanges. */
  readonly pqc: readonly string[] | null;
  /** True when a peer without post-quantum key exchange is taken as well. */
  readonly pqcOptional: boolean | null;
}

export interface Ikev2ProposalFacts {
  readonly proposals: readonly Ikev2Proposal[];
}
