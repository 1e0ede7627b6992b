/** ` (did you mean "port"?)` when one of the known words is close to what was typed, else nothing. */
export function didYouMean(typed: string, known: Iterable<string>): string {
  if (typed.length > MAX_LENGTH) return '';
  const wanted = plain(typed);
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const word of known) {
    const distance = distanceBetween(wanted, plain(word));
    if (distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best === null ? '' : ` (did you mean "${best}"?)`;
}

const MAX_LENGTH = 64;

/** `enable-secret`, `enable_secret` and `EnableSecret` are the same word typed differently. */
function plain(word: string): string {
  return word.toLowerCase().replaceAll('-', '').replaceAll('_', '');
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
function distanceBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3 || b.length > MAX_LENGTH) return MAX_LENGTH;
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (older[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    older = last;
    last = row;
  }
  return last[b.length] ?? MAX_LENGTH;
}
