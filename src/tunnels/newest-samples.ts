import type { Collected } from '../evidence/collected.ts';

/**
 * Of a table that was asked several times the newest whole answer alone says what is there now: a row of an older one may be gone.
 * Answers to other commands, and those of which none is whole, stay as they are.
 */
export function newestSamples<O extends Asked>(outputs: readonly O[]): readonly O[] {
  return outputs.filter((output) => output.collected.sample === newestWhole(output, outputs));
}

/** True when a later whole answer to the same command is there. */
export function isOutdated(output: Asked, outputs: readonly Asked[]): boolean {
  return output.collected.sample < newestWhole(output, outputs);
}

interface Asked {
  readonly collected: Collected;
}

/** Number of the newest whole sample of the same command; that of the output itself when none is whole. */
function newestWhole({ collected }: Asked, outputs: readonly Asked[]): number {
  const whole = outputs
    .map((other) => other.collected)
    .filter((other) => other.command === collected.command && other.kind === 'answered' && !other.filtered)
    .map((other) => other.sample);
  return whole.length === 0 ? collected.sample : Math.max(...whole);
}
