import { LineType, parse } from 'ssh-config';
import type { Problem } from './problem.ts';

/** One line of an OpenSSH config file that says something. */
export interface ConfigLine {
  /** Lower case; old names are replaced by those of today. */
  readonly keyword: string;
  /** Words behind the keyword with quotes taken off, up to a comment; at least one. */
  readonly args: readonly string[];
  readonly file: string;
  readonly line: number;
}

/**
 * The lines of one config file. The library finds keyword and value; the value is cut into words as OpenSSH does it, since the
 * library knows neither comments behind a value nor single quotes. It is given one line at a time: of a keyword without a
 * value it would take the next line for the value.
 */
export function configLines(text: string, file: string, problems: Problem[]): ConfigLine[] {
  const lines: ConfigLine[] = [];
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split('\n')
    .entries()) {
    // A form feed and the CR of a Windows line end may stand at the end of a line.
    const found = lineOf(raw.trimEnd().replaceAll('\r', ' '));
    if (found === null) continue;
    if (typeof found === 'string') problems.push({ file, line: index + 1, column: 1, message: found });
    else lines.push({ ...found, file, line: index + 1 });
  }
  return lines;
}

/** Null for comments and empty lines, a sentence for a line that cannot be read. */
function lineOf(raw: string): Pick<ConfigLine, 'keyword' | 'args'> | string | null {
  const first = /^[ \t\f]*(.?)/.exec(raw)?.[1] ?? '';
  if (first === '' || first === '#') return null;
  const node = nodeOf(raw);
  if (node === null) return 'this line cannot be read; check its quotes';
  const { keyword, rest } = node;
  const args = splitWords(rest);
  if (args === null) return `${keyword}: a quote is not closed`;
  if ((args[0] ?? '') === '') return `${keyword} has no value; give it one or remove the line`;
  return { keyword: OLD_NAMES.get(keyword.toLowerCase()) ?? keyword.toLowerCase(), args };
}

function nodeOf(raw: string): { readonly keyword: string; readonly rest: string } | null {
  try {
    const [node] = parse(raw);
    if (node?.type !== LineType.DIRECTIVE) return null;
    const length = node.before.length + node.param.length + node.separator.length;
    return { keyword: node.param, rest: raw.slice(length) };
  } catch {
    return bareKeyword(raw);
  }
}

/** What the library throws at: no value at all, a backslash at the end, quotes in the middle of a word. */
function bareKeyword(raw: string): { readonly keyword: string; readonly rest: string } | null {
  // `Host`  |  `Host hub1\`  |  `Host = "hub 1`
  const found = /^\s*([A-Za-z][A-Za-z0-9]{0,60})(?:\s{1,200}|(?==)|$)(?:=\s{0,200})?/.exec(raw);
  return found === null ? null : { keyword: found[1] ?? '', rest: raw.slice(found[0].length) };
}

const OLD_NAMES: ReadonlyMap<string, string> = new Map([
  ['pubkeyacceptedkeytypes', 'pubkeyacceptedalgorithms'],
  ['challengeresponseauthentication', 'kbdinteractiveauthentication'],
  ['skeyauthentication', 'kbdinteractiveauthentication'],
  ['tisauthentication', 'kbdinteractiveauthentication'],
  ['dsaauthentication', 'pubkeyauthentication'],
  ['identityfile2', 'identityfile'],
]);

/** Words as OpenSSH cuts them: quotes of both kinds, a backslash before a quote, a backslash or a blank; null: an open quote. */
function splitWords(text: string): string[] | null {
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === ' ' || text[at] === '\t') at++;
    else if (text[at] === '#') break;
    else {
      const word = oneWord(text, at);
      if (word === null) return null;
      words.push(word.text);
      at = word.end;
    }
  }
  return words;
}

function oneWord(text: string, from: number): { readonly text: string; readonly end: number } | null {
  let word = '';
  let quote = '';
  let at = from;
  for (; at < text.length; at++) {
    const char = text[at] ?? '';
    const next = text[at + 1] ?? '';
    const escapes = /['"\\]/.test(next) || (quote === '' && next === ' ');
    if (char === '\\' && escapes) {
      word += next;
      at++;
    } else if (quote === '' && (char === ' ' || char === '\t')) break;
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (quote !== '' && char === quote) quote = '';
    else word += char;
  }
  return quote === '' ? { text: word, end: at } : null;
}
