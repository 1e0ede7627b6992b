/** How a typed line fits the commands a router has. */
export type Resolved =
  | { readonly kind: 'command'; readonly command: string; readonly rest: readonly string[] }
  | { readonly kind: 'invalid'; readonly word: number; readonly column: number }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'incomplete' };

/**
 * Finds the command behind a line whose words may be abbreviated as far as they stay unique. `takesArguments` are
 * commands that take words of their own (`terminal length`). `column` is where the line's first wrong character stands.
 */
export function resolveCommand(
  line: string,
  commands: readonly string[],
  takesArguments: ReadonlySet<string>,
): Resolved {
  const typed = wordsOf(line);
  let open = commands.map((command) => command.split(' '));
  for (const [i, word] of typed.entries()) {
    const next = fitting(open, i, word.text);
    if (next.length === 0) {
      const parent = open.find((words) => words.length === i && takesArguments.has(words.join(' ')));
      if (parent !== undefined) {
        return { kind: 'command', command: parent.join(' '), rest: typed.slice(i).map((w) => w.text) };
      }
      return { kind: 'invalid', word: i, column: word.column + agreeing(open, i, word.text) };
    }
    if (new Set(next.map((words) => words[i])).size > 1) return { kind: 'ambiguous' };
    open = next;
  }
  const whole = open.find((words) => words.length === typed.length);
  return whole === undefined
    ? { kind: 'incomplete' }
    : { kind: 'command', command: whole.join(' '), rest: [] };
}

/** The words that may follow what was typed so far, as `?` lists them. */
export function nextWords(line: string, commands: readonly string[]): string[] {
  const typed =
    line === '' || line.endsWith(' ') ? [...wordsOf(line), { text: '', column: line.length }] : wordsOf(line);
  let open = commands.map((command) => command.split(' '));
  for (const [i, word] of typed.entries()) {
    const last = i === typed.length - 1;
    open = last ? open.filter((words) => opens(words[i], word.text)) : fitting(open, i, word.text);
  }
  const found = open.flatMap((words) => words[typed.length - 1] ?? []);
  return [...new Set(found)].sort();
}

interface TypedWord {
  readonly text: string;
  readonly column: number;
}

function wordsOf(line: string): TypedWord[] {
  // "show  crypto" → words with their columns
  return [...line.matchAll(/\S+/g)].map((match) => ({ text: match[0], column: match.index }));
}

/** An exact word wins over the longer ones it begins (`sa` over `sample`). */
function fitting(open: readonly string[][], at: number, text: string): string[][] {
  const begun = open.filter((words) => opens(words[at], text));
  const exact = begun.filter((words) => words[at]?.toLowerCase() === text.toLowerCase());
  return exact.length > 0 ? exact : begun;
}

/** Keywords may be abbreviated; addresses and interfaces (`192.0.2.1`, `Gi0/0`) are whole or another one. */
function opens(word: string | undefined, text: string): boolean {
  if (word === undefined) return false;
  const given = text.toLowerCase();
  return /[.:/]/.test(word) ? word.toLowerCase() === given : word.toLowerCase().startsWith(given);
}

/** How many characters of a wrong word still agree with some command: IOS puts its caret behind them. */
function agreeing(open: readonly string[][], at: number, text: string): number {
  let most = 0;
  for (let n = 1; n < text.length; n++) {
    if (!open.some((words) => opens(words[at], text.slice(0, n)))) break;
    most = n;
  }
  return most;
}
