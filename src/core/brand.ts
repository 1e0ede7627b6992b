/** A value of type T that only its maker can produce; N names the maker's promise. */
export type Brand<T, N extends string> = T & { readonly __brand: N };
