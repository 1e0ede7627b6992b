import type { Algorithms } from 'ssh2';

/** One ordered list per kind, strongest first: SSH takes the first name of the client's list that the router has too. */
export interface AlgorithmLists {
  readonly kex: readonly string[];
  readonly serverHostKey: readonly string[];
  readonly cipher: readonly string[];
  readonly hmac: readonly string[];
}

/** Offered to every router. AES-128 stands before AES-256: no weaker in practice, and cheaper where a group is negotiated by size. */
export const MODERN_ALGORITHMS: AlgorithmLists = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group14-sha256',
    'diffie-hellman-group16-sha512',
  ],
  serverHostKey: [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-512',
    'rsa-sha2-256',
  ],
  cipher: [
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'chacha20-poly1305@openssh.com',
    'aes128-gcm',
    'aes256-gcm',
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
  ],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
};

/**
 * Added behind the modern names for routers that have opted in, and offered to nobody else.
 * Group exchange is last: testing a prime the router chose blocks the whole process for up to seconds.
 */
export const LEGACY_ALGORITHMS: AlgorithmLists = {
  kex: [
    'diffie-hellman-group14-sha1',
    'diffie-hellman-group1-sha1',
    'diffie-hellman-group-exchange-sha256',
    'diffie-hellman-group-exchange-sha1',
  ],
  serverHostKey: ['ssh-rsa', 'ssh-dss'],
  cipher: ['aes128-cbc', 'aes192-cbc', 'aes256-cbc', '3des-cbc'],
  hmac: ['hmac-sha1', 'hmac-sha1-96', 'hmac-md5', 'hmac-md5-96'],
};

/** The lists for one router. `knownKeyTypes` (from known_hosts) come first, so that the key we can check is the key we ask for. */
export function algorithmLists(legacy: boolean, knownKeyTypes: readonly string[] = []): AlgorithmLists {
  const all = legacy ? joined(MODERN_ALGORITHMS, LEGACY_ALGORITHMS) : MODERN_ALGORITHMS;
  const known = all.serverHostKey.filter((name) => knownKeyTypes.includes(keyTypeOf(name)));
  const others = all.serverHostKey.filter((name) => !known.includes(name));
  return { ...all, serverHostKey: [...known, ...others] };
}

/** True when this name is offered only with the legacy opt-in. */
export function isLegacy(name: string): boolean {
  return Object.values(LEGACY_ALGORITHMS).some((list: readonly string[]) => list.includes(name));
}

/** The lists as ssh2 wants them; the names are ours, ssh2 knows all of them. */
export function asSsh2Algorithms(lists: AlgorithmLists): Algorithms {
  return {
    kex: [...lists.kex],
    serverHostKey: [...lists.serverHostKey],
    cipher: [...lists.cipher],
    hmac: [...lists.hmac],
    compress: ['none'],
  } as Algorithms;
}

/** The key type behind a signature algorithm: `rsa-sha2-512` is made with an `ssh-rsa` key. */
function keyTypeOf(algorithm: string): string {
  return algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm;
}

function joined(first: AlgorithmLists, second: AlgorithmLists): AlgorithmLists {
  return {
    kex: [...first.kex, ...second.kex],
    serverHostKey: [...first.serverHostKey, ...second.serverHostKey],
    cipher: [...first.cipher, ...second.cipher],
    hmac: [...first.hmac, ...second.hmac],
  };
}
