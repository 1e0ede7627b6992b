import type { AuthPrompt } from '../../../mocks/ios-router/behaviour.ts';
import type { FaultRow } from './fault-row.ts';
import type { MockPlace } from './mock-place.ts';
import { sweepMock } from './sweep-place.ts';

const hidden = (text: string): AuthPrompt => ({ text, echo: false });
const WRONG = { password: 'wrong' } as const;
const LOCKED = 'so that the account is not locked';

/** Who we are, and whether the router believes it. */
export const AUTHENTICATION_ROWS: readonly FaultRow[] = [
  {
    number: 20,
    what: 'a wrong password',
    class: 'A',
    retry: 'never',
    here: [
      {
        how: 'mock',
        error: 'authentication-rejected',
        phase: 'authentication',
        says: [
          'refused user lab',
          /tried: (?:password|keyboard-interactive)\)/,
          'The router offers: ',
          LOCKED,
        ],
        saysNot: ['wrong'],
        connections: 1,
        attempts: 1,
        provoke: (place) => place.mock({}, { target: WRONG }),
      },
      {
        how: 'a sweep that would try other failures again',
        says: [/refused user lab/, '[authentication-rejected]'],
        connections: 1,
        attempts: 1,
        provoke: (place) => sweepMock(place, {}, { ...WRONG, flags: ['--retry-after', '1'] }),
      },
    ],
    standIn: [
      {
        how: 'cisco with another password',
        error: 'authentication-rejected',
        says: ['refused user cisco', LOCKED],
        saysNot: ['wrong'],
        attempts: 1,
        provoke: (place) => place.profile({}, { target: WRONG }),
      },
    ],
  },
  {
    number: 21,
    what: 'keyboard-interactive only',
    class: 'A',
    retry: 'never',
    here: [
      { how: 'mock', attempts: 1, provoke: (place) => place.mock({ auth: 'kbdint' }) },
      {
        how: 'mock, wrong password',
        error: 'authentication-rejected',
        says: ['tried: ', 'keyboard-interactive', LOCKED],
        attempts: 1,
        provoke: (place) => place.mock({ auth: 'kbdint' }, { target: WRONG }),
      },
      {
        how: 'mock that takes keys only: what it offers is named',
        error: 'authentication-rejected',
        says: ['The router offers: publickey'],
        provoke: (place) => place.mock({ auth: 'none' }),
      },
    ],
    standIn: [
      {
        how: 'AUTH=kbdint',
        provoke: (place) => place.server('kbdint', { algorithms: 'modern', env: { AUTH: 'kbdint' } }),
      },
      {
        how: 'AUTH=kbdint, wrong password',
        error: 'authentication-rejected',
        says: ['tried: ', 'keyboard-interactive'],
        attempts: 1,
        provoke: (place) =>
          place.server('kbdint', { algorithms: 'modern', env: { AUTH: 'kbdint' } }, { target: WRONG }),
      },
    ],
  },
  {
    number: 22,
    what: 'unusual questions: another text, two, none, a token',
    class: 'A',
    retry: 'never',
    here: [
      ...(
        [
          ['another text', [[hidden('TACACS Kennwort? ')]]],
          ['no text at all', [[hidden('')]]],
          ['user name and password', [[{ text: 'Username: ', echo: true }, hidden('Password: ')]]],
          ['a round without questions behind it', [[hidden('Password: ')], []]],
          ['a round without questions before it', [[], [hidden('Password: ')]]],
        ] as const
      ).map(([what, authPrompts]) => ({
        how: `mock, ${what}`,
        attempts: 1,
        provoke: (place: MockPlace) => place.mock({ auth: 'kbdint', authPrompts }),
      })),
      {
        how: 'mock, a token in a second round',
        error: 'second-factor-asked',
        phase: 'authentication',
        says: ['Enter token', 'second factor'],
        provoke: (place) =>
          place.mock({ auth: 'kbdint', authPrompts: [[hidden('Password: ')], [hidden('Enter token: ')]] }),
      },
      {
        how: 'mock, a token beside the password',
        error: 'second-factor-asked',
        says: ['One-time code', 'second factor'],
        provoke: (place) =>
          place.mock({ auth: 'kbdint', authPrompts: [[hidden('Password: '), hidden('One-time code: ')]] }),
      },
    ],
  },
  {
    number: 23,
    what: 'one try only',
    class: 'A',
    retry: 'never',
    here: [
      {
        how: 'mock that hangs up on the first failure',
        error: 'authentication-rejected',
        says: ['refused user lab', LOCKED],
        attempts: 1,
        provoke: (place) => place.mock({ authTries: 1 }, { target: WRONG }),
      },
      { how: 'mock, right password', attempts: 1, provoke: (place) => place.mock({ authTries: 1 }) },
    ],
    standIn: [
      {
        how: 'TRIES=1',
        error: 'authentication-rejected',
        says: ['refused user cisco'],
        attempts: 1,
        provoke: (place) =>
          place.server('tries', { algorithms: 'modern', env: { TRIES: '1' } }, { target: WRONG }),
      },
      {
        how: 'TRIES=1, right password: no try was wasted on "none"',
        provoke: (place) => place.server('tries', { algorithms: 'modern', env: { TRIES: '1' } }),
      },
    ],
  },
  {
    number: 24,
    what: 'a slow AAA server',
    class: 'A',
    retry: 'later',
    here: [
      {
        how: 'mock, slower than every other clock: no fault',
        provoke: (place) =>
          place.mock(
            { authDelay: 1.5 },
            { limits: { nameMs: 1_000, connectMs: 1_000, identificationMs: 1_000, keyExchangeMs: 1_000 } },
          ),
      },
      {
        how: 'mock, slower than the login may take',
        error: 'authentication-timeout',
        phase: 'authentication',
        says: ['no answer to the login in 0.4 s', 'AAA server'],
        provoke: (place) => place.mock({ authDelay: 1.2 }, { limits: { authenticationMs: 400 } }),
      },
    ],
    standIn: [
      {
        how: 'AUTHDELAY=2, with the patience for it',
        provoke: (place) =>
          place.server(
            'slow',
            { algorithms: 'modern', env: { AUTHDELAY: '2' } },
            { limits: { connectMs: 1_500, identificationMs: 1_500 } },
          ),
      },
      {
        how: 'AUTHDELAY=2, without',
        error: 'authentication-timeout',
        says: ['no answer to the login in 0.7 s', 'AAA server'],
        provoke: (place) =>
          place.server(
            'slow',
            { algorithms: 'modern', env: { AUTHDELAY: '2' } },
            { limits: { authenticationMs: 700 } },
          ),
      },
    ],
  },
  {
    number: 25,
    what: 'the password has expired, a new one is asked for',
    class: 'A',
    retry: 'never',
    here: [
      {
        how: 'mock, change request',
        error: 'password-change-asked',
        phase: 'authentication',
        says: ['asks for a new password', 'Password of lab has expired'],
        provoke: (place) =>
          place.mock({ auth: 'password', changeRequest: 'Password of lab has expired\x1b[2J' }),
      },
      {
        how: 'mock, by question',
        error: 'password-change-asked',
        says: ['asks for a new password', 'New password'],
        provoke: (place) =>
          place.mock({
            auth: 'kbdint',
            authPrompts: [
              [hidden('Password: ')],
              [hidden('New password: '), hidden('Retype new password: ')],
            ],
          }),
      },
    ],
  },
  {
    number: 26,
    what: 'logged in without a right to an EXEC session',
    class: 'A',
    retry: 'never',
    here: [
      {
        how: 'mock',
        error: 'exec-not-authorized',
        says: ['% Authorization failed', 'no right to an EXEC session'],
        connections: 1,
        provoke: (place) => place.mock({ authzExecFail: true }),
      },
    ],
    standIn: [
      {
        how: 'authz_exec_fail',
        error: 'exec-not-authorized',
        says: ['% Authorization failed'],
        provoke: (place) => place.profile({ authz_exec_fail: true }),
      },
    ],
  },
  {
    number: 28,
    what: 'a login banner of 4 KB with prompts in it',
    class: null,
    retry: null,
    here: [
      {
        how: 'mock',
        attempts: 1,
        provoke: (place) => place.mock({ bannerLogin: longBanner() }),
      },
    ],
    standIn: [
      {
        how: 'LOGINBANNER',
        provoke: (place) =>
          place.server('banner', {
            algorithms: 'modern',
            env: { LOGINBANNER: place.file('banner.txt', longBanner()) },
          }),
      },
    ],
  },
];

function longBanner(): string {
  const lines = ['###############', '# R1#  R1> Password: login: #', '% Authorization failed.', ' --More-- '];
  return `${Array.from({ length: 160 }, (_, i) => lines[i % lines.length]).join('\n')}\nR1#`;
}
