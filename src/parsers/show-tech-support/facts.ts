import type { Fact } from '../parsed.ts';

/** What stands below one heading or behind one prompt. */
export interface TechSection extends Fact {
  /** Router it belongs to; null where neither a prompt nor a name in the text tells. */
  readonly router: string | null;
  /** As printed between the marks or typed at the prompt. */
  readonly heading: string;
  /** The command unabbreviated; null when it is none we know. */
  readonly command: string | null;
  /** True when the heading asks for a part of the command's output, or has words we do not know. */
  readonly filtered: boolean;
  /** Name of the parser that reads it; null when none does. */
  readonly parser: string | null;
  /** Lines of the output without the heading; null when nothing was printed. */
  readonly outputLines: Fact['lines'] | null;
}

export interface TechSupportFacts {
  readonly sections: readonly TechSection[];
}
