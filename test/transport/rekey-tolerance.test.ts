import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import ssh2 from 'ssh2';
import { startRouter } from '../../mocks/ios-router/ios-router.ts';
import { recordingOf } from '../../mocks/ios-router/recording-of.ts';
import { tolerateInRekey } from '../../src/transport/rekey-tolerance.ts';

/** What asyncssh does in a key exchange is in server-habits.test.ts; this holds where that server is not installed. */
test('ssh2 is inside as we know it: the packets of a connection can be reached', async () => {
  const router = await startRouter({ recording: recordingOf('R1', {}) });
  const client = new ssh2.Client().on('error', () => {});
  try {
    client.connect({ host: router.host, port: router.port, username: 'lab', password: 'lab' });
    await once(client, 'handshake');
    expect(tolerateInRekey(client)).toBe(true);
    await once(client, 'ready');
    client.end();
    await once(client, 'close');
  } finally {
    await router.close();
  }
});

test('in a key exchange: noise is dropped, output goes its usual way, all else goes to the key exchange', () => {
  const taken: [string, number | undefined][] = [];
  const takenBy = (who: string) => (payload: Uint8Array) => taken.push([who, payload[0]]);
  const decipher = { _onPayload: takenBy('usual') };
  expect(tolerateInRekey({ _protocol: { _decipher: decipher } } as never)).toBe(true);
  for (const type of [2, 4, 20, 94]) decipher._onPayload(Buffer.of(type));
  decipher._onPayload = takenBy('exchange');
  for (const type of [1, 2, 3, 4, 5, 21, 31, 60, 80, 94]) decipher._onPayload(Buffer.of(type));
  expect(taken).toEqual([
    ['usual', 20],
    ['usual', 94],
    ['exchange', 1],
    ['exchange', 3],
    ['exchange', 5],
    ['exchange', 21],
    ['exchange', 31],
    ['exchange', 60],
    ['usual', 80],
    ['usual', 94],
  ]);
});

test('another ssh2 is left alone', () => {
  expect(tolerateInRekey({} as never)).toBe(false);
  expect(tolerateInRekey({ _protocol: { _decipher: {} } } as never)).toBe(false);
});
