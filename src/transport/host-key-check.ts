import { appendFileSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ConnectError, connectError } from './connect-error.ts';
import type { HostKey } from './host-key.ts';
import {
  fingerprintOf,
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
    const read = entriesOf(file);
    if ('why' in read)
      return connectError(
        'host-key-not-checkable',
        'host-key',
        `${where(target)}: cannot read the known hosts in ${file} (${read.why}); not connected.`,
      );
    entries.push(...read.entries);
  }
  const filed = filedAs(target, rules);
  return {
    knownTypes: knownKeyTypes(entries, filed.host, filed.port),
    decide: (key) => decide(target, rules, entries, key),
    record: (key) => record(target, rules, key),
  };
}

/** The name and port under which the files know it. */
function filedAs({ host, port }: Host, { hostKeyAlias }: HostKeyRules): { host: string; port: number } {
  return hostKeyAlias === undefined ? { host, port } : { host: hostKeyAlias, port: 22 };
}

function decide(
  target: Host,
  rules: HostKeyRules,
  entries: readonly KnownHostsEntry[],
  key: HostKey,
): HostKeyDecision {
  const filed = filedAs(target, rules);
  const standing = standingOf(entries, filed.host, filed.port, key);
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
        `${where(target)}: its host key ${shown(key)} is marked @revoked in ${place(standing.by)}; not connected, nothing was sent.`,
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
    `Compare the fingerprint with its own, then connect once with --host-keys accept-new, or add this line to ${rules.knownHostsFile}: ` +
    newLine(target, rules, key).trimEnd()
  );
}

function changedText(
  target: Host,
  rules: HostKeyRules,
  key: HostKey,
  known: readonly KnownHostsEntry[],
): string {
  const old = known.map((entry) => `${fingerprintOf(entry)} (${entry.type}, ${place(entry)})`);
  return (
    `${where(target)}: ITS HOST KEY HAS CHANGED. Known: ${old.join(', ')}. Shown now: ${shown(key)}. ` +
    'Not connected, no credential was sent. Either the router got new keys (new hardware, crypto key generate) or something else answers in its place. ' +
    `When the change is explained, remove ${known.map(place).join(' and ')}, connect once with --host-keys accept-new or add this line to ${rules.knownHostsFile}: ` +
    newLine(target, rules, key).trimEnd()
  );
}

function newLine(target: Host, rules: HostKeyRules, key: HostKey): string {
  const { host, port } = filedAs(target, rules);
  return knownHostsLine(host, port, key);
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
      separated(rules.knownHostsFile, newLine(target, rules, key)),
      // Appended in one write: a second process that does the same at this moment loses nothing.
      { mode: 0o600, flag: 'a' },
    );
    return `${first} and recorded in ${rules.knownHostsFile}`;
  } catch (error) {
    return `${first}, but it could not be recorded in ${rules.knownHostsFile} (${reason(error)}): the next contact cannot be checked against it`;
  }
}

/** A hand-edited file may lack its last line end; then our line must not be glued to it. */
function separated(file: string, line: string): string {
  const read = readIfPresent(file);
  return !('text' in read) || read.text === '' || read.text.endsWith('\n') ? line : `\n${line}`;
}

/** The entries of a file; read anew only when it has changed, because a sweep asks for each of its routers. */
function entriesOf(
  file: string,
): { readonly entries: readonly KnownHostsEntry[] } | { readonly why: string } {
  const version = versionOf(file);
  const known = readBefore.get(file);
  if (known !== undefined && known.version === version) return known;
  const read = readIfPresent(file);
  if ('why' in read) return read;
  const entries = parseKnownHosts(read.text, file);
  if (version !== null) readBefore.set(file, { version, entries });
  return { entries };
}

const readBefore = new Map<
  string,
  { readonly version: string; readonly entries: readonly KnownHostsEntry[] }
>();

/** Changes with the file; null when there is none, or it cannot be looked at. */
function versionOf(file: string): string | null {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return null;
  }
}

/** An absent file is an empty one. A pipe or a device is not opened: it could keep us waiting for ever. */
function readIfPresent(file: string): { readonly text: string } | { readonly why: string } {
  try {
    return statSync(file).isFile() ? { text: readFileSync(file, 'utf8') } : { why: 'it is no ordinary file' };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? { text: '' } : { why: reason(error) };
  }
}

const place = (entry: KnownHostsEntry): string => `line ${entry.line} of ${entry.file}`;
const shown = (key: HostKey): string =>
  `${key.fingerprint} (${key.type}${key.bits === null ? '' : `, ${key.bits} bits`})`;
const where = (target: Host): string => `${target.name} (${target.host}:${target.port})`;
const reason = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
