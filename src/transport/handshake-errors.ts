import { printable } from '../core/printable.ts';
import type { Authentication } from './authentication.ts';
import { type ConnectError, type ConnectErrorName, connectError, type Phase } from './connect-error.ts';
import type { Identification } from './identification.ts';
import type { Negotiation } from './negotiation.ts';
import { seconds } from './router-line.ts';
import { nounOf, type SshEndpoint, where } from './router-target.ts';

/** How far a connection has come, and what was seen on the way: enough to name what ended it. */
export interface Progress {
  readonly phase: Phase;
  readonly target: SshEndpoint;
  readonly identification: Identification;
  readonly negotiation: Negotiation;
  readonly authentication: Authentication;
}

/** An error as ssh2 reports it: from the socket (with a system code), the protocol, or the router's DISCONNECT (a number). */
export type SshError = Error & { readonly code?: string | number; readonly level?: string };

/** The named error for an error event of ssh2. */
export function errorFor(progress: Progress, error: SshError): ConnectError {
  const text = printable(error.message);
  const fromSocket = error.level === 'client-socket';
  switch (progress.phase) {
    case 'identification':
      return fromSocket || error.level === 'protocol'
        ? lostError(progress)
        : progress.identification.notSsh(progress.target);
    case 'key-exchange':
      return keyExchangeError(progress, error, text);
    case 'authentication':
      // Also when the router hangs up on the login: its DISCONNECT says "Too many authentication failures".
      return fromSocket ? lostError(progress) : progress.authentication.rejected();
    default:
      return lostError(progress);
  }
}

function keyExchangeError(progress: Progress, error: SshError, text: string): ConnectError {
  const noCommon = progress.negotiation.noCommon(progress.target, error.message);
  if (noCommon !== null) return noCommon;
  if (/signature verification failed/i.test(text))
    return named(
      progress,
      'host-key-signature',
      'the signature of its host key does not verify; not connected, nothing was sent.',
    );
  if (error.code === 'ECONNRESET')
    return named(progress, 'connection-reset', 'the connection was reset during the key exchange.');
  return named(progress, 'handshake-failed', `the key exchange failed: ${text}.`);
}

/** The named error for a connection that ended without any error event. */
export function lostError(progress: Progress): ConnectError {
  const noun = nounOf(progress.target);
  switch (progress.phase) {
    case 'identification':
      return progress.identification.closed(progress.target);
    case 'key-exchange':
      return named(
        progress,
        'handshake-failed',
        `the ${noun} closed the connection during the key exchange.`,
      );
    case 'authentication':
      return named(
        progress,
        'closed-during-authentication',
        `the ${noun} closed the connection while the login was going on. Not tried again, so that the account is not locked.`,
      );
    default:
      return named(
        progress,
        'closed-without-prompt',
        `logged in, then the ${noun} closed the connection (all vty lines in use?).`,
      );
  }
}

/** The named error for a phase that took longer than it may. */
export function timeoutError(progress: Progress, ms: number): ConnectError {
  const after = seconds(ms);
  const noun = nounOf(progress.target);
  switch (progress.phase) {
    case 'identification':
      return progress.identification.silent(progress.target, after);
    case 'key-exchange':
      return named(
        progress,
        'handshake-timeout',
        `the key exchange started but was not finished in ${after}.`,
      );
    case 'authentication':
      return named(
        progress,
        'authentication-timeout',
        `no answer to the login in ${after}; the AAA server may be slow or down.`,
      );
    default:
      return named(progress, 'no-shell', `logged in, but the ${noun} opened no shell in ${after}.`);
  }
}

/** The named error for a shell that was not granted. */
export function shellRefusedError(progress: Progress, refused: Error): ConnectError {
  const noun = nounOf(progress.target);
  const said = printable(refused.message);
  // ssh2 gives a reason only where the channel itself was refused: it may be free another time.
  if (!('reason' in refused)) return named(progress, 'no-shell', `no shell on this ${noun} (${said}).`);
  const text = `logged in, but the ${noun} refused a session; it may allow fewer than are open now (${said}).`;
  return { ...named(progress, 'no-shell', text), retry: 'later' };
}

function named(progress: Progress, name: ConnectErrorName, text: string): ConnectError {
  return connectError(name, progress.phase, `${where(progress.target)}: ${text}`);
}
