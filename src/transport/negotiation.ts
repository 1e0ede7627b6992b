import type { NegotiatedAlgorithms } from 'ssh2';
import { printable } from '../core/printable.ts';
import { type AlgorithmLists, isLegacy } from '../core/ssh-algorithms.ts';
import { algorithmLists } from './algorithms.ts';
import { type ConnectError, connectError } from './connect-error.ts';
import { nounOf, type SshEndpoint, where } from './router-target.ts';

interface OfferedLists {
  local: readonly string[];
  remote: readonly string[];
}

/** The names both sides settled on, for key exchange, host key, ciphers and MACs of both directions, each once. */
export function algorithmsInUse({ kex, serverHostKey, cs, sc }: NegotiatedAlgorithms): string[] {
  const names = [kex, serverHostKey, cs.cipher, cs.mac, sc.cipher, sc.mac];
  return [...new Set(names)].filter((name) => name !== '');
}

/** ssh2 tells the two sides' algorithm lists in its debug lines only; this keeps them for the error message and the remarks. */
export class Negotiation {
  readonly #lists = new Map<string, OfferedLists>();

  /** Takes one debug line of ssh2. */
  read(line: string): void {
    // Handshake: (remote) KEX method: diffie-hellman-group1-sha1
    const found = /^Handshake: \((local|remote)\) ([A-Za-z][A-Za-z> -]{0,20}): ([^\s]{0,4000})$/.exec(line);
    const [, side, kind, names] = found ?? [];
    if (side === undefined || kind === undefined || names === undefined) return;
    const lists = this.#lists.get(kind) ?? { local: [], remote: [] };
    const list = names.split(',').filter((name) => name !== '' && !EXTENSION.test(name));
    this.#lists.set(kind, side === 'local' ? { ...lists, local: list } : { ...lists, remote: list });
  }

  /** The named error when ssh2 gave up for want of a common algorithm; null for any other message. */
  noCommon(target: SshEndpoint, message: string): ConnectError | null {
    // Handshake failed: no matching C->S cipher
    const kind = /^Handshake failed: no matching ([A-Za-z][A-Za-z> -]{0,40})$/.exec(message)?.[1];
    if (kind === undefined) return null;
    const lists = this.#lists.get(DEBUG_NAME[kind] ?? kind) ?? { local: [], remote: [] };
    const text =
      `${where(target)}: no common ${READER_NAME[kind] ?? kind}.\n` +
      `  the ${nounOf(target)} offers: ${shown(lists.remote)}\n` +
      `  allowed here:      ${shown(lists.local)}\n${advice(target, lists)}`;
    return connectError('no-common-algorithm', 'key-exchange', text);
  }
}

/** The named error when an explicit list of the settings holds no name that is supported: there is nothing to offer. */
export function nothingToOffer(endpoint: SshEndpoint): ConnectError | null {
  const { algorithms = {}, legacyAlgorithms } = endpoint;
  const lists = algorithmLists(legacyAlgorithms, [], algorithms);
  const kind = KINDS.find((one) => lists[one].length === 0);
  if (kind === undefined) return null;
  return connectError(
    'no-common-algorithm',
    'key-exchange',
    `${where(endpoint)}: the settings allow only these ${KIND_NAMES[kind]}s: ${shown(algorithms[kind] ?? [])}; none of them is supported here. Nothing was sent.`,
  );
}

const KIND_NAMES: Readonly<Record<keyof AlgorithmLists, string>> = {
  kex: 'key exchange algorithm',
  serverHostKey: 'host key algorithm',
  cipher: 'cipher',
  hmac: 'MAC',
};
const KINDS = Object.keys(KIND_NAMES) as (keyof AlgorithmLists)[];

/** True for the debug line of ssh2 that says: both sides have spoken, and group exchange is what they have in common. */
export function choosesGroupExchange(line: string): boolean {
  // Handshake: KEX algorithm: diffie-hellman-group-exchange-sha1
  return line.startsWith('Handshake: KEX algorithm: diffie-hellman-group-exchange-');
}

function advice(target: SshEndpoint, { local, remote }: OfferedLists): string {
  const noun = nounOf(target);
  const old = remote.filter((name) => isLegacy(name) && !local.includes(name));
  if (old.length === 0)
    return target.legacyAlgorithms === true
      ? `The legacy algorithms are allowed for this ${noun} already; it offers nothing that is supported.`
      : `The legacy algorithms would not help: the ${noun} offers nothing that is supported.`;
  if (target.isJumpHost)
    return `The jump host has old algorithms only. Renew its SSH server or its settings; until then allow ${shown(old)} for it alone (legacyAlgorithms of the jump host).`;
  if (target.legacyAlgorithms !== false)
    return `The algorithms allowed for this router leave out ${shown(old)}: add what it needs to its legacyAlgorithms, or to the lists of its ssh_config.`;
  return (
    'The router has old algorithms only. Renew its IOS or its SSH settings; until then allow them for this router alone.\n' +
    'In the inventory the router, or its group, gets the last of these lines:\n' +
    `${inventoryLines(target)}\n` +
    'or give --legacy-algorithms on the command line.'
  );
}

/** A whole inventory of this one router, so that the lines work as they stand. */
function inventoryLines({ name, host, port }: SshEndpoint): string {
  return [
    '  routers:',
    `    - name: ${name.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^(?![A-Za-z0-9])/, '0')}`,
    `      host: ${host.includes(':') ? JSON.stringify(host) : host}`,
    ...(port === 22 ? [] : [`      port: ${port}`]),
    '      legacyAlgorithms: true',
  ].join('\n');
}

const shown = (names: readonly string[]): string =>
  names.length === 0 ? '(nothing)' : names.map(printable).join(', ');

/** Names in a key exchange list that are signals, not methods. */
const EXTENSION = /^(?:ext-info-|kex-strict-)/;

const DEBUG_NAME: Readonly<Record<string, string>> = {
  'key exchange algorithm': 'KEX method',
  'host key format': 'Host key format',
};

const READER_NAME: Readonly<Record<string, string>> = {
  'key exchange algorithm': 'key exchange algorithm',
  'host key format': 'host key algorithm',
  'C->S cipher': 'cipher (to it)',
  'S->C cipher': 'cipher (from it)',
  'C->S MAC': 'MAC (to it)',
  'S->C MAC': 'MAC (from it)',
};
