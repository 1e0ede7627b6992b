/** Where on the way to a usable session it ended. */
export type Phase =
  | 'name'
  | 'tcp'
  | 'identification'
  | 'key-exchange'
  | 'host-key'
  | 'authentication'
  | 'shell'
  | 'prompt'
  | 'enable';

/** Every way to fail before the first command. Each has a page in the docs. */
export const CONNECT_ERROR_NAMES = [
  'name-not-found',
  'name-timeout',
  'connect-timeout',
  'connection-refused',
  'unreachable',
  'connection-reset',
  'forward-refused',
  'forward-failed',
  'closed-before-identification',
  'no-identification',
  'not-ssh',
  'ssh-version-1',
  'no-common-algorithm',
  'host-key-unknown',
  'host-key-changed',
  'host-key-revoked',
  'host-key-not-checkable',
  'host-key-signature',
  'handshake-failed',
  'handshake-timeout',
  'no-credential',
  'not-tried',
  'unusable-private-key',
  'agent-unusable',
  'authentication-rejected',
  'authentication-timeout',
  'closed-during-authentication',
  'second-factor-asked',
  'password-change-asked',
  'no-shell',
  'exec-not-authorized',
  'closed-without-prompt',
  'login-inside-session',
  'no-prompt',
  'interrupted',
] as const;

export type ConnectErrorName = (typeof CONNECT_ERROR_NAMES)[number];

/**
 * Whether another try can help: `never` (the same answer would come, or an account could be locked),
 * `later` (once, after 30 s or more: lines may be free then), `at-once` (once, on a new connection; done already
 * when the error comes out of openCollector).
 */
export type Retry = 'never' | 'later' | 'at-once';

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
  return { name, phase, message, retry: retryOf(name) };
}

/** Whether an error of this name is worth another try. */
function retryOf(name: ConnectErrorName): Retry {
  if (name === 'host-key-signature') return 'at-once';
  return WORTH_A_LATER_TRY.has(name) ? 'later' : 'never';
}

const WORTH_A_LATER_TRY: ReadonlySet<ConnectErrorName> = new Set<ConnectErrorName>([
  'name-timeout',
  'connect-timeout',
  'connection-refused',
  'unreachable',
  'connection-reset',
  'forward-failed',
  'closed-before-identification',
  'no-identification',
  'handshake-timeout',
  'authentication-timeout',
  'closed-without-prompt',
  'no-prompt',
]);
