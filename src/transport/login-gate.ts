/** What can be tried and rejected at a router or jump host; each has its own standing in a run. */
export type CredentialKind = 'key' | 'password' | 'enable';

/** `unknown`: it ended before the credential was sent. `unanswered`: sent, but never judged; a AAA server may have counted it. */
export type CredentialOutcome = 'accepted' | 'rejected' | 'unknown' | 'unanswered';

/**
 * Asked before a credential is sent, and told how that ended. Lets a caller hold back logins until it is known that the
 * credential is good: one wrong password then costs one failed try, however many routers share it.
 */
export interface LoginGate {
  /** Null: go ahead. A sentence: this credential must not be tried, and why. `key` tells several keys apart: a fingerprint. */
  admit(credential: CredentialKind, key?: string): Promise<string | null>;
  /** Called once for each admitted credential. */
  settle(credential: CredentialKind, outcome: CredentialOutcome, key?: string): void;
}

/** Where a credential is used: hops and routers often ask different AAA servers. */
export type LoginRole = 'router' | 'hop';
