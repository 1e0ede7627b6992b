import { createHash } from 'node:crypto';
import type { LoginGate } from '../transport/login-gate.ts';
import type { RouterTarget } from '../transport/router-target.ts';

interface Credential {
  state: 'untried' | 'being-tried' | 'accepted' | 'rejected';
  rejectedBy: string;
  readonly waiting: (() => void)[];
}

/**
 * Keeps a wrong password from locking an account: the first login with a user and password runs alone, and when a router rejects
 * it, nobody else of the run tries it. A router that ends the connection before it judged the credential decides nothing: the
 * next one goes first. Only the login waits; connecting and checking host keys go on beside it.
 */
export function credentialGates(): (target: RouterTarget) => LoginGate {
  const credentials = new Map<string, Credential>();
  return (target) => {
    const key = keyOf(target);
    const credential = credentials.get(key) ?? { state: 'untried', rejectedBy: '', waiting: [] };
    credentials.set(key, credential);
    return gateOf(credential, target);
  };
}

function gateOf(credential: Credential, target: RouterTarget): LoginGate {
  const isFirst = { current: false };
  return {
    admit: async () => {
      while (credential.state === 'being-tried')
        await new Promise<void>((resolve) => credential.waiting.push(resolve));
      if (credential.state === 'rejected') return notTried(target, credential.rejectedBy);
      if (credential.state === 'untried') {
        credential.state = 'being-tried';
        isFirst.current = true;
      }
      return null;
    },
    settle: (outcome) => {
      if (outcome === 'rejected') {
        credential.state = 'rejected';
        credential.rejectedBy = target.name;
      } else if (outcome === 'accepted' && credential.state !== 'rejected') credential.state = 'accepted';
      else if (isFirst.current && credential.state === 'being-tried') credential.state = 'untried';
      for (const go of credential.waiting.splice(0)) go();
    },
  };
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
