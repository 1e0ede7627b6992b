import type { Fact } from '../parsed.ts';
import type { PrintedDate } from '../show-clock/printed-date.ts';

/** A certificate of a trustpoint: what the router holds or waits for. */
export interface TrustpointCertificate extends Fact {
  /** As printed before the state, e.g. `Issuing CA certificate`, `Router General Purpose certificate`. */
  readonly title: string;
  readonly role: 'ca' | 'router';
  /** `configured`, `pending`, `not configured` … as printed. */
  readonly state: string;
  readonly subject: string | null;
  /** Fingerprints without blanks; those of the request while the certificate is pending. */
  readonly fingerprintMd5: string | null;
  readonly fingerprintSha1: string | null;
  readonly fingerprintSha256: string | null;
}

export interface Trustpoint extends Fact {
  readonly name: string;
  readonly certificates: readonly TrustpointCertificate[];
  /** `Granted`, `Pending` … as printed; null when it was never tried or the release leaves it out. */
  readonly lastEnrollment: string | null;
  readonly nextEnrollment: PrintedDate | null;
  readonly keysGenerated: boolean | null;
  /** e.g. `General Purpose, non-exportable`. */
  readonly keyKind: string | null;
  readonly caAuthenticated: boolean | null;
  /** `Yes`, `None`, `Pending` … as printed. */
  readonly certificateRequests: string | null;
}

export interface TrustpointStatusFacts {
  readonly trustpoints: readonly Trustpoint[];
}
