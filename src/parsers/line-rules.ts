import type { Line } from './lines.ts';

/** How one kind of line is read. `take` returns false when the line is not what the pattern took it for; then it changed nothing. */
export interface LineRule<S> {
  /** First word of the line (letters and underscores), lower case: the rules of other words are not tried. `*`: tried last on every line. */
  readonly word: string;
  readonly pattern: RegExp;
  readonly take: (state: S, match: RegExpExecArray, line: Line) => boolean;
}

/** Reads a line with the rules of its first word; false when none fits. */
export function readerOf<S>(rules: readonly LineRule<S>[]): (state: S, line: Line) => boolean {
  const own = indexByWord(rules.filter((rule) => rule.word !== '*'));
  const anywhere = rules.filter((rule) => rule.word === '*');
  return (state, line) => {
    const rules = own(line.body)?.rules;
    return (rules !== undefined && tryRules(rules, state, line)) || tryRules(anywhere, state, line);
  };
}

/** Tells a line that one of the rules may begin from the second half of a wrapped one. */
export function startsOf<S>(rules: readonly LineRule<S>[]): (body: string) => boolean {
  const find = indexByWord(rules.filter((rule) => rule.word !== '' && rule.word !== '*'));
  return (body) => find(body) !== null;
}

/** Rules for lines that are known and say nothing a diagnosis needs. */
export function silentRules<S>(patterns: Readonly<Record<string, RegExp>>): LineRule<S>[] {
  return Object.entries(patterns).map(([word, pattern]) => ({ word, pattern, take: () => true }));
}

function tryRules<S>(rules: readonly LineRule<S>[], state: S, line: Line): boolean {
  for (const rule of rules) {
    const match = rule.pattern.exec(line.body);
    if (match && rule.take(state, match, line)) return true;
  }
  return false;
}

/** The rules of one first word, in their order. */
interface WordRules<S> {
  readonly word: string;
  readonly rules: LineRule<S>[];
}

/** A longer first word counts as its beginning. */
const LONGEST_WORD = 20;

/** Finds the rules of a line's first word. By its first letter, then letter by letter: no text is cut out, as every line comes here. */
function indexByWord<S>(rules: readonly LineRule<S>[]): (body: string) => WordRules<S> | null {
  const words = new Map<string, WordRules<S>>();
  for (const rule of rules) {
    const same = words.get(rule.word);
    if (same === undefined) words.set(rule.word, { word: rule.word, rules: [rule] });
    else same.rules.push(rule);
  }
  const byLetter: WordRules<S>[][] = Array.from({ length: 128 }, () => []);
  for (const each of words.values()) byLetter[letterAt(each.word, 0)]?.push(each);
  return (body) => {
    for (const each of byLetter[letterAt(body, 0)] ?? []) if (beginsWithWord(body, each.word)) return each;
    return null;
  };
}

// current_peer 203.0.113.2 port 500      (begins with the word current_peer, not with current)
function beginsWithWord(body: string, word: string): boolean {
  for (let at = 0; at < word.length; at++) if (letterAt(body, at) !== word.charCodeAt(at)) return false;
  return word.length === LONGEST_WORD || letterAt(body, word.length) === 0;
}

/** Code of the letter (lower case) or underscore that stands there; 0 for anything else. */
function letterAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if ((code >= 97 && code <= 122) || code === 95) return code;
  return code >= 65 && code <= 90 ? code + 32 : 0;
}
