import { connect, type Socket } from 'node:net';
import { type ConnectError, connectError, type Outcome } from './connect-error.ts';
import { seconds } from './router-line.ts';
import { type RouterTarget, where } from './router-target.ts';
import type { Limits } from './timeouts.ts';

/** Opens the TCP connection: no Nagle delay, TCP keepalive on (SSH keepalives kill sessions of routers that do not answer them). */
export function tcpConnect(
  target: RouterTarget,
  limits: Limits,
  signal: AbortSignal | null,
): Promise<Outcome<Socket>> {
  return new Promise((resolve) => {
    const socket = connect({
      host: target.host,
      port: target.port,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: 30_000,
    });
    let resolved = false;
    let settled = false;
    const settle = (outcome: Outcome<Socket>): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.removeListener('error', onError);
      if (!outcome.ok) {
        socket.on('error', () => {});
        socket.destroy();
      }
      resolve(outcome);
    };
    const fail = (error: ConnectError): void => settle({ ok: false, error });
    const onAbort = (): void => fail(connectError('interrupted', 'tcp', `${where(target)}: interrupted.`));
    const onError = (error: NodeJS.ErrnoException): void => fail(tcpError(target, error, resolved));
    // Looked at again after pending events: this process may have been the slow one.
    const timer = setTimeout(
      () => setImmediate(() => fail(noAnswer(target, limits, resolved))),
      limits.connectMs,
    );
    socket.once('lookup', (error) => {
      resolved = error === null || error === undefined;
    });
    socket.once('error', onError);
    socket.once('connect', () => settle({ ok: true, value: socket }));
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
  });
}

function noAnswer(target: RouterTarget, limits: Limits, resolved: boolean): ConnectError {
  const after = seconds(limits.connectMs);
  return resolved
    ? connectError(
        'connect-timeout',
        'tcp',
        `${where(target)}: no answer in ${after}. The router is down, not routed to, or a filter drops our packets.`,
      )
    : connectError(
        'connect-timeout',
        'name',
        `${where(target)}: the name could not be looked up, or the router did not answer, in ${after}.`,
      );
}

function tcpError(target: RouterTarget, error: NodeJS.ErrnoException, resolved: boolean): ConnectError {
  const at = where(target);
  switch (error.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return connectError(
        'name-not-found',
        'name',
        `${at}: the name ${target.host} was not found. Check the spelling, or give an address.`,
      );
    case 'ECONNREFUSED':
      return connectError(
        'connection-refused',
        'tcp',
        `${at}: refused by the router: SSH is off (no RSA key, transport input), an access list forbids it, or all vty lines are taken; they cannot be told apart from outside.`,
      );
    case 'ECONNRESET':
      return connectError('connection-reset', 'tcp', `${at}: the connection was reset at once.`);
    case 'ETIMEDOUT':
      return connectError(
        'connect-timeout',
        'tcp',
        `${at}: no answer. The router is down, not routed to, or a filter drops our packets.`,
      );
    default:
      return connectError(
        'unreachable',
        resolved ? 'tcp' : 'name',
        `${at}: cannot be reached (${error.code ?? error.message}).`,
      );
  }
}
