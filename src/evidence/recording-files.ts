import type { Collected } from './collected.ts';
import type { Recording } from './recording.ts';
import { commandOfFileName, fileNameOfCommand, type RecordedName } from './recording-names.ts';
import {
  parseRecordingYaml,
  RECORDING_YAML,
  type RecordedFate,
  type RecordingHead,
  recordingYaml,
} from './recording-yaml.ts';
import { recogniseRefusal } from './refusal.ts';
import { TECH_SUPPORT } from './show-command.ts';
import { readTranscript } from './transcript.ts';

/** A file of a recording before it is understood. */
export interface RecordingFile {
  /** The name without folders. */
  readonly name: string;
  readonly content: Uint8Array | string;
}

/** A file of a recording to be written, as UTF-8. */
export interface RecordingText {
  readonly name: string;
  readonly text: string;
}

/**
 * Makes a recording of the files of one folder. Contents are UTF-8 or latin-1 with LF or CRLF; files that are no show
 * output we know are listed in `notUsed`. Throws YamlFault (`path:line:column: …`) on a bad recording.yaml only.
 * `where` stands in front of file names in that message.
 */
export function readRecording(files: readonly RecordingFile[], routerName: string, where = ''): Recording {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const yaml = sorted.find((file) => file.name === RECORDING_YAML);
  const head =
    yaml === undefined
      ? EMPTY_HEAD
      : parseRecordingYaml(decodeText(yaml.content), `${where}${RECORDING_YAML}`);
  const outputs: Ranked[] = [];
  const notUsed: string[] = [...head.unknownKeys];
  for (const file of sorted) {
    if (file === yaml || LAB_FILES.has(file.name)) continue;
    const { fate, name, rank } = recognise(file.name, head);
    if (name === null) notUsed.push(file.name);
    else if (name.command === TECH_SUPPORT) outputs.push(...techSupport(file, routerName, rank, notUsed));
    else outputs.push({ rank, output: collected(name, decodeText(file.content), fate) });
  }
  return {
    router: head.name ?? routerName,
    address: head.address,
    collectedAt: head.collectedAt,
    outputs: numbered(outputs.sort((a, b) => a.rank - b.rank)),
    notUsed,
    remarks: head.remarks,
    ...(head.toolVersion === null ? {} : { toolVersion: head.toolVersion }),
    ...(head.redactions.length === 0 ? {} : { redactions: head.redactions }),
  };
}

interface Ranked {
  readonly rank: number;
  /** True for what a `show tech-support` held. */
  readonly isPart?: boolean;
  readonly output: Collected;
}

/** The outputs that a `show tech-support` holds; what it has of other routers is not used. */
function techSupport(file: RecordingFile, routerName: string, rank: number, notUsed: string[]): Ranked[] {
  const [own, ...others] = readTranscript(decodeText(file.content), routerName);
  notUsed.push(...(own?.notUsed ?? []).map((lines) => `${file.name} ${lines}`));
  notUsed.push(...others.map(({ router }) => `${file.name}: what is of another router, ${router}`));
  return (own?.outputs ?? []).map((output) => ({ rank, output, isPart: true }));
}

/** The outputs; one that a `show tech-support` held beside a file of the same command is a further sample of it. */
function numbered(ranked: readonly Ranked[]): Collected[] {
  const key = ({ command, filtered }: Collected, sample: number) =>
    `${command}${filtered ? ' |' : ''} ${sample}`;
  const files = ranked.filter((entry) => entry.isPart !== true).map(({ output }) => output);
  const taken = new Set(files.map((output) => key(output, output.sample)));
  return ranked.map(({ output, isPart }) => {
    if (isPart !== true) return output;
    let { sample } = output;
    while (taken.has(key(output, sample))) sample++;
    taken.add(key(output, sample));
    return { ...output, sample };
  });
}

/** The inverse of `readRecording`: one file an output and recording.yaml, with file-safe names, all different. */
export function writeRecording(recording: Recording): RecordingText[] {
  const names = new Map<Collected, string>();
  const taken = new Set<string>([RECORDING_YAML]);
  for (const output of recording.outputs) {
    const name = freeName(output, taken);
    taken.add(name.toLowerCase());
    names.set(output, name);
  }
  const fileOf = (output: Collected): string => names.get(output) ?? '';
  const outputs = recording.outputs.map((output) => ({ name: fileOf(output), text: output.text }));
  return [{ name: RECORDING_YAML, text: recordingYaml(recording, fileOf) }, ...outputs];
}

/**
 * Text of a file: UTF-8 (or UTF-16 with its mark), else latin-1; line ends become LF whatever they were
 * (CR LF, CR CR LF, LF CR, CR alone), so that no stray CR is left.
 */
export function decodeText(content: Uint8Array | string): string {
  const text = typeof content === 'string' ? content : decodeBytes(content);
  if (!text.includes('\r')) return text;
  const lone = text.includes('\n') ? '' : '\n';
  // one run of CR with the LF that may follow, taken whole so that long runs stay linear
  return text.replace(/\r+(\n?)/g, (_run, lf: string) => (lf === '' ? lone : '\n'));
}

/** Files a lab scenario keeps beside the recording: not evidence, but no surprise either. */
const LAB_FILES: ReadonlySet<string> = new Set(['behaviour.yaml', 'scenario.yaml']);

const EMPTY_HEAD: RecordingHead = {
  address: null,
  name: null,
  collectedAt: null,
  toolVersion: null,
  redactions: [],
  remarks: [],
  commands: [],
  unknownKeys: [],
};

function decodeBytes(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return latin1(bytes);
  }
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  }
  return text;
}

interface Recognised {
  readonly name: RecordedName | null;
  readonly fate: RecordedFate | null;
  /** Place in recording.yaml's list; files it does not name come last, in the order of their names. */
  readonly rank: number;
}

/** What recording.yaml says of a file stands above what the file's name says. */
function recognise(fileName: string, head: RecordingHead): Recognised {
  const byName = commandOfFileName(fileName);
  const at = head.commands.findIndex((fate) =>
    fate.file === null
      ? byName !== null && fate.command === byName.command && fate.sample === byName.sample
      : fate.file === fileName,
  );
  const fate = head.commands[at];
  if (fate === undefined) return { name: byName, fate: null, rank: head.commands.length };
  const filtered = fate.filtered ?? byName?.filtered ?? false;
  return { name: { command: fate.command, sample: fate.sample, filtered }, fate, rank: at };
}

function collected(name: RecordedName, text: string, fate: RecordedFate | null): Collected {
  const unasked = fate?.unasked.length ? { unasked: fate.unasked } : {};
  const base = { ...name, text, at: fate?.at ?? null, tookMs: fate?.tookMs ?? null, ...unasked };
  const refusal = fate?.fate == null || fate.fate === 'refused' ? recogniseRefusal(text) : null;
  if (fate?.fate === 'cut-short')
    return {
      kind: 'cut-short',
      ...base,
      reason: fate.reason ?? 'the recording does not say why',
      ...(fate.error === null ? {} : { error: fate.error }),
    };
  if (fate?.fate === 'refused' || refusal !== null) {
    return {
      kind: 'refused',
      ...base,
      refusal: fate?.refusal ?? refusal?.refusal ?? 'invalid-input',
      reason: fate?.reason ?? refusal?.reason ?? 'the recording does not say why',
    };
  }
  return { kind: 'answered', ...base };
}

/** Two outputs may share command and sample (two different filters): the later ones get a number. */
function freeName(output: Collected, taken: ReadonlySet<string>): string {
  const plain = fileNameOfCommand(output.command, output.sample, output.filtered);
  if (!taken.has(plain.toLowerCase())) return plain;
  for (let n = 2; ; n++) {
    // show-logging.filtered@2.txt → show-logging.filtered.also-2@2.txt
    const other = plain.replace(/(@\d+)?\.txt$/, (end) => `.also-${n}${end}`);
    if (!taken.has(other.toLowerCase())) return other;
  }
}
