import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Recording } from '../evidence/recording.ts';
import { decodeText, readRecording } from '../evidence/recording-files.ts';
import { loadRecordings } from '../evidence/recording-folder.ts';
import { commandOfFileName } from '../evidence/recording-names.ts';
import { redactRecording } from '../evidence/redact.ts';
import { TECH_SUPPORT } from '../evidence/show-command.ts';
import { readTranscript } from '../evidence/transcript.ts';

export type ReadEvidence =
  | { readonly ok: true; readonly recordings: readonly Recording[] }
  | { readonly ok: false; readonly message: string };

/** Recordings from a folder (or a folder of router folders), a file of one output, a pasted transcript, show tech-support, or `-`. */
export async function readEvidence(path: string, readStdin: () => Promise<string>): Promise<ReadEvidence> {
  try {
    const recordings = path === '-' ? readTranscript(await readStdin(), 'stdin') : await readPath(path);
    if (recordings.every((recording) => recording.outputs.length === 0)) {
      return {
        ok: false,
        message: `${path}: no output of a known show command was found; \`tunneldoc analyze --help\` and docs/recordings.md say what is read`,
      };
    }
    return { ok: true, recordings: recordings.map((recording) => redactRecording(recording).recording) };
  } catch (error) {
    return { ok: false, message: `${path}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function readPath(path: string): Promise<readonly Recording[]> {
  const folder = await loadRecordings(path);
  if (folder !== null) return folder;
  const name = basename(path);
  const bytes = await readFile(path);
  const command = commandOfFileName(name)?.command ?? null;
  if (command !== null && command !== TECH_SUPPORT)
    return [readRecording([{ name, content: bytes }], basename(path, extname(path)))];
  return readTranscript(decodeText(bytes), basename(path, extname(path)));
}
