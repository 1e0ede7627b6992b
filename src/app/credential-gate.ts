import { createHash } from 'node:crypto';
import type { ConnectErrorName } from '../transport/connect-error.ts';
import type { RouterTarget } from '../transport/router-target.ts';
import type { OpenedCollector } from '../transport/ssh-collector.ts';

export type Entered =
  | { readonly kind: 'tried'; readonly result: OpenedCollector }
  | { readonly kind: 'not-tried'; readonly why: string };

/** Keeps a wrong password from locking an account: see `credentialGate`. */
export interface CredentialGate {
  enter(target: RouterTarget, open: () => Promise<OpenedCollector>): Promise<Entered>;
}

/** Ends of a login that an AAA server may count as a failed try. */
const BURNS_A_TRY: ReadonlySet<string> = new Set<ConnectErrorName>([
  'authentication-rejected',
  'closed-during-authentication',
  'second-factor-asked',
  'password-change-asked',
]);

interface Credential {
  /** Settles when the first login with this credential has ended; until then the others wait. */
  readonly first: Promise<void>;
  accepted: boolean;
  rejectedBy: string | null;
}

/**
 * The first login with a user and password runs alone; when a router rejects it, the rest of the run is not tried with it.
 * A router that was merely unreachable decides nothing: the next one goes first.
 */
export function credentialGate(): CredentialGate {
  const credentials = new Map<string, Credential>();
  const enter: CredentialGate['enter'] = async (target, open) => {
    const key = keyOf(target);
    for (;;) {
      const known = credentials.get(key);
      if (known === undefined)
        return { kind: 'tried', result: await goFirst(credentials, key, target, open) };
      await known.first;
      if (known.rejectedBy !== null) return { kind: 'not-tried', why: notTried(target, known.rejectedBy) };
      if (known.accepted) return { kind: 'tried', result: await open() };
    }
  };
  return { enter };
}

async function goFirst(
  credentials: Map<string, Credential>,
  key: string,
  target: RouterTarget,
  open: () => Promise<OpenedCollector>,
): Promise<OpenedCollector> {
  let settle = (): void => undefined;
  const first = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const credential: Credential = { first, accepted: false, rejectedBy: null };
  credentials.set(key, credential);
  try {
    const result = await open();
    if (result.ok) credential.accepted = true;
    else if (BURNS_A_TRY.has(result.error.name)) credential.rejectedBy = target.name;
    else credentials.delete(key);
    return result;
  } catch (error) {
    credentials.delete(key);
    throw error;
  } finally {
    settle();
  }
}

function notTried(target: RouterTarget, rejectedBy: string): string {
  return `not tried: ${rejectedBy} rejected the same credential of user ${target.user}, and another failed login could lock the account`;
}

/** A digest, so that no password is kept as a key. */
function keyOf(target: RouterTarget): string {
  return createHash('sha256')
    .update(JSON.stringify([target.user, target.password, target.privateKey ?? null]))
    .digest('hex');
}
