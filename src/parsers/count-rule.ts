import type { LineRange } from '../evidence/source.ts';
import type { LineRule } from './line-rules.ts';
import type { Draft } from './lines.ts';
import type { Fact } from './parsed.ts';

/** `Total IKE SA Count: 1 active: 1 negotiating: 0` */
export interface SaCount extends Fact {
  readonly total: number;
  readonly active: number;
  readonly negotiating: number;
}

/** `Incoming IKE Requests: 13 accepted: 13 rejected: 0` */
export interface RequestCount extends Fact {
  readonly total: number;
  readonly accepted: number;
  readonly rejected: number;
}

/** `IKEv2 packets dropped at dispatch: 0` */
export interface Count extends Fact {
  readonly count: number;
}

type Counts = readonly (number | undefined)[];

export function saCount(lines: LineRange, [total = 0, active = 0, negotiating = 0]: Counts): SaCount {
  return { lines, total, active, negotiating };
}

export function requestCount(
  lines: LineRange,
  [total = 0, accepted = 0, rejected = 0]: Counts,
): RequestCount {
  return { lines, total, accepted, rejected };
}

export function oneCount(lines: LineRange, [count = 0]: Counts): Count {
  return { lines, count };
}

/** Makes a rule for a line of counters that stands once in an output; a second such line is left unread. */
type CountRule<F> = <K extends keyof F>(
  word: string,
  pattern: RegExp,
  key: K,
  /** The fact of the line's numbers, undefined where it has none. */
  read: (lines: LineRange, counts: Counts) => F[K],
) => LineRule<Draft<F>>;

/** The rules of one output with the facts F. */
export function countRulesOf<F>(): CountRule<F> {
  return (word, pattern, key, read) => ({
    word,
    pattern,
    take(facts, match, line) {
      if (facts[key] !== null) return false;
      const counts = match.slice(1).map((text) => (text === undefined ? undefined : Number(text)));
      facts[key] = read({ first: line.number, last: line.last }, counts);
      return true;
    },
  });
}
