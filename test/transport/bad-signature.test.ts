import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRouter } from '../../mocks/ios-router/ios-router.ts';
import { labTarget } from '../support/lab-target.ts';
import { spoilSignature } from './spoiled-signature.ts';
import { record } from './stand-in.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunneldoc-signature-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A router behind a proxy that spoils the signature of the first `spoiled` connections. */
async function visit(spoiled: number) {
  const router = await startRouter({
    recording: { router: 'R1', address: null, collectedAt: null, outputs: [], notUsed: [], remarks: [] },
    behaviour: { hostKey: 'rsa2048' },
  });
  let connections = 0;
  const proxy = createServer((client) => {
    const spoil = connections++ < spoiled;
    const server = connect(router.port, router.host);
    let sent = 0;
    let seen = Buffer.alloc(0);
    client
      .on('error', () => server.destroy())
      .on('close', () => server.destroy())
      .on('data', (piece) => server.write(piece));
    server.on('error', () => client.destroy()).on('close', () => client.destroy());
    server.on('data', (piece: Buffer) => {
      seen = Buffer.concat([seen, piece]);
      client.write((spoil ? spoilSignature(seen) : seen).subarray(sent));
      sent = seen.length;
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  const result = await record(labTarget(folder, port), []);
  proxy.close();
  await router.close();
  return { ...result, connections, attempts: router.authAttempts };
}

test('a signature that does not verify is tried once more, silently', async () => {
  const { error, connections, facts } = await visit(1);
  expect(error).toBeNull();
  expect(connections).toBe(2);
  expect(facts?.hostname).toBe('Router');
});

test('twice is an error, before any credential, and the key is not recorded', async () => {
  const { error, connections, attempts } = await visit(2);
  expect(error).toMatchObject({ name: 'host-key-signature', phase: 'key-exchange', retry: 'at-once' });
  expect(connections).toBe(2);
  expect(attempts).toEqual([]);
  expect((await visit(0)).facts?.remarks.join()).toContain('accepted and recorded');
});
