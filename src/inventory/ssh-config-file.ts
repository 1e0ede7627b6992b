import { open, readdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { matchesPattern } from './glob.ts';
import { expandHome } from './home-folder.ts';
import type { Problem } from './problem.ts';
import { type ConfigLine, configLines } from './ssh-config-lines.ts';

/** An OpenSSH config file with the files it includes. */
export interface SshConfig {
  readonly file: string;
  /** True when the user named the file for this run or in the inventory; false for ~/.ssh/config, which is read by itself. */
  readonly named: boolean;
  readonly lines: readonly IncludingLine[];
}

/** For `Include` the lines of each file, in order. */
export interface IncludingLine extends ConfigLine {
  readonly included: readonly (readonly IncludingLine[])[];
}

export type SshConfigResult =
  | { readonly ok: true; readonly config: SshConfig | null }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a config file and all it includes. A file that was not named may be absent (then `config` is null). `Include` without
 * an absolute path is looked for in the folder of the file that says it. All problems come at once. Never throws on content.
 */
export async function readSshConfig(file: string, named: boolean): Promise<SshConfigResult> {
  const path = resolve(expandHome(file));
  const problems: Problem[] = [];
  const text = await readBounded(path, !named);
  if ('absent' in text && !named) return { ok: true, config: null };
  if ('absent' in text || 'reason' in text) {
    const reason = 'reason' in text ? text.reason : 'there is no such file';
    const message = `cannot be read as an OpenSSH config: ${reason}; name another with --ssh-config FILE, or switch it off with --ssh-config none`;
    return { ok: false, problems: [{ file, line: 1, column: 1, message }] };
  }
  const lines = await withIncludes(text.text, {
    file,
    path,
    depth: 0,
    named,
    open: { files: 1, isOver: false },
    problems,
  });
  return problems.length === 0
    ? { ok: true, config: { file, named, lines } }
    : { ok: false, problems: problems.slice(0, MOST_PROBLEMS) };
}

const MOST_BYTES = 1_000_000;
const MOST_DEPTH = 16;
const MOST_FILES = 100;
const MOST_PROBLEMS = 100;

interface Place {
  /** As the user would write it. */
  readonly file: string;
  readonly path: string;
  readonly depth: number;
  readonly named: boolean;
  readonly open: { files: number; isOver: boolean };
  readonly problems: Problem[];
}

async function withIncludes(text: string, place: Place): Promise<IncludingLine[]> {
  const lines: IncludingLine[] = [];
  for (const line of configLines(text, place.file, place.problems)) {
    const included: (readonly IncludingLine[])[] = [];
    if (line.keyword === 'include')
      for (const pattern of line.args) included.push(...(await includedBy(pattern, line, place)));
    lines.push({ ...line, included });
  }
  return lines;
}

async function includedBy(
  pattern: string,
  line: ConfigLine,
  place: Place,
): Promise<(readonly IncludingLine[])[]> {
  const refuse = (message: string): [] => {
    place.problems.push({ file: line.file, line: line.line, column: 1, message });
    return [];
  };
  const paths = await pathsOf(pattern, dirname(place.path));
  if ('expected' in paths) return refuse(`Include ${pattern}: ${paths.expected}`);
  const found: (readonly IncludingLine[])[] = [];
  for (const path of paths.found) {
    // One such problem says it all; a file that includes itself ten times would say it without end.
    if (place.open.isOver) return found;
    place.open.files += 1;
    place.open.isOver = place.depth >= MOST_DEPTH || place.open.files > MOST_FILES;
    if (place.open.isOver)
      return refuse(
        `Include goes more than ${MOST_DEPTH} files deep, or reads more than ${MOST_FILES}; does a file include itself?`,
      );
    const text = await readBounded(path, !place.named);
    if ('absent' in text) continue;
    if ('reason' in text) return refuse(`Include ${path}: cannot be read: ${text.reason}`);
    found.push(await withIncludes(text.text, { ...place, file: path, path, depth: place.depth + 1 }));
  }
  return found;
}

/** Files that fit, in order of name; wildcards are read in the last part of the path. */
async function pathsOf(
  pattern: string,
  folder: string,
): Promise<{ readonly found: readonly string[] } | { readonly expected: string }> {
  const whole = expandHome(pattern);
  const path = isAbsolute(whole) ? whole : join(folder, whole);
  const last = basename(path);
  if (/[*?[\]]/.test(dirname(path)) || /[[\]]/.test(last))
    return { expected: 'only * and ? are read, and only behind the last /; write the folders out' };
  if (!/[*?]/.test(last)) return { found: [path] };
  const names = await readdir(dirname(path)).catch((): string[] => []);
  const fits = names.filter(
    (name) => !(name.startsWith('.') && last[0] !== '.') && matchesPattern(last, name),
  );
  return { found: fits.sort().map((name) => join(dirname(path), name)) };
}

type FileText = { readonly text: string } | { readonly absent: true } | { readonly reason: string };

/**
 * Reads no more than it must to know that a file is too large. `mustBeOurs`: as ssh does with the file that it reads by
 * itself, one that somebody else could have written is refused.
 */
async function readBounded(path: string, mustBeOurs: boolean): Promise<FileText> {
  try {
    const file = await open(path, 'r');
    try {
      const fault = mustBeOurs ? ownershipFault(await file.stat()) : null;
      if (fault !== null) return { reason: fault };
      const parts: Buffer[] = [];
      let size = 0;
      for await (const part of file.createReadStream({ autoClose: false, end: MOST_BYTES })) {
        parts.push(part as Buffer);
        size += (part as Buffer).length;
      }
      if (size > MOST_BYTES) return { reason: `it is larger than ${MOST_BYTES / 1_000_000} MB` };
      return { text: Buffer.concat(parts).toString('utf8') };
    } finally {
      await file.close();
    }
  } catch (error) {
    return reasonOf(error);
  }
}

function ownershipFault({ mode, uid }: { readonly mode: number; readonly uid: number }): string | null {
  if (process.platform === 'win32') return null;
  if ((mode & 0o022) !== 0)
    return `others can write to it (mode ${(mode & 0o7777).toString(8).padStart(4, '0')}); run chmod 600 on it`;
  return uid === 0 || uid === process.getuid?.() ? null : 'it belongs to another user';
}

function reasonOf(error: unknown): FileText {
  const code = (error as NodeJS.ErrnoException).code ?? 'reading failed';
  if (code === 'ENOENT' || code === 'ENOTDIR') return { absent: true };
  const words: Readonly<Record<string, string>> = { EACCES: 'permission denied', EISDIR: 'it is a folder' };
  return { reason: words[code] ?? code };
}
