import { isScenarioName, saveScenario } from '../app/save-scenario.ts';
import { printable } from '../core/printable.ts';
import type { SessionTranscript } from '../evidence/session-transcript.ts';
import { loadTranscript, transcriptsAt } from '../evidence/transcript-folder.ts';
import { Fault } from './fault.ts';
import type { Terminal } from './terminal.ts';

/** A transcript that holds a session, and its file. */
export interface FoundTranscript {
  readonly file: string;
  readonly transcript: SessionTranscript;
}

/**
 * The transcripts that the paths (files, or folders of `*.session.jsonl`) name. One without a session is left out and said;
 * a bad one, or none at all, is a fault.
 */
export async function findTranscripts(
  paths: readonly string[],
  terminal: Terminal,
): Promise<readonly FoundTranscript[]> {
  const found: FoundTranscript[] = [];
  for (const file of await filesAt(paths)) {
    const read = await loadTranscript(file);
    if (!read.ok) throw new Fault(read.problem);
    const { end } = read.transcript;
    if (end.end !== 'not-opened') found.push({ file, transcript: read.transcript });
    else
      terminal.err(
        `tunneldoc: ${file}: no session was opened (${printable(end.error ?? end.reason)}), so there is none to replay\n`,
      );
  }
  if (found.length === 0) throw new Fault(`${paths.join(', ')}: no session transcript to replay`);
  return found;
}

/** Writes the transcripts as a scenario and says how it is started and tested. */
export async function writeScenario(
  name: string,
  folder: string,
  found: readonly FoundTranscript[],
  terminal: Terminal,
): Promise<void> {
  if (!isScenarioName(name))
    throw new Fault(`--save-scenario: ${name}: a name of small letters, digits and dashes is needed`);
  try {
    const written = await saveScenario(
      folder,
      name,
      found.map(({ transcript }) => transcript),
    );
    terminal.out(
      `${written}\nSay in its scenario.yaml what the diagnosis must be. To start it: tunneldoc lab --folder ${folder} ${name}; to test it: tunneldoc demo --folder ${folder} ${name}\n`,
    );
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Fault(
      code === 'EEXIST'
        ? `there is a scenario ${name} in ${folder} already`
        : `${name} could not be written: ${message}`,
    );
  }
}

async function filesAt(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    try {
      files.push(...(await transcriptsAt(path)));
    } catch (error) {
      throw new Fault(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return files;
}
