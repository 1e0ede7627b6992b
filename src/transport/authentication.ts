import type { AnyAuthMethod, Prompt } from 'ssh2';
import { printable } from '../core/printable.ts';
import { type ConnectError, connectError } from './connect-error.ts';
import { type SshEndpoint, where } from './router-target.ts';

/** Stands for "no further method" in ssh2. */
const NO_MORE = false;

/**
 * Chooses what is sent to prove who we are: the private key first when there is one, then the password — once, by
 * `password`, or by `keyboard-interactive` when the router does not offer `password`. A rejected password is never
 * sent again: AAA servers lock accounts. No `none` request goes ahead, it can count as a try.
 */
export class Authentication {
  readonly #target: SshEndpoint;
  readonly #fail: (error: ConnectError) => void;
  readonly #tried: string[] = [];
  #offered: readonly string[] = [];
  #answeredPrompt: string | null = null;

  /** `fail` ends the connection with a named error. */
  constructor(target: SshEndpoint, fail: (error: ConnectError) => void) {
    this.#target = target;
    this.#fail = fail;
  }

  /** For ssh2's `authHandler`; `left` is null before the first try. */
  next(left: readonly string[] | null, partial: boolean | null): AnyAuthMethod | false {
    this.#offered = left ?? [];
    const last = this.#tried.at(-1);
    if (partial === true && last !== 'publickey') {
      this.#fail(this.#secondFactor(`after the password it asks for ${this.#offered.join(' or ')}`));
      return NO_MORE;
    }
    const method = this.#choose(left, last);
    if (method === false) this.#fail(this.#tried.length === 0 ? this.#noCredential() : this.rejected());
    else this.#tried.push(method.type);
    return method;
  }

  /** The error for a refused login, also when the router just hangs up on it. */
  rejected(): ConnectError {
    const { user } = this.#target;
    const offers = this.#offered.length > 0 ? ` The router offers: ${this.#offered.join(', ')}.` : '';
    const again = 'Not tried again, so that the account is not locked.';
    return connectError(
      'authentication-rejected',
      'authentication',
      `${where(this.#target)}: the router refused user ${user} (tried: ${this.#tried.join(', ')}).${offers} Check user and ${this.#target.password === null ? 'key' : 'password'}. ${again}`,
    );
  }

  passwordChangeAsked(prompt: string): void {
    this.#fail(this.#passwordChange(printable(prompt).trim()));
  }

  /** Answers the questions of keyboard-interactive: hidden ones with the password, in the first round only. */
  answer(prompts: readonly Prompt[], reply: (answers: string[]) => void): void {
    const asked = prompts.map((p) => printable(p.prompt).trim()).join(' / ');
    const refusal = this.#unanswerable(prompts, asked);
    if (refusal !== null) {
      this.#fail(refusal);
      return;
    }
    this.#answeredPrompt = asked;
    reply(prompts.map((p) => (p.echo === true ? this.#target.user : (this.#target.password ?? ''))));
  }

  #unanswerable(prompts: readonly Prompt[], asked: string): ConnectError | null {
    if (NEW_PASSWORD.test(asked)) return this.#passwordChange(asked);
    if (this.#answeredPrompt === asked) return this.rejected();
    if (this.#answeredPrompt !== null) return this.#secondFactor(`after the password it asks "${asked}"`);
    const extra = prompts.some(
      (p, i) => (p.echo === true && !USER_NAME.test(p.prompt)) || (i > 0 && TOKEN.test(p.prompt)),
    );
    return extra ? this.#secondFactor(`it asks "${asked}"`) : null;
  }

  #choose(left: readonly string[] | null, last: string | undefined): AnyAuthMethod | false {
    const { user: username, password, privateKeys = [] } = this.#target;
    const [key] = privateKeys;
    if (left === null && key !== undefined)
      return {
        type: 'publickey',
        username,
        key: key.text,
        ...(key.passphrase === null ? {} : { passphrase: key.passphrase }),
      };
    if (password === null || last === 'keyboard-interactive') return NO_MORE;
    const offers = (method: string): boolean => left === null || left.includes(method);
    if (offers('password')) return last === 'password' ? NO_MORE : { type: 'password', username, password };
    if (!offers('keyboard-interactive')) return NO_MORE;
    return {
      type: 'keyboard-interactive',
      username,
      prompt: (_name, _instructions, _lang, prompts, reply) => this.answer(prompts, reply),
    };
  }

  #passwordChange(asked: string): ConnectError {
    const { user } = this.#target;
    return connectError(
      'password-change-asked',
      'authentication',
      `${where(this.#target)}: the router asks for a new password of ${user} ("${asked}"). Change it by hand, then try again.`,
    );
  }

  #secondFactor(what: string): ConnectError {
    return connectError(
      'second-factor-asked',
      'authentication',
      `${where(this.#target)}: ${what}: a second factor, which this tool cannot give. Use an account with a password or key alone.`,
    );
  }

  #noCredential(): ConnectError {
    return connectError(
      'no-credential',
      'authentication',
      `${where(this.#target)}: there is neither a password nor a private key for user ${this.#target.user}.`,
    );
  }
}

// "New password:", "Retype new password:", "Your password has expired", "Enter old password:"
const NEW_PASSWORD =
  /\b(?:new|old|current|retype)\b.{0,20}\bpass(?:word|code)|\bpass(?:word|code)\b.{0,30}\bexpired/i;
// "Username:", "login:"
const USER_NAME = /user|login/i;
// "Enter token:", "One-time code", "Passcode:", "Response:"
const TOKEN = /token|passcode|one.?time|otp|\bpin\b|\bcode\b|verification|challenge|response|factor/i;
