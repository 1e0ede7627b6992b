import type { Algorithms } from 'ssh2';
import {
  type AlgorithmLists,
  isLegacy,
  LEGACY_ALGORITHMS,
  MODERN_ALGORITHMS,
} from '../core/ssh-algorithms.ts';

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
