import { ALLOWED_COMMANDS, identifyCommand, RECORDED_COMMANDS } from './show-command.ts';

/** What a file of a recording holds, told by its name alone. */
export interface RecordedName {
  /** The command unabbreviated with its arguments, e.g. `show crypto ipsec sa peer 203.0.113.20`. */
  readonly command: string;
  /** 1 for the first sample, 2 for a file that ends in `@2.txt`. */
  readonly sample: number;
  /** True when the file holds a part of the command's full output. */
  readonly filtered: boolean;
}

/**
 * The command behind a file name of a recording, or null when the name is no command we know (`label.yaml`, notes).
 * Words are joined by `-` or `_`; `%2F` stands for a character no file name may hold. `.filtered` or anything else
 * behind a known command means: that command, filtered. `@2` at the end is the second sample.
 */
export function commandOfFileName(fileName: string): RecordedName | null {
  // show-crypto-ipsec-sa@2.txt
  const parts = /^([^@]{1,240}?)(?:@(\d{1,6}))?\.txt$/i.exec(fileName);
  if (parts?.[1] === undefined) return null;
  const stem = unescaped(parts[1]);
  const named = stem === null ? null : commandOfStem(stem);
  return named === null ? null : { ...named, sample: Math.max(1, Number(parts[2] ?? 1)) };
}

/** The file name that `commandOfFileName` reads back: `show-crypto-ipsec-sa-peer-203.0.113.20.filtered@2.txt`. */
export function fileNameOfCommand(command: string, sample: number, filtered: boolean): string {
  const stem = escaped(command.trim()).slice(0, MAX_STEM);
  const known = commandOfStem(command.trim().replaceAll(' ', '-'));
  const restrictedByItself = known?.filtered === true;
  return `${stem}${filtered && !restrictedByItself ? '.filtered' : ''}${sample > 1 ? `@${sample}` : ''}.txt`;
}

type Stem = Omit<RecordedName, 'sample'>;
const MAX_STEM = 180;
const TEMPLATES = [...ALLOWED_COMMANDS, ...RECORDED_COMMANDS].map((text) => text.split(' '));

function commandOfStem(stem: string): Stem | null {
  const matches = TEMPLATES.flatMap((template) => matchTemplate(template, stem));
  const whole = matches.find((match) => match.rest === '');
  if (whole !== undefined) return identified(whole.words.join(' '), false);
  const abbreviated = identified(stem.replace(/[-_ ]+/g, ' '), false);
  if (abbreviated !== null) return abbreviated;
  const longest = matches.sort((a, b) => a.rest.length - b.rest.length)[0];
  return longest === undefined ? null : identified(longest.words.join(' '), true);
}

function identified(command: string, filtered: boolean): Stem | null {
  const known = identifyCommand(command);
  return known === null ? null : { command: known.command, filtered: filtered || known.filtered };
}

interface TemplateMatch {
  readonly words: readonly string[];
  /** What follows the command in the name, its separator included; empty when the name is the command. */
  readonly rest: string;
}

/** Every way the template's words open the stem (an argument may hold separators of its own: Port-channel1). */
function matchTemplate(template: readonly string[], stem: string): TemplateMatch[] {
  let open: TemplateMatch[] = [{ words: [], rest: `-${stem}` }];
  for (const part of template) {
    open = open.flatMap((match) => matchWord(part, match));
  }
  return open.filter((match) => match.rest === '' || SEPARATORS.includes(match.rest.charAt(0)));
}

const SEPARATORS = ['-', '_', '.', ' '];

function matchWord(part: string, match: TemplateMatch): TemplateMatch[] {
  const text = match.rest.slice(1);
  if (!SEPARATORS.includes(match.rest.charAt(0)) || match.rest.startsWith('.')) return [];
  const lengths = part.startsWith('<') ? argumentLengths(text) : [part.length];
  return lengths
    .filter((length) => part.startsWith('<') || sameWord(part, text.slice(0, length)))
    .filter((length) => length === text.length || SEPARATORS.includes(text.charAt(length)))
    .map((length) => ({
      words: [...match.words, part.startsWith('<') ? text.slice(0, length) : part],
      rest: text.slice(length),
    }))
    .filter((found) => !part.startsWith('<') || isArgument(match.words, part, found.words.at(-1) ?? ''));
}

function sameWord(part: string, text: string): boolean {
  return text.toLowerCase().replaceAll('_', '-') === part;
}

/** The allow-list knows what fits a parameter: ask it with the words so far. */
function isArgument(before: readonly string[], part: string, word: string): boolean {
  return (
    ARGUMENT_PROBES.some((probe) => probe.part === part && identifyCommand(probe.lead + word) !== null) &&
    before.length > 0
  );
}

const ARGUMENT_PROBES = [
  { part: '<address>', lead: 'show ip route ' },
  { part: '<interface>', lead: 'show interfaces ' },
  { part: '<name>', lead: 'show ip access-lists ' },
];

function argumentLengths(text: string): number[] {
  const ends = [...text.matchAll(/[-_. ]/g)].map((m) => m.index).filter((at) => at > 0 && at <= 64);
  return [text.length, ...ends.reverse()].filter((length) => length > 0 && length <= 64);
}

/** Blanks become `-`; everything no file name should hold becomes %XX (UTF-8), so the name can be read back. */
function escaped(command: string): string {
  return encodeURIComponent(command)
    .replace(/%20/g, '-')
    .replace(/[!'()*~@]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function unescaped(stem: string): string | null {
  if (!stem.includes('%')) return stem;
  try {
    return decodeURIComponent(stem);
  } catch {
    return stem;
  }
}
