import { createHash } from 'node:crypto';
import type { CredentialKind, CredentialOutcome, LoginGate, LoginRole } from '../transport/login-gate.ts';
import type { RouterTarget, SshEndpoint } from '../transport/router-target.ts';

/** A credential of the run: once it was rejected anywhere, nobody tries it again. */
interface Credential {
  refusedBy: { readonly who: string; readonly how: 'rejected' | 'unanswered' } | null;
  /** Where it is being tried for the first time; nobody else uses it meanwhile unless it is proven at their place. */
  provingAt: Standing | null;
  readonly waiting: (() => void)[];
}

/** A credential at one place: all routers are one (they share AAA servers), each jump host is one of its own. */
interface Standing {
  readonly credential: Credential;
  proven: boolean;
}

/**
 * Keeps a wrong password, key or enable secret from locking an account: the first use of a credential runs alone, and when
 * it is rejected, nobody else of the run tries it. The same holds when it was sent and never judged: a AAA server that is
 * slower than our patience has counted it all the same. Who ends before it sent the credential decides nothing: the next
 * one goes first. Only the login waits; connecting and checking host keys go on beside it.
 */
export function credentialGates(): (endpoint: SshEndpoint, role?: LoginRole) => LoginGate {
  const credentials = new Map<string, Credential>();
  const standings = new Map<string, Standing>();
  return (endpoint, role = 'router') => {
    const standingOf = (kind: CredentialKind, key: string): Standing => {
      const secret = digest([kind, endpoint.user, secretOf(endpoint, kind, key)]);
      const place = role === 'hop' ? `hop ${endpoint.host} ${endpoint.port}` : 'routers';
      const credential = found(credentials, secret, () => ({
        refusedBy: null,
        provingAt: null,
        waiting: [],
      }));
      return found(standings, `${secret} ${place}`, () => ({ credential, proven: false }));
    };
    return {
      admit: (kind, key = '') => admit(standingOf(kind, key), endpoint, kind),
      settle: (kind, outcome, key = '') => settle(standingOf(kind, key), endpoint, outcome),
    };
  };
}

async function admit(
  standing: Standing,
  endpoint: SshEndpoint,
  kind: CredentialKind,
): Promise<string | null> {
  const { credential } = standing;
  while (!standing.proven && credential.provingAt !== null)
    await new Promise<void>((resolve) => credential.waiting.push(resolve));
  if (credential.refusedBy !== null) return notTried(credential.refusedBy, endpoint, kind);
  if (!standing.proven) credential.provingAt = standing;
  return null;
}

function settle(standing: Standing, endpoint: SshEndpoint, outcome: CredentialOutcome): void {
  const { credential } = standing;
  if (outcome === 'rejected' || (outcome === 'unanswered' && !standing.proven))
    credential.refusedBy ??= { who: endpoint.name, how: outcome };
  if (outcome === 'accepted') standing.proven = true;
  if (credential.provingAt === standing) credential.provingAt = null;
  for (const go of credential.waiting.splice(0)) go();
}

function notTried(
  by: NonNullable<Credential['refusedBy']>,
  endpoint: SshEndpoint,
  kind: CredentialKind,
): string {
  const what = `the same ${NAMES[kind]} of user ${endpoint.user}`;
  return by.how === 'rejected'
    ? `not tried: ${by.who} rejected ${what}, and another failed login could lock the account`
    : `not tried: ${by.who} was sent ${what} and did not answer; a AAA server may have counted a failed login, and another one could lock the account`;
}

const NAMES: Readonly<Record<CredentialKind, string>> = {
  key: 'key',
  password: 'password',
  enable: 'enable secret',
};

function secretOf(endpoint: SshEndpoint, kind: CredentialKind, key: string): string | null {
  if (kind === 'key') return key;
  return kind === 'password' ? endpoint.password : ((endpoint as RouterTarget).enableSecret ?? null);
}

/** A digest, so that no secret is kept as a key. */
function digest(parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function found<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}
