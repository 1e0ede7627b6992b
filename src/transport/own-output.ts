import type { LogForms } from '../evidence/log-lines.ts';
import { UNASKED_LINES } from './ios-prompts.ts';
import { lastLine, type PromptMemory, promptOf } from './prompt-memory.ts';
import { type Cut, leftWhole, linesTaken, offsetAfter, takeOut } from './unasked-lines.ts';

/** The bytes of one command (echo, output, pagers) without what the router wrote in between on its own account. */
export interface OwnOutput {
  readonly bytes: string;
  /** Offsets in `bytes` at which the pager got a SPACE. */
  readonly spacesAt: readonly number[];
  /** Where lines were taken out, with the lines. */
  readonly cuts: readonly Cut[];
  /** Such lines between the prompts behind the output. */
  readonly behind: readonly string[];
}

export interface RawBytes {
  /** As they came. */
  readonly bytes: string;
  /** Offsets in them at which the pager got a SPACE. */
  readonly spacesAt: readonly number[];
  /** True for `show logging`: nothing is taken out. */
  readonly logsAreOutput: boolean;
  readonly forms: LogForms;
}

export interface PromptsBehind {
  readonly prompts: PromptMemory;
  /** How many prompts stand behind the output that answered CRs of ours, besides the last. */
  readonly strays: number;
  /** What came behind the bytes: the last prompt's answer to a CR. */
  readonly answer: string;
}

/** The output before its prompts; what stands between and behind those is kept too. */
export function outputBeforePrompt(raw: RawBytes, { prompts, strays, answer }: PromptsBehind): OwnOutput {
  const own = outputSoFar(raw);
  let end = promptStart(own.bytes, prompts);
  for (let stray = 0; stray < strays; stray++) end = behindUnasked(own.bytes.slice(0, end), prompts) ?? end;
  const behind = [
    ...unaskedIn(own.bytes.slice(end), prompts),
    ...linesTaken(takeOut(answer, raw.forms).cuts),
  ];
  return { ...own, bytes: own.bytes.slice(0, end), behind };
}

/** The output without log lines in it, as far as it has come. */
export function outputSoFar({ bytes, spacesAt, logsAreOutput, forms }: RawBytes): OwnOutput {
  const own = logsAreOutput ? leftWhole(bytes) : takeOut(bytes, forms);
  return {
    bytes: own.bytes,
    spacesAt: spacesAt.map((offset) => offsetAfter(own.cuts, offset)),
    cuts: own.cuts,
    behind: [],
  };
}

/** Where the last prompt line begins, if nothing but lines the router wrote on its own account stand behind it; null otherwise. */
export function behindUnasked(bytes: string, prompts: PromptMemory): number | null {
  let end = bytes.endsWith('\n') ? bytes.length - 1 : bytes.length;
  for (let lines = 0; lines < UNASKED_AT_MOST; lines++) {
    const start = bytes.lastIndexOf('\n', end - 1) + 1;
    const line = bytes.slice(start, end).replaceAll('\r', '');
    if (prompts.compare(line) === 'same' || logBehindPrompt(line, prompts) !== null) return start;
    if (!UNASKED_LINES.some((pattern) => pattern.test(line)) || start === 0) return null;
    end = start - 1;
  }
  return null;
}

const UNASKED_AT_MOST = 5_000;

/** Where the prompt at the very end begins, also with lines behind it that the router wrote on its own account. */
function promptStart(bytes: string, prompts: PromptMemory): number {
  const line = lastLine(bytes);
  if (prompts.compare(line) !== null) return bytes.lastIndexOf('\n') + 1;
  const glued = prompts.gluedPrompt(line);
  if (glued > 0) return bytes.length - glued;
  return behindUnasked(bytes, prompts) ?? bytes.length;
}

/** The lines between prompts that are no prompts. */
function unaskedIn(bytes: string, prompts: PromptMemory): string[] {
  const lines = bytes.replaceAll('\r', '').split('\n');
  return lines
    .map((line) => logBehindPrompt(line, prompts) ?? line)
    .filter((line) => line.trim() !== '' && prompts.compare(line) === null);
}

/** `R1#*Nov 23 09:30:12.345: %SYS-5-CONFIG_I: …`: the log line that landed behind the prompt on its line; null when it is none. */
function logBehindPrompt(line: string, prompts: PromptMemory): string | null {
  const mark = line.search(/[>#]/);
  const prompt = line.slice(0, mark + 1);
  if (mark < 0 || promptOf(prompt) === null || prompts.compare(prompt) !== 'same') return null;
  const rest = line.slice(mark + 1);
  return rest.includes('%') && UNASKED_LINES.some((form) => form.test(rest)) ? rest : null;
}
