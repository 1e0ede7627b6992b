import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import type { Recording } from './recording.ts';
import { type RecordingFile, readRecording, writeRecording } from './recording-files.ts';
import { commandOfFileName } from './recording-names.ts';
import { RECORDING_YAML } from './recording-yaml.ts';

/**
 * The recordings under a folder: the folder itself when it holds such files, and every folder inside (case/RT01/…),
 * in the order of their paths. Null when the path is a file (a transcript, say): it is for another reader.
 * Throws what node:fs throws when the path cannot be read, and YamlFault on a bad recording.yaml.
 */
export async function loadRecordings(path: string): Promise<Recording[] | null> {
  const root = resolve(path);
  if (!(await stat(root)).isDirectory()) return null;
  const folders = await foldersUnder(root, MAX_DEPTH);
  const recordings: Recording[] = [];
  const leftOver: string[] = [];
  for (const folder of folders) {
    if (isRecording(folder.files)) recordings.push(await loadFolder(folder));
    else leftOver.push(...folder.files.map((file) => relative(root, join(folder.path, file))));
  }
  const [first, ...others] = recordings;
  if (first === undefined || leftOver.length === 0) return recordings;
  return [{ ...first, notUsed: [...first.notUsed, ...leftOver] }, ...others];
}

/**
 * Writes `dir/<router>/…` for its owner only and returns that folder. The folder appears whole or not at all; an older
 * recording in its place goes, other files in it (notes) stay.
 */
export async function saveRecording(dir: string, recording: Recording): Promise<string> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const target = join(dir, fileSafeName(recording.router));
  const mark = randomBytes(6).toString('hex');
  const fresh = join(dir, `.writing-${mark}`);
  await mkdir(fresh, { mode: 0o700 });
  try {
    for (const file of writeRecording(recording)) {
      await writeFile(join(fresh, file.name), file.text, { mode: 0o600, flag: 'wx' });
    }
    await putInPlace(fresh, target, join(dir, `.replaced-${mark}`));
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
  return target;
}

/**
 * A router's name as a folder name on any system: `hub1` and `192.0.2.1` stay, anything else gets `_` for what does not
 * belong in a path and a short digest, so that two names never meet in one folder.
 */
export function fileSafeName(name: string): string {
  const safe = name
    .replace(/[^A-Za-z0-9._@-]/g, '_')
    .replace(/^[.-]+|(?<!\.)\.+$/g, '_')
    .slice(0, 80);
  // con, nul, com1 … are no file names on Windows
  const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(safe);
  if (safe === name && safe !== '' && !reserved) return safe;
  return `${safe === '' ? 'router' : safe}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`.replace(
    /^(?=con|prn|aux|nul|com\d|lpt\d)/i,
    '_',
  );
}

const MAX_DEPTH = 6;
/** A router's whole `show tech-support` is some ten megabytes; a file above this is no command output. */
const MAX_BYTES = 64 * 1024 * 1024;

interface Folder {
  readonly path: string;
  readonly files: readonly string[];
}

/** Links and hidden names are left out: a recording may come from a stranger's archive. */
async function foldersUnder(path: string, depth: number): Promise<Folder[]> {
  const entries = await readdir(path, { withFileTypes: true });
  const visible = entries.filter((entry) => !entry.name.startsWith('.'));
  const files = visible.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const inside = visible.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const found: Folder[] = [{ path, files: files.sort() }];
  if (depth === 0) return found;
  for (const name of inside.sort()) found.push(...(await foldersUnder(join(path, name), depth - 1)));
  return found;
}

function isRecording(files: readonly string[]): boolean {
  return files.some((file) => file === RECORDING_YAML || commandOfFileName(file) !== null);
}

async function loadFolder(folder: Folder): Promise<Recording> {
  const files: RecordingFile[] = [];
  const tooLarge: string[] = [];
  for (const name of folder.files) {
    const path = join(folder.path, name);
    const wanted = name === RECORDING_YAML || name.toLowerCase().endsWith('.txt');
    if (wanted && (await stat(path)).size > MAX_BYTES) tooLarge.push(name);
    else files.push({ name, content: wanted ? await readFile(path) : '' });
  }
  const recording = readRecording(files, basename(folder.path), `${folder.path}/`);
  return { ...recording, notUsed: [...recording.notUsed, ...tooLarge] };
}

async function putInPlace(fresh: string, target: string, aside: string): Promise<void> {
  const before = await readdir(target).catch(() => null);
  if (before === null) return rename(fresh, target);
  await rename(target, aside);
  for (const name of before.filter(isForeign)) await rename(join(aside, name), join(fresh, name));
  await rename(fresh, target);
  await chmod(target, 0o700);
  await rm(aside, { recursive: true, force: true });
}

function isForeign(name: string): boolean {
  return name !== RECORDING_YAML && commandOfFileName(name) === null;
}
