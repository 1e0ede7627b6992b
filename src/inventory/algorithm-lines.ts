import { matchesPattern } from './glob.ts';

/**
 * One algorithm line of an ssh_config applied to what would be offered without it: `+a,b` adds, `-a*` takes away, `^a` puts in
 * front, anything else replaces. `known` are the names that can be used at all: patterns choose from them, other names are
 * left out. A negated pattern or nothing left: a sentence that says so.
 */
export function applyAlgorithmLine(
  text: string,
  ours: readonly string[],
  known: readonly string[],
): readonly string[] | { readonly expected: string } {
  const sign = /^[+^-]/.exec(text)?.[0] ?? '';
  const patterns = text
    .slice(sign.length)
    .split(',')
    .filter((pattern) => pattern !== '');
  if (patterns.some((pattern) => pattern.startsWith('!')))
    return {
      expected: '! has no meaning in a list of algorithms; take names away with - in front of the list',
    };
  const fits = patterns.flatMap((pattern) => known.filter((name) => matchesPattern(pattern, name)));
  const names = withSign(sign, ours, fits);
  if (names.length > 0) return names;
  return {
    expected: `no name is left that can be used here; the names known here are ${known.join(', ')}`,
  };
}

function withSign(sign: string, ours: readonly string[], named: readonly string[]): readonly string[] {
  switch (sign) {
    case '+':
      return [...new Set([...ours, ...named])];
    case '-':
      return ours.filter((name) => !named.includes(name));
    case '^':
      return [...new Set([...named, ...ours])];
    default:
      return [...new Set(named)];
  }
}
