import { setTimeout as sleep } from 'node:timers/promises';
import ssh2, {
  type AuthContext,
  type AuthenticationType,
  type KeyboardAuthContext,
  type PublicKeyAuthContext,
} from 'ssh2';
import { assertNever } from '../../src/core/never.ts';
import type { AuthPrompt, Behaviour, LabUser } from './behaviour.ts';

/** One try to log in (the `none` that clients send first is not counted). */
export interface AuthAttempt {
  readonly user: string;
  readonly method: string;
  readonly accepted: boolean;
}

/** The login of one connection: which ways are open, how long an answer takes, after how many failures it is over. */
export class Login {
  readonly #behaviour: Behaviour;
  readonly #attempts: AuthAttempt[];
  readonly #giveUp: () => void;
  readonly #over: AbortSignal;
  #failures = 0;
  #user: LabUser | null = null;

  /**
   * `attempts` collects every try; `giveUp` ends the connection after the last allowed failure; `over` tells that it
   * has ended.
   */
  constructor(behaviour: Behaviour, attempts: AuthAttempt[], giveUp: () => void, over: AbortSignal) {
    this.#behaviour = behaviour;
    this.#attempts = attempts;
    this.#giveUp = giveUp;
    this.#over = over;
  }

  /** The privilege level of who logged in. */
  get privilege(): number {
    return this.#user?.privilege ?? this.#behaviour.defaultPrivilege;
  }

  /** Answers one authentication request. */
  async answer(context: AuthContext): Promise<void> {
    if (this.#failures >= this.#behaviour.authTries) return;
    if (this.#behaviour.auth === 'in-band') return context.accept();
    const open = openMethods(this.#behaviour.auth);
    if (!open.includes(context.method)) return context.reject(open);
    const { users } = this.#behaviour;
    const user = Object.hasOwn(users, context.username) ? (users[context.username] ?? null) : null;
    if (context.method === 'publickey' && context.signature === undefined) {
      return keyOf(user)?.equals(context.key.data) ? context.accept() : context.reject(open);
    }
    const right = await this.#check(context, user);
    if (this.#behaviour.authDelay > 0)
      await sleep(this.#behaviour.authDelay * 1000, undefined, { ref: false });
    this.#attempts.push({ user: context.username, method: context.method, accepted: right });
    // The AAA server has counted it; but ssh2 would start a timer for a connection that is gone.
    if (this.#over.aborted) return;
    if (right && context.method === 'password' && this.#behaviour.changeRequest !== '')
      return context.requestChange(this.#behaviour.changeRequest, () => context.reject(open));
    if (right) {
      this.#user = user;
      return context.accept();
    }
    context.reject(open);
    this.#failures++;
    if (this.#failures >= this.#behaviour.authTries) this.#giveUp();
  }

  async #check(context: AuthContext, user: LabUser | null): Promise<boolean> {
    switch (context.method) {
      case 'password':
        return user !== null && context.password === user.password;
      case 'keyboard-interactive': {
        const secrets = await askAll(context, this.#behaviour.authPrompts);
        return user !== null && secrets.length === 1 && secrets[0] === user.password;
      }
      case 'publickey':
        return isSignedBy(context, user);
      case 'none':
      case 'hostbased':
        return false;
      default:
        return assertNever(context);
    }
  }
}

function openMethods(auth: Behaviour['auth']): AuthenticationType[] {
  switch (auth) {
    case 'both':
      return ['publickey', 'keyboard-interactive', 'password'];
    case 'password':
      return ['password'];
    case 'kbdint':
      return ['keyboard-interactive'];
    case 'none':
    case 'in-band':
      return ['publickey'];
    default:
      return assertNever(auth);
  }
}

/** Asks round after round; gives back what was typed at the hidden questions. */
async function askAll(
  context: KeyboardAuthContext,
  rounds: readonly (readonly AuthPrompt[])[],
): Promise<string[]> {
  const secrets: string[] = [];
  for (const round of rounds) {
    const asked = round.map(({ text, echo }) => ({ prompt: text, echo }));
    const answers = await new Promise<string[]>((resolve) => context.prompt(asked, resolve));
    secrets.push(...answers.filter((_, i) => round[i]?.echo === false));
  }
  return secrets;
}

/** The user's public key in SSH wire form; null when none is set. */
function keyOf(user: LabUser | null): Buffer | null {
  if (user === null || user.publicKey === null) return null;
  const key = ssh2.utils.parseKey(user.publicKey);
  return key instanceof Error ? null : key.getPublicSSH();
}

function isSignedBy(context: PublicKeyAuthContext, user: LabUser | null): boolean {
  if (!keyOf(user)?.equals(context.key.data) || user?.publicKey == null) return false;
  const key = ssh2.utils.parseKey(user.publicKey);
  if (key instanceof Error || context.blob === undefined || context.signature === undefined) return false;
  return key.verify(context.blob, context.signature, context.hashAlgo) === true;
}
