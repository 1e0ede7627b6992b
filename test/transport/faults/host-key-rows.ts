import { generateKeyPairSync } from 'node:crypto';
import { startRouter } from '../../../mocks/ios-router/ios-router.ts';
import { outputsAsServed } from '../../support/lab-target.ts';
import { spoilSignature } from '../spoiled-signature.ts';
import type { FaultRow, Seen } from './fault-row.ts';
import type { MockPlace } from './mock-place.ts';
import { spoiling, wireTo } from './wires.ts';

const LEGACY = { legacyAlgorithms: true } as const;
/** The host key, and its signature. */
export const HOST_KEY_ROWS: readonly FaultRow[] = [
  {
    number: 14,
    what: 'a host key signature that does not verify',
    class: 'H',
    retry: 'at-once',
    here: [
      {
        how: 'once: tried again silently',
        saysNot: [/signature/],
        connections: 2,
        provoke: (place) => spoiled(place, 1),
      },
      {
        how: 'twice',
        error: 'host-key-signature',
        says: [/signature.*does not verify/],
        connections: 2,
        attempts: 0,
        provoke: (place) => spoiled(place, 2),
      },
    ],
  },
  {
    number: 15,
    what: 'the host key has changed',
    class: 'H',
    retry: 'never',
    here: [
      {
        how: 'two mocks with other keys on one port',
        error: 'host-key-changed',
        phase: 'host-key',
        says: [/SHA256:[\w+/]{43}.*SHA256:[\w+/]{43}/, /no credential was sent/],
        attempts: 0,
        provoke: (place) => otherKey(place, 'accept-new'),
      },
    ],
    standIn: [
      {
        how: 'a file that holds another key',
        error: 'host-key-changed',
        phase: 'host-key',
        says: [/SHA256:[\w+/]{43}.*SHA256:[\w+/]{43}/],
        attempts: 0,
        provoke: async (place) => {
          await place.profile({});
          const knownHostsFile = await place.recordedKey('common', (line) =>
            line.replace(/(.{20})$/, (end) => [...end].reverse().join('')),
          );
          const hostKeys = { policy: 'accept-new', knownHostsFile, readOnlyFiles: [] } as const;
          return place.profile({}, { target: { hostKeys } });
        },
      },
    ],
  },
  {
    number: 16,
    what: 'the host key is not known',
    class: 'H',
    retry: 'never',
    here: [
      {
        how: 'strict',
        error: 'host-key-unknown',
        phase: 'host-key',
        says: [/SHA256:[\w+/]{43}/, 'nothing was sent', '--host-keys accept-new'],
        attempts: 0,
        provoke: (place) => {
          const knownHostsFile = `${place.folder}/none`;
          const hostKeys = { policy: 'strict', knownHostsFile, readOnlyFiles: [] } as const;
          return place.mock({}, { target: { hostKeys } });
        },
      },
      {
        how: 'accept-new',
        says: [/first contact: host key SHA256:[\w+/]{43}.*accepted and recorded/],
        provoke: (place) => place.mock({}),
      },
    ],
  },
  {
    number: 17,
    what: 'an RSA host key of less than 2048 bits',
    class: 'H',
    retry: null,
    here: [512, 768, 1024].map((modulusLength) => ({
      how: `mock with ${modulusLength} bits`,
      says: [`${modulusLength} bits only; 2048 or more are due`],
      provoke: (place: MockPlace) => {
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength });
        const hostKeys = [privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()];
        return place.mock({ algorithms: 'ios12' }, { target: LEGACY, hostKeys });
      },
    })),
    standIn: [
      {
        how: 'ios12 with 1024 bits',
        says: ['1024 bits only'],
        provoke: (place) =>
          place.server('ios12', { algorithms: 'ios12', ident: 'Cisco-1.25' }, { target: LEGACY }),
      },
    ],
  },
];

/** The signatures of the first connections are changed on the wire. */
async function spoiled(place: MockPlace, connections: number): Promise<Seen> {
  const router = await place.router();
  let came = 0;
  const port = await wireTo(place, router.port, (connection) => {
    came = connection + 1;
    return connection < connections ? spoiling(spoilSignature) : (_all, piece) => piece;
  });
  return { ...(await place.ask(port)), connections: came, attempts: router.authAttempts.length };
}

async function otherKey(place: MockPlace, policy: 'accept-new' | 'strict'): Promise<Seen> {
  const first = await place.router({}, { hostKeys: [freshKey()] });
  const known = await place.ask(first.port);
  if (known.error !== null) throw new Error(known.error.message);
  await first.close();
  const second = await startRouter({
    recording: outputsAsServed({}),
    hostKeys: [freshKey()],
    port: first.port,
  });
  place.closeLater(() => second.close());
  const { hostKeys } = place.target(first.port);
  const seen = await place.ask(first.port, { target: { hostKeys: { ...hostKeys, policy } } });
  return { ...seen, attempts: second.authAttempts.length };
}

function freshKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'sec1', format: 'pem' }).toString();
}
