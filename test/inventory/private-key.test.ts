import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import ssh2 from 'ssh2';
import { isEncrypted } from '../../src/inventory/private-key.ts';

const locked = { cipher: 'aes256-ctr', passphrase: 'open sesame', rounds: 4 } as const;

test.each([
  ['OpenSSH', ssh2.utils.generateKeyPairSync('ed25519').private, false],
  ['OpenSSH, locked', ssh2.utils.generateKeyPairSync('ed25519', locked).private, true],
  [
    'OpenSSH, locked, Windows line ends',
    ssh2.utils.generateKeyPairSync('ed25519', locked).private.replaceAll('\n', '\r\n'),
    true,
  ],
  ['PKCS #8', pem('pkcs8'), false],
  ['PKCS #8, locked', pem('pkcs8', 'x'), true],
  ['PKCS #1', pem('pkcs1'), false],
  ['PKCS #1, locked', pem('pkcs1', 'x'), true],
  ['PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n', false],
  ['PuTTY, locked', 'PuTTY-User-Key-File-3: ssh-ed25519\r\nEncryption: aes256-cbc\r\n', true],
  ['a public key', ssh2.utils.generateKeyPairSync('ed25519').public, false],
  ['nothing', '', false],
  ['cut', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl', false],
])('%s', (_name, text, expected) => {
  expect(isEncrypted(text)).toBe(expected);
});

test('any text has an answer', () => {
  const body = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('base64'));
  const key = body.map(
    (text) => `-----BEGIN OPENSSH PRIVATE KEY-----\n${text}\n-----END OPENSSH PRIVATE KEY-----\n`,
  );
  fc.assert(
    fc.property(fc.oneof(key, fc.string()), (text) => typeof isEncrypted(text) === 'boolean'),
    { seed: 3 },
  );
});

function pem(type: 'pkcs1' | 'pkcs8', passphrase?: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const lock = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  return privateKey.export({ type, format: 'pem', ...lock }).toString();
}
