import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { silentLog } from '../../src/core/log.ts';
import { LEGACY_ALGORITHMS, MODERN_ALGORITHMS } from '../../src/core/ssh-algorithms.ts';
import { algorithmLists } from '../../src/transport/algorithms.ts';
import { allowGroupExchangeOnCisco } from '../../src/transport/cisco-group-exchange.ts';
import type { RouterTarget } from '../../src/transport/router-target.ts';
import { openCollector } from '../../src/transport/ssh-collector.ts';
import type { Limits } from '../../src/transport/timeouts.ts';

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

describe('what is offered', () => {
  /** The names in the KEXINIT that a server sees before anything was agreed. */
  async function offered(legacyAlgorithms: boolean): Promise<string[]> {
    let seen = Buffer.alloc(0);
    const port = await serve((socket) => {
      socket.write('SSH-2.0-Cisco-1.25\r\n');
      socket.on('data', (piece) => {
        seen = Buffer.concat([seen, piece]);
      });
    });
    await failure(target(port, { legacyAlgorithms }), { keyExchangeMs: 300 });
    return nameLists(seen.subarray(seen.indexOf('\r\n') + 2));
  }

  /** RFC 4253 §6, §7.1: length, padding length, message 20, 16 bytes of cookie, then ten name lists. */
  function nameLists(packet: Buffer): string[] {
    expect(packet[5]).toBe(20);
    const names: string[] = [];
    for (let at = 22, list = 0; list < 10; list++) {
      const length = packet.readUInt32BE(at);
      names.push(...packet.toString('latin1', at + 4, at + 4 + length).split(','));
      at += 4 + length;
    }
    return names;
  }

  const legacy = Object.values(LEGACY_ALGORITHMS).flat();
  const modern = Object.values(MODERN_ALGORITHMS).flat();

  test('no legacy name to a router that has not opted in', async () => {
    const names = await offered(false);
    expect(names).toEqual(expect.arrayContaining(modern));
    expect(names.filter((name) => legacy.includes(name))).toEqual([]);
    expect(names.filter((name) => /sha1|cbc|md5|group1-|group-exchange|dss/.test(name))).toEqual([]);
  });

  test('modern names first, legacy names behind them, with the opt-in; group exchange is last, also to Cisco-1.25', async () => {
    expect(allowGroupExchangeOnCisco()).toBe(true);
    const names = await offered(true);
    expect(names).toEqual(expect.arrayContaining([...modern, ...legacy]));
    const lists = algorithmLists(true);
    for (const list of Object.values(lists)) {
      const firstLegacy = list.findIndex((name: string) => legacy.includes(name));
      expect(list.slice(firstLegacy).filter((name: string) => modern.includes(name))).toEqual([]);
    }
    expect(lists.kex.slice(-2).every((name) => name.includes('group-exchange'))).toBe(true);
  });

  test('the known key types are asked for first', () => {
    expect(algorithmLists(false, ['ssh-rsa']).serverHostKey.slice(0, 2)).toEqual([
      'rsa-sha2-512',
      'rsa-sha2-256',
    ]);
    expect(algorithmLists(false, ['ssh-dss']).serverHostKey).toEqual(MODERN_ALGORITHMS.serverHostKey);
  });
});
