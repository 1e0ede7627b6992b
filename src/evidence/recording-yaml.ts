import { stringify } from 'yaml';
import { type Collected, CUT_NAMES, type CutName, REFUSALS, type Refusal } from './collected.ts';
import type { Recording } from './recording.ts';
import { commandOfFileName } from './recording-names.ts';
import { readYaml, type YamlEntry, type YamlValue } from './yaml-fields.ts';

export const RECORDING_YAML = 'recording.yaml';
const FATES = ['answered', 'refused', 'cut-short'] as const;

/** How one command ended, as recording.yaml tells it. */
export interface RecordedFate {
  readonly command: string;
  readonly sample: number;
  readonly file: string | null;
  /** Null: not said, the text tells. */
  readonly fate: (typeof FATES)[number] | null;
  readonly filtered: boolean | null;
  readonly reason: string | null;
  readonly refusal: Refusal | null;
  readonly error: CutName | null;
  readonly unasked: readonly string[];
  readonly at: string | null;
  readonly tookMs: number | null;
}

/** What recording.yaml says; `unknownKeys` names what this version does not know, each with its place. */
export interface RecordingHead {
  readonly address: string | null;
  readonly name: string | null;
  readonly collectedAt: string | null;
  readonly toolVersion: string | null;
  readonly redactions: readonly string[];
  readonly remarks: readonly string[];
  readonly commands: readonly RecordedFate[];
  readonly unknownKeys: readonly string[];
}

/** Reads recording.yaml. Throws YamlFault (`file:line:column: …`) when a known key has a wrong value. */
export function parseRecordingYaml(text: string, file: string): RecordingHead {
  const draft = {
    address: null as string | null,
    name: null as string | null,
    collectedAt: null as string | null,
    toolVersion: null as string | null,
    redactions: [] as string[],
    remarks: [] as string[],
    commands: [] as RecordedFate[],
    unknownKeys: [] as string[],
  };
  for (const entry of readYaml(text, file)?.entries() ?? []) {
    if (!entry.value.isNull) readKey(entry, draft);
  }
  return draft;
}

type Draft = {
  -readonly [K in keyof RecordingHead]: RecordingHead[K] extends readonly (infer T)[]
    ? T[]
    : RecordingHead[K];
};

function readKey(entry: YamlEntry, draft: Draft): void {
  const { key, value } = entry;
  if (key === 'address') draft.address = value.string();
  else if (key === 'name') draft.name = nonEmpty(value);
  else if (key === 'collected') draft.collectedAt = instant(value);
  else if (key === 'tool') draft.toolVersion = value.string();
  else if (key === 'redactions') draft.redactions = value.list().map((item) => item.string());
  else if (key === 'remarks') draft.remarks = value.list().map((item) => item.string());
  else if (key === 'commands') draft.commands = value.list().map(readFate);
  else draft.unknownKeys.push(entry.keyFault(`key ${key} is not known`).message);
}

function readFate(item: YamlValue): RecordedFate {
  const fields = new Map(item.entries().map((entry) => [entry.key, entry.value]));
  const given = (key: string): YamlValue | null => {
    const value = fields.get(key);
    return value === undefined || value.isNull ? null : value;
  };
  const command = given('command');
  if (command === null) throw item.fault('expected the key command');
  return {
    command: nonEmpty(command),
    sample: given('sample')?.number(1) ?? 1,
    file: given('file')?.string() ?? null,
    fate: given('fate')?.oneOf(FATES) ?? null,
    filtered: given('filtered')?.boolean() ?? null,
    reason: given('reason')?.string() ?? null,
    refusal: given('refusal')?.oneOf(REFUSALS) ?? null,
    error: given('error')?.oneOf(CUT_NAMES) ?? null,
    unasked:
      given('unasked')
        ?.list()
        .map((item) => item.string()) ?? [],
    at: optionalInstant(given('at')),
    tookMs: given('tookMs')?.number(0) ?? null,
  };
}

function optionalInstant(value: YamlValue | null): string | null {
  return value === null ? null : instant(value);
}

/** ISO 8601 with a zone, given back in UTC. */
function instant(value: YamlValue): string {
  const text = value.string();
  // 2026-11-23T18:51:15.120Z   2026-11-23 18:51:15+01:00   2026-11-23T18:51Z
  const form = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;
  const at = form.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(at)) throw value.fault('expected a time such as 2026-11-23T18:51:15Z');
  return new Date(at).toISOString();
}

function nonEmpty(value: YamlValue): string {
  const text = value.string();
  if (text.trim() === '') throw value.fault('expected text that is not blank');
  return text;
}

/** The text of recording.yaml for a recording whose outputs went to the named files. */
export function recordingYaml(recording: Recording, fileOf: (output: Collected) => string): string {
  const head = {
    ...(recording.router.trim() === '' ? {} : { name: recording.router }),
    ...(recording.address === null ? {} : { address: recording.address }),
    ...(recording.collectedAt === null ? {} : { collected: recording.collectedAt }),
    ...(recording.toolVersion == null ? {} : { tool: recording.toolVersion }),
    ...(recording.redactions?.length ? { redactions: recording.redactions } : {}),
    ...(recording.remarks.length > 0 ? { remarks: recording.remarks } : {}),
    commands: recording.outputs.map((output) => fateEntry(output, fileOf(output))),
  };
  return stringify(head, { lineWidth: 0, aliasDuplicateObjects: false });
}

function fateEntry(output: Collected, file: string): Record<string, unknown> {
  return {
    command: output.command,
    ...(output.sample === 1 ? {} : { sample: output.sample }),
    file,
    fate: output.kind,
    ...(output.filtered === (commandOfFileName(file)?.filtered ?? false)
      ? {}
      : { filtered: output.filtered }),
    ...(output.kind === 'refused' ? { refusal: output.refusal } : {}),
    ...(output.kind === 'cut-short' && output.error !== undefined ? { error: output.error } : {}),
    ...(output.kind === 'answered' ? {} : { reason: output.reason }),
    ...(output.at === null ? {} : { at: output.at }),
    ...(output.tookMs === null ? {} : { tookMs: output.tookMs }),
    ...(output.unasked?.length ? { unasked: output.unasked } : {}),
  };
}
