import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from './package-root.ts';

/** A named error as its page in docs/errors tells it. Lists hold whole sentences or commands in backticks. */
export interface ErrorPage {
  readonly kind: 'error';
  readonly id: string;
  readonly meaning: string;
  readonly phase: string;
  /** What had been sent to the router when it came. */
  readonly sent: string;
  readonly retry: string;
  /** An example of the message. */
  readonly message: string;
  readonly reasons: readonly string[];
  readonly remedy: readonly string[];
  /** Commands for a person to look with, on the router. */
  readonly checks: readonly string[];
}

/** The names that have a page, in alphabetical order. */
export async function errorPageNames(): Promise<readonly string[]> {
  const files = await readdir(folder());
  return files
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => file.slice(0, -'.md'.length))
    .sort();
}

/** The page of a named error, without regard to case; null when no error has this name. */
export async function errorPage(name: string): Promise<ErrorPage | null> {
  const id = (await errorPageNames()).find((known) => known === name.trim().toLowerCase());
  return id === undefined ? null : readErrorPage(id, await readFile(join(folder(), `${id}.md`), 'utf8'));
}

function folder(): string {
  return join(packageRoot(), 'docs', 'errors');
}

/**
 * Reads a page of our own: title, meaning, three facts, then sections.
 * @throws when a part is missing (our bug; a test reads every page)
 */
function readErrorPage(id: string, text: string): ErrorPage {
  const [head = '', ...sections] = text.split(/^## /m);
  const section = (title: string): string =>
    sections.find((part) => part.startsWith(`${title}\n`))?.slice(title.length) ?? '';
  const [title, ...paragraphs] = head.trim().split(/\n{2,}/);
  const facts = paragraphs.at(-1) ?? '';
  const page: ErrorPage = {
    kind: 'error',
    id,
    meaning: paragraphs.slice(0, -1).join('\n\n').replaceAll('\n', ' '),
    phase: factOf(facts, 'Phase'),
    sent: factOf(facts, 'Sent before it'),
    retry: factOf(facts, 'Tried again'),
    message: section('Message')
      .replace(/^\s*```\n|\n```\s*$/g, '')
      .trim(),
    reasons: points(section('Usual reasons')),
    remedy: points(section('What to do')),
    checks: points(section('On the router')),
  };
  const whole = [page.meaning, page.phase, page.sent, page.retry, page.message].every((part) => part !== '');
  if (title !== `# ${id}` || !whole || page.reasons.length === 0 || page.remedy.length === 0)
    throw new Error(`docs/errors/${id}.md is not a whole page`);
  return page;
}

function factOf(facts: string, name: string): string {
  const line = facts.split('\n').find((one) => one.startsWith(`- ${name}: `));
  return line?.slice(name.length + 4) ?? '';
}

function points(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => line.slice(2));
}
