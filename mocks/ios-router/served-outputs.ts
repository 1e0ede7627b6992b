import type { Collected } from '../../src/evidence/collected.ts';
import type { Recording } from '../../src/evidence/recording.ts';
import { baseOfPeerCommand, saOfPeer } from './sa-of-peer.ts';
import {
  clockText,
  newestStamp,
  readClock,
  type StampShift,
  shiftOutput,
  shiftTo,
  type WallClock,
} from './shift-stamps.ts';

/** One answer of a lab router. */
interface Served {
  readonly text: string;
  /** True when the recording broke off here: the router says this much and its connection dies. */
  readonly cutShort: boolean;
}

/** What one session is served: each command's samples in their order, the last one again and again. */
export interface ServedOutputs {
  readonly commands: readonly string[];
  /** Null when the recording has no such command. */
  next(command: string): Served | null;
  /** The line `show clock` prints now. */
  clock(): string;
}

/**
 * The outputs of a recording for one session that starts at `now()` (milliseconds UTC). With `shift` the recording's
 * clock is moved to the present and every log stamp with it.
 */
export function serveRecording(recording: Recording, now: () => number, shift: boolean): ServedOutputs {
  const samples = samplesOf(recording);
  const recorded = shift ? recordedClock(recording) : null;
  const stampShift = recorded === null ? null : shiftTo(now(), recorded.wall);
  const asked = new Map<string, number>();
  const started = now();
  const clock = (): string => currentClock(recorded, stampShift, started, now());
  return {
    commands: [...samples.keys()],
    clock,
    next(command) {
      const ofPeer = samples.has(command) ? null : baseOfPeerCommand(command);
      const list = samples.get(ofPeer?.base ?? command);
      if (list === undefined) return null;
      const turn = asked.get(command) ?? 0;
      asked.set(command, turn + 1);
      const output = list[Math.min(turn, list.length - 1)];
      if (output === undefined) return null;
      const text = textNow(output, stampShift, clock);
      const asAsked = ofPeer === null || output.kind === 'refused' ? text : saOfPeer(text, ofPeer.peer);
      return { text: asAsked, cutShort: output.kind === 'cut-short' };
    },
  };
}

/** Only whole outputs are served; of two recordings of one sample the first counts. */
function samplesOf(recording: Recording): ReadonlyMap<string, Collected[]> {
  const samples = new Map<string, Collected[]>();
  const whole = recording.outputs.filter((output) => !output.filtered || isArgumentOnly(output, recording));
  for (const output of [...whole].sort((a, b) => a.sample - b.sample)) {
    const list = samples.get(output.command) ?? [];
    if (!list.some((other) => other.sample === output.sample)) list.push(output);
    samples.set(output.command, list);
  }
  return samples;
}

/** `show crypto ipsec sa peer …` counts as filtered, yet it is the whole answer to that command. */
function isArgumentOnly(output: Collected, recording: Recording): boolean {
  const twin = recording.outputs.some(
    (other) => other !== output && other.command === output.command && !other.filtered,
  );
  return !twin && !output.command.includes('|');
}

interface RecordedClock {
  readonly wall: WallClock;
  readonly mark: string;
}

/** From `show clock`, else the newest stamp of the log (as DESIGN reads recordings without a clock). */
function recordedClock(recording: Recording): RecordedClock | null {
  const clockOutput = recording.outputs.find((output) => output.command.startsWith('show clock'));
  const wall = clockOutput === undefined ? null : readClock(clockOutput.text);
  if (wall !== null) return { wall, mark: clockMark(clockOutput?.text ?? '') };
  const log = recording.outputs.find((output) => output.command === 'show logging');
  const latest = recording.collectedAt === null ? FAR : Date.parse(recording.collectedAt);
  const newest = log === undefined ? null : newestStamp(log.text, latest);
  return newest === null ? null : { wall: { at: newest, zone: 'UTC' }, mark: '' };
}

/** Stamps without a year, in a recording that does not say when it was made, are taken to be of this year at the latest. */
const FAR = Date.UTC(2100, 0, 1);

function clockMark(text: string): string {
  // "*18:00:49.603 UTC …"
  return /^\s*([*.]?)\d\d:/.exec(text)?.[1] ?? '';
}

function textNow(output: Collected, shift: StampShift | null, clock: () => string): string {
  const text = output.text === '' && output.kind === 'refused' ? `${output.reason}\n` : output.text;
  if (shift === null) return text;
  const isClock = output.command === 'show clock' && readClock(text) !== null;
  return isClock ? withClock(text, clock()) : shiftOutput(output.command, text, shift);
}

function withClock(text: string, line: string): string {
  return text
    .split('\n')
    .map((old) => (readClock(old) === null ? old : line))
    .join('\n');
}

function currentClock(
  recorded: RecordedClock | null,
  shift: StampShift | null,
  started: number,
  now: number,
): string {
  if (recorded === null || shift === null) return clockText({ at: now, zone: 'UTC' }, '*');
  const at = recorded.wall.at + shift.seconds * 1000 + (now - started);
  return clockText({ at, zone: recorded.wall.zone }, recorded.mark);
}
