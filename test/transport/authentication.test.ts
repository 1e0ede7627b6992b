import { describe, expect, test } from '@jest/globals';
import { Authentication } from '../../src/transport/authentication.ts';
import { type ConnectError, connectError } from '../../src/transport/connect-error.ts';
import type { LoginGate } from '../../src/transport/login-gate.ts';
import type { LoginKey } from '../../src/transport/login-keys.ts';
import type { SshEndpoint } from '../../src/transport/router-target.ts';

const TARGET: SshEndpoint = {
  name: 'R1',
  host: '192.0.2.1',
  port: 22,
  user: 'admin',
  password: 's3cret',
  legacyAlgorithms: false,
  hostKeys: { policy: 'strict', knownHostsFile: '', readOnlyFiles: [] },
};

const keyNamed = (name: string, type = 'ssh-ed25519'): LoginKey => ({
  name,
  type,
  fingerprint: `SHA256:${name}`,
  method: (username) => ({ type: 'publickey', username, key: name }),
});

/** A login without a connection: what it would send, what it was asked, how it ended. */
function begin(
  changes: Partial<SshEndpoint> = {},
  keys: readonly LoginKey[] = [],
  gate: LoginGate | null = null,
) {
  const errors: ConnectError[] = [];
  const replies: string[][] = [];
  const authentication = new Authentication({ ...TARGET, ...changes }, keys, gate, {
    fail: (error) => errors.push(error),
    waiting: () => {},
    trying: () => {},
    isOver: () => errors.length > 0,
  });
  const next = async (left: string[] | null, partial: boolean | null = false) => {
    const method = await authentication.next(left, partial);
    if (method === false) return false;
    if (method.type !== 'publickey') return method.type;
    authentication.readDebug('Outbound: Sending USERAUTH_REQUEST (publickey -- check)');
    return `publickey ${method.key}`;
  };
  const ask = (...prompts: [prompt: string, echo: boolean][]) =>
    authentication.answer(
      prompts.map(([prompt, echo]) => ({ prompt, echo })),
      (answers) => replies.push(answers),
    );
  return { authentication, next, ask, errors, replies };
}

/** Refuses what it is told to and notes what it hears. */
function gateThatRefuses(...refused: string[]) {
  const settled: string[] = [];
  const gate: LoginGate = {
    admit: async (kind, key) =>
      refused.includes(key ?? kind) ? `not tried: hub1 rejected the same ${kind}` : null,
    settle: (kind, outcome, key) => settled.push(`${key ?? kind} ${outcome}`),
  };
  return { gate, settled };
}

const ALL = ['publickey', 'keyboard-interactive', 'password'];

describe('methods', () => {
  test('keyboard-interactive first: it says the password only when it is asked for; then not by `password` again', async () => {
    const { next, ask, replies, errors } = begin();
    expect(await next(null)).toBe('keyboard-interactive');
    ask(['Password: ', false]);
    expect(replies).toEqual([['s3cret']]);
    // Also where the server takes a method back after a refusal, so that `password` looks like the way to go.
    expect(await next(['publickey', 'password'])).toBe(false);
    expect(errors).toMatchObject([{ name: 'authentication-rejected', retry: 'never' }]);
    expect(errors[0]?.message).not.toContain('s3cret');
  });

  test('`password` where the other is not offered, or ends without a question', async () => {
    for (const left of [['password'], ALL]) {
      const { next, errors } = begin();
      expect(await next(null)).toBe('keyboard-interactive');
      expect(await next(left)).toBe('password');
      expect(await next(left)).toBe(false);
      expect(errors).toMatchObject([{ name: 'authentication-rejected' }]);
    }
  });

  test('`password` first when the settings say so, and then nothing else with the same password', async () => {
    const { next, errors } = begin({ methods: ['password', 'keyboard-interactive'] });
    expect(await next(null)).toBe('password');
    expect(await next(['keyboard-interactive'])).toBe(false);
    expect(errors[0]?.message).toContain('offers: keyboard-interactive');
  });

  test('the keys in order, then the password', async () => {
    const { next } = begin({}, [keyNamed('a'), keyNamed('b')]);
    expect(await next(null)).toBe('publickey a');
    expect(await next(ALL)).toBe('publickey b');
    expect(await next(ALL)).toBe('keyboard-interactive');
  });

  test('only the methods of the settings, in their order', async () => {
    const { next, errors } = begin({ methods: ['publickey'] }, [keyNamed('a')]);
    expect(await next(null)).toBe('publickey a');
    expect(await next(ALL)).toBe(false);
    expect(errors).toMatchObject([{ name: 'authentication-rejected' }]);
    const other = begin({ methods: ['password', 'publickey'] }, [keyNamed('a')]);
    expect(await other.next(null)).toBe('password');
    expect(await other.next(ALL)).toBe('publickey a');
  });

  test('a key that is one of two factors is followed by the password; a password that is, by a key or by the name of it', async () => {
    const key = begin({}, [keyNamed('a')]);
    await key.next(null);
    expect(await key.next(['password'], true)).toBe('password');
    const both = begin({ methods: ['password', 'publickey'] }, [keyNamed('a')]);
    await both.next(null);
    expect(await both.next(['publickey'], true)).toBe('publickey a');
    const factor = begin({ methods: ['password'] });
    await factor.next(null);
    expect(await factor.next(['keyboard-interactive'], true)).toBe(false);
    expect(factor.errors).toMatchObject([{ name: 'second-factor-asked' }]);
  });

  test('nothing to send', async () => {
    const { next, errors } = begin({ password: null });
    expect(await next(null)).toBe(false);
    expect(errors).toMatchObject([{ name: 'no-credential' }]);
    const only = begin({ methods: ['publickey'] });
    expect(await only.next(null)).toBe(false);
    expect(only.errors[0]?.message).toContain('only publickey');
  });

  test('only methods we cannot do', async () => {
    const { next, errors } = begin({}, [keyNamed('a')]);
    await next(null);
    expect(await next(['hostbased', 'gssapi-with-mic'])).toBe(false);
    expect(errors[0]?.message).toContain('hostbased, gssapi-with-mic');
  });

  test('a rejected RSA key is explained where the router named no newer signature, and only there', async () => {
    for (const [type, announced, explained] of [
      ['ssh-rsa', false, true],
      ['ssh-rsa', true, false],
      ['ssh-ed25519', false, false],
    ] as const) {
      const { authentication, next, errors } = begin({ password: null }, [keyNamed('a', type)]);
      if (announced) authentication.readDebug('Inbound: Received EXT_INFO');
      await next(null);
      await next(['publickey']);
      expect(/SHA-1/.test(errors[0]?.message ?? '')).toBe(explained);
    }
  });
});

describe('the gate', () => {
  test('a key that was rejected elsewhere is skipped, the password follows', async () => {
    const { gate, settled } = gateThatRefuses('SHA256:a');
    const { authentication, next, ask, errors } = begin({}, [keyNamed('a'), keyNamed('b')], gate);
    expect(await next(null)).toBe('publickey b');
    expect(await next(ALL)).toBe('keyboard-interactive');
    ask(['Password: ', false]);
    authentication.finish(null);
    expect(errors).toEqual([]);
    expect(settled).toEqual(['SHA256:b rejected', 'password accepted']);
  });

  test('a password that was rejected elsewhere is not tried by any method', async () => {
    const { gate, settled } = gateThatRefuses('password');
    const { next, errors } = begin({}, [], gate);
    expect(await next(null)).toBe(false);
    expect(errors).toMatchObject([{ name: 'not-tried' }]);
    expect(errors[0]?.message).toContain('R1 (192.0.2.1:22): not tried: hub1 rejected the same password');
    expect(settled).toEqual([]);
  });

  test.each<[string, (login: ReturnType<typeof begin>) => Promise<void>, ConnectError['name'], string]>([
    ['asked for, not said', async () => {}, 'closed-during-authentication', 'password unknown'],
    [
      'said, no answer',
      async ({ ask }) => ask(['Password: ', false]),
      'authentication-timeout',
      'password unanswered',
    ],
    [
      'said, refused',
      async ({ ask }) => ask(['Password: ', false]),
      'authentication-rejected',
      'password rejected',
    ],
    [
      'not offered',
      async ({ next }) => void (await next(['publickey'])),
      'authentication-rejected',
      'password unknown',
    ],
  ])('a password that was %s', async (_what, act, name, outcome) => {
    const { gate, settled } = gateThatRefuses();
    const login = begin({}, [], gate);
    await login.next(null);
    await act(login);
    login.authentication.finish(connectError(name, 'authentication', 'x'));
    expect(settled).toEqual([outcome]);
  });
});

describe('questions of keyboard-interactive', () => {
  test.each(['Password: ', 'TACACS Password: ', 'Geheimnis? ', 'Enter PASSCODE: '])(
    'a hidden question is answered whatever its text: %s',
    (prompt) => {
      const { ask, replies, errors } = begin();
      ask([prompt, false]);
      expect(replies).toEqual([['s3cret']]);
      expect(errors).toEqual([]);
    },
  );

  test('a user name that is asked again gets the user name', () => {
    const { ask, replies } = begin();
    ask(['Username: ', true], ['Password: ', false]);
    expect(replies).toEqual([['admin', 's3cret']]);
  });

  test.each<[string, [string, boolean][][], string]>([
    [
      'a token beside the password',
      [
        [
          ['Password: ', false],
          ['Token code: ', false],
        ],
      ],
      'second-factor-asked',
    ],
    ['a visible question', [[['Challenge 1234: ', true]]], 'second-factor-asked'],
    [
      'a second round',
      [[['Password: ', false]], [['Enter the code from your phone: ', false]]],
      'second-factor-asked',
    ],
    [
      'the same question again',
      [[['Password: ', false]], [['Password: ', false]]],
      'authentication-rejected',
    ],
    [
      'a new password',
      [
        [['Password: ', false]],
        [
          ['New password: ', false],
          ['Retype new password: ', false],
        ],
      ],
      'password-change-asked',
    ],
    [
      'a new password at once',
      [[['Your password has expired. Enter new password:', false]]],
      'password-change-asked',
    ],
  ])('%s is named and gets no second answer', (_what, rounds, name) => {
    const { ask, replies, errors } = begin();
    for (const prompts of rounds) ask(...prompts);
    expect(errors.map((error) => error.name)).toEqual([name]);
    expect(replies).toHaveLength(rounds.length - 1);
  });
});
