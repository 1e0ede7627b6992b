import type { PasteLine } from './paste-lines.ts';
import {
  headingCommand,
  knownCommand,
  type PromptLine,
  promptLine,
  wrappedHeading,
} from './paste-prompts.ts';
import { type IdentifiedCommand, identifyCommand, TECH_SUPPORT } from './show-command.ts';

/** What stands between two command lines of a paste. */
export interface PasteSection {
  /** The host name in the prompt; null where no prompt was seen so far. */
  readonly host: string | null;
  /** The show command we know; null for anything else. */
  readonly command: IdentifiedCommand | null;
  /** The command as typed; null for text under no command. */
  readonly typed: string | null;
  /** Line of the paste that the command or heading stands in; null for text in front of all of them. */
  readonly at: number | null;
  /** True for a heading between marks, as `show tech-support` prints them. */
  readonly byHeading: boolean;
  /** A command we do not read: nothing below it is looked for by signature. */
  readonly showsSomethingElse: boolean;
  readonly lines: readonly PasteLine[];
  readonly byPrompt: boolean;
  /** True when a prompt or a heading closed the section. */
  readonly ended: boolean;
  /** True when the closing prompt stood right behind ` --More-- `: somebody quit the pager. */
  readonly pagerQuit: boolean;
}

/** Cuts the lines of a paste at its command lines and headings; every line belongs to one section, in order. */
export function cutPaste(lines: readonly PasteLine[]): PasteSection[] {
  const prompts = lines.map((line) => promptLine(line.text));
  const context: Context = {
    lines,
    prompts,
    hosts: hostsOf(prompts),
    promptFollows: promptsFollow(lines, prompts),
  };
  const sections: PasteSection[] = [];
  let open = openSection({ host: null, command: null, typed: null, byPrompt: false }, null);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined) break;
    const start = startAt(context, at, open);
    if (start === null) {
      open.lines.push(line);
      continue;
    }
    const pagerQuit = line.afterPager && start.byPrompt && open.command !== null;
    sections.push({ ...open, ended: true, pagerQuit });
    open = openSection(start, line.number);
    if (start.firstLine !== undefined) open.lines.push({ ...line, text: start.firstLine });
    if (start.isWrapped === true) at++;
  }
  sections.push({ ...open, ended: false, pagerQuit: false });
  return sections.filter(
    (section) => section.command !== null || section.lines.length > 0 || section.byPrompt,
  );
}

interface Context {
  readonly lines: readonly PasteLine[];
  readonly prompts: readonly (PromptLine | null)[];
  /** Names in prompts that a command was typed at. */
  readonly hosts: ReadonlySet<string>;
  /** For every line: whether the next line that is not blank is a prompt, or there is none. */
  readonly promptFollows: readonly boolean[];
}

interface SectionStart {
  readonly host: string | null;
  readonly command: IdentifiedCommand | null;
  readonly typed: string | null;
  readonly byPrompt: boolean;
  /** Text behind the prompt that belongs to the section itself. */
  readonly firstLine?: string;
  readonly byHeading?: boolean;
  /** True for a heading that goes on in the next line. */
  readonly isWrapped?: boolean;
}

interface OpenSection extends Omit<PasteSection, 'lines' | 'ended' | 'pagerQuit'> {
  readonly lines: PasteLine[];
}

function openSection(start: SectionStart, at: number | null): OpenSection {
  const { host, typed, byPrompt } = start;
  const byHeading = start.byHeading ?? false;
  // `show tech-support` itself prints nothing: what it holds stands below headings of its own
  const command = start.command?.name === TECH_SUPPORT ? null : start.command;
  const isShow = typed !== null && /^(?:do )?sho?w?\s/i.test(typed);
  const showsSomethingElse = command === null && (isShow || byHeading);
  return { host, command, typed, at, byHeading, byPrompt, showsSomethingElse, lines: [] };
}

function startAt(context: Context, at: number, open: OpenSection): SectionStart | null {
  const text = context.lines[at]?.text ?? '';
  const inLog = open.command?.name === 'show logging';
  const prompt = context.prompts[at] ?? null;
  if (prompt !== null) return isRealPrompt(prompt, context, at, open, inLog) ? atPrompt(prompt) : null;
  const heading = headingAt(context, at);
  if (heading !== null) return { ...heading, host: open.host, byPrompt: false, byHeading: true };
  // =~=~=~=~=~=~=~=~=~=~=~= PuTTY log 2026.11.23 10:00:00 =~=~=~=~=~=~=~=~=~=~=~=
  if (/^=~=~.{0,60}PuTTY log/.test(text))
    return { host: open.host, command: null, typed: null, byPrompt: false };
  // show crypto isakmp sa      (typed or pasted as a heading, without a prompt)
  const bare = !inLog && !open.byPrompt && /^sho?w? \S.{0,150}$/.test(text) ? identifyCommand(text) : null;
  return bare === null ? null : { host: open.host, command: bare, typed: text, byPrompt: false };
}

function headingAt(context: Context, at: number) {
  const text = context.lines[at]?.text ?? '';
  const whole = headingCommand(text);
  const typed = whole ?? wrappedHeading(text, context.lines[at + 1]?.text);
  return typed === null ? null : { typed, command: knownCommand(typed), isWrapped: whole === null };
}

function atPrompt(prompt: PromptLine): SectionStart {
  const { host, command, typed } = prompt;
  if (prompt.kind === 'console')
    return { host, command: null, typed: null, byPrompt: true, firstLine: typed };
  return { host, command, typed: typed === '' ? null : typed, byPrompt: true };
}

/**
 * Output may hold lines that look like prompts. With a show command behind it we believe the line. Inside a log the rest
 * counts only when a command was typed at the same router, or when nothing but prompts comes after an empty one.
 */
function isRealPrompt(
  prompt: PromptLine,
  context: Context,
  at: number,
  open: OpenSection,
  inLog: boolean,
): boolean {
  if (prompt.kind === 'show') return true;
  if (inLog) {
    const sameRouter = open.host === null || open.host === prompt.host;
    if (prompt.kind === 'exec') return sameRouter || context.hosts.has(prompt.host);
    return prompt.kind === 'empty' && sameRouter && context.promptFollows[at] === true;
  }
  if (prompt.kind === 'exec') return true;
  return context.hosts.has(prompt.host) || (prompt.kind === 'empty' && context.promptFollows[at] === true);
}

function hostsOf(prompts: readonly (PromptLine | null)[]): Set<string> {
  const typedAt = prompts.filter((prompt) => prompt?.kind === 'show' || prompt?.kind === 'exec');
  return new Set(typedAt.flatMap((prompt) => prompt?.host ?? []));
}

function promptsFollow(lines: readonly PasteLine[], prompts: readonly (PromptLine | null)[]): boolean[] {
  const follows: boolean[] = [];
  let next = true;
  for (let at = lines.length - 1; at >= 0; at--) {
    follows[at] = next;
    const blank = (lines[at]?.text ?? '').trim() === '';
    if (!blank) next = prompts[at] !== null;
  }
  return follows;
}
