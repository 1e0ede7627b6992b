import type { Fact } from '../parsed.ts';

export interface IsakmpPolicy extends Fact {
  /** Priority number; 65535 for the old default suite. */
  readonly priority: number;
  readonly isDefault: boolean;
  /** The word the configuration uses (`des`, `3des`, `aes`); other text as printed. */
  readonly encryption: string | null;
  readonly keyBits: number | null;
  /** The word the configuration uses (`md5`, `sha`, `sha256` …); other text as printed. */
  readonly hash: string | null;
  /** The word the configuration uses (`pre-share`, `rsa-sig`, `rsa-encr`, `ecdsa-sig`); other text as printed. */
  readonly authentication: string | null;
  readonly dhGroup: number | null;
  readonly lifetimeSec: number | null;
}

export interface IsakmpPolicyFacts {
  readonly policies: readonly IsakmpPolicy[];
}
