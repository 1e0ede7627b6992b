import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import ssh2, { type AuthContext, type ServerChannel } from 'ssh2';

export interface JumpServerOptions {
  /** Default `hop`. */
  readonly password?: string;
  /** Default: forwards to where it is asked to. */
  readonly forwarding?: 'allowed' | 'prohibited' | 'unreachable' | 'silent';
  readonly hostKey?: string;
  readonly kex?: readonly string[];
}

/** A jump host of the tests. */
export interface JumpServer {
  readonly port: number;
  /** Passwords that were said, right or wrong. */
  readonly said: readonly string[];
  /** Logins that were let in. */
  logins(): number;
  /** `host:port` of each wish to go on. */
  readonly forwards: readonly string[];
  /** What the clients sent after the key exchange, by message name: empty when they sent nothing. */
  readonly received: readonly string[];
  connectionsSeen(): number;
  connectionsOpen(): number;
  /** Cuts every connection; goes on listening. */
  drop(): void;
  close(): Promise<void>;
}

export const newHostKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'sec1', format: 'pem' })
    .toString();

const KEY = newHostKey();

/** An SSH server that forwards (`direct-tcpip`) and does nothing else. */
export async function startJumpServer(options: JumpServerOptions = {}): Promise<JumpServer> {
  const said: string[] = [];
  const forwards: string[] = [];
  const received: string[] = [];
  const sockets = new Set<Socket>();
  let logins = 0;
  let seen = 0;
  const server = new ssh2.Server(
    {
      hostKeys: [options.hostKey ?? KEY],
      // Inbound: Received SERVICE_REQUEST (ssh-userauth)
      debug: (line) => {
        const name = /^Inbound: (?:Received )?((?:SERVICE|USERAUTH|CHANNEL)_\w+)/.exec(line)?.[1];
        if (name !== undefined) received.push(name);
      },
      ...(options.kex ? { algorithms: { kex: options.kex as never } } : {}),
    },
    (connection) => {
      connection.on('error', () => {});
      connection.on('authentication', (context) => logIn(context, options.password ?? 'hop', said));
      connection.on('ready', () => {
        logins += 1;
      });
      // Without a listener every wish is administratively prohibited.
      if (options.forwarding === 'prohibited') return;
      connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
        forwards.push(`${destIP}:${destPort}`);
        forward(options.forwarding ?? 'allowed', accept, reject, destIP, destPort);
      });
    },
  );
  const listener = createServer({ noDelay: true }, (socket) => {
    seen += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    server.injectSocket(socket);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (listener.address() as AddressInfo).port,
    said,
    logins: () => logins,
    forwards,
    received,
    connectionsSeen: () => seen,
    connectionsOpen: () => sockets.size,
    drop,
    close: async () => {
      drop();
      listener.close();
      await once(listener, 'close');
    },
  };
}

function logIn(context: AuthContext, password: string, said: string[]): void {
  if (context.method === 'password') said.push(context.password);
  if (context.method === 'password' && context.password === password) context.accept();
  else context.reject(['password']);
}

type Accept = () => ServerChannel;

function forward(
  forwarding: NonNullable<JumpServerOptions['forwarding']>,
  accept: Accept,
  reject: () => void,
  host: string,
  port: number,
): void {
  if (forwarding === 'silent') return;
  const onward = connect({ host, port: forwarding === 'unreachable' ? 1 : port, noDelay: true });
  onward.once('error', () => reject());
  onward.once('connect', () => {
    const channel = accept();
    channel.on('error', () => onward.destroy());
    onward.on('error', () => channel.close());
    onward.pipe(channel).pipe(onward);
    channel.once('close', () => onward.destroy());
    onward.once('close', () => channel.close());
  });
}
