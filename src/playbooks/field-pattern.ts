/** A field condition ready to be asked: whole text compared, or a regular expression searched. */
export interface FieldPattern {
  readonly matches: (value: string) => boolean;
}

const LONGEST = 200;

/**
 * Reads the value of a `fields` key: `/main|aggressive/i` is a regular expression, anything else the whole text (case does not matter).
 * Expressions that can take more than linear time (a repeated group that repeats inside, back references) are refused.
 */
export function readFieldPattern(text: string): FieldPattern | { readonly refused: string } {
  // `/main|aggressive/i`
  const written = /^\/(.+)\/([a-z]*)$/s.exec(text);
  if (written === null) return { matches: (value) => value.toLowerCase() === text.toLowerCase() };
  const [, body = '', flags = ''] = written;
  const refused = whyRefused(body, flags);
  if (refused !== null) return { refused };
  try {
    const expression = new RegExp(body, flags);
    return { matches: (value) => expression.test(value) };
  } catch {
    return { refused: `${text} is not a regular expression` };
  }
}

function whyRefused(body: string, flags: string): string | null {
  if (flags !== '' && flags !== 'i') return `the only flag of a regular expression here is i, not ${flags}`;
  if (body.length > LONGEST) return `a regular expression here has at most ${LONGEST} characters`;
  // `(a)\1` and `\k<name>`
  if (/\\[1-9]|\\k</.test(body)) return 'back references are not allowed in a regular expression here';
  if (repeatsInRepeat(body))
    return 'a repeated group that repeats inside can take exponential time; write it without';
  return null;
}

/** True for `(a+)+`, `(a*b){2,}` and the like. Classes and escapes are stepped over. */
function repeatsInRepeat(body: string): boolean {
  const bare = body.replace(/\\./gs, 'x').replace(/\[[^\]]*\]/g, 'x');
  const open: { repeats: boolean }[] = [{ repeats: false }];
  for (let i = 0; i < bare.length; i++) {
    const inner = open.at(-1);
    if (bare[i] === '(') open.push({ repeats: false });
    else if (bare[i] === ')') {
      const closed = open.pop();
      const repeated = isRepeat(bare[i + 1]);
      if (closed?.repeats && repeated) return true;
      const outer = open.at(-1);
      if (outer !== undefined && (closed?.repeats || repeated)) outer.repeats = true;
    } else if (isRepeat(bare[i]) && inner !== undefined) inner.repeats = true;
  }
  return false;
}

function isRepeat(char: string | undefined): boolean {
  return char === '*' || char === '+' || char === '{';
}
