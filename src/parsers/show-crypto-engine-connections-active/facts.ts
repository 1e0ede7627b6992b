import type { Fact } from '../parsed.ts';

/** One connection of the crypto engine: an IKE SA or one direction of an IPsec SA. Columns a release does not print are null. */
export interface EngineConnection extends Fact {
  readonly id: number;
  /** IPsec or IKE as printed. */
  readonly type: string | null;
  readonly interface: string | null;
  /** As printed: `AES256+SHA256`; `<none>` before 12.4. */
  readonly algorithm: string;
  /** As printed in old releases: set, alloc. */
  readonly state: string | null;
  readonly encrypted: number;
  readonly decrypted: number;
  readonly lastSequence: number | null;
  readonly address: string | null;
}

export interface EngineConnectionsFacts {
  readonly connections: readonly EngineConnection[];
}
