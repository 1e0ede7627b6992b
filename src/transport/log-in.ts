import type { Duplex } from 'node:stream';
import type { Outcome } from './connect-error.ts';
import { readCredentials } from './credentials.ts';
import type { HandshakeFacts } from './handshake-facts.ts';
import { openHostKeyCheck } from './host-key-check.ts';
import { nothingToOffer } from './negotiation.ts';
import type { SshEndpoint } from './router-target.ts';
import { type ConnectionOptions, SshConnection } from './ssh-connection.ts';
import { tcpConnect } from './tcp-connect.ts';
import type { Limits } from './timeouts.ts';

/** An open byte stream to an SSH port. */
export interface Route {
  readonly stream: Duplex;
  /** What was remarkable at the jump hosts on the way. */
  readonly remarks: readonly string[];
  /** To be called when the stream is not used any more, so that the jump hosts can be left. */
  release(): void;
}

export interface LoggedIn {
  readonly connection: SshConnection;
  readonly handshake: HandshakeFacts;
  readonly route: Route;
}

/**
 * Logs in to a server on a stream of `openRoute`; once more, at once, when the signature of its host key did not verify.
 * Nothing is left open when it fails.
 */
export async function logIn(
  endpoint: SshEndpoint,
  openRoute: () => Promise<Outcome<Route>>,
  options: ConnectionOptions,
): Promise<Outcome<LoggedIn>> {
  const first = await logInOnce(endpoint, openRoute, options);
  // Some servers send an RSA signature one byte short, once in a few hundred handshakes; that is no attack.
  if (first.ok || first.error.retry !== 'at-once') return first;
  options.log.debug('host key signature did not verify, connecting once more', { router: endpoint.name });
  return logInOnce(endpoint, openRoute, options);
}

/** A direct TCP connection. */
export async function tcpRoute(
  endpoint: SshEndpoint,
  limits: Limits,
  signal: AbortSignal | null,
): Promise<Outcome<Route>> {
  const socket = await tcpConnect(endpoint, limits, signal);
  return socket.ok ? { ok: true, value: { stream: socket.value, remarks: [], release: () => {} } } : socket;
}

async function logInOnce(
  endpoint: SshEndpoint,
  openRoute: () => Promise<Outcome<Route>>,
  options: ConnectionOptions,
): Promise<Outcome<LoggedIn>> {
  const unsupported = nothingToOffer(endpoint);
  if (unsupported !== null) return { ok: false, error: unsupported };
  const check = openHostKeyCheck(endpoint, endpoint.hostKeys);
  if ('name' in check) return { ok: false, error: check };
  const credentials = await readCredentials(endpoint, options.limits);
  if (!credentials.ok) return credentials;
  const route = await openRoute();
  if (!route.ok) return route;
  const { stream, release } = route.value;
  const connection = new SshConnection(stream, endpoint, check, credentials.value, options);
  const login = await connection.login();
  if (login.ok) return { ok: true, value: { connection, handshake: login.value, route: route.value } };
  // Whoever connects next, to this router or another one, finds no connection of ours on its way out.
  await connection.close(options.limits.closeMs / 2);
  release();
  return connection.endedBeforePassword
    ? logInOnce({ ...endpoint, methods: ['password'] }, openRoute, options)
    : login;
}
