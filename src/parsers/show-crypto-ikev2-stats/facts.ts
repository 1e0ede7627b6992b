import type { Count, RequestCount, SaCount } from '../count-rule.ts';
import type { Fact } from '../parsed.ts';

interface Limits extends Fact {
  /** 0: no limit. */
  readonly systemResourceLimit: number;
  readonly maxSas: number;
  readonly maxNegotiatingIn: number | null;
  /** One number for both ways in older releases: then equal to `maxNegotiatingIn`. */
  readonly maxNegotiatingOut: number | null;
}

interface Rejections extends Fact {
  readonly total: number;
  readonly resourceLow: number;
  readonly saLimit: number;
}

/** Counters since the last clear; null when the release does not print the line. */
export interface Ikev2StatsFacts {
  readonly limits: Limits | null;
  /** Releases that do not tell the ways apart. */
  readonly sas: SaCount | null;
  readonly incomingSas: SaCount | null;
  readonly outgoingSas: SaCount | null;
  readonly incomingRequests: RequestCount | null;
  readonly outgoingRequests: RequestCount | null;
  readonly rejectedRequests: Rejections | null;
  readonly droppedAtDispatch: Count | null;
  readonly droppedLowQueue: Count | null;
  readonly cookieChallenged: Count | null;
  readonly cookieAnswers:
    | (Fact & { readonly accepted: number; readonly rejected: number; readonly rejectedNoCookie: number })
    | null;
  readonly deletedRevokedPeers: Count | null;
  readonly rejectedQueueLimit: Count | null;
  readonly strengthRejects: (Fact & { readonly incoming: number; readonly outgoing: number }) | null;
  readonly quantumResistant:
    | (Fact & { readonly total: number; readonly manual: number; readonly dynamic: number })
    | null;
  readonly ppkIdentityMismatch: Count | null;
  readonly ppkRetrieveFailures: (Fact & { readonly all: number; readonly required: number }) | null;
  readonly ppkAuthenticationFailures: (Fact & { readonly all: number; readonly required: number }) | null;
}
