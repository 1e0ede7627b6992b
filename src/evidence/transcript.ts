import { printable } from '../core/printable.ts';
import type { Collected } from './collected.ts';
import { type PasteLine, pasteLines } from './paste-lines.ts';
import { routersOf } from './paste-routers.ts';
import { cutPaste, type PasteSection } from './paste-sections.ts';
import { signedOutputs } from './paste-signatures.ts';
import type { Recording } from './recording.ts';
import { recogniseRefusal } from './refusal.ts';
import type { IdentifiedCommand } from './show-command.ts';

/**
 * Reads pasted text, a terminal log or a `show tech-support` file: one recording a router, told apart by the prompts.
 * `name` is the router's name where the text tells none. Text under no show command we know is recognised by its first
 * lines, or listed in `notUsed` with its lines. Always at least one recording; never throws on input.
 */
export function readTranscript(text: string, name: string): Recording[] {
  const paste = pasteLines(text);
  const sections = cutPaste(paste.lines);
  const usesPrompts = sections.some((section) => section.byPrompt);
  const routers = new Map<string, Draft>();
  const owners = routersOf(sections, name);
  for (const [index, section] of sections.entries()) {
    const router = owners[index] ?? name;
    const draft = routers.get(router) ?? newDraft();
    routers.set(router, draft);
    const isLast = index === sections.length - 1;
    const end: SectionEnd = isLast && !section.ended ? { usesPrompts, inPager: paste.endsInPager } : null;
    addSection(draft, section, end);
  }
  return recordingsOf(routers, name);
}

interface Draft {
  readonly outputs: Collected[];
  readonly notUsed: string[];
  /** Samples so far, by command and whether filtered. */
  readonly samples: Map<string, number>;
}

function newDraft(): Draft {
  return { outputs: [], notUsed: [], samples: new Map() };
}

/** How the text ends in a section that no prompt closed; null when one did. */
type SectionEnd = { readonly usesPrompts: boolean; readonly inPager: boolean } | null;

function addSection(draft: Draft, section: PasteSection, end: SectionEnd): void {
  if (section.command !== null) {
    draft.outputs.push(
      collected(draft, section.command, section.lines, cutReason(section, section.command, end)),
    );
    return;
  }
  const signed = section.showsSomethingElse ? [] : signedOutputs(section.lines);
  const rest = section.lines.slice(0, signed[0]?.from ?? section.lines.length);
  noteUnused(draft, rest, section.typed);
  for (const output of signed) {
    draft.outputs.push(collected(draft, output.command, section.lines.slice(output.from, output.to), null));
  }
}

function collected(
  draft: Draft,
  identified: IdentifiedCommand,
  lines: readonly PasteLine[],
  cut: string | null,
): Collected {
  const text = textOf(lines);
  const filtered = identified.filtered || lines.some((line) => OMISSION.test(line.text));
  const key = `${identified.command}${filtered ? ' |' : ''}`;
  const sample = (draft.samples.get(key) ?? 0) + 1;
  draft.samples.set(key, sample);
  const base = {
    command: identified.command,
    sample,
    filtered,
    text,
    at: null,
    tookMs: null,
  };
  const refusal = recogniseRefusal(text);
  if (refusal !== null) return { kind: 'refused', ...base, ...refusal };
  return cut === null ? { kind: 'answered', ...base } : { kind: 'cut-short', ...base, reason: cut };
}

// <snip>    [output omitted]    ...
const OMISSION =
  /^\s{0,20}(?:[<[(]{0,2}-{0,4} ?(?:snip|snipped|snippet|output omitted|omitted|truncated|output cut) ?-{0,4}[>\])]{0,2}|\.{3,40})\s{0,20}$/i;

function textOf(lines: readonly PasteLine[]): string {
  let last = lines.length;
  while (last > 0 && (lines[last - 1]?.text ?? '').trim() === '') last--;
  return lines
    .slice(0, last)
    .map((line) => `${line.text}\n`)
    .join('');
}

const NO_PROMPT = 'the paste ends here without a prompt';

function cutReason(section: PasteSection, command: IdentifiedCommand, end: SectionEnd): string | null {
  if (section.pagerQuit) return 'paging was ended before the output was complete';
  if (end === null || !(end.usesPrompts || end.inPager)) return null;
  const looksCut = end.inPager || textOf(section.lines) === '' || endsInTheMiddle(command, section.lines);
  return looksCut ? NO_PROMPT : null;
}

/** Only what shows on its face: an SA block without its end, a label without its value. */
function endsInTheMiddle(command: IdentifiedCommand, lines: readonly PasteLine[]): boolean {
  const texts = lines.map((line) => line.text.trim()).filter((text) => text !== '');
  const last = texts.at(-1) ?? '';
  if (command.name.startsWith('show crypto ipsec sa') && !command.filtered) {
    const done = texts.findLastIndex((text) => text.startsWith('outbound pcp sas:'));
    // local  ident (addr/mask/prot/port): (10.1.0.0/255.255.0.0/0/0)
    const begun = texts.findLastIndex((text) => /^local\s+ident \(|^interface: /.test(text));
    if (
      done >= 0 ? begun > done : texts.includes('inbound esp sas:') && !texts.includes('outbound esp sas:')
    ) {
      return true;
    }
  }
  // #pkts encaps: 5, #pkts encr      in use settings ={Tunnel,
  return /#pkts?(?: \S{0,20})?$|[=({]$/.test(last);
}

function noteUnused(draft: Draft, lines: readonly PasteLine[], typed: string | null): void {
  const said = lines.filter((line) => line.text.trim() !== '');
  const first = said[0];
  const last = said.at(-1);
  if (first === undefined || last === undefined) return;
  const what = printable(typed ?? first.text.trim());
  draft.notUsed.push(
    `lines ${first.number}-${last.number}: ${what.length > 60 ? `${what.slice(0, 60)}…` : what}`,
  );
}

/** Routers without any output are no recordings: what they leave is listed with the first one that has some. */
function recordingsOf(routers: ReadonlyMap<string, Draft>, name: string): Recording[] {
  const withOutput = [...routers].filter(([, draft]) => draft.outputs.length > 0);
  const [first = [[...routers.keys()][0] ?? name, newDraft()] as const, ...others] = withOutput;
  const leftOver = [...routers.values()]
    .filter((draft) => draft.outputs.length === 0)
    .flatMap((draft) => draft.notUsed);
  const firstDraft = { ...first[1], notUsed: [...leftOver, ...first[1].notUsed] };
  return [[first[0], firstDraft] as const, ...others].map(([router, draft]) => ({
    router,
    address: null,
    collectedAt: null,
    outputs: draft.outputs,
    notUsed: draft.notUsed,
    remarks: [],
  }));
}
