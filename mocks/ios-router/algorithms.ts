import type { Algorithms } from 'ssh2';
import { assertNever } from '../../src/core/never.ts';
import type { Behaviour } from './behaviour.ts';

/**
 * What releases offer, as far as ssh2's Server can (it has no group exchange). Lists keep the order of the release;
 * `any` offers old and new together.
 */
export function algorithmsOf(profile: Behaviour['algorithms']): Algorithms {
  switch (profile) {
    case 'modern':
      return {
        kex: [...CURVES, 'diffie-hellman-group14-sha256', 'diffie-hellman-group16-sha512'],
        serverHostKey: ['ecdsa-sha2-nistp256', 'rsa-sha2-512', 'rsa-sha2-256'],
        cipher: [...AEAD, ...CTR],
        hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com'],
      };
    case 'xe17':
      return {
        kex: [...CURVES.slice(1), 'diffie-hellman-group14-sha1'],
        serverHostKey: ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
        cipher: [...AEAD, ...CTR],
        hmac: [
          'hmac-sha2-256-etm@openssh.com',
          'hmac-sha2-512-etm@openssh.com',
          'hmac-sha2-256',
          'hmac-sha2-512',
        ],
      };
    case 'xe16':
      return {
        kex: ['diffie-hellman-group14-sha1'],
        serverHostKey: ['ssh-rsa'],
        cipher: [...CTR, ...CBC],
        hmac: ['hmac-sha2-256', 'hmac-sha2-512', 'hmac-sha1', 'hmac-sha1-96'],
      };
    case 'ios15':
      return {
        kex: ['diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'],
        serverHostKey: ['ssh-rsa'],
        cipher: CBC,
        hmac: ['hmac-sha1', 'hmac-sha1-96', 'hmac-md5', 'hmac-md5-96'],
      };
    case 'legacy':
      return {
        kex: ['diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'],
        serverHostKey: ['ssh-rsa'],
        cipher: ['aes128-cbc', '3des-cbc'],
        hmac: ['hmac-sha1'],
      };
    case 'ios12':
      return {
        kex: ['diffie-hellman-group1-sha1'],
        serverHostKey: ['ssh-rsa'],
        cipher: ['3des-cbc', 'aes128-cbc'],
        hmac: ['hmac-sha1', 'hmac-md5'],
      };
    case 'any':
      return {
        kex: [
          ...CURVES,
          'diffie-hellman-group14-sha256',
          'diffie-hellman-group14-sha1',
          'diffie-hellman-group1-sha1',
        ],
        serverHostKey: ['ecdsa-sha2-nistp256', 'rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'],
        cipher: [...AEAD, ...CTR, ...CBC],
        hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512', 'hmac-sha1'],
      };
    default:
      return assertNever(profile);
  }
}

type List<K extends keyof Algorithms> = Extract<Algorithms[K], unknown[]>;

const CURVES: List<'kex'> = [
  'curve25519-sha256',
  'curve25519-sha256@libssh.org',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
];
const AEAD: List<'cipher'> = [
  'chacha20-poly1305@openssh.com',
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
];
const CTR: List<'cipher'> = ['aes128-ctr', 'aes192-ctr', 'aes256-ctr'];
const CBC: List<'cipher'> = ['aes128-cbc', '3des-cbc', 'aes192-cbc', 'aes256-cbc'];
