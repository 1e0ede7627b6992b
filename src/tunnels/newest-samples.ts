import type { Collected } from '../evidence/collected.ts';

/**
 * Of a table that was asked several times the newest whole answer alone says what is there now: a row of an older one may be gone.
 * Answers to other commands, and those of which none is whole, stay as they are.
 */
export function newestSamples<O extends { readonly collected: Collected }>(
  outputs: readonly O[],
): readonly O[] {
  return outputs.filter(({ collected }) => {
    const whole = outputs
      .map((other) => other.collected)
      .filter((other) => other.command === collected.command && other.kind === 'answered' && !other.filtered)
      .map((other) => other.sample);
    return whole.length === 0 || collected.sample === Math.max(...whole);
  });
}
