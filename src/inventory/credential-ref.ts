import type { CredentialRef } from './inventory.ts';

export type CredentialRefResult =
  | { readonly ok: true; readonly ref: CredentialRef }
  | { readonly ok: false; readonly message: string };

/**
 * Reads `env:NAME`, `file:PATH` or `ask`. Anything else is taken for the secret itself: refused, or kept as `plain`
 * where `allowPlain` says so. No message ever repeats the text, since it may be a password.
 */
export function parseCredentialRef(text: string, allowPlain = false): CredentialRefResult {
  if (text === 'ask') return { ok: true, ref: { kind: 'ask' } };
  if (text.startsWith('env:')) return envRef(text.slice('env:'.length));
  if (text.startsWith('file:')) return fileRef(text.slice('file:'.length));
  if (allowPlain && text !== '') return { ok: true, ref: { kind: 'plain', value: text } };
  return { ok: false, message: LITERAL };
}

export const LITERAL =
  'a secret itself is refused here; put it into an environment variable and write env:NAME, ' +
  'or into a file of mode 0600 and write file:PATH, or write ask';

function envRef(name: string): CredentialRefResult {
  // TUNNELDOC_PASSWORD
  if (/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(name)) return { ok: true, ref: { kind: 'env', name } };
  return { ok: false, message: 'env: needs the name of an environment variable: letters, digits and _' };
}

function fileRef(path: string): CredentialRefResult {
  if (path.trim() !== '' && !path.includes('\0')) return { ok: true, ref: { kind: 'file', path } };
  return { ok: false, message: 'file: needs a path behind the colon' };
}
