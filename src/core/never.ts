/** Marks the unreachable end of an exhaustive switch; throws (our bug) when it is reached. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
