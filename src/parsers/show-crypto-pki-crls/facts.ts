import type { Fact } from '../parsed.ts';
import type { PrintedDate } from '../show-clock/printed-date.ts';

/** One revocation list that the router holds. */
export interface HeldCrl extends Fact {
  /** Name of the issuer as printed, e.g. `cn=Example CA, o=Example`. */
  readonly issuer: string | null;
  readonly lastUpdate: PrintedDate | null;
  readonly nextUpdate: PrintedDate | null;
  readonly downloadedAt: PrintedDate | null;
  /** Where it came from, as printed. */
  readonly distributionPoints: readonly string[];
  readonly bytes: number | null;
  /** `parsed CRL cache`, `NVRAM` … as printed. */
  readonly storedIn: string | null;
}

export interface CrlFacts {
  readonly crls: readonly HeldCrl[];
  /** Bytes the lists take, and may take, of the cache; null when not printed. */
  readonly cacheBytes: number | null;
  readonly cacheLimitBytes: number | null;
}
