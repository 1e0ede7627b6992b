import { Client, type ClientChannel, type ConnectConfig } from 'ssh2';
import type { RunningRouter } from '../../mocks/ios-router/ios-router.ts';

/** An interactive shell on a mock router, as raw bytes (latin1). */
export interface Shell {
  readonly client: Client;
  readonly channel: ClientChannel;
  /** All bytes so far. */
  all(): string;
  /** Waits until the bytes since the last call end with `tail`; gives them back. */
  until(tail: string): Promise<string>;
  /** Types the line and RETURN, then waits as `until`. */
  ask(line: string, tail: string): Promise<string>;
  /** Resolves when the connection is closed. */
  readonly closed: Promise<void>;
}

export async function connect(router: RunningRouter, config: Partial<ConnectConfig> = {}): Promise<Client> {
  const client = new Client();
  client.on('error', () => {});
  client.connect({ host: router.host, port: router.port, username: 'lab', password: 'lab', ...config });
  client.setNoDelay(true);
  await new Promise<void>((resolve, reject) => {
    client.once('ready', resolve);
    client.once('error', reject);
    client.once('close', () => reject(new Error('closed before ready')));
  });
  return client;
}

export async function openShell(
  router: RunningRouter,
  size: { rows: number; cols: number } = { rows: 500, cols: 511 },
  config: Partial<ConnectConfig> = {},
): Promise<Shell> {
  const client = await connect(router, config);
  const closed = new Promise<void>((resolve) => {
    client.once('close', () => resolve());
  });
  const channel = await new Promise<ClientChannel>((resolve, reject) => {
    client.shell({ term: 'vt100', ...size }, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
  let text = '';
  let read = 0;
  let wake: (() => void) | null = null;
  channel.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1');
    wake?.();
  });
  let open = true;
  client.on('close', () => {
    open = false;
    wake?.();
  });
  const until = async (tail: string): Promise<string> => {
    while (!text.slice(read).endsWith(tail)) {
      if (!open) throw new Error(`closed; got ${JSON.stringify(text.slice(read))}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const got = text.slice(read);
    read = text.length;
    return got;
  };
  return {
    client,
    channel,
    closed,
    all: () => text,
    until,
    ask(line, tail) {
      channel.write(`${line}\r`);
      return until(tail);
    },
  };
}
