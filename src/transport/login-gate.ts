/**
 * Asked before the first credential is sent to a router, and told how the login ended. Lets a caller hold back logins until
 * it is known that the credential is good: one wrong password then costs one failed try, however many routers share it.
 */
export interface LoginGate {
  /** Null: go ahead. A sentence: this credential must not be tried, and why. */
  admit(): Promise<string | null>;
  /** `unknown`: the connection ended before the router judged the credential. Called once for each admitted login. */
  settle(outcome: 'accepted' | 'rejected' | 'unknown'): void;
}
