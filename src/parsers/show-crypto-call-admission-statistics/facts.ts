import type { Count, RequestCount, SaCount } from '../count-rule.ts';
import type { Fact } from '../parsed.ts';

/** Counters since the last clear; null when the release does not print the line. */
export interface CallAdmissionFacts {
  /** Configured limits; 0: none. */
  readonly limits:
    | (Fact & {
        readonly systemResourceLimit: number;
        readonly maxIkeSas: number;
        readonly maxNegotiating: number | null;
      })
    | null;
  readonly ikeSas: SaCount | null;
  readonly incomingIke: RequestCount | null;
  readonly outgoingIke: RequestCount | null;
  readonly rejectedIke:
    | (Fact & { readonly total: number; readonly resourceLow: number; readonly activeSaLimit: number })
    | null;
  /** Refused because too many IKE SAs were being negotiated. */
  readonly negotiatingSaLimit: Count | null;
  readonly droppedAtDispatch: Count | null;
  readonly maxIpsecSas: Count | null;
  readonly ipsecSas: SaCount | null;
  readonly incomingIpsec: RequestCount | null;
  readonly outgoingIpsec: RequestCount | null;
  readonly strengthRejects: (Fact & { readonly incoming: number; readonly outgoing: number }) | null;
  readonly phase15Negotiating: Count | null;
}
