import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import ssh2 from 'ssh2';
import { silentLog } from '../../src/core/log.ts';
import type { RouterTarget } from '../../src/transport/router-target.ts';
import { openCollector } from '../../src/transport/ssh-collector.ts';
import type { Limits } from '../../src/transport/timeouts.ts';
import { newHostKey } from './jump-server.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunneldoc-faults-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let server: Server | null = null;
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server?.close();
  server = null;
});

/** A TCP server that does one thing with each connection. */
async function serve(answer: (socket: Socket) => void): Promise<number> {
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    answer(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function target(port: number, changes: Partial<RouterTarget> = {}): RouterTarget {
  return {
    name: 'R1',
    host: '127.0.0.1',
    port,
    user: 'cisco',
    password: 'never-sent',
    legacyAlgorithms: false,
    hostKeys: { policy: 'accept-new', knownHostsFile: join(folder, 'known_hosts'), readOnlyFiles: [] },
    ...changes,
  };
}

async function failure(to: RouterTarget, limits: Partial<Limits> = {}, signal?: AbortSignal) {
  const opened = await openCollector(to, { log: silentLog, limits, ...(signal ? { signal } : {}) });
  if (opened.ok) throw new Error('connected');
  return opened.error;
}

describe('what answers on the port, by name', () => {
  test('a name that does not exist', async () => {
    expect(await failure(target(22, { host: 'nosuch.invalid' }))).toMatchObject({
      name: 'name-not-found',
      phase: 'name',
      retry: 'never',
    });
  });

  test('a closed port', async () => {
    const port = await serve(() => {});
    server?.close();
    expect(await failure(target(port))).toMatchObject({
      name: 'connection-refused',
      phase: 'tcp',
      retry: 'later',
    });
  });

  test('accepts, then closes', async () => {
    const port = await serve((socket) => socket.end());
    expect(await failure(target(port))).toMatchObject({
      name: 'closed-before-identification',
      retry: 'later',
    });
  });

  test('resets', async () => {
    const port = await serve((socket) => setTimeout(() => socket.resetAndDestroy(), 50));
    expect(await failure(target(port))).toMatchObject({ name: 'closed-before-identification' });
  });

  test('says why, then closes: the text is shown', async () => {
    const port = await serve((socket) => socket.end('% All vty lines are in use\r\n'));
    const error = await failure(target(port));
    expect(error.name).toBe('closed-before-identification');
    expect(error.message).toContain('It said: % All vty lines are in use. Usual');
  });

  test('accepts and stays silent', async () => {
    const port = await serve(() => {});
    expect(await failure(target(port), { identificationMs: 200 })).toMatchObject({
      name: 'no-identification',
      phase: 'identification',
      retry: 'later',
    });
  });

  for (const text of [
    '\r\n\r\nUser Access Verification\r\n\r\nUsername: ',
    '\xff\xfb\x01\xff\xfb\x03\r\nhello',
  ]) {
    test(`Telnet: ${JSON.stringify(text.slice(0, 12))}`, async () => {
      const port = await serve((socket) => socket.write(text, 'latin1'));
      const error = await failure(target(port));
      expect(error).toMatchObject({ name: 'not-ssh', phase: 'identification', retry: 'never' });
      expect(error.message).toContain('Telnet');
      expect(error.message).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
    });
  }

  test('something else without end', async () => {
    const port = await serve((socket) => socket.write('x'.repeat(20_000)));
    expect(await failure(target(port))).toMatchObject({ name: 'not-ssh' });
  });

  test('bytes that cannot begin SSH are named and shown, not the library', async () => {
    const port = await serve((socket) => socket.write('*CLI\rready\x1b[2J\r'));
    const error = await failure(target(port));
    expect(error).toMatchObject({ name: 'not-ssh', phase: 'identification', retry: 'never' });
    expect(error.message).toContain('it begins: *CLI ready');
    expect(error.message).not.toContain('\x1b');
  });

  test('SSH version 1', async () => {
    const port = await serve((socket) => socket.write('SSH-1.5-Cisco-1.25\n'));
    expect(await failure(target(port))).toMatchObject({ name: 'ssh-version-1', retry: 'never' });
  });

  test('a handshake that stops half way', async () => {
    const port = await serve((socket) => socket.write('banner line\r\nSSH-2.0-Cisco-1.25\r\n'));
    expect(await failure(target(port), { keyExchangeMs: 200 })).toMatchObject({
      name: 'handshake-timeout',
      phase: 'key-exchange',
      retry: 'later',
    });
  });

  test('a handshake that is reset', async () => {
    const port = await serve((socket) => {
      socket.write('SSH-1.99-Cisco-1.25\r\n');
      socket.on('data', () => socket.resetAndDestroy());
    });
    expect(['connection-reset', 'handshake-failed']).toContain((await failure(target(port))).name);
  });

  test('garbage instead of a key exchange', async () => {
    const port = await serve((socket) =>
      socket.write(`SSH-2.0-Cisco-1.25\r\n${'\x7f\xff\xff\xff'.repeat(100)}`, 'latin1'),
    );
    expect((await failure(target(port))).name).toBe('handshake-failed');
  });

  test('an interrupt while it waits', async () => {
    const stop = new AbortController();
    const port = await serve(() => stop.abort());
    expect((await failure(target(port), {}, stop.signal)).name).toBe('interrupted');
    expect((await failure(target(port), {}, AbortSignal.abort())).name).toBe('interrupted');
  });
});

describe('a server that allows one try and counts the wish for a method it does not have', () => {
  const key = newHostKey();
  async function visit(password: string) {
    const said: string[] = [];
    let connections = 0;
    const ssh = new ssh2.Server({ hostKeys: [key] }, (connection) => {
      connection.on('error', () => {});
      connection.on('authentication', (context) => {
        if (context.method === 'password') said.push(context.password);
        if (context.method === 'password' && context.password === 'right') context.accept();
        else connection.end();
      });
    });
    const port = await serve((socket) => {
      connections += 1;
      ssh.injectSocket(socket);
    });
    const hostKeys = {
      policy: 'accept-new',
      knownHostsFile: join(folder, String(port)),
      readOnlyFiles: [],
    } as const;
    const error = await failure(target(port, { password, hostKeys }), { shellMs: 200 });
    return { name: error.name, said, connections };
  }

  test('the password is said on a second connection by `password`', async () => {
    expect(await visit('right')).toEqual({ name: 'no-shell', said: ['right'], connections: 2 });
  });

  test('and when it is wrong, it is said once', async () => {
    expect(await visit('wrong')).toMatchObject({ said: ['wrong'], connections: 2 });
  });
});
