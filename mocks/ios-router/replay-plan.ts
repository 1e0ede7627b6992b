import { join } from 'node:path';
import type { Recording } from '../../src/evidence/recording.ts';
import { type SessionTranscript, TRANSCRIPT_FILE } from '../../src/evidence/session-transcript.ts';
import { readTranscript } from '../../src/evidence/transcript.ts';
import { loadTranscript } from '../../src/evidence/transcript-folder.ts';
import type { Behaviour } from './behaviour.ts';
import type { Replay } from './session-replay.ts';
import { promptAtEnd, scriptOf } from './session-script.ts';

/** What a router is started with that repeats a recorded session. */
export interface ReplayPlan {
  readonly router: string;
  /** The outputs of the transcript, for a client that asks otherwise than the recorded one. */
  readonly recording: Recording;
  readonly behaviour: Partial<Behaviour>;
  readonly replay: Replay;
}

export interface ReplayOptions {
  /** Pauses of the router are shortened so many times; default 1: as they were. */
  readonly speed?: number;
  /** Told where a client does something else than the recorded one. */
  readonly onDifference?: (router: string, text: string) => void;
}

/** The plan for a `session.jsonl` in a scenario's router folder; null when there is none. Throws as `planReplay`. */
export async function plannedReplay(folder: string, options: ReplayOptions): Promise<ReplayPlan | null> {
  try {
    return await planReplay(join(folder, TRANSCRIPT_FILE), options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Reads a transcript for a replay. Throws what node:fs throws, and an Error with file and line on one that cannot be replayed. */
export async function planReplay(path: string, options: ReplayOptions): Promise<ReplayPlan> {
  const read = await loadTranscript(path);
  if (!read.ok) throw new Error(read.problem);
  const { header, end } = read.transcript;
  if (end.end === 'not-opened')
    throw new Error(
      `${path}: no session was opened (${end.error ?? end.reason}), so there is none to replay`,
    );
  const { speed = 1, onDifference } = options;
  const script = scriptOf(read.transcript);
  return {
    router: header.router,
    recording: outputsIn(script.said, header.router),
    behaviour: behaviourOf(read.transcript, script.said),
    replay: { script, speed, onDifference: (text) => onDifference?.(header.router, text) },
  };
}

/** What the outputs in it are, read as a pasted session is; the router that said most of it. */
function outputsIn(said: string, router: string): Recording {
  const [first, ...others] = readTranscript(said, router);
  const none = { router, address: null, collectedAt: null, outputs: [], notUsed: [], remarks: [] };
  return others.reduce(
    (most, other) => (other.outputs.length > most.outputs.length ? other : most),
    first ?? none,
  );
}

/** Login, paging and stamps are the lab's own; name, way of dying and identification are the recorded ones. */
function behaviourOf({ header, end }: SessionTranscript, said: string): Partial<Behaviour> {
  // SSH-2.0-Cisco-1.25
  const ident = /^SSH-(?:2\.0|1\.99)-([\x21-\x7e]{1,200})/.exec(header.identification)?.[1];
  // hub1#
  const hostname = /^[\w.-]{1,64}/.exec(promptAtEnd(said) ?? '')?.[0];
  return {
    ...(ident === undefined ? {} : { ident }),
    hostname: hostname ?? header.router,
    encoding: 'latin1',
    hangUp: end.reason.includes('ECONNRESET') ? 'reset' : 'cut',
    length: 0,
    width: 0,
    shiftStamps: false,
  };
}
