import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ConnectError, connectError } from './connect-error.ts';
import type { HostKey } from './host-key.ts';
import {
  type KnownHostsEntry,
  knownHostsLine,
  knownKeyTypes,
  parseKnownHosts,
  standingOf,
} from './known-hosts.ts';

export interface HostKeyRules {
  /** `strict`: an unknown key is refused. `accept-new`: it is recorded and trusted from then on. A changed key is always refused. */
  readonly policy: 'strict' | 'accept-new';
  /** `SHA256:…` from the inventory: then this key alone is accepted, whatever the files say (a revoked one stays refused). */
  readonly fingerprint?: string;
  /** Files know the host by this name instead of its address and port (HostKeyAlias of an ssh_config). */
  readonly hostKeyAlias?: string;
  /** Our own file; created when absent. */
  readonly knownHostsFile: string;
  /** Further files that are only read, e.g. `~/.ssh/known_hosts`; absent ones are passed over. */
  readonly readOnlyFiles: readonly string[];
}

interface Host {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

type HostKeyDecision =
  | { readonly accept: true; readonly isNew: boolean }
  | { readonly accept: false; readonly error: ConnectError };

/** Judges the key a router shows, before any credential is sent to it. */
export interface HostKeyCheck {
  readonly knownTypes: readonly string[];
  decide(key: HostKey): HostKeyDecision;
  /** Records an accepted new key; returns the remark for the report. */
  record(key: HostKey): string;
}

/** Reads the known_hosts files once, for one connection. An unreadable file (not an absent one) is an error: it may hold the key. */
export function openHostKeyCheck(target: Host, rules: HostKeyRules): HostKeyCheck | ConnectError {
  const entries: KnownHostsEntry[] = [];
  for (const file of [rules.knownHostsFile, ...rules.readOnlyFiles]) {
    const text = readIfPresent(file);
    if (text === null)
      return connectError(
        'host-key-not-checkable',
        'host-key',
        `${where(target)}: cannot read the known hosts in ${file}; not connected.`,
      );
    entries.push(...parseKnownHosts(text));
  }
  return {
    knownTypes: knownKeyTypes(entries, target.host, target.port),
    decide: (key) => decide(target, rules, entries, key),
    record: (key) => record(target, rules, key),
  };
}

function decide(
  target: Host,
  rules: HostKeyRules,
  entries: readonly KnownHostsEntry[],
  key: HostKey,
): HostKeyDecision {
  const standing = standingOf(entries, target.host, target.port, key);
  if (rules.fingerprint !== undefined && standing.kind !== 'revoked')
    return pinned(target, rules.fingerprint, key);
  switch (standing.kind) {
    case 'known':
      return { accept: true, isNew: false };
    case 'unknown':
      return rules.policy === 'accept-new'
        ? { accept: true, isNew: true }
        : refuse('host-key-unknown', unknownText(target, rules, key));
    case 'changed':
      return refuse('host-key-changed', changedText(target, rules, key, standing.known));
    case 'revoked':
      return refuse(
        'host-key-revoked',
        `${where(target)}: its host key ${shown(key)} is marked @revoked in the known hosts; not connected, nothing was sent.`,
      );
    case 'certificate-authority-only':
      return refuse(
        'host-key-not-checkable',
        `${where(target)}: the known hosts have only a @cert-authority line for it, and host certificates are not supported. ` +
          `Add its plain host key (${shown(key)}) to ${rules.knownHostsFile}; not connected.`,
      );
  }
}

function pinned(target: Host, fingerprint: string, key: HostKey): HostKeyDecision {
  if (key.fingerprint === fingerprint) return { accept: true, isNew: false };
  return refuse(
    'host-key-changed',
    `${where(target)}: the inventory pins its host key to ${fingerprint}, but it shows ${shown(key)}. Not connected, no credential was sent.`,
  );
}

function unknownText(target: Host, rules: HostKeyRules, key: HostKey): string {
  return (
    `${where(target)}: its host key is not known: ${shown(key)}. Not connected, nothing was sent. ` +
    `Compare the fingerprint with the router's, then connect once with --host-keys accept-new, or add this line to ${rules.knownHostsFile}: ` +
    knownHostsLine(target.host, target.port, key).trimEnd()
  );
}

function changedText(target: Host, rules: HostKeyRules, key: HostKey, known: readonly string[]): string {
  const files = [rules.knownHostsFile, ...rules.readOnlyFiles].join(', ');
  return (
    `${where(target)}: ITS HOST KEY HAS CHANGED. Known: ${known.join(', ')}. Shown now: ${shown(key)}. ` +
    'Not connected, no credential was sent. Either the router got new keys (new hardware, crypto key generate) or something else answers in its place. ' +
    `When the change is explained, remove its old line from ${files} and connect again.`
  );
}

function refuse(
  name: 'host-key-unknown' | 'host-key-changed' | 'host-key-revoked' | 'host-key-not-checkable',
  message: string,
): HostKeyDecision {
  return { accept: false, error: connectError(name, 'host-key', message) };
}

function record(target: Host, rules: HostKeyRules, key: HostKey): string {
  const first = `first contact: host key ${shown(key)} accepted`;
  try {
    mkdirSync(dirname(rules.knownHostsFile), { recursive: true, mode: 0o700 });
    appendFileSync(
      rules.knownHostsFile,
      separated(rules.knownHostsFile, knownHostsLine(target.host, target.port, key)),
      { mode: 0o600 },
    );
    return `${first} and recorded in ${rules.knownHostsFile}`;
  } catch (error) {
    return `${first}, but it could not be recorded in ${rules.knownHostsFile} (${reason(error)}): the next contact cannot be checked against it`;
  }
}

/** A hand-edited file may lack its last line end; then our line must not be glued to it. */
function separated(file: string, line: string): string {
  const text = readIfPresent(file) ?? '';
  return text === '' || text.endsWith('\n') ? line : `\n${line}`;
}

function readIfPresent(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? '' : null;
  }
}

const shown = (key: HostKey): string =>
  `${key.fingerprint} (${key.type}${key.bits === null ? '' : `, ${key.bits} bits`})`;
const where = (target: Host): string => `${target.name} (${target.host}:${target.port})`;
const reason = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
