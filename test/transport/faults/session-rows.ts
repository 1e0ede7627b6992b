import { createServer } from 'node:net';
import ssh2 from 'ssh2';
import { hostKeyOf } from '../../../mocks/ios-router/host-keys.ts';
import type { FaultRow, Seen } from './fault-row.ts';
import type { MockPlace } from './mock-place.ts';

const WARNING = 'WARNING # R9#\nR9#\nUsers of R9> take care, Password: R9#';
const VTY = /vty lines/;

/** From the login to the first prompt. */
export const SESSION_ROWS: readonly FaultRow[] = [
  {
    number: 27,
    what: 'the device asks for the login inside the session',
    class: 'S',
    retry: 'never',
    here: [
      {
        how: 'mock, in-band: nothing is typed',
        error: 'login-inside-session',
        phase: 'prompt',
        says: ['asks for a user name or password again inside the session'],
        provoke: (place) => place.mock({ auth: 'in-band' }),
      },
    ],
  },
  {
    number: 29,
    what: 'a banner with prompts and without a last line end',
    class: 'S',
    retry: null,
    here: [
      { how: 'mock, motd', provoke: (place) => place.mock({ bannerMotd: WARNING }) },
      { how: 'mock, exec', provoke: (place) => place.mock({ bannerExec: `${WARNING}\nR1#` }) },
    ],
    standIn: [{ how: 'motd', provoke: (place) => place.profile({ banner_motd: WARNING }) }],
  },
  {
    number: 30,
    what: 'the channel is refused',
    class: 'S',
    retry: 'later',
    here: [
      {
        how: 'mock, no-session',
        error: 'no-shell',
        phase: 'shell',
        says: [/session/],
        provoke: (place) => place.mock({ start: 'no-session' }),
      },
    ],
  },
  {
    number: 31,
    what: 'no shell, exec only',
    class: 'S',
    retry: 'never',
    here: [
      {
        how: 'mock, no-shell',
        error: 'no-shell',
        phase: 'shell',
        says: ['no shell on this router'],
        provoke: (place) => place.mock({ start: 'no-shell' }),
      },
    ],
  },
  {
    number: 32,
    what: 'closed right after the login',
    class: 'S',
    retry: 'later',
    here: (['closed', 'gone'] as const).map((start) => ({
      how: `mock, ${start}`,
      error: 'closed-without-prompt' as const,
      says: [VTY],
      attempts: 1,
      connections: 1,
      provoke: (place: MockPlace) => place.mock({ start }),
    })),
    standIn: [
      {
        how: 'max_sessions, all taken',
        error: 'closed-without-prompt',
        says: [VTY],
        provoke: (place) => place.profile({ max_sessions: -1 }),
      },
    ],
  },
  {
    number: 33,
    what: 'no prompt at all',
    class: 'S',
    retry: 'later',
    here: [
      {
        how: 'mock, silent',
        error: 'no-prompt',
        phase: 'prompt',
        says: ['nothing was sent by the router'],
        provoke: (place) => place.mock({ start: 'silent' }, { limits: { promptMs: 600 } }),
      },
      {
        how: 'mock with a banner and a prompt of no known shape: the bytes are shown',
        error: 'no-prompt',
        phase: 'prompt',
        says: ['the last it sent: ', 'menu of R1', 'Choose one:'],
        provoke: (place) =>
          place.mock(
            { bannerMotd: 'The menu of R1\n', promptFormat: 'Choose one:' },
            { limits: { promptMs: 1_500 } },
          ),
      },
    ],
  },
  {
    number: 34,
    what: 'a prompt with a BEL, a blank, odd characters',
    class: null,
    retry: null,
    here: (
      [
        ['BEL', { promptSuffix: '\x07' }],
        ['blank', { promptSuffix: ' ' }],
        ['blank and BEL', { promptSuffix: ' \x07' }],
        ['PG::SB::SW1', { hostname: 'PG::SB::SW1' }],
        ['(standby)', { hostname: 'hub1(standby)' }],
        ['a~b@c/d[1]', { hostname: 'a~b@c/d[1]' }],
        ['a blank inside', { promptFormat: 'r %h%s%p' }],
      ] as const
    ).map(([what, behaviour]) => ({
      how: `mock, ${what}`,
      provoke: (place: MockPlace) => place.mock(behaviour),
    })),
    standIn: [
      { how: 'BEL', provoke: (place) => place.profile({ prompt_suffix: '\u0007', hostname: 'PG::SB::SW1' }) },
    ],
  },
  {
    number: 35,
    what: 'a host name of more than 20 characters',
    class: null,
    retry: null,
    here: [
      {
        how: 'mock, 63 characters',
        provoke: (place) => place.mock({ hostname: `edge-router-${'x'.repeat(51)}` }),
      },
    ],
    standIn: [
      {
        how: '40 characters',
        provoke: (place) => place.profile({ hostname: `edge-router-${'x'.repeat(28)}` }),
      },
    ],
  },
  {
    number: 36,
    what: 'a prompt that changes with each line',
    class: null,
    retry: null,
    here: ['%h-%n%p', '%n:%h%p', '%h %n%s%p'].map((promptFormat) => ({
      how: `mock, ${promptFormat}`,
      provoke: (place: MockPlace) => place.mock({ promptFormat }),
    })),
    standIn: [{ how: 'counter', provoke: (place) => place.profile({ prompt_format: '%h-%n%p' }) }],
  },
  {
    number: 62,
    what: 'an exec request ends the connection without a status',
    class: 'E',
    retry: null,
    here: [
      {
        how: 'a server that has exec only: exec is not asked for',
        error: 'no-shell',
        says: ['no shell'],
        provoke: async (place) => {
          const { seen, execRequests } = await execOnly(place);
          return { ...seen, attempts: execRequests };
        },
        attempts: 0,
      },
    ],
  },
];

/** A server that would answer exec requests, were there any. */
async function execOnly(place: MockPlace): Promise<{ seen: Seen; execRequests: number }> {
  let execRequests = 0;
  const server = new ssh2.Server({ hostKeys: [await hostKeyOf('ecdsa')] }, (connection) => {
    connection.on('error', () => {});
    connection.on('authentication', (context) => context.accept());
    connection.on('session', (accept) => {
      accept().on('exec', (acceptExec) => {
        execRequests += 1;
        acceptExec().end();
      });
    });
  });
  const tcp = createServer((socket) => server.injectSocket(socket));
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  place.closeLater(() => void tcp.close());
  const address = tcp.address();
  const seen = await place.ask(address !== null && typeof address === 'object' ? address.port : 0);
  return { seen, execRequests };
}
