/** What the parser knows of one message: how to recognise it and which fields its text carries. Texts for people are in the playbooks room. */
export interface CatalogueEntry {
  readonly id: string;
  readonly kind: 'syslog' | 'debug' | 'family';
  readonly facility: string | null;
  readonly severity: number | null;
  readonly mnemonic: string | null;
  /** Expression with named groups, read without regard to case; '' when facility and mnemonic say everything. */
  readonly match: string;
  /** A debug entry can only match a line that holds one of these (lower case). */
  readonly literals: readonly string[];
  readonly phase:
    | 'ike-phase1'
    | 'ike-phase2'
    | 'ike'
    | 'data-plane'
    | 'pki'
    | 'overlay'
    | 'platform'
    | 'info';
  readonly operatorSeverity: 'critical' | 'high' | 'medium' | 'low' | 'info';
  readonly needsDebug: boolean;
  /** Seconds in which the router prints the message at most once; null when no limit is known. */
  readonly rateLimitSec: number | null;
  readonly causeIds: readonly string[];
}
