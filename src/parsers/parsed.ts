import type { LineRange } from '../evidence/source.ts';

/**
 * complete: every line was read or is known to say nothing. partial: some lines were not read (`unread`), or the text ends in the middle.
 * empty: the router answered with nothing. unrecognised: the text is no output of this command.
 */
export type Coverage = 'complete' | 'partial' | 'empty' | 'unrecognised';

export interface UnreadLine {
  readonly line: number;
  readonly text: string;
}

/** What a parser returns: facts, how much was read, and what was not. Parsers never throw on input. */
export interface Parsed<F> {
  readonly facts: F;
  readonly coverage: Coverage;
  readonly unread: readonly UnreadLine[];
}

/** Every fact says which lines of the output it was read from. */
export interface Fact {
  readonly lines: LineRange;
}

/** One parser: reads the text of one show command. */
export interface Parser<F> {
  /** Name as in the parser registry, e.g. `show crypto isakmp sa`. */
  readonly command: string;
  readonly parse: (text: string) => Parsed<F>;
}
