import type { AnyAuthMethod, Prompt } from 'ssh2';
import { printable } from '../core/printable.ts';
import { type ConnectError, connectError } from './connect-error.ts';
import type { LoginGate } from './login-gate.ts';
import type { LoginKey } from './login-keys.ts';
import { PasswordQuestions, passwordChange, secondFactor } from './password-questions.ts';
import { type LoginMethod, nounOf, type SshEndpoint, where } from './router-target.ts';

/** The connection that logs in, as far as the login needs it. */
export interface LoginOwner {
  /** Ends the connection with a named error. */
  fail(error: ConnectError): void;
  /** Another login with the same credential is waited for. */
  waiting(): void;
  /** A credential is on its way to the server; its answer is waited for. */
  trying(): void;
  isOver(): boolean;
}

/** One way to use one credential. */
interface Step {
  readonly method: LoginMethod;
  /** Null: the password. */
  readonly key: LoginKey | null;
  /** The credential itself went out: asking for keyboard-interactive does not say the password yet. */
  wasSent: boolean;
}

/** Stands for "no further method" in ssh2. */
const NO_MORE = false;

/**
 * `password` would be one round trip less than keyboard-interactive, but it says the password before we know that the
 * server takes it that way; and then it must not be said again by another method.
 */
const OUR_ORDER: readonly LoginMethod[] = ['publickey', 'keyboard-interactive', 'password'];

/**
 * Chooses what is sent to prove who we are: each key once, then the password, once and by one method. AAA servers lock
 * accounts: nothing that was rejected is sent again, here or anywhere in the run (the gate knows). No `none` request goes
 * ahead, it can count as a try.
 */
export class Authentication {
  readonly #endpoint: SshEndpoint;
  readonly #gate: LoginGate | null;
  readonly #owner: LoginOwner;
  readonly #questions: PasswordQuestions;
  #unused: readonly Step[];
  #current: Step | null = null;
  readonly #tried: Step[] = [];
  #offered: readonly string[] | null = null;
  #passwordIsDone = false;
  #endedBeforePassword = false;
  readonly #refusals: { readonly step: Step; readonly why: string }[] = [];
  #signatureTypesKnown = false;

  constructor(endpoint: SshEndpoint, keys: readonly LoginKey[], gate: LoginGate | null, owner: LoginOwner) {
    this.#endpoint = endpoint;
    this.#gate = gate;
    this.#owner = owner;
    this.#questions = new PasswordQuestions(endpoint);
    this.#unused = (endpoint.methods ?? OUR_ORDER).flatMap((method) => stepsOf(method, keys, endpoint));
  }

  /** For ssh2's `authHandler`; `left` is null before the first answer, `partial` true when the last step was right but not enough. */
  async next(left: readonly string[] | null, partial: boolean | null): Promise<AnyAuthMethod | false> {
    if (left !== null) this.#offered = left;
    const last = this.#current;
    this.#conclude(partial === true);
    if (partial === true && last?.key === null && !this.#unused.some((step) => this.#isPossible(step))) {
      this.#owner.fail(
        secondFactor(
          this.#endpoint,
          `after the password it asks for ${(this.#offered ?? []).map(printable).join(' or ')}`,
        ),
      );
      return NO_MORE;
    }
    for (;;) {
      const step = this.#unused.find((one) => this.#isPossible(one));
      if (step === undefined) {
        this.#owner.fail(this.#exhausted());
        return NO_MORE;
      }
      this.#unused = this.#unused.filter((one) => one !== step);
      if (await this.#isAdmitted(step)) return this.#begin(step);
      if (this.#owner.isOver()) return NO_MORE;
    }
  }

  /** Takes one debug line of ssh2: some things it tells nowhere else. */
  readDebug(line: string): void {
    // Outbound: Sending USERAUTH_REQUEST (publickey -- check)
    const offersKey = line.startsWith('Outbound: Sending USERAUTH_REQUEST (publickey');
    if (offersKey && this.#current !== null) this.#current.wasSent = true;
    // Inbound: Received USERAUTH_FAILURE (publickey,keyboard-interactive); ssh2 keeps the one for an agent's key to itself
    const failure = /^Inbound: Received USERAUTH_FAILURE \(([^)]{0,4000})\)$/.exec(line)?.[1];
    if (failure !== undefined) this.#offered = failure.split(',').filter((name) => name !== '');
    if (line === 'Inbound: Received EXT_INFO') this.#signatureTypesKnown = true;
  }

  passwordChangeAsked(prompt: string): void {
    this.#owner.fail(passwordChange(this.#endpoint, printable(prompt).trim()));
  }

  /** Answers one round of questions of keyboard-interactive, or ends the login. */
  answer(prompts: readonly Prompt[], reply: (answers: string[]) => void): void {
    const what = this.#questions.reply(prompts);
    if (what.kind === 'asked-again') this.#owner.fail(this.rejected());
    else if (what.kind === 'unanswerable') this.#owner.fail(what.error);
    else {
      if (this.#current !== null) this.#current.wasSent = true;
      this.#passwordIsDone = true;
      reply([...what.answers]);
    }
  }

  /**
   * True when the server ended the connection at the wish for keyboard-interactive, before it asked anything: one that
   * allows a single try has counted the wish. The password was not said, and may be by the other method.
   */
  get endedBeforePassword(): boolean {
    return this.#endedBeforePassword;
  }

  /** Tells the gate how the login ended; null: logged in. */
  finish(error: ConnectError | null): void {
    const step = this.#current;
    this.#current = null;
    const isCut = error?.name === 'closed-during-authentication' || error?.name === 'authentication-rejected';
    this.#endedBeforePassword =
      isCut &&
      step?.method === 'keyboard-interactive' &&
      !step.wasSent &&
      this.#unused.some((one) => one.method === 'password');
    if (step === null) return;
    if (error === null) this.#settle(step, 'accepted');
    else if (!step.wasSent) this.#settle(step, 'unknown');
    else this.#settle(step, error.name === 'authentication-rejected' ? 'rejected' : 'unanswered');
  }

  /** The error for a refused login, also when the server just hangs up on it. */
  rejected(): ConnectError {
    const noun = nounOf(this.#endpoint);
    const tried = this.#tried.map((step) => step.method + (step.key === null ? '' : ` ${step.key.name}`));
    const offers =
      this.#offered !== null && this.#offered.length > 0
        ? ` The ${noun} offers: ${this.#offered.map(printable).join(', ')}.`
        : '';
    const check = this.#endpoint.password === null ? 'key' : 'password';
    return this.#error(
      'authentication-rejected',
      `the ${noun} refused user ${this.#endpoint.user} (tried: ${tried.join(', ')}).${offers} Check user and ${check}.${this.#rsaAdvice(noun)} Not tried again, so that the account is not locked.`,
    );
  }

  /** The error when the other login with the same credential took too long. */
  waitedTooLong(after: string): ConnectError {
    return this.#error(
      'not-tried',
      `not tried: it was not known in ${after} whether the same credential of user ${this.#endpoint.user} is right, which another login is finding out. Try this one again.`,
    );
  }

  #isPossible(step: Step): boolean {
    if (step.key === null && this.#passwordIsDone) return false;
    return this.#offered === null || this.#offered.includes(step.method);
  }

  /** Before a credential is used: waits for the gate on a clock of its own, so that another router's slow AAA is not ours. */
  async #isAdmitted(step: Step): Promise<boolean> {
    if (this.#gate === null) return true;
    this.#owner.waiting();
    const [kind, key] = credentialOf(step);
    const refusal = await this.#gate.admit(kind, key);
    if (this.#owner.isOver()) {
      // The connection ended while it waited: the next one may go.
      if (refusal === null) this.#settle(step, 'unknown');
      return false;
    }
    if (refusal === null) return true;
    this.#refusals.push({ step, why: refusal });
    if (step.key === null) this.#passwordIsDone = true;
    return false;
  }

  #begin(step: Step): AnyAuthMethod {
    this.#current = step;
    this.#tried.push(step);
    this.#owner.trying();
    const { user: username } = this.#endpoint;
    if (step.key !== null) return step.key.method(username);
    if (step.method === 'password') {
      step.wasSent = true;
      this.#passwordIsDone = true;
      return { type: 'password', username, password: this.#endpoint.password ?? '' };
    }
    return {
      type: 'keyboard-interactive',
      username,
      prompt: (_name, _instructions, _lang, prompts, reply) => this.answer(prompts, reply),
    };
  }

  /** The server has answered the current step: right (but not enough), or wrong. */
  #conclude(wasRight: boolean): void {
    const step = this.#current;
    this.#current = null;
    if (step === null) return;
    const wasJudged =
      step.wasSent && whyNotSigned(step) === null && this.#offered?.includes(step.method) !== false;
    this.#settle(step, wasRight ? 'accepted' : wasJudged ? 'rejected' : 'unknown');
  }

  #settle(step: Step, outcome: 'accepted' | 'rejected' | 'unknown' | 'unanswered'): void {
    const [kind, key] = credentialOf(step);
    this.#gate?.settle(kind, outcome, key);
  }

  #exhausted(): ConnectError {
    const password = this.#refusals.find(({ step }) => step.key === null);
    const refusal = password ?? (this.#tried.length === 0 ? this.#refusals[0] : undefined);
    if (refusal !== undefined) return this.#error('not-tried', refusal.why);
    if (this.#tried.length > 0) return this.#notSigned() ?? this.rejected();
    const only = this.#endpoint.methods
      ? ` that may be used (only ${this.#endpoint.methods.join(', ')})`
      : '';
    return this.#error(
      'no-credential',
      `there is neither a password nor a private key${only} for user ${this.#endpoint.user}.`,
    );
  }

  /** When nothing was refused because nothing was signed. */
  #notSigned(): ConnectError | null {
    const why = this.#tried.map(whyNotSigned);
    const [first] = why;
    if (first === undefined || first === null || why.includes(null)) return null;
    return this.#error('agent-unusable', `the ssh-agent at ${this.#endpoint.agent} did not sign: ${first}.`);
  }

  #rsaAdvice(noun: string): string {
    const isOld = this.#tried.some((step) => step.key?.type === 'ssh-rsa') && !this.#signatureTypesKnown;
    return isOld
      ? ` The RSA key could be used with a SHA-1 signature (ssh-rsa) only, because the ${noun} did not say that it takes a newer one; IOS XE 17.12 and newer may refuse that: log in with an ECDSA or Ed25519 key, or with a password.`
      : '';
  }

  #error(name: ConnectError['name'], text: string): ConnectError {
    return connectError(name, 'authentication', `${where(this.#endpoint)}: ${text}`);
  }
}

function stepsOf(method: LoginMethod, keys: readonly LoginKey[], endpoint: SshEndpoint): Step[] {
  if (method === 'publickey') return keys.map((key) => ({ method, key, wasSent: false }));
  return endpoint.password === null ? [] : [{ method, key: null, wasSent: false }];
}

function whyNotSigned(step: Step): string | null {
  return step.key?.whyNotSigned?.() ?? null;
}

function credentialOf(step: Step): ['key', string] | ['password', undefined] {
  return step.key === null ? ['password', undefined] : ['key', step.key.fingerprint];
}
