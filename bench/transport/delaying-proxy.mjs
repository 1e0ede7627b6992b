import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/**
 * A TCP proxy that delivers every byte half a round trip later, in order. It counts round trips by cause and effect: a
 * piece of the client's is one trip deeper than the deepest piece it had heard, and a piece of the router's is as deep as
 * the deepest it had heard. `seen.trips` is the depth so far: what no faster line and no faster machine can shorten.
 */
export async function delayingProxy({ host, port }, rttMs) {
  const seen = { trips: 0 };
  const server = createServer({ noDelay: true }, (client) => {
    const router = connect({ host, port, noDelay: true });
    // The TCP handshake is a round trip of its own; a proxy on the same machine has to imitate it.
    const line = { delayMs: rttMs / 2, open: Date.now() + rttMs };
    let clientHeard = 0;
    let routerHeard = 0;
    relay(line, client, router, {
      depth: () => {
        seen.trips = Math.max(seen.trips, clientHeard + 1);
        return clientHeard + 1;
      },
      heard: (depth) => {
        routerHeard = Math.max(routerHeard, depth);
      },
    });
    relay(line, router, client, {
      depth: () => routerHeard,
      heard: (depth) => {
        clientHeard = Math.max(clientHeard, depth);
      },
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { host: '127.0.0.1', port: server.address().port, seen, close: () => server.close() };
}

/** One direction; what is under way is delivered in the order in which it came. */
function relay({ delayMs, open }, from, to, { depth, heard }) {
  const underWay = [];
  const later = (deliver) => {
    if (delayMs === 0) return deliver();
    underWay.push(deliver);
    setTimeout(() => underWay.shift()?.(), Math.max(0, open - Date.now()) + delayMs);
  };
  from.on('data', (piece) => {
    const at = depth();
    later(() => {
      heard(at);
      if (to.writable) to.write(piece);
    });
  });
  from.on('end', () => later(() => to.end()));
  from.on('error', () => to.destroy());
  from.on('close', () => later(() => to.destroy()));
}
