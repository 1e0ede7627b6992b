import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { type ConnectError, connectError, type Outcome } from './connect-error.ts';
import { seconds } from './router-line.ts';
import { nounOf, type SshEndpoint, where } from './router-target.ts';
import type { Limits } from './timeouts.ts';

/**
 * Opens the TCP connection: no Nagle delay, TCP keepalive on (SSH keepalives kill sessions of routers that do not answer
 * them). The name look-up and the connect have a clock each. `lookup` replaces the system's, for tests.
 */
export function tcpConnect(
  target: SshEndpoint,
  limits: Pick<Limits, 'nameMs' | 'connectMs'>,
  signal: AbortSignal | null,
  lookup?: LookupFunction,
): Promise<Outcome<Socket>> {
  return new Promise((resolve) => {
    const socket = connect({
      host: target.host,
      port: target.port,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: 30_000,
      ...(lookup === undefined ? {} : { lookup }),
    });
    let isNameKnown = false;
    let settled = false;
    let timer: NodeJS.Timeout | undefined;
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
    const onAbort = (): void =>
      fail(connectError('interrupted', isNameKnown ? 'tcp' : 'name', `${where(target)}: interrupted.`));
    const onError = (error: NodeJS.ErrnoException): void => fail(tcpError(target, error, isNameKnown));
    const enter = (ms: number, error: () => ConnectError): void => {
      clearTimeout(timer);
      // Looked at again after pending events: this process may have been the slow one.
      const mine = setTimeout(() => {
        setImmediate(() => {
          if (timer === mine) fail(error());
        });
      }, ms);
      timer = mine;
    };
    const onName = (): void => {
      if (isNameKnown || settled) return;
      isNameKnown = true;
      enter(limits.connectMs, () => noAnswer(target, limits.connectMs));
    };
    enter(limits.nameMs, () => nameTimeout(target, limits.nameMs));
    // An address is not looked up, and the socket does not say so.
    if (isIP(target.host) !== 0) onName();
    socket.on('lookup', (error) => {
      if (error === null || error === undefined) onName();
    });
    socket.once('error', onError);
    socket.once('connect', () => settle({ ok: true, value: socket }));
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
  });
}

function nameTimeout(target: SshEndpoint, ms: number): ConnectError {
  return connectError(
    'name-timeout',
    'name',
    `${where(target)}: the name ${target.host} could not be looked up in ${seconds(ms)}. The name servers may be down; an address needs none.`,
  );
}

function noAnswer(target: SshEndpoint, ms: number): ConnectError {
  return connectError(
    'connect-timeout',
    'tcp',
    `${where(target)}: no answer in ${seconds(ms)}. The host is down, not routed to, or a filter drops our packets.`,
  );
}

function tcpError(target: SshEndpoint, error: NodeJS.ErrnoException, resolved: boolean): ConnectError {
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
      return connectError('connection-refused', 'tcp', `${at}: refused: ${WHY_REFUSED[nounOf(target)]}`);
    case 'ECONNRESET':
      return connectError('connection-reset', 'tcp', `${at}: the connection was reset at once.`);
    case 'ETIMEDOUT':
      return connectError(
        'connect-timeout',
        'tcp',
        `${at}: no answer. The host is down, not routed to, or a filter drops our packets.`,
      );
    default:
      return connectError(
        'unreachable',
        resolved ? 'tcp' : 'name',
        `${at}: cannot be reached (${error.code ?? error.message}).`,
      );
  }
}

const WHY_REFUSED = {
  router:
    'SSH is off (no RSA key, transport input), an access list forbids it, or all vty lines are taken; they cannot be told apart from outside.',
  'jump host': 'no SSH server listens on this port, or a filter forbids it.',
} as const;
