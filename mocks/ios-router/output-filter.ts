/** An output after `| include …`; `invalid` when the word behind the pipe is none of the five. */
export type Filtered =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'incomplete' };

const VERBS = [
  'append',
  'begin',
  'count',
  'exclude',
  'format',
  'include',
  'redirect',
  'section',
  'tee',
] as const;

/** Applies what stands behind the pipe: begin, count, exclude, include or section with an IOS regular expression. */
export function filterOutput(text: string, pipe: string): Filtered {
  // "include  crypto map" → verb and pattern
  const [, typed = '', given = ''] = /^\s*(\S*)\s*(.*)$/.exec(pipe) ?? [];
  const verb = VERBS.find((word) => typed !== '' && word.startsWith(typed.toLowerCase()));
  if (typed === '') return { kind: 'incomplete' };
  if (verb === undefined || verb === 'append' || verb === 'format' || verb === 'redirect' || verb === 'tee') {
    return { kind: 'invalid' };
  }
  if (given.trim() === '') return { kind: 'incomplete' };
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const kept = keep(verb, lines, iosRegExp(given.trim()));
  return { kind: 'text', text: kept.map((line) => `${line}\n`).join('') };
}

type Verb = 'begin' | 'count' | 'exclude' | 'include' | 'section';

function keep(verb: Verb, lines: readonly string[], wanted: RegExp): readonly string[] {
  switch (verb) {
    case 'include':
      return lines.filter((line) => wanted.test(line));
    case 'exclude':
      return lines.filter((line) => !wanted.test(line));
    case 'begin': {
      const at = lines.findIndex((line) => wanted.test(line));
      return at < 0 ? [] : lines.slice(at);
    }
    case 'count':
      return ['', `Number of lines which match regexp = ${lines.filter((line) => wanted.test(line)).length}`];
    case 'section':
      return sections(lines, wanted);
  }
}

/** A section is a line that matches with the indented lines below it. */
function sections(lines: readonly string[], wanted: RegExp): string[] {
  const kept: string[] = [];
  let inside = false;
  for (const line of lines) {
    if (!line.startsWith(' ')) inside = wanted.test(line);
    if (inside) kept.push(line);
  }
  return kept;
}

/** IOS expressions are POSIX-like; text that is no expression here is looked for as it stands. */
function iosRegExp(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    return new RegExp(pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  }
}
