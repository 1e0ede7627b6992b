import type { Algorithms } from 'ssh2';
import { algorithmsOf } from '../../../mocks/ios-router/algorithms.ts';
import { halfHandshake } from '../../../mocks/ios-router/half-handshake.ts';
import type { FaultRow, Seen } from './fault-row.ts';
import type { MockPlace } from './mock-place.ts';

const LEGACY = { legacyAlgorithms: true } as const;
const ADVICE = [/the router offers: /, /allowed here: .*/, 'legacyAlgorithms: true'];

/** From the identification to the end of the key exchange. */
export const HANDSHAKE_ROWS: readonly FaultRow[] = [
  {
    number: 6,
    what: 'Telnet, or something else that is no SSH',
    class: 'H',
    retry: 'never',
    here: [
      ...['\n\nUser Access Verification\n\nUsername: ', '\xff\xfb\x01\xff\xfb\x03\n'].map((refuseText) => ({
        how: `mock that says ${JSON.stringify(refuseText)}`,
        error: 'not-ssh' as const,
        phase: 'identification' as const,
        says: ['Telnet', 'it begins: '],
        provoke: (place: MockPlace) => place.mock({ refuse: 'silent', refuseText }),
      })),
      {
        how: 'a web server',
        error: 'not-ssh',
        says: ['HTTP/1.1 400 Bad Request'],
        provoke: (place) =>
          place.askBare((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'), {
            limits: { identificationMs: 300 },
          }),
      },
    ],
  },
  {
    number: 8,
    what: 'SSH version 1 only',
    class: 'H',
    retry: 'never',
    here: [
      {
        how: 'mock that says SSH-1.5-Cisco-1.25',
        error: 'ssh-version-1',
        phase: 'identification',
        says: ['SSH-1.5-Cisco-1.25', 'ip ssh version 2'],
        provoke: (place) => place.mock({ refuse: 'silent', refuseText: 'SSH-1.5-Cisco-1.25\n' }),
      },
    ],
  },
  {
    number: 10,
    what: 'no key exchange method in common',
    class: 'H',
    retry: 'never',
    here: [
      {
        how: 'mock ios12 without the opt-in',
        error: 'no-common-algorithm',
        phase: 'key-exchange',
        says: [...ADVICE, /offers: diffie-hellman-group1-sha1/],
        attempts: 0,
        provoke: (place) => place.mock({ algorithms: 'ios12' }),
      },
      {
        how: 'mock ios12 with it',
        provoke: (place) => place.mock({ algorithms: 'ios12' }, { target: LEGACY }),
      },
    ],
    standIn: [
      {
        how: 'xe16 without the opt-in',
        error: 'no-common-algorithm',
        says: [...ADVICE, /offers: .*group-exchange-sha1.*group14-sha1/],
        attempts: 0,
        provoke: (place) => place.server('xe16', { algorithms: 'xe16' }),
      },
      {
        how: 'xe16 with it',
        provoke: (place) => place.server('xe16', { algorithms: 'xe16' }, { target: LEGACY }),
      },
    ],
  },
  {
    number: 11,
    what: 'no cipher, MAC or host key type in common',
    class: 'H',
    retry: 'never',
    here: (
      [
        ['cipher', { cipher: ['3des-cbc'] }, /3des-cbc/],
        ['MAC', { hmac: ['hmac-md5'], cipher: ['aes128-ctr'] }, /hmac-md5/],
        ['host key', { serverHostKey: ['ssh-dss'] }, /ssh-dss/],
      ] as const
    ).map(([kind, lists, offered]) => ({
      how: `a router whose only ${kind} is an old one`,
      error: 'no-common-algorithm' as const,
      phase: 'key-exchange' as const,
      says: [...ADVICE, new RegExp(kind, 'i'), offered],
      provoke: (place: MockPlace) => offering(place, lists as unknown as Algorithms),
    })),
    standIn: [
      {
        how: 'ios12 with the opt-in: 3des-cbc and hmac-md5',
        says: [/legacy algorithms: .*3des-cbc.*hmac-md5/],
        provoke: (place) =>
          place.server('ios12', { algorithms: 'ios12', ident: 'Cisco-1.25' }, { target: LEGACY }),
      },
    ],
  },
  {
    number: 12,
    what: 'group exchange only, called Cisco-1.25',
    class: 'H',
    retry: 'never',
    standIn: [
      {
        how: 'gexonly with the opt-in',
        says: [/diffie-hellman-group-exchange-sha1/],
        provoke: (place) =>
          place.server('gexonly', { algorithms: 'gexonly', ident: 'Cisco-1.25' }, { target: LEGACY }),
      },
      {
        how: 'gexonly without it',
        error: 'no-common-algorithm',
        says: [...ADVICE, /offers: diffie-hellman-group-exchange-sha1/],
        attempts: 0,
        provoke: (place) => place.server('gexonly', { algorithms: 'gexonly', ident: 'Cisco-1.25' }),
      },
    ],
  },
  {
    number: 13,
    what: 'group exchange with a big group: no other router times out meanwhile',
    class: 'H',
    retry: null,
    standIn: [
      {
        how: 'gexonly, and a second router with a short patience beside it',
        provoke: async (place) => {
          const options = { algorithms: 'gexonly', ident: 'Cisco-1.25' };
          const [seen, ...others] = await Promise.all([
            place.server('gexonly', options, { target: LEGACY }),
            ...[300, 400, 500].map((commandIdleMs) =>
              place.server('beside', { algorithms: 'modern' }, { limits: { commandIdleMs } }),
            ),
          ]);
          const cut = others.find(({ outputs }) => outputs.some(({ kind }) => kind !== 'answered'));
          return cut ?? seen;
        },
      },
    ],
  },
  {
    number: 18,
    what: 'the handshake stops half way',
    class: 'H',
    retry: 'later',
    here: [
      {
        how: 'mock that is silent after its KEXINIT',
        error: 'handshake-timeout',
        phase: 'key-exchange',
        says: [/key exchange started but was not finished in 0\.4 s/],
        provoke: (place) => place.mock({ refuse: 'stall-kex' }, { limits: { keyExchangeMs: 400 } }),
      },
    ],
  },
  {
    number: 19,
    what: 'a reset during the handshake',
    class: 'H',
    retry: 'later',
    here: [
      {
        how: 'mock that resets after its KEXINIT',
        error: 'connection-reset',
        phase: 'key-exchange',
        says: [/reset during the key exchange/],
        connections: 1,
        provoke: (place) => place.mock({ refuse: 'reset-kex' }),
      },
    ],
  },
];

/** A router that offers the lists named beside modern ones, up to its KEXINIT. */
async function offering(place: MockPlace, lists: Algorithms): Promise<Seen> {
  const algorithms = { ...algorithmsOf('modern'), ...lists };
  return place.askBare((socket) => halfHandshake(socket, 'Cisco-1.25', algorithms, false), {
    limits: { keyExchangeMs: 3_000 },
  });
}
