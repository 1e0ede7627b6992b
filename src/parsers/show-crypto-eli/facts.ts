import type { Fact } from '../parsed.ts';

/** How many sessions of one kind an engine has and can have. */
export interface EngineSessions extends Fact {
  /** IPSec-Session, IKE-Session, IKEv2-Session, DH … as printed. */
  readonly kind: string;
  readonly active: number;
  readonly max: number;
  readonly failed: number;
  readonly created: number | null;
}

export interface CryptoEngine extends Fact {
  /** As printed: `Software Crypto Engine`, `IOSXE-ESG(9)`; in old releases `0 (slot-5)`. */
  readonly name: string;
  /** Active … as printed; null where not printed. */
  readonly state: string | null;
  /** `DES`, `AES`, `GCM`, `Manual IPsec key` … as printed. */
  readonly capabilities: readonly string[];
  readonly sessions: readonly EngineSessions[];
}

export interface CryptoEliFacts {
  /** Whether crypto is done in hardware: ACTIVE, INACTIVE as printed. */
  readonly hardware: (Fact & { readonly state: string }) | null;
  readonly engineCount: (Fact & { readonly count: number }) | null;
  readonly engines: readonly CryptoEngine[];
  /** Diffie-Hellman keys, one line below the name of each software engine. */
  readonly dhInUse: readonly (Fact & {
    /** `Software Crypto Engine`; null when that line is missing. */
    readonly engine: string | null;
    readonly inUse: number;
    readonly freeing: number;
    readonly free: number;
  })[];
}
