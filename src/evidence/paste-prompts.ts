import { type IdentifiedCommand, identifyCommand } from './show-command.ts';

/** What a prompt line says. `console`: the router printed a log line behind the waiting prompt. */
export type PromptKind = 'empty' | 'show' | 'exec' | 'console' | 'other';

export interface PromptLine {
  readonly host: string;
  readonly kind: PromptKind;
  /** What stands behind the prompt, with typing errors wiped as the terminal showed it. */
  readonly typed: string;
  /** The show command we know; only with kind `show`. */
  readonly command: IdentifiedCommand | null;
}

/** Reads `hub1#show clock`, `hub1>`, `hub1(config)#do sh ver`; null when the line does not look like one. */
export function promptLine(text: string): PromptLine | null {
  const shown = text.includes('\x1b') ? text.replace(/\x1b\[[\d;?]{0,8}[A-Za-z]/g, '') : text;
  const match = PROMPT.exec(shown);
  if (match?.[1] === undefined) return null;
  const typed = typedText(match[3] ?? '').trim();
  const command = typed === '' ? null : knownCommand(typed);
  return { host: match[1], kind: kindOf(typed, command), typed, command };
}

/** The show command a line of words is, abbreviated or with arguments we do not know (then its output is a part). */
export function knownCommand(typed: string): IdentifiedCommand | null {
  if (typed.length > 300) return null;
  const words = typed.replace(/^do\s+/i, '').trim();
  const whole = identifyCommand(words);
  if (whole !== null) return whole;
  const [before = ''] = words.split('|');
  const parts = before.trim().split(/\s+/);
  if (!/^sho?w?$/i.test(parts[0] ?? '') || parts.at(-1)?.endsWith('?')) return null;
  for (let length = parts.length - 1; length >= 2; length--) {
    const found = identifyCommand(parts.slice(0, length).join(' '));
    if (found !== null) return { ...found, filtered: true };
  }
  return null;
}

/**
 * What a heading as `show tech-support` prints it names (`------------------ show clock ------------------`), else null. Marks of any
 * length do for a show command; with eighteen dashes on both sides it may be any other, e.g. `dir bootflash:`.
 */
export function headingCommand(text: string): string | null {
  if (!HEADING_MARKS.includes(text.charAt(0))) return null;
  return (SHOW_HEADING.exec(text) ?? TECH_HEADING.exec(text))?.[1]?.trim() ?? null;
}

/**
 * The same for a heading that a terminal cut at its width: what the next line holds belongs to it. Null when this line is whole,
 * or the two make no heading.
 */
export function wrappedHeading(text: string, next: string | undefined): string | null {
  if (next === undefined || text.length < NARROWEST || !text.startsWith(TECH_MARK)) return null;
  if (text.length + next.length > LONGEST_HEADING || !next.trimEnd().endsWith('---')) return null;
  return headingCommand(`${text}${next}`);
}

const HEADING_MARKS = '-=*#';
/** Marks of a heading in `show tech-support`: eighteen dashes. */
const TECH_MARK = '-'.repeat(18);
const NARROWEST = 40;
const LONGEST_HEADING = 400;
// ------------------ show version ------------------     ===== show crypto isakmp sa =====
const SHOW_HEADING = /^[-=*#]{3,80} {0,4}(sho?w? [^-=*#].{0,200}?) {0,4}[-=*#]{3,80} {0,8}$/;
// ------------------ dir bootflash: ------------------
const TECH_HEADING = /^-{18} ([A-Za-z].{0,200}?) -{18} {0,8}$/;

// hub1#show crypto isakmp sa     hub1(config-if)#     RP/0/RSP0/CPU0:edge#
const PROMPT = /^[ \t]{0,8}([A-Za-z0-9][\w.:/+-]{0,63})(?:\(([\w. -]{1,40})\))?[#>][ \t]?(.*)$/;
// first words that people type at a prompt, abbreviated or not
const EXEC_WORD =
  /^(?:do |no )?(?:sho?w?|ping|trace?\w*|conf\w*|cle(?:ar?)?|ter\w*|exit|end|quit|ena?\w*|disa\w*|deb\w*|und\w*|wri?\w*|copy|telnet|ssh|logout|reload|dir|more|test|int(?:erface)?|cry\w*|ip|router|line|username|access-list|tunnel|set|match|monitor|undebug|un|u)(?:\s|$)/i;
// *Nov 23 10:00:00.123: %CRYPTO-…      000123: Nov 23 …      %SYS-5-CONFIG_I: …
const CONSOLE =
  /^(?:\d{1,10}: )?(?:[*.]?[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d|%[A-Z][A-Z0-9_]{1,40}-)/;

function kindOf(typed: string, command: IdentifiedCommand | null): PromptKind {
  if (typed === '') return 'empty';
  if (command !== null) return 'show';
  if (CONSOLE.test(typed)) return 'console';
  return EXEC_WORD.test(typed) ? 'exec' : 'other';
}

/** Backspaces as typed take the character before them away. */
function typedText(text: string): string {
  if (!text.includes('\x08')) return text;
  const cells: string[] = [];
  let at = 0;
  for (const char of text) {
    if (char === '\x08') at = Math.max(0, at - 1);
    else cells[at++] = char;
  }
  return cells.join('').trimEnd();
}
