import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Algorithms } from 'ssh2';

/**
 * A handshake that ends half way: identification and KEXINIT of this router, then, when the client's KEXINIT has come,
 * silence or a reset.
 */
export function halfHandshake(socket: Socket, ident: string, algorithms: Algorithms, resets: boolean): void {
  socket.write(Buffer.concat([Buffer.from(`SSH-2.0-${ident}\r\n`), kexInit(algorithms)]));
  let seen = '';
  socket.on('data', (bytes: Buffer) => {
    seen += bytes.toString('latin1');
    const identified = seen.indexOf('\n');
    if (resets && identified >= 0 && seen.length > identified + 6) socket.resetAndDestroy();
  });
}

/** SSH_MSG_KEXINIT (RFC 4253, 7.1) in an unencrypted packet. */
function kexInit({ kex, serverHostKey, cipher, hmac }: Algorithms): Buffer {
  const lists = [kex, serverHostKey, cipher, cipher, hmac, hmac, ['none'], ['none'], [], []];
  const payload = Buffer.concat([
    Buffer.from([20]),
    randomBytes(16),
    ...lists.map((names) => nameList(names as readonly string[])),
    // no guessed packet follows; reserved
    Buffer.alloc(5),
  ]);
  // length, padding length, payload and at least four bytes of padding make a multiple of eight
  const padding = 4 + ((8 - ((5 + payload.length + 4) % 8)) % 8);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(1 + payload.length + padding);
  head.writeUInt8(padding, 4);
  return Buffer.concat([head, payload, Buffer.alloc(padding)]);
}

function nameList(names: readonly string[]): Buffer {
  const text = Buffer.from(names.join(','), 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text]);
}
