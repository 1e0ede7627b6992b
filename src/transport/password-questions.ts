import type { Prompt } from 'ssh2';
import { printable } from '../core/printable.ts';
import { type ConnectError, connectError } from './connect-error.ts';
import { nounOf, type SshEndpoint, where } from './router-target.ts';

/** What is done with a round of questions of keyboard-interactive. */
type Reply =
  | { readonly kind: 'answers'; readonly answers: readonly string[] }
  /** The same question again: the password was wrong. */
  | { readonly kind: 'asked-again' }
  | { readonly kind: 'unanswerable'; readonly error: ConnectError };

/**
 * Answers the questions of one login by keyboard-interactive: hidden ones with the password whatever their text, and in the
 * first round only. A token, a new password or a second round is named and gets nothing.
 */
export class PasswordQuestions {
  readonly #endpoint: SshEndpoint;
  #answered: string | null = null;

  constructor(endpoint: SshEndpoint) {
    this.#endpoint = endpoint;
  }

  reply(prompts: readonly Prompt[]): Reply {
    const asked = prompts.map((prompt) => printable(prompt.prompt).trim()).join(' / ');
    if (NEW_PASSWORD.test(asked)) return unanswerable(passwordChange(this.#endpoint, asked));
    if (this.#answered === asked) return { kind: 'asked-again' };
    if (this.#answered !== null)
      return unanswerable(secondFactor(this.#endpoint, `after the password it asks "${asked}"`));
    if (prompts.some(isMore)) return unanswerable(secondFactor(this.#endpoint, `it asks "${asked}"`));
    this.#answered = asked;
    const { user, password } = this.#endpoint;
    return { kind: 'answers', answers: prompts.map((p) => (p.echo === true ? user : (password ?? ''))) };
  }
}

function unanswerable(error: ConnectError): Reply {
  return { kind: 'unanswerable', error };
}

/** A question that neither the user name nor the password answers. */
function isMore(prompt: Prompt, at: number): boolean {
  if (prompt.echo === true) return !USER_NAME.test(prompt.prompt);
  return at > 0 && TOKEN.test(prompt.prompt);
}

export function passwordChange(endpoint: SshEndpoint, asked: string): ConnectError {
  return connectError(
    'password-change-asked',
    'authentication',
    `${where(endpoint)}: the ${nounOf(endpoint)} asks for a new password of ${endpoint.user} ("${asked}"). Change it by hand, then try again.`,
  );
}

export function secondFactor(endpoint: SshEndpoint, what: string): ConnectError {
  return connectError(
    'second-factor-asked',
    'authentication',
    `${where(endpoint)}: ${what}: a second factor, which this tool cannot give. Use an account with a password or key alone.`,
  );
}

// "New password:", "Retype new password:", "Your password has expired", "Enter old password:"
const NEW_PASSWORD =
  /\b(?:new|old|current|retype)\b.{0,20}\bpass(?:word|code)|\bpass(?:word|code)\b.{0,30}\bexpired/i;
// "Username:", "login:"
const USER_NAME = /user|login/i;
// "Enter token:", "One-time code", "Passcode:", "Response:"
const TOKEN = /token|passcode|one.?time|otp|\bpin\b|\bcode\b|verification|challenge|response|factor/i;
