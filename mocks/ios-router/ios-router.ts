import { once } from 'node:events';
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net';
import ssh2 from 'ssh2';
import type { Recording } from '../../src/evidence/recording.ts';
import { algorithmsOf } from './algorithms.ts';
import { type Behaviour, DEFAULT_BEHAVIOUR } from './behaviour.ts';
import { halfHandshake } from './half-handshake.ts';
import { hostKeyOf } from './host-keys.ts';
import type { AuthAttempt } from './login.ts';
import { acceptConnection, type RouterState } from './router-connection.ts';
import type { Replay } from './session-replay.ts';

/** A lab router to start. */
export interface RouterOptions {
  /** What it answers. */
  readonly recording: Recording;
  /** How it behaves; what is left out is as in DEFAULT_BEHAVIOUR. */
  readonly behaviour?: Partial<Behaviour>;
  /** A session that its shells repeat. */
  readonly replay?: Replay;
  /** Private keys as PEM; without them one generated key a process is used. */
  readonly hostKeys?: readonly string[];
  /** Default 127.0.0.1; another loopback address, never the network. */
  readonly host?: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** Milliseconds UTC; default the system's clock. */
  readonly now?: () => number;
}

/** A lab router that runs. */
export interface RunningRouter {
  readonly host: string;
  readonly port: number;
  readonly behaviour: Behaviour;
  /** Every command line received by shells and exec requests, in order, as typed; secrets are not among them. */
  readonly received: readonly string[];
  readonly authAttempts: readonly AuthAttempt[];
  /** TCP connections seen so far, the refused ones too. */
  connectionsSeen(): number;
  /** TCP connections open now. */
  connectionsOpen(): number;
  /** Cuts every connection and stops listening; safe to call twice. */
  close(): Promise<void>;
}

/** Starts an SSH server that behaves like a Cisco IOS router; resolves when it listens. */
export async function startRouter(options: RouterOptions): Promise<RunningRouter> {
  const behaviour: Behaviour = { ...DEFAULT_BEHAVIOUR, ...options.behaviour };
  const state: RouterState = {
    recording: options.recording,
    behaviour,
    replay: options.replay ?? null,
    now: options.now ?? Date.now,
    received: [],
    authAttempts: [],
  };
  const sockets = new Set<Socket>();
  let seen = 0;
  const takeSocket = await sshTaker(state, options.hostKeys);
  const server = createServer({ noDelay: true }, (socket) => {
    seen++;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    takeSocket(socket, sockets.size);
  });
  const host = options.host ?? '127.0.0.1';
  const port = await listen(server, host, options.port ?? 0);
  if (behaviour.refuse === 'refused') await closeServer(server);
  return {
    host,
    port,
    behaviour,
    received: state.received,
    authAttempts: state.authAttempts,
    connectionsSeen: () => seen,
    connectionsOpen: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      await closeServer(server);
    },
  };
}

type TakeSocket = (socket: Socket, open: number) => void;

/** What is done with a new TCP connection: refused the way the behaviour says, or handed to SSH. */
async function sshTaker(state: RouterState, hostKeys: readonly string[] | undefined): Promise<TakeSocket> {
  const { refuse, refuseText, maxSessions, ident, algorithms } = state.behaviour;
  const said = Buffer.from(refuseText.replaceAll('\n', '\r\n'), 'latin1');
  if (refuse === 'reset' || refuse === 'refused') return (socket) => socket.resetAndDestroy();
  // It reads on: otherwise it would not see the other side's end, and keep the connection.
  if (refuse === 'closed') return (socket) => socket.resume().end(said);
  if (refuse === 'silent') return (socket) => void socket.resume().write(said);
  if (refuse === 'stall-kex' || refuse === 'reset-kex')
    return (socket) => halfHandshake(socket, ident, algorithmsOf(algorithms), refuse === 'reset-kex');
  const ssh = await sshServer(state, hostKeys);
  return (socket, open) => {
    if (maxSessions > 0 && open > maxSessions) socket.resetAndDestroy();
    else ssh(socket);
  };
}

async function sshServer(
  state: RouterState,
  hostKeys: readonly string[] | undefined,
): Promise<(socket: Socket) => void> {
  const { behaviour } = state;
  const sockets = new Map<string, Socket>();
  const server = new ssh2.Server({
    hostKeys: [...(hostKeys ?? [await hostKeyOf(behaviour.hostKey)])],
    ident: behaviour.ident,
    ...(behaviour.greeting === ''
      ? {}
      : { greeting: behaviour.greeting.replace(/\n$/, '').replaceAll('\n', '\r\n') }),
    algorithms: algorithmsOf(behaviour.algorithms),
    ...(behaviour.bannerLogin === '' ? {} : { banner: behaviour.bannerLogin.replace(/\r?\n/g, '\r\n') }),
  });
  server.on('connection', (connection, client) => {
    const socket = sockets.get(`${client.ip} ${client.port}`);
    if (socket === undefined) connection.end();
    else acceptConnection(connection, socket, state);
  });
  return (socket) => {
    const key = `${socket.remoteAddress} ${socket.remotePort}`;
    sockets.set(key, socket);
    socket.once('close', () => sockets.delete(key));
    server.injectSocket(socket);
  };
}

async function listen(server: NetServer, host: string, port: number): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function closeServer(server: NetServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
