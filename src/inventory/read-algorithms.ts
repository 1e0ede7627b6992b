import { didYouMean } from '../core/closest.ts';
import { isLegacy, LEGACY_ALGORITHMS, MODERN_ALGORITHMS } from '../core/ssh-algorithms.ts';
import type { LegacyChoice } from './inventory.ts';
import { checked, listOf, type Read, trueOrFalse } from './read-values.ts';

/** `legacyAlgorithms`: true, false, or the legacy names to offer; any other name is a problem that says which there are. */
export const readLegacyAlgorithms: Read<LegacyChoice> = (value, key, problems) => {
  if (value.kind === 'scalar' && typeof value.value !== 'string') return trueOrFalse(value, key, problems);
  return listOf(checked(64, checkLegacyName))(value, key, problems)?.map((name) => name.value);
};

function checkLegacyName(name: string): { readonly keep: string } | { readonly expected: string } {
  if (isLegacy(name)) return { keep: name };
  if (MODERN.includes(name))
    return { expected: 'this one is offered to every router already; remove it from the list' };
  return {
    expected: `write true or false, or a list of legacy names${didYouMean(name, LEGACY)}; there are ${LEGACY.join(', ')}`,
  };
}

const LEGACY: readonly string[] = Object.values(LEGACY_ALGORITHMS).flat();
const MODERN: readonly string[] = Object.values(MODERN_ALGORITHMS).flat();
