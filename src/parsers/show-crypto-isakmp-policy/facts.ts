import type { Fact } from '../parsed.ts';

export interface IsakmpPolicy extends Fact {
  /** Priority number; 65535 for the old default suite. */
  readonly priority: number;
  readonly isDefault: boolean;
  readonly encryption: string | null;
  readonly keyBits: number | null;
  readonly hash: string | null;
  readonly authentication: string | null;
  readonly dhGroup: number | null;
  readonly lifetimeSec: number | null;
}

export interface IsakmpPolicyFacts {
  readonly policies: readonly IsakmpPolicy[];
}
