import { describe, expect, test } from '@jest/globals';
import { Authentication } from '../../src/transport/authentication.ts';
import type { ConnectError } from '../../src/transport/connect-error.ts';
import type { RouterTarget } from '../../src/transport/router-target.ts';

const TARGET: RouterTarget = {
  name: 'R1',
  host: '192.0.2.1',
  port: 22,
  user: 'admin',
  password: 's3cret',
  legacyAlgorithms: false,
  hostKeys: { policy: 'strict', knownHostsFile: '', readOnlyFiles: [] },
};

function begin(changes: Partial<RouterTarget> = {}) {
  const errors: ConnectError[] = [];
  const replies: string[][] = [];
  const authentication = new Authentication({ ...TARGET, ...changes }, (error) => errors.push(error));
  const next = (left: string[] | null, partial: boolean | null = false) => {
    const method = authentication.next(left, partial);
    return method === false ? false : method.type;
  };
  const ask = (...prompts: [prompt: string, echo: boolean][]) =>
    authentication.answer(
      prompts.map(([prompt, echo]) => ({ prompt, echo })),
      (answers) => replies.push(answers),
    );
  return { authentication, next, ask, errors, replies };
}

describe('methods', () => {
  test('the password once, and never by a second method after it was refused', () => {
    const { next, errors } = begin();
    expect(next(null)).toBe('password');
    expect(next(['publickey', 'keyboard-interactive', 'password'])).toBe(false);
    expect(errors).toMatchObject([{ name: 'authentication-rejected', retry: 'never' }]);
    expect(errors[0]?.message).not.toContain('s3cret');
  });

  test('keyboard-interactive when password is not offered', () => {
    const { next, errors } = begin();
    expect(next(null)).toBe('password');
    expect(next(['keyboard-interactive'])).toBe('keyboard-interactive');
    expect(next(['keyboard-interactive'])).toBe(false);
    expect(errors).toMatchObject([{ name: 'authentication-rejected' }]);
  });

  test('the key first, then the password', () => {
    const { next } = begin({ privateKeys: [{ name: 'id', text: 'key text', passphrase: null }] });
    expect(next(null)).toBe('publickey');
    expect(next(['publickey', 'password'])).toBe('password');
    expect(next(['publickey', 'password'])).toBe(false);
  });

  test('a key that is one of two factors is followed by the password; a password that is, is named', () => {
    const key = begin({ privateKeys: [{ name: 'id', text: 'key text', passphrase: null }] });
    key.next(null);
    expect(key.next(['password'], true)).toBe('password');
    const factor = begin();
    factor.next(null);
    expect(factor.next(['keyboard-interactive'], true)).toBe(false);
    expect(factor.errors).toMatchObject([{ name: 'second-factor-asked' }]);
  });

  test('nothing to send', () => {
    const { next, errors } = begin({ password: null });
    expect(next(null)).toBe(false);
    expect(errors).toMatchObject([{ name: 'no-credential' }]);
  });

  test('only methods we cannot do', () => {
    const { next, errors } = begin({ privateKeys: [{ name: 'id', text: 'key text', passphrase: null }] });
    next(null);
    expect(next(['hostbased', 'gssapi-with-mic'])).toBe(false);
    expect(errors[0]?.message).toContain('hostbased, gssapi-with-mic');
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
