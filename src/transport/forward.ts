import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import { printable } from '../core/printable.ts';
import { type ConnectError, connectError, type Outcome } from './connect-error.ts';
import { seconds } from './router-line.ts';
import { type SshEndpoint, where } from './router-target.ts';

/** Asks a jump host for a byte stream to the next host (`direct-tcpip`). `ms` is the longest wait for its answer. */
export function forwardTo(
  client: Client,
  hop: SshEndpoint,
  next: SshEndpoint,
  ms: number,
  signal: AbortSignal | null,
): Promise<Outcome<Duplex>> {
  return new Promise((resolve) => {
    let isOver = false;
    const settle = (outcome: Outcome<Duplex>): void => {
      isOver = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      resolve(outcome);
    };
    const fail = (name: ConnectError['name'], text: string): void =>
      settle({ ok: false, error: connectError(name, 'tcp', `${where(hop)}: ${text}`) });
    const onAbort = (): void => fail('interrupted', 'interrupted.');
    const timer = setTimeout(() => {
      const late = `it did not reach ${where(next)} in ${seconds(ms)}. That host is down, not routed to from there, or a filter drops the packets.`;
      setImmediate(() => !isOver && fail('forward-failed', late));
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) return onAbort();
    try {
      client.forwardOut('127.0.0.1', 0, next.host, next.port, (refused, channel) => {
        if (isOver) channel?.destroy();
        else if (refused) fail(...refusal(refused, next));
        else settle({ ok: true, value: channel });
      });
    } catch {
      fail('forward-failed', `its connection was lost before it reached ${where(next)}.`);
    }
  });
}

/** ssh2 puts the reason code of RFC 4254 §5.1 beside the text. */
function refusal(error: Error & { reason?: unknown }, next: SshEndpoint): [ConnectError['name'], string] {
  // (SSH) Channel open failure: Connection refused
  const said = printable(error.message.replace(/^\(SSH\) Channel open failure: /, '')).trim();
  const words = said === '' || said === 'undefined' ? '' : ` It said: ${said}.`;
  return error.reason === PROHIBITED || error.reason === UNKNOWN_TYPE
    ? [
        'forward-refused',
        `it forbids to go on to ${where(next)} (${error.reason === PROHIBITED ? 'administratively prohibited' : 'it knows no forwarding'}).${words} Its SSH server must allow forwarding for this user (OpenSSH: AllowTcpForwarding, PermitOpen).`,
      ]
    : ['forward-failed', `it cannot reach ${where(next)}.${words}`];
}

const PROHIBITED = 1;
const UNKNOWN_TYPE = 3;
