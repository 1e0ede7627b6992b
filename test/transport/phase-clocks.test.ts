import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import ssh2, { type Connection } from 'ssh2';
import { silentLog } from '../../src/core/log.ts';
import type { ConnectError } from '../../src/transport/connect-error.ts';
import type { RouterTarget } from '../../src/transport/router-target.ts';
import { openCollector } from '../../src/transport/ssh-collector.ts';
import { tcpConnect } from '../../src/transport/tcp-connect.ts';
import type { Limits } from '../../src/transport/timeouts.ts';
import { labTarget } from '../support/lab-target.ts';
import { newHostKey } from './jump-server.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunneldoc-clocks-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sockets: Socket[] = [];
const closing: (() => void)[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const close of closing.splice(0)) close();
});

async function listen(serve: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  closing.push(() => server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const KEY = newHostKey();

/** An SSH server that does what it is told with each connection; what it is not told, it leaves unanswered. */
function ssh(serve: (connection: Connection) => void): (socket: Socket) => void {
  const server = new ssh2.Server({ hostKeys: [KEY] }, (connection) => {
    connection.on('error', () => {});
    serve(connection);
  });
  return (socket) => server.injectSocket(socket);
}

const letIn = (connection: Connection): void => {
  connection.on('authentication', (context) => context.accept());
};

/** A shell whose prompt is `>` and which never answers to what is typed behind it. */
const shell =
  (said: string) =>
  (connection: Connection): void => {
    letIn(connection);
    connection.on('session', (accept) => {
      const session = accept();
      session.on('pty', (yes) => yes?.());
      session.on('shell', (yes) => void yes().write(said));
    });
  };

const LONG = 60_000;
/** Everything takes long but the phase that is looked at. */
const PATIENT: Partial<Limits> = {
  nameMs: LONG,
  connectMs: LONG,
  identificationMs: LONG,
  keyExchangeMs: LONG,
  authenticationMs: LONG,
  gateMs: LONG,
  shellMs: LONG,
  promptMs: LONG,
  enableMs: LONG,
  commandIdleMs: LONG,
  commandMs: LONG,
};

interface Row {
  readonly stall: string;
  readonly clock: keyof Limits;
  readonly serve: (socket: Socket) => void;
  readonly name: ConnectError['name'];
  readonly phase: ConnectError['phase'];
}

const ROWS: readonly Row[] = [
  {
    stall: 'says nothing',
    clock: 'identificationMs',
    serve: () => {},
    name: 'no-identification',
    phase: 'identification',
  },
  {
    stall: 'sends banner lines and no identification',
    clock: 'identificationMs',
    serve: (socket) => socket.write('welcome\r\n'),
    name: 'not-ssh',
    phase: 'identification',
  },
  {
    stall: 'identifies itself and stops',
    clock: 'keyExchangeMs',
    serve: (socket) => socket.write('SSH-2.0-Cisco-1.25\r\n'),
    name: 'handshake-timeout',
    phase: 'key-exchange',
  },
  {
    stall: 'does not answer the login',
    clock: 'authenticationMs',
    serve: ssh((connection) => connection.on('authentication', () => {})),
    name: 'authentication-timeout',
    phase: 'authentication',
  },
  {
    stall: 'asks for the password and does not answer it',
    clock: 'authenticationMs',
    serve: ssh((connection) =>
      connection.on('authentication', (context) => {
        if (context.method === 'keyboard-interactive')
          context.prompt([{ prompt: 'Password: ', echo: false }], () => {});
      }),
    ),
    name: 'authentication-timeout',
    phase: 'authentication',
  },
  {
    stall: 'opens no channel',
    clock: 'shellMs',
    serve: ssh((connection) => {
      letIn(connection);
      connection.on('session', () => {});
    }),
    name: 'no-shell',
    phase: 'shell',
  },
  {
    stall: 'opens a channel and no shell',
    clock: 'shellMs',
    serve: ssh((connection) => {
      letIn(connection);
      connection.on('session', (accept) => {
        const session = accept();
        session.on('pty', (yes) => yes?.());
        session.on('shell', () => {});
      });
    }),
    name: 'no-shell',
    phase: 'shell',
  },
  {
    stall: 'shows a banner and no prompt',
    clock: 'promptMs',
    serve: ssh(shell('\r\nwelcome\r\n')),
    name: 'no-prompt',
    phase: 'prompt',
  },
];

function target(port: number, changes: Partial<RouterTarget> = {}): RouterTarget {
  return labTarget(folder, port, changes);
}

test.each(ROWS)('a router that $stall: $name, by the clock $clock', async ({ clock, serve, name, phase }) => {
  const port = await listen(serve);
  const opened = await openCollector(target(port), {
    log: silentLog,
    limits: { ...PATIENT, [clock]: 250 },
  });
  expect(opened.ok ? null : opened.error).toMatchObject({
    name,
    phase,
  });
  expect(opened.ok ? '' : opened.error.message).toMatch(/^R1 \(127\.0\.0\.1:\d+\): .* 0\.3 s/);
});

test('a login that waits for another one to prove the credential has a clock of its own', async () => {
  const port = await listen(ssh(letIn));
  const settled: string[] = [];
  const opened = await openCollector(target(port), {
    log: silentLog,
    limits: { ...PATIENT, gateMs: 200 },
    gateOf: () => ({
      admit: () => new Promise(() => {}),
      settle: (_kind, outcome) => settled.push(outcome),
    }),
  });
  expect(opened.ok ? null : opened.error).toMatchObject({ name: 'not-tried', phase: 'authentication' });
  expect(settled).toEqual([]);
});

test('a slow login is not cut by the clocks of the phases before it', async () => {
  const port = await listen(
    ssh((connection) => {
      connection.on('authentication', (context) => setTimeout(() => context.accept(), 400));
    }),
  );
  const opened = await openCollector(target(port), {
    log: silentLog,
    limits: {
      ...PATIENT,
      connectMs: 200,
      identificationMs: 200,
      keyExchangeMs: 300,
      gateMs: 200,
      shellMs: 200,
    },
  });
  expect(opened.ok ? null : opened.error.name).toBe('no-shell');
});

test('a name that is not looked up in time, and an address that does not answer', async () => {
  const never = await tcpConnect(
    target(22, { host: 'slow.example.net' }),
    { nameMs: 100, connectMs: LONG },
    null,
    () => {},
  );
  expect(never.ok ? null : never.error).toMatchObject({
    name: 'name-timeout',
    phase: 'name',
    retry: 'later',
  });
  // The look-up took its time, the connect has its own: 192.0.2.1 is reserved, nobody is there.
  const silent = await tcpConnect(
    target(9, { host: 'quick.example.net' }),
    { nameMs: LONG, connectMs: 150 },
    null,
    (_name, _options, tell) => tell(null, [{ address: '192.0.2.1', family: 4 }]),
  );
  const error = silent.ok ? null : silent.error;
  // Some machines have no route at all, or a filter that refuses, and say so at once.
  expect(['connect-timeout', 'unreachable', 'connection-refused']).toContain(error?.name);
  expect(error?.phase).toBe('tcp');
});
