import type { LineRange } from '../evidence/source.ts';
import type { LineRule } from './line-rules.ts';
import type { Draft } from './lines.ts';

/**
 * A rule for a line of counters that stands once in an output: `read` makes the fact of its numbers, undefined where the line has none.
 * A second such line is left unread.
 */
export function countRule<F, K extends keyof F = keyof F>(
  word: string,
  pattern: RegExp,
  key: K,
  read: (lines: LineRange, counts: readonly (number | undefined)[]) => F[K],
): LineRule<Draft<F>> {
  return {
    word,
    pattern,
    take(facts, match, line) {
      if (facts[key] !== null) return false;
      const counts = match.slice(1).map((text) => (text === undefined ? undefined : Number(text)));
      facts[key] = read({ first: line.number, last: line.last }, counts);
      return true;
    },
  };
}
