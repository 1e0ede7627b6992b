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

/**
 * The lists for one server. `legacy`: all legacy names, these legacy names, or none. `knownKeyTypes` (from known_hosts) come
 * first, so that the key we can check is the key we ask for. `explicit` replaces a kind; names that ssh2 does not have are
 * left out of it. Group exchange is last whatever was asked: see LEGACY_ALGORITHMS.
 */
export function algorithmLists(
  legacy: boolean | readonly string[],
  knownKeyTypes: readonly string[] = [],
  explicit: Partial<AlgorithmLists> = {},
): AlgorithmLists {
  const allowed = (name: string): boolean => (typeof legacy === 'boolean' ? legacy : legacy.includes(name));
  const list = (kind: keyof AlgorithmLists): readonly string[] => {
    const ours = [...MODERN_ALGORITHMS[kind], ...LEGACY_ALGORITHMS[kind]];
    const wanted = explicit[kind]?.filter((name) => ours.includes(name));
    return wanted ?? ours.filter((name) => !isLegacy(name) || allowed(name));
  };
  const isKnown = (name: string): boolean => knownKeyTypes.includes(keyTypeOf(name));
  return {
    kex: lastOnes(list('kex'), isGroupExchange),
    serverHostKey: lastOnes(list('serverHostKey'), (name) => !isKnown(name)),
    cipher: list('cipher'),
    hmac: list('hmac'),
  };
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

function isGroupExchange(name: string): boolean {
  return name.startsWith('diffie-hellman-group-exchange-');
}

/** The names in their order, those that are `last` behind the others. */
function lastOnes(names: readonly string[], last: (name: string) => boolean): string[] {
  return [...names.filter((name) => !last(name)), ...names.filter(last)];
}
