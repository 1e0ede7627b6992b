/** True when `*` (any characters) and `?` (one character) of the pattern cover the whole value; case does not count. */
export function matchesGlob(pattern: string, value: string): boolean {
  return matchesPattern(pattern.toLowerCase(), value.toLowerCase());
}

/** The same, but `A` and `a` differ. Time: at most the product of both lengths. */
export function matchesPattern(wanted: string, given: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let i = 0;
  while (i < given.length) {
    if (at < wanted.length && wanted[at] === '*') {
      star = at++;
      resume = i;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[i])) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++resume;
    } else return false;
  }
  while (wanted[at] === '*') at++;
  return at === wanted.length;
}
