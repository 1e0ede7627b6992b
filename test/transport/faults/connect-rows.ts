import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { FaultRow, Seen } from './fault-row.ts';
import type { MockPlace } from './mock-place.ts';
import { wireTo } from './wires.ts';

/** Before the first byte of SSH. */
export const CONNECT_ROWS: readonly FaultRow[] = [
  {
    number: 1,
    what: 'a name that does not resolve',
    class: 'C',
    retry: 'never',
    here: [
      {
        how: 'a name below .invalid',
        error: 'name-not-found',
        phase: 'name',
        says: ['nosuch.invalid was not found'],
        provoke: (place) => place.ask(22, { target: { host: 'nosuch.invalid' } }),
      },
    ],
  },
  {
    number: 2,
    what: 'nobody answers: no route, or a filter',
    class: 'C',
    retry: 'later',
    here: [
      {
        how: 'a listener that accepts nobody and whose queue is full',
        error: 'connect-timeout',
        phase: 'tcp',
        says: ['no answer in 0.4 s'],
        provoke: fullQueue,
      },
    ],
  },
  {
    number: 3,
    what: 'the connection is refused',
    class: 'C',
    retry: 'later',
    here: [
      {
        how: 'a closed port',
        error: 'connection-refused',
        phase: 'tcp',
        says: [/SSH is off.*access list.*vty lines/],
        attempts: 0,
        provoke: (place) => place.mock({ refuse: 'refused' }),
      },
    ],
  },
  {
    number: 4,
    what: 'accepted, then closed before the identification',
    class: 'C',
    retry: 'later',
    here: [
      {
        how: 'mock, closed',
        error: 'closed-before-identification',
        phase: 'identification',
        says: ['It sent nothing', /vty lines.*maxstartups.*filter/],
        connections: 1,
        provoke: (place) => place.mock({ refuse: 'closed' }),
      },
      {
        how: 'a reset',
        error: 'closed-before-identification',
        says: [/vty lines.*maxstartups.*filter/],
        connections: 1,
        provoke: (place) => place.askBare((socket) => void setTimeout(() => socket.resetAndDestroy(), 50)),
      },
    ],
  },
  {
    number: 5,
    what: 'accepted, then silent',
    class: 'C',
    retry: 'later',
    here: [
      {
        how: 'mock, silent',
        error: 'no-identification',
        phase: 'identification',
        says: ['no SSH identification in 0.3 s'],
        provoke: (place) => place.mock({ refuse: 'silent' }, { limits: { identificationMs: 300 } }),
      },
    ],
  },
  {
    number: 7,
    what: 'text instead of SSH, then closed',
    class: 'C',
    retry: 'later',
    here: [
      {
        how: 'mock, closed with a text',
        error: 'closed-before-identification',
        says: ['% All vty lines are in use'],
        provoke: (place) => place.mock({ refuse: 'closed', refuseText: '% All vty lines are in use\n' }),
      },
      {
        how: 'a text with control bytes',
        error: 'closed-before-identification',
        says: ['Too busy'],
        provoke: (place) => place.askBare((socket) => void socket.end('\x1b[2J\x07Too busy\x00\r\n')),
      },
    ],
  },
  {
    number: 9,
    what: 'greeting lines before the identification, CR CR LF behind it',
    class: null,
    retry: null,
    here: [
      {
        how: 'mock, greeting',
        provoke: (place) =>
          place.mock({ greeting: '***************\n  NO ENTRY # >\nPassword: none of yours\n' }),
      },
      {
        how: 'a proxy that doubles the CR of every line before the key exchange',
        provoke: doubledCarriageReturn,
      },
    ],
  },
];

/** The thread listens and then sleeps for good, so that the kernel fills its queue and drops what comes later. */
async function fullQueue(place: MockPlace): Promise<Seen> {
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads');
     const server = require('node:net').createServer();
     server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 20);
     });`,
    { eval: true },
  );
  place.closeLater(() => worker.terminate().then(() => {}));
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  await new Promise((resolve) => setTimeout(resolve, 200));
  for (let i = 0; i < 4; i++) {
    const filler = connect(port, '127.0.0.1').on('error', () => {});
    place.closeLater(() => void filler.destroy());
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  return place.ask(port, { limits: { connectMs: 400 } });
}

/** `SSH-2.0-Cisco-1.25` CR CR LF, as some terminal servers in front of a router make it. */
async function doubledCarriageReturn(place: MockPlace): Promise<Seen> {
  const router = await place.router({ greeting: 'Welcome' });
  const port = await wireTo(
    place,
    router.port,
    () => (all, piece) => (all.length === piece.length ? withDoubledReturns(piece) : piece),
  );
  return place.ask(port);
}

/** Only up to the end of the identification; what is behind it is a binary packet. */
function withDoubledReturns(piece: Buffer): Buffer {
  const text = piece.toString('latin1');
  const end = text.indexOf('\n', text.indexOf('SSH-')) + 1;
  return Buffer.from(text.slice(0, end).replaceAll('\r\n', '\r\r\n') + text.slice(end), 'latin1');
}
