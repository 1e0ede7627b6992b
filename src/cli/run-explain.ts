import { type ErrorPage, errorPage, errorPageNames } from '../app/error-pages.ts';
import { loadBuiltinPlaybooks } from '../app/load-playbooks.ts';
import { closest } from '../core/closest.ts';
import { type ExplainAnswer, type Explanation, explain } from '../playbooks/explain.ts';
import { wrap } from '../report/text-layout.ts';
import { counted, marked, sentence } from '../report/wording.ts';
import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

export async function runExplain(
  args: { readonly words: readonly string[]; readonly format: 'text' | 'json' },
  terminal: Terminal,
): Promise<ExitCode> {
  const page = await errorPage(args.words.join('-'));
  const answer = page ?? (await knowledgeOf(args.words.join(' ')));
  terminal.out(
    args.format === 'json'
      ? `${JSON.stringify(answer, null, 2)}\n`
      : text(answer, Math.max(60, Math.min(100, terminal.columns))),
  );
  return answer.kind === 'unknown' ? 2 : 0;
}

/** Messages, states and causes; for a word that is none of them the nearest names, those of errors too. */
async function knowledgeOf(words: string): Promise<ExplainAnswer> {
  const playbooks = await loadBuiltinPlaybooks();
  const causes = playbooks.flatMap((playbook) =>
    playbook.hypotheses.map(({ id, title, supports, remedy, verify, references }) => ({
      id,
      title,
      summary: supports
        .slice(0, 3)
        .map((clue) => sentence(clue.because))
        .join(' '),
      remedy,
      verify,
      references,
    })),
  );
  const answer = explain(words, causes);
  if (answer.kind !== 'unknown') return answer;
  const near = closest(words.toLowerCase(), await errorPageNames());
  return near === null ? answer : { ...answer, suggestions: [near, ...answer.suggestions].slice(0, 3) };
}

function text(answer: ExplainAnswer | ErrorPage, width: number): string {
  switch (answer.kind) {
    case 'error':
      return rows(errorLines(answer, width));
    case 'unknown':
      return rows([
        ...wrap(`${answer.title}: not a message, state, cause or error that tunneldoc knows.`, width),
        ...answer.suggestions.map((name) => `  Did you mean ${name}?`),
      ]);
    case 'line':
      return answer.messages
        .map(({ message, explanation }) => {
          const name =
            message.catalogueId ??
            [message.facility, message.severity, message.mnemonic]
              .filter((part) => part !== null && part !== '')
              .join('-');
          const fields = Object.entries(message.fields).flatMap(([field, value]) =>
            wrap(value, width, `  ${field}: `),
          );
          const told =
            explanation === null ? ['  This message is not in the catalogue.'] : body(explanation, width);
          return rows([...wrap(name, width), ...fields, ...told]);
        })
        .join('\n');
    default:
      return rows([...heading(answer, width), ...body(answer, width)]);
  }
}

function errorLines(page: ErrorPage, width: number): string[] {
  return [
    page.id,
    '',
    ...wrap(page.meaning, width),
    '',
    ...wrap(page.phase, width, 'Phase: '),
    ...wrap(page.sent, width, 'Sent before it: '),
    ...wrap(page.retry, width, 'Tried again: '),
    '',
    'Message',
    ...page.message
      .split('\n')
      .flatMap((line) => wrap(line.trim(), width, line.startsWith(' ') ? '    ' : '  ')),
    ...section('Usual reasons', page.reasons, width),
    ...section('What to do', page.remedy, width),
    ...section('Look at on the router', page.checks, width),
  ];
}

function heading({ id, title }: Explanation, width: number): string[] {
  return title.startsWith(id)
    ? wrap(marked(title), width)
    : [...wrap(id, width), ...wrap(title, width, '  ')];
}

function rows(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function body(answer: Explanation, width: number): string[] {
  const causes = answer.likelyCauses.map(({ id, title }) => (title === null ? id : `${id}: ${title}`));
  const sentences = (texts: readonly string[]) => texts.map((one) => sentence(marked(one)));
  return [
    ...(answer.meaning === '' ? [] : ['', ...wrap(marked(answer.meaning), width)]),
    ...section('Likely causes', causes, width),
    ...section('Why a router stays in it as initiator', sentences(answer.stuckAs.initiator), width),
    ...section('Why a router stays in it as responder', sentences(answer.stuckAs.responder), width),
    ...section('Look at', answer.checks, width),
    ...section('What to do', sentences(answer.remedy), width),
    ...section('Verify', sentences(answer.verify), width),
    ...section('Remarks', sentences(answer.notes), width),
    ...section(
      'See also',
      counted(
        answer.seeAlso.filter((id) => !id.includes('.')),
        MOST_RELATED,
      ),
      width,
    ),
    ...section('Sources', answer.sources, LONGEST_SOURCE),
  ];
}

/** Sources are not wrapped: a broken address cannot be opened. */
const LONGEST_SOURCE = 500;
/** Messages named beside an explanation; ids of debug lines (`dbg.…`) are for programs and stay in the JSON form. */
const MOST_RELATED = 8;

function section(title: string, lines: readonly string[], width: number): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.flatMap((line) => wrap(line, width, '  - '))];
}
