import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReadTranscript, readSessionTranscript, TRANSCRIPT_LIMITS } from './read-session-transcript.ts';
import { fileSafeName } from './recording-folder.ts';
import { type SessionTranscript, TRANSCRIPT_FILE, writeTranscript } from './session-transcript.ts';

/**
 * Writes `dir/<router>.session.jsonl` (`dir/<router>.2.session.jsonl` for the second session of a run …) for its owner
 * only and returns its path; the file appears whole or not at all and replaces an older one. Throws what node:fs throws.
 */
export async function saveTranscript(
  dir: string,
  transcript: SessionTranscript,
  number = 1,
): Promise<string> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(
    dir,
    `${fileSafeName(transcript.header.router)}${number === 1 ? '' : `.${number}`}.${TRANSCRIPT_FILE}`,
  );
  const fresh = join(dir, `.writing-${randomBytes(6).toString('hex')}`);
  try {
    await writeFile(fresh, writeTranscript(transcript), { mode: 0o600, flag: 'wx' });
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
  return path;
}

/** Reads one transcript; too large a file is a problem and is not read. Throws what node:fs throws. */
export async function loadTranscript(path: string): Promise<ReadTranscript> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > TRANSCRIPT_LIMITS.fileBytes)
      return { ok: false, problem: `${path}:1: larger than ${TRANSCRIPT_LIMITS.fileBytes} bytes` };
    return readSessionTranscript(await file.readFile(), path);
  } finally {
    await file.close();
  }
}

/** The transcripts a path means: the file itself, or every `*.session.jsonl` in the folder, sorted. Throws what node:fs throws. */
export async function transcriptsAt(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .filter((name) => name === TRANSCRIPT_FILE || name.endsWith(`.${TRANSCRIPT_FILE}`))
    .sort()
    .map((name) => join(path, name));
}
