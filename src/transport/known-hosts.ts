import { createHmac } from 'node:crypto';
import { fingerprint, keyType } from './host-key.ts';

/** One usable line of a known_hosts file. */
export interface KnownHostsEntry {
  readonly marker: 'none' | 'revoked' | 'cert-authority';
  /** The first field as written: `r1,192.0.2.1`, `[r1]:2222`, `*.example.net,!bad.example.net` or `|1|salt|hash`. */
  readonly names: string;
  readonly type: string;
  readonly base64: string;
  /** Where it stands; lines count from 1. */
  readonly file: string;
  readonly line: number;
}

/** What the files say about a host's key. */
export type HostKeyStanding =
  | { readonly kind: 'known' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'changed'; readonly known: readonly KnownHostsEntry[] }
  | { readonly kind: 'revoked'; readonly by: KnownHostsEntry }
  | { readonly kind: 'certificate-authority-only' };

/** The name under which OpenSSH files a host: `host` for port 22, `[host]:port` for any other. */
function knownHostsName(host: string, port: number): string {
  const lower = host.toLowerCase();
  return port === 22 ? lower : `[${lower}]:${port}`;
}

/** A line to append for a host and its key. */
export function knownHostsLine(host: string, port: number, key: { type: string; base64: string }): string {
  return `${knownHostsName(host, port)} ${key.type} ${key.base64}\n`;
}

/**
 * The entries of a known_hosts text; comments, blank lines and lines that are no entry (an unknown marker, no key, the form
 * of SSH version 1) are passed over.
 */
export function parseKnownHosts(text: string, file = 'known_hosts'): KnownHostsEntry[] {
  return text.split('\n').flatMap((line, at) => {
    const words = line.trim().split(/[ \t]+/);
    const marker = words[0]?.startsWith('@') ? MARKERS.get(words.shift() ?? '') : 'none';
    const [names, type, base64] = words;
    if (names === undefined || names.startsWith('#') || type === undefined || base64 === undefined) return [];
    if (marker === undefined || keyType(Buffer.from(base64, 'base64')) !== type) return [];
    return [{ marker, names, type, base64, file, line: at + 1 }];
  });
}

const MARKERS: ReadonlyMap<string, KnownHostsEntry['marker']> = new Map([
  ['@revoked', 'revoked'],
  ['@cert-authority', 'cert-authority'],
]);

/**
 * Compares a host's key with the entries. A revoked key is revoked wherever its line stands; a host that is known by
 * any other key, also of another type, is *changed*: a router does not grow a second key unasked, an attacker does.
 */
export function standingOf(
  entries: readonly KnownHostsEntry[],
  host: string,
  port: number,
  key: { type: string; base64: string },
): HostKeyStanding {
  const about = entries.filter((entry) => namesMatch(entry.names, host, port));
  const revoked = about.find((e) => e.marker === 'revoked' && e.base64 === key.base64);
  if (revoked !== undefined) return { kind: 'revoked', by: revoked };
  const plain = about.filter((e) => e.marker === 'none');
  if (plain.some((e) => e.base64 === key.base64)) return { kind: 'known' };
  if (plain.length > 0) return { kind: 'changed', known: plain };
  if (about.some((e) => e.marker === 'cert-authority')) return { kind: 'certificate-authority-only' };
  return { kind: 'unknown' };
}

/** The key types under which a host is known, so that the connection can ask for one of those. */
export function knownKeyTypes(entries: readonly KnownHostsEntry[], host: string, port: number): string[] {
  const about = entries.filter((e) => e.marker === 'none' && namesMatch(e.names, host, port));
  return [...new Set(about.map((e) => e.type))];
}

/** True when the first field of an entry stands for this host and port; an entry without port means port 22 only. */
function namesMatch(names: string, host: string, port: number): boolean {
  const wanted = knownHostsName(host, port);
  if (names.startsWith('|')) return hashMatches(names, wanted);
  let matched = false;
  for (const pattern of names.toLowerCase().split(',')) {
    const negated = pattern.startsWith('!');
    if (!wildcardMatches(negated ? pattern.slice(1) : pattern, wanted)) continue;
    if (negated) return false;
    matched = true;
  }
  return matched;
}

/** `|1|base64 salt|base64 HMAC-SHA1 of the name|` */
function hashMatches(field: string, name: string): boolean {
  const [, version, salt, hash] = field.split('|');
  if (version !== '1' || salt === undefined || hash === undefined) return false;
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}

/** `*` and `?` as in OpenSSH; linear by going back only to the last star. */
function wildcardMatches(pattern: string, name: string): boolean {
  let p = 0;
  let star = -1;
  let resume = 0;
  for (let n = 0; n < name.length; ) {
    if (pattern[p] === '*') {
      star = p++;
      resume = n;
    } else if (pattern[p] === '?' || (p < pattern.length && pattern[p] === name[n])) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** The fingerprint of an entry's key, as OpenSSH prints it. */
export function fingerprintOf(entry: KnownHostsEntry): string {
  return fingerprint(Buffer.from(entry.base64, 'base64'));
}
