import { assertNever } from '../core/never.ts';
import type { CredentialRef } from './inventory.ts';

export type ResolvedCredential =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly message: string };

/** A secret file as it was found. */
export interface SecretFile {
  readonly text: string;
  /** Permission bits of the opened file; null where the system has none (Windows). */
  readonly mode: number | null;
}

/** Where secrets come from; everything outside is handed in. */
export interface CredentialSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Rejects as `node:fs` does. */
  readonly readFile: (path: string) => Promise<SecretFile>;
  /** Asks on the terminal without echo; null when there is no terminal. */
  readonly ask: ((question: string) => Promise<string>) | null;
  readonly routerName: string;
}

/** The secret behind a reference, or a sentence that says what to do. No message holds the secret. */
export async function resolveCredential(
  ref: CredentialRef,
  sources: CredentialSources,
): Promise<ResolvedCredential> {
  switch (ref.kind) {
    case 'env':
      return fromEnv(ref.name, sources);
    case 'file':
      return fromFile(ref.path, sources);
    case 'ask':
      return fromTerminal(sources);
    case 'plain':
      return { ok: true, value: ref.value };
    default:
      return assertNever(ref);
  }
}

function fromEnv(name: string, { env, routerName }: CredentialSources): ResolvedCredential {
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value === undefined) {
    return {
      ok: false,
      message: `${routerName}: the environment variable ${name} is not set; export it before the run`,
    };
  }
  if (value === '')
    return {
      ok: false,
      message: `${routerName}: the environment variable ${name} is empty; give it a value`,
    };
  return oneLine(value, `${routerName}: the environment variable ${name}`);
}

async function fromFile(
  path: string,
  { readFile, routerName }: CredentialSources,
): Promise<ResolvedCredential> {
  const where = `${routerName}: the secret file ${path}`;
  const found = await readFile(path).catch((error: unknown) => reasonOf(error));
  if (typeof found === 'string')
    return { ok: false, message: `${where} cannot be read (${found}); check its path and owner` };
  if (found.mode !== null && (found.mode & 0o077) !== 0) {
    const mode = (found.mode & 0o7777).toString(8).padStart(4, '0');
    return {
      ok: false,
      message: `${where} can be read or written by others (mode ${mode}); run: chmod 600 ${path}`,
    };
  }
  // one line end at the end belongs to the file, not to the secret
  const value = found.text.replace(/^\ufeff/, '').replace(/\r?\n$/, '');
  if (value === '') return { ok: false, message: `${where} is empty; write the secret into it` };
  return oneLine(value, where);
}

async function fromTerminal({ ask, routerName }: CredentialSources): Promise<ResolvedCredential> {
  if (ask === null) {
    return {
      ok: false,
      message: `${routerName}: the secret is to be asked for, but there is no terminal; use env:NAME or file:PATH`,
    };
  }
  const value = await ask(`Password for ${routerName}: `);
  return value === '' ? { ok: false, message: `${routerName}: no secret was typed` } : { ok: true, value };
}

/** A line end inside a secret would send two lines to a prompt. */
function oneLine(value: string, where: string): ResolvedCredential {
  if (!/[\r\n\0]/.test(value)) return { ok: true, value };
  return { ok: false, message: `${where} holds more than one line; it must hold the secret alone` };
}

function reasonOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
      return 'no such file';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EISDIR':
      return 'it is a folder';
    case 'EFBIG':
      return 'it is too large for a secret';
    default:
      return code === '' ? 'reading failed' : code;
  }
}
