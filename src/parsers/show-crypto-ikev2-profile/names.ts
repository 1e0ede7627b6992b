/** A name, or null where the router prints `none` or nothing. */
export function nameOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' || text.toLowerCase() === 'none' ? null : text;
}

/** Names in a row, separated by blanks or commas; empty where the router prints `none`. */
export function namesIn(text: string | undefined): string[] {
  return nameOrNull(text) === null ? [] : (text ?? '').split(/[ ,]+/).filter((name) => name !== '');
}
