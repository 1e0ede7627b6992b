import { createHash, createPrivateKey } from 'node:crypto';
import ssh2, { type AnyAuthMethod, type ParsedKey } from 'ssh2';
import { printable } from '../core/printable.ts';
import { blobFields, fingerprint } from './host-key.ts';
import type { PrivateKey } from './router-target.ts';

/** A key that can sign, from a file or in an agent. */
export interface LoginKey {
  /** For messages: the file as the user named it, or `agent key COMMENT`. */
  readonly name: string;
  /** `ssh-ed25519`, `ssh-rsa` … */
  readonly type: string;
  readonly fingerprint: string;
  /** How ssh2 is told to log in with it. */
  method(username: string): AnyAuthMethod;
  /** Why it could not sign, when it was asked to: a refusal then says nothing about the key. */
  whyNotSigned?(): string | null;
}

/** What a private key's text turned out to be. */
export type ReadKey =
  | { readonly kind: 'usable'; readonly key: LoginKey }
  /** A public key, or the readable half of a locked private one: it can name a key of the agent. */
  | { readonly kind: 'public'; readonly fingerprint: string; readonly why: string }
  | { readonly kind: 'unusable'; readonly why: string };

/** Reads a key file's text. A locked key costs a tenth of a second to open, so that each is opened once a run. */
export function readKey(file: PrivateKey): ReadKey {
  const known = createHash('sha256')
    .update(JSON.stringify([file.text, file.passphrase]))
    .digest('hex');
  const parsed = opened.get(known) ?? ssh2.utils.parseKey(readable(file), file.passphrase ?? undefined);
  if (parsed instanceof Error) return unreadable(file, parsed);
  opened.set(known, parsed);
  if (!parsed.isPrivateKey())
    return { kind: 'public', fingerprint: fingerprint(parsed.getPublicSSH()), why: 'it is a public key' };
  return {
    kind: 'usable',
    key: {
      name: file.name,
      type: parsed.type,
      fingerprint: fingerprint(parsed.getPublicSSH()),
      // The types want text, ssh2 takes a key that was read already as well.
      method: (username) => ({ type: 'publickey', username, key: parsed }) as unknown as AnyAuthMethod,
    },
  };
}

const opened = new Map<string, ParsedKey>();

/** PKCS #8, which ssh2 does not read, in the older form of its kind; any other text as it stands. */
function readable({ text, passphrase }: PrivateKey): string {
  // -----BEGIN PRIVATE KEY-----, -----BEGIN ENCRYPTED PRIVATE KEY-----
  if (!/^-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----/m.test(text)) return text;
  try {
    const key = createPrivateKey({ key: text, ...(passphrase === null ? {} : { passphrase }) });
    if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'pkcs1', format: 'pem' }).toString();
    if (key.asymmetricKeyType === 'ec') return key.export({ type: 'sec1', format: 'pem' }).toString();
  } catch {
    // locked, or no key: parsing the text as it stands says so
  }
  return text;
}

function unreadable(file: PrivateKey, error: Error): ReadKey {
  const isLocked = LOCKED.test(error.message) || LOCKED_PEM.test(file.text);
  if (!isLocked && !WRONG_PASSPHRASE.test(error.message))
    return { kind: 'unusable', why: printable(error.message) };
  const why =
    file.passphrase === null ? 'it is encrypted and no passphrase was given' : 'its passphrase is wrong';
  const half = publicHalf(file.text);
  return half === null || file.passphrase !== null
    ? { kind: 'unusable', why }
    : { kind: 'public', fingerprint: fingerprint(half), why };
}

// "Encrypted private OpenSSH key detected, but no passphrase given"
const LOCKED = /^Encrypted .{1,60} no passphrase given$/;
// -----BEGIN ENCRYPTED PRIVATE KEY-----
const LOCKED_PEM = /^-----BEGIN ENCRYPTED PRIVATE KEY-----/m;
// "OpenSSH key integrity check failed -- bad passphrase?", "Malformed OpenSSH private key. Bad passphrase?"
const WRONG_PASSPHRASE = /bad passphrase/i;

/** The public key that an OpenSSH private key file shows also while it is locked. */
function publicHalf(text: string): Uint8Array | null {
  // -----BEGIN OPENSSH PRIVATE KEY-----
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]{1,100000})-----END/.exec(text)?.[1];
  if (body === undefined) return null;
  const blob = Buffer.from(body, 'base64');
  if (blob.toString('latin1', 0, MAGIC.length) !== MAGIC) return null;
  // cipher, kdf, kdf options, the number of keys (four bytes), the public key
  const head = blob.subarray(MAGIC.length);
  const lengths = blobFields(head)
    .slice(0, 3)
    .map((field) => field.length + 4);
  return blobFields(head.subarray(lengths.reduce((sum, length) => sum + length, 0) + 4))[0] ?? null;
}

const MAGIC = 'openssh-key-v1\0';
