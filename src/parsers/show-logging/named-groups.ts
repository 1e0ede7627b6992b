/** An expression with the names of its groups, in order. */
export interface NamedPattern {
  /** The same expression with the names taken out. */
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/** What the groups of an expression held. `values` is its match: the whole at 0, the group of the first name at 1. */
export interface NamedValues {
  readonly names: readonly string[];
  readonly values: readonly (string | undefined)[];
}

export const NO_VALUES: NamedValues = { names: [], values: [] };

const NAME = /(?<!\\)\(\?<([A-Za-z]\w*)>/g;

/**
 * Takes the names out of an expression: a match with names builds an object of them, and reading that object costs ten times what
 * the match does. Groups without a name must not capture, or names and values would not go together (a test holds that).
 */
export function namedPattern({ source, flags }: RegExp): NamedPattern {
  return {
    pattern: new RegExp(source.replace(NAME, '('), flags),
    names: [...source.matchAll(NAME)].map((group) => group[1] ?? ''),
  };
}

/** What the groups hold where the expression first fits; null when it does not. */
export function valuesOf({ pattern, names }: NamedPattern, text: string): NamedValues | null {
  const values = pattern.exec(text);
  return values && { names, values };
}
