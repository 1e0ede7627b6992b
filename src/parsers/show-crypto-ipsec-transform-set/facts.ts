import type { Fact } from '../parsed.ts';

export interface TransformSet extends Fact {
  readonly name: string;
  /** Transforms as printed (`esp-256-aes`, `esp-gcm 256`, `ah-sha-hmac`), those of all lines of the set. */
  readonly transforms: readonly string[];
  /** What it will negotiate, as printed: Tunnel, Transport; empty when that line is missing. */
  readonly modes: readonly string[];
}

export interface TransformSetFacts {
  readonly transformSets: readonly TransformSet[];
}
