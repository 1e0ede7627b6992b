/** What the last text said. Where texts repeat, reading one again costs a comparison; it lives as long as the scan it belongs to. */
export interface Memo<T> {
  text: string | null;
  said: T | null;
}

/** A memo of nothing. */
export function noMemo<T>(): Memo<T> {
  return { text: null, said: null };
}

/** What `read` makes of the text, or made of the same text just before. Both facts then share one value, so it must not be changed. */
export function remembered<T>(memo: Memo<T>, text: string, read: (text: string) => T): T {
  if (memo.text !== text) {
    memo.said = read(text);
    memo.text = text;
  }
  return memo.said as T;
}
