/** Where on the way to a usable session it ended. */
export type Phase =
  | 'name'
  | 'tcp'
  | 'identification'
  | 'key-exchange'
  | 'host-key'
  | 'authentication'
  | 'shell'
  | 'prompt';

export type ConnectErrorName =
  | 'name-not-found'
  | 'connect-timeout'
  | 'connection-refused'
  | 'unreachable'
  | 'connection-reset'
  | 'closed-before-identification'
  | 'no-identification'
  | 'not-ssh'
  | 'ssh-version-1'
  | 'no-common-algorithm'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'host-key-revoked'
  | 'host-key-not-checkable'
  | 'host-key-signature'
  | 'handshake-failed'
  | 'handshake-timeout'
  | 'no-credential'
  | 'not-tried'
  | 'unusable-private-key'
  | 'authentication-rejected'
  | 'authentication-timeout'
  | 'closed-during-authentication'
  | 'second-factor-asked'
  | 'password-change-asked'
  | 'no-shell'
  | 'exec-not-authorized'
  | 'closed-without-prompt'
  | 'login-inside-session'
  | 'no-prompt'
  | 'interrupted';

/**
 * Whether another try can help: `never` (the same answer would come, or an account could be locked),
 * `later` (once, after 30 s or more: lines may be free then).
 */
type Retry = 'never' | 'later';

/** Why a router could not be asked. `message` says where, what, and what to do, in sentences for a person. */
export interface ConnectError {
  readonly name: ConnectErrorName;
  readonly phase: Phase;
  readonly message: string;
  readonly retry: Retry;
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ConnectError };

export function connectError(name: ConnectErrorName, phase: Phase, message: string): ConnectError {
  return { name, phase, message, retry: WORTH_A_LATER_TRY.has(name) ? 'later' : 'never' };
}

const WORTH_A_LATER_TRY: ReadonlySet<ConnectErrorName> = new Set<ConnectErrorName>([
  'connect-timeout',
  'connection-refused',
  'unreachable',
  'connection-reset',
  'closed-before-identification',
  'no-identification',
  'handshake-timeout',
  'authentication-timeout',
  'closed-without-prompt',
  'no-prompt',
]);

/** True for ends of a login that an AAA server may count as a failed try of the account. */
export function burnsATry(error: ConnectError): boolean {
  return BURNING.has(error.name);
}

const BURNING: ReadonlySet<ConnectErrorName> = new Set<ConnectErrorName>([
  'authentication-rejected',
  'closed-during-authentication',
  'second-factor-asked',
  'password-change-asked',
]);
