import { connect, type Socket } from 'node:net';
import type { MockPlace } from './mock-place.ts';

/** What a wire does with the bytes of the server: `all` came so far, `piece` is the last of them. */
type Change = (all: Buffer, piece: Buffer) => Buffer;

/**
 * A wire to a server on loopback, or to another one for each connection, that may change what comes from it; gives back
 * the port of its near end.
 */
export function wireTo(
  place: MockPlace,
  port: number | ((connection: number) => number),
  changeOf: (connection: number) => Change = () => (_all, piece) => piece,
  onSent: (piece: Buffer) => void = () => {},
): Promise<number> {
  let connections = 0;
  return place.bare((client: Socket) => {
    const connection = connections++;
    const change = changeOf(connection);
    const far = typeof port === 'number' ? port : port(connection);
    const server = connect(far, '127.0.0.1').setNoDelay(true);
    let all = Buffer.alloc(0);
    client.on('close', () => server.destroy());
    client.on('data', (piece: Buffer) => {
      onSent(piece);
      server.write(piece);
    });
    server.on('error', () => client.destroy()).on('close', () => client.destroy());
    server.on('data', (piece: Buffer) => {
      if (all.length < KEPT) all = Buffer.concat([all, piece]);
      client.write(change(all, piece));
    });
  });
}

/** Changes are about the first bytes; a long output is not collected again and again. */
const KEPT = 65_536;

/** Replaces what is sent of the whole beginning; pieces must keep their lengths. */
export function spoiling(spoil: (stream: Buffer) => Buffer): Change {
  return (all, piece) => spoil(all).subarray(all.length - piece.length);
}
