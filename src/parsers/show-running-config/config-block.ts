import type { LineRule } from '../line-rules.ts';
import { type Draft, isJoined, type Line } from '../lines.ts';
import type { Fact } from '../parsed.ts';

/** A line as it stands there. */
export interface ConfigLine extends Fact {
  readonly text: string;
}

/** A heading with the lines below it. What a line says that is not known here is kept, so nothing of a block is lost. */
export interface ConfigBlock extends Fact {
  readonly unread: readonly ConfigLine[];
}

/** A block while its lines are read. */
export interface BlockLines<R> {
  readonly record: R;
  /** By rule: the first line it read. */
  readonly seen: Map<LineRule<BlockLines<R>>, string>;
  last: LineRule<BlockLines<R>> | null;
  /** True when a line came that this block cannot have: the heading of the next one is missing. */
  closed: boolean;
}

/** A block in the making: fields may still be set. */
export type Making<R> = {
  -readonly [K in keyof R]: R[K] extends readonly (infer I)[] ? I[] : R[K];
};

export type BlockRule<R> = LineRule<BlockLines<Making<R>>>;

/** A line that stands at most once in a block. */
export function once<R>(
  word: string,
  pattern: RegExp,
  fieldsOf: (match: RegExpExecArray) => Partial<NoInfer<R>>,
): BlockRule<R> {
  const rule: BlockRule<R> = {
    word,
    pattern,
    take(block, match, line) {
      const before = block.seen.get(rule);
      if (before === line.body) return true;
      if (before !== undefined) return closes(block, line);
      Object.assign(block.record, fieldsOf(match));
      return read(block, rule, line);
    },
  };
  return rule;
}

type Add<R> = (record: Making<R>, match: RegExpExecArray, line: Line) => void;

/** A line that may stand several times, one right after the other. */
export function inARow<R>(word: string, pattern: RegExp, add: Add<R>): BlockRule<R> {
  return adding(word, pattern, add, (block, rule) => !block.seen.has(rule) || block.last === rule);
}

/** A line that may stand anywhere in a block, as often as it likes. */
export function anywhere<R>(word: string, pattern: RegExp, add: Add<R>): BlockRule<R> {
  return adding(word, pattern, add, () => true);
}

function adding<R>(
  word: string,
  pattern: RegExp,
  add: Add<R>,
  mayCome: (block: BlockLines<Making<R>>, rule: BlockRule<R>) => boolean,
): BlockRule<R> {
  const rule: BlockRule<R> = {
    word,
    pattern,
    take(block, match, line) {
      if (!mayCome(block, rule)) return closes(block, line);
      add(block.record, match, line);
      return read(block, rule, line);
    },
  };
  return rule;
}

/** The place of one line, as facts have it. */
export function placeOf(line: Line): Fact {
  return { lines: { first: line.number, last: line.last } };
}

/** A line kept as it is. */
export function keptLine(line: Line): ConfigLine {
  return { ...placeOf(line), text: line.raw };
}

/** Makes a block's lines end with this one. */
export function reachTo(block: Draft<Fact>, line: Line): void {
  block.lines = { first: block.lines.first, last: line.last };
}

function read<R>(block: BlockLines<Making<R>>, rule: BlockRule<R>, line: Line): true {
  if (!block.seen.has(rule)) block.seen.set(rule, line.body);
  block.last = rule;
  return true;
}

function closes<R>(block: BlockLines<R>, line: Line): false {
  if (!isJoined(line)) block.closed = true;
  return false;
}
