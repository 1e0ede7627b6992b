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
  const groups = new Map<string, LineRule<S>[]>();
  for (const rule of rules) groups.set(rule.word, [...(groups.get(rule.word) ?? []), rule]);
  const anywhere = groups.get('*') ?? [];
  return (state, line) => {
    const own = groups.get(firstWord(line.body)) ?? [];
    return tryRules(own, state, line) || tryRules(anywhere, state, line);
  };
}

/** Tells a line that one of the rules may begin from the second half of a wrapped one. */
export function startsOf<S>(rules: readonly LineRule<S>[]): (body: string) => boolean {
  const words = new Set(rules.map((rule) => rule.word).filter((word) => word !== '' && word !== '*'));
  return (body) => words.has(firstWord(body));
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

function firstWord(body: string): string {
  // current_peer 203.0.113.2 port 500
  return (/^[A-Za-z_]{1,20}/.exec(body)?.[0] ?? '').toLowerCase();
}
