import { expect } from '@jest/globals';
import type { FaultRow } from './fault-row.ts';
import { type MockPlace, SERVED } from './mock-place.ts';
import type { StandInPlace } from './stand-in-place.ts';

const LATER = { 'show crypto isakmp sa': SERVED['show crypto isakmp sa'] ?? '' };
const PAGED = ['paging could not be switched off'];

/** A command in the middle that the router answers with a text of its own. */
const answeredWith = (text: string) => ({
  served: { 'show version': SERVED['show version'] ?? '', 'show clock': text, ...LATER },
});

/** Commands that a router does not run as they were meant. */
export const COMMAND_ROWS: readonly FaultRow[] = [
  {
    number: 37,
    what: 'terminal length 0 is refused',
    class: 'X',
    retry: null,
    here: [
      ...(
        [
          ['no terminal commands', { terminalCmds: false }],
          ['AAA takes them away', { authzDeny: [/^terminal/] }],
        ] as const
      ).map(([what, behaviour]) => ({
        how: `mock, ${what}`,
        says: PAGED,
        provoke: (place: MockPlace) => place.mock({ ...behaviour, length: 40 }),
      })),
      {
        how: 'mock, SD-WAN: by screen-length',
        saysNot: PAGED,
        provoke: (place) => place.mock({ sdwan: true, length: 40 }),
      },
    ],
    standIn: [
      ...(
        [
          ['terminal_cmds false', { terminal_cmds: false }],
          ['authz_deny', { authz_deny: ['^terminal'] }],
        ] as const
      ).map(([how, profile]) => ({
        how,
        says: PAGED,
        provoke: (place: StandInPlace) => place.profile({ ...profile, length: 100 }),
      })),
      {
        how: 'sdwan: by screen-length',
        saysNot: PAGED,
        provoke: (place) => place.profile({ sdwan: true, length: 100 }),
      },
    ],
  },
  {
    number: 39,
    what: 'enable is needed and does not let us in',
    class: 'X',
    retry: null,
    here: [
      {
        how: 'mock, wrong secret: three questions, one answer',
        says: ['enable was refused: % Bad secrets', 'privilege 1'],
        provoke: (place) => place.mock({ defaultPrivilege: 1 }, { target: { enableSecret: 'wrong' } }),
      },
      {
        how: 'mock, none set',
        says: ['enable was refused: % No password set'],
        provoke: (place) =>
          place.mock({ defaultPrivilege: 1, enableSecret: null }, { target: { enableSecret: 'lab' } }),
      },
      {
        how: 'mock, another question and AAA that says no',
        says: ['enable was refused: % Error in authentication.'],
        provoke: (place) =>
          place.mock(
            {
              defaultPrivilege: 1,
              enablePrompt: 'TACACS Password: ',
              enableRefusal: '% Error in authentication.\n\n',
            },
            { target: { enableSecret: 'wrong' } },
          ),
      },
      {
        how: 'mock, another question and the right secret',
        saysNot: ['enable', 'privilege'],
        provoke: (place) =>
          place.mock(
            { defaultPrivilege: 1, enablePrompt: 'Enable password: ' },
            { target: { enableSecret: 'lab' } },
          ),
      },
      {
        how: 'mock, privilege 0: what is missing is refused, and named',
        ends: [
          { refused: 'invalid-input', reason: /Invalid input/ },
          { refused: 'invalid-input', reason: /Invalid input/ },
          { refused: 'invalid-input', reason: /Invalid input/ },
        ],
        says: ['enable was refused'],
        provoke: (place) => place.mock({ defaultPrivilege: 0 }, { target: { enableSecret: 'wrong' } }),
      },
    ],
    standIn: [
      {
        how: 'user oper, wrong secret',
        says: ['enable was refused: % Bad secrets', 'privilege 1'],
        provoke: (place) =>
          place.profile(
            { privilege: { oper: 1 }, enable_secret: 'en4ble' },
            { target: { user: 'oper', password: 'oper', enableSecret: 'wrong' } },
          ),
      },
      {
        how: 'user oper, right secret',
        saysNot: ['enable', 'privilege'],
        provoke: (place) =>
          place.profile(
            { privilege: { oper: 1 }, enable_secret: 'en4ble' },
            { target: { user: 'oper', password: 'oper', enableSecret: 'en4ble' } },
          ),
      },
    ],
  },
  {
    number: 40,
    what: 'privilege 1 after an AAA fall-back',
    class: 'X',
    retry: null,
    here: [
      {
        how: 'mock, default privilege 1, no enable secret given',
        says: ['privilege 1', 'no enable secret was given'],
        provoke: (place) => place.mock({ defaultPrivilege: 1 }),
      },
    ],
    standIn: [
      {
        how: 'default_privilege 1',
        says: ['privilege 1'],
        provoke: (place) => place.profile({ default_privilege: 1 }),
      },
    ],
  },
  {
    number: 41,
    what: 'a command that this release does not have',
    class: 'X',
    retry: null,
    here: [
      {
        how: 'mock',
        ends: [
          'whole',
          { refused: 'invalid-input', reason: "% Invalid input detected at '^' marker." },
          'whole',
        ],
        provoke: (place) =>
          place.mock({}, { commands: ['show version', 'show dmvpn', 'show crypto isakmp sa'] }),
      },
    ],
    standIn: [
      {
        how: 'a file that is missing',
        ends: ['whole', { refused: 'invalid-input', reason: '% Invalid input' }, 'whole'],
        provoke: (place) =>
          place.profile({}, { commands: ['show version', 'show dmvpn', 'show crypto isakmp sa'] }),
      },
    ],
  },
  {
    number: 42,
    what: 'an incomplete or ambiguous command',
    class: 'X',
    retry: null,
    here: [
      {
        how: 'mock that has only a longer command',
        ends: ['whole', { refused: 'incomplete', reason: '% Incomplete command.' }, 'whole'],
        provoke: (place) =>
          place.mock(
            {},
            {
              served: {
                'show version': SERVED['show version'] ?? '',
                'show crypto ipsec sa detail': '',
                ...LATER,
              },
              commands: ['show version', 'show crypto ipsec sa', 'show crypto isakmp sa'],
            },
          ),
      },
      {
        how: 'mock that calls it ambiguous',
        ends: ['whole', { refused: 'ambiguous', reason: '% Ambiguous command:  "show clock"' }, 'whole'],
        provoke: (place) => place.mock({}, answeredWith('% Ambiguous command:  "show clock"\n')),
      },
    ],
    standIn: [
      {
        how: 'a file that calls it incomplete',
        ends: ['whole', { refused: 'incomplete', reason: '% Incomplete command.' }, 'whole'],
        provoke: (place) => place.profile({}, answeredWith('% Incomplete command.\n\n')),
      },
    ],
  },
  {
    number: 43,
    what: 'AAA refuses a command',
    class: 'X',
    retry: null,
    here: [
      {
        how: 'mock',
        ends: ['whole', 'whole', { refused: 'not-authorized', reason: 'Command authorization failed.' }],
        saysNot: ['no tunnel'],
        provoke: (place) => place.mock({ authzDeny: [/^show crypto/] }),
      },
    ],
    standIn: [
      {
        how: 'authz_deny',
        ends: ['whole', 'whole', { refused: 'not-authorized', reason: 'Command authorization failed.' }],
        provoke: (place) => place.profile({ authz_deny: ['^show crypto'] }),
      },
    ],
  },
  {
    number: 44,
    what: 'an empty output',
    class: 'D',
    retry: null,
    here: [
      {
        how: 'mock: answered in full, with nothing',
        provoke: (place) => place.mock({}, answeredWith('')),
        also: ({ outputs }) => expect(outputs[1]).toMatchObject({ kind: 'answered', text: '' }),
      },
    ],
    standIn: [
      {
        how: 'an empty file',
        provoke: (place) => place.profile({}, answeredWith('')),
        also: ({ outputs }) => expect(outputs[1]).toMatchObject({ kind: 'answered', text: '' }),
      },
    ],
  },
  {
    number: 45,
    what: 'a word is looked up as a host name',
    class: 'X',
    retry: null,
    here: [
      {
        how: 'mock, with the pause of the look-up',
        ends: [
          'whole',
          { refused: 'unknown-command', reason: '% Unknown command or computer name' },
          'whole',
        ],
        provoke: (place) =>
          place.mock(
            { stallCmd: /clock/, stallAfter: 51, stallFor: 1 },
            answeredWith(
              'Translating "clock"...domain server (255.255.255.255)\n% Unknown command or computer name, or unable to find computer address\n',
            ),
          ),
      },
    ],
    standIn: [
      {
        how: 'its words in a file: no command that is sent is a single word',
        ends: [
          'whole',
          { refused: 'unknown-command', reason: '% Unknown command or computer name' },
          'whole',
        ],
        provoke: (place) =>
          place.profile(
            { domain_lookup: true, latency: 0.3 },
            answeredWith(
              'Translating "clock"...domain server (255.255.255.255)\n% Unknown command or computer name, or unable to find computer address\n',
            ),
          ),
      },
    ],
  },
];
