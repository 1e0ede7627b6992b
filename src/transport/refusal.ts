import { printable } from '../core/printable.ts';
import type { Refusal } from '../evidence/collected.ts';
import { BEFORE_REFUSAL, REFUSALS } from './ios-prompts.ts';

export interface RefusedWith {
  readonly refusal: Refusal;
  /** The router's own line, made safe to show. */
  readonly reason: string;
}

/**
 * The refusal that an output consists of, or null. It must be the first text behind the echo and the only one:
 * the same words inside a log, or in front of ten thousand lines, refuse nothing.
 */
export function refusalIn(output: string): RefusedWith | null {
  if (output.length > LONGEST_REFUSAL) return null;
  const lines = output.split('\n').filter((line) => !BEFORE_REFUSAL.some((pattern) => pattern.test(line)));
  const found = lines.map((line) => REFUSALS.find((r) => r.pattern.test(line)));
  const [first] = found;
  if (first === undefined || lines[0] === undefined || found.includes(undefined)) return null;
  return { refusal: first.refusal, reason: printable(lines[0].trim()) };
}

const LONGEST_REFUSAL = 2000;
