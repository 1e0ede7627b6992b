import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { silentLog } from '../../src/core/log.ts';
import { LEGACY_ALGORITHMS, MODERN_ALGORITHMS } from '../../src/core/ssh-algorithms.ts';
import { algorithmLists } from '../../src/transport/algorithms.ts';
import { allowGroupExchangeOnCisco } from '../../src/transport/cisco-group-exchange.ts';
import type { RouterTarget, SshEndpoint } from '../../src/transport/router-target.ts';
import { openCollector } from '../../src/transport/ssh-collector.ts';
import { labTarget } from '../support/lab-target.ts';
import { startJumpServer } from './jump-server.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunneldoc-kexinit-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** The name lists of a KEXINIT, by kind, as they went over the wire. */
type Offer = Readonly<
  Record<'kex' | 'serverHostKey' | 'cipher' | 'cipherBack' | 'hmac' | 'hmacBack', string[]>
>;

/** RFC 4253 §6, §7.1: length, padding length, message 20, 16 bytes of cookie, then ten name lists. */
function offerIn(packet: Buffer): Offer {
  expect(packet[5]).toBe(20);
  const lists: string[][] = [];
  for (let at = 22; lists.length < 10; ) {
    const length = packet.readUInt32BE(at);
    lists.push(packet.toString('latin1', at + 4, at + 4 + length).split(','));
    at += 4 + length;
  }
  const [kex = [], serverHostKey = [], cipher = [], cipherBack = [], hmac = [], hmacBack = []] = lists;
  return {
    kex: kex.filter((name) => !/^(?:ext-info|kex-strict)-/.test(name)),
    serverHostKey,
    cipher,
    cipherBack,
    hmac,
    hmacBack,
  };
}

/** A TCP server that calls itself a router, keeps the client's first packet and hangs up. */
async function eavesdropper(ident = 'SSH-2.0-Cisco-1.25') {
  const offers: Offer[] = [];
  const server: Server = createServer((socket) => {
    let seen = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.write(`${ident}\r\n`);
    socket.on('data', (piece) => {
      seen = Buffer.concat([seen, piece]);
      const packet = seen.subarray(seen.indexOf('\r\n') + 2);
      if (packet.length < 4 || packet.length < 4 + packet.readUInt32BE(0)) return;
      offers.push(offerIn(packet));
      socket.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => once(server.close(), 'close'));
  return { port: (server.address() as AddressInfo).port, offers };
}

function target(port: number, changes: Partial<RouterTarget> = {}): RouterTarget {
  return labTarget(folder, port, changes);
}

/** What a server sees of one connection. */
async function offered(changes: Partial<RouterTarget> = {}, ident?: string): Promise<Offer> {
  const { port, offers } = await eavesdropper(ident);
  const opened = await openCollector(target(port, changes), { log: silentLog });
  expect(opened.ok).toBe(false);
  const [offer] = offers;
  if (offer === undefined) throw new Error('no KEXINIT came');
  return offer;
}

async function visitOldRouter(): Promise<void> {
  const router = await startRouter({
    recording: recordingOf('R1', { 'show version': 'x\n' }),
    behaviour: { algorithms: 'ios12' },
  });
  closing.push(() => router.close());
  const opened = await openCollector(target(router.port, { legacyAlgorithms: true }), { log: silentLog });
  if (!opened.ok) throw new Error(opened.error.message);
  await opened.collector.close();
}

const LEGACY = Object.values(LEGACY_ALGORITHMS).flat();
const legacyIn = (offer: Offer): string[] => [
  ...new Set(
    Object.values(offer)
      .flat()
      .filter((name) => LEGACY.includes(name) || /sha1\b|cbc|md5|group1-|group-exchange|dss/.test(name)),
  ),
];

describe('what goes over the wire', () => {
  test.each(['SSH-2.0-Cisco-1.25', 'SSH-1.99-Cisco-1.25', 'SSH-2.0-OpenSSH_9.2'])(
    'no legacy name without the opt-in, to %s',
    async (ident) => {
      const offer = await offered({}, ident);
      expect(legacyIn(offer)).toEqual([]);
      expect(offer).toEqual({
        ...MODERN_ALGORITHMS,
        cipherBack: MODERN_ALGORITHMS.cipher,
        hmacBack: MODERN_ALGORITHMS.hmac,
      });
    },
  );

  test('nor after sessions with old routers in the same process, nor beside them', async () => {
    await visitOldRouter();
    expect(legacyIn(await offered())).toEqual([]);
    const [, offer] = await Promise.all([visitOldRouter(), offered()]);
    expect(legacyIn(offer)).toEqual([]);
  });

  test('nor to a jump host in front of an old router, nor to a router behind an old jump host', async () => {
    const hop = await eavesdropper();
    const router = target(1, { legacyAlgorithms: true, via: [target(hop.port) as SshEndpoint] });
    expect((await openCollector(router, { log: silentLog })).ok).toBe(false);
    expect(hop.offers.map(legacyIn)).toEqual([[]]);
    const old = await startJumpServer({ password: 'lab', kex: ['diffie-hellman-group14-sha1'] });
    closing.push(() => old.close());
    const behind = await offered({ via: [target(old.port, { legacyAlgorithms: true })] });
    expect(old.logins()).toBe(1);
    expect(legacyIn(behind)).toEqual([]);
  });

  test('with the opt-in: modern names first, legacy names behind them, group exchange last of all', async () => {
    expect(allowGroupExchangeOnCisco()).toBe(true);
    const offer = await offered({ legacyAlgorithms: true });
    for (const kind of ['kex', 'serverHostKey', 'cipher', 'hmac'] as const)
      expect(offer[kind]).toEqual([...MODERN_ALGORITHMS[kind], ...LEGACY_ALGORITHMS[kind]]);
    expect(offer.kex.slice(-2).every((name) => name.includes('group-exchange'))).toBe(true);
  });

  test('with an opt-in by names: these and no others', async () => {
    const names = ['diffie-hellman-group14-sha1', 'ssh-rsa', 'aes128-cbc', 'hmac-sha1', 'no-such-name'];
    const offer = await offered({ legacyAlgorithms: names });
    expect(legacyIn(offer).sort()).toEqual(names.slice(0, 4).sort());
    expect(offer.kex.at(-1)).toBe('diffie-hellman-group14-sha1');
  });

  test('explicit lists replace a kind; what ssh2 does not have is left out, group exchange stays last', async () => {
    const offer = await offered({
      algorithms: {
        kex: [
          'diffie-hellman-group-exchange-sha256',
          'sntrup761x25519-sha512@openssh.com',
          'ecdh-sha2-nistp384',
        ],
        cipher: ['aes256-ctr'],
      },
    });
    expect(offer.kex).toEqual(['ecdh-sha2-nistp384', 'diffie-hellman-group-exchange-sha256']);
    expect([offer.cipher, offer.cipherBack]).toEqual([['aes256-ctr'], ['aes256-ctr']]);
    expect(offer.hmac).toEqual(MODERN_ALGORITHMS.hmac);
  });
});

test('an explicit list with nothing that is supported is named, nothing is sent', async () => {
  const { port, offers } = await eavesdropper();
  const opened = await openCollector(target(port, { algorithms: { kex: ['no-such-name'] } }), {
    log: silentLog,
  });
  expect(opened.ok ? null : opened.error).toMatchObject({ name: 'no-common-algorithm' });
  expect(opened.ok ? '' : opened.error.message).toContain('no-such-name');
  expect(offers).toEqual([]);
});

test('the known key types are asked for first', () => {
  expect(algorithmLists(false, ['ssh-rsa']).serverHostKey.slice(0, 2)).toEqual([
    'rsa-sha2-512',
    'rsa-sha2-256',
  ]);
  expect(algorithmLists(false, ['ssh-dss']).serverHostKey).toEqual(MODERN_ALGORITHMS.serverHostKey);
  expect(algorithmLists(['ssh-dss'], ['ssh-dss']).serverHostKey[0]).toBe('ssh-dss');
});
