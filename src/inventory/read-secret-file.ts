import { open } from 'node:fs/promises';
import { expandHome } from './home-folder.ts';
import type { SecretFile } from './resolve-credential.ts';

/**
 * Text and permission bits of one opened file (both of the same file, whatever happens to the path meanwhile).
 * `~/` in front means the home folder. Rejects with the system's error, or with code EFBIG above 64 KiB.
 */
export async function readSecretFile(path: string): Promise<SecretFile> {
  const file = await open(expandHome(path), 'r');
  try {
    const { mode, size } = await file.stat();
    if (size > MAX_SIZE) throw Object.assign(new Error('too large for a secret'), { code: 'EFBIG' });
    const text = await file.readFile('utf8');
    return { text, mode: process.platform === 'win32' ? null : mode & 0o7777 };
  } finally {
    await file.close();
  }
}

const MAX_SIZE = 65_536;
