import { loadBuiltinPlaybooks } from '../app/load-playbooks.ts';
import { printable } from '../core/printable.ts';
import { type ExplainAnswer, explain, type Explanation } from '../playbooks/explain.ts';
import type { ExitCode } from './program.ts';
import type { Terminal } from './terminal.ts';

export async function runExplain(
  args: { readonly words: readonly string[]; readonly format: 'text' | 'json' },
  terminal: Terminal,
): Promise<ExitCode> {
  const playbooks = await loadBuiltinPlaybooks();
  const causes = playbooks.flatMap((playbook) =>
    playbook.hypotheses.map(({ id, title, supports, remedy, verify, references }) => ({
      id,
      title,
      summary: supports.map((clue) => clue.because).slice(0, 3).join('; '),
      remedy,
      verify,
      references,
    })),
  );
  const answer = explain(args.words.join(' '), causes);
  terminal.out(args.format === 'json' ? `${JSON.stringify(answer, null, 2)}\n` : text(answer));
  return answer.kind === 'unknown' ? 2 : 0;
}

function text(answer: ExplainAnswer): string {
  switch (answer.kind) {
    case 'unknown':
      return `${printable(answer.title)}\n${answer.suggestions.map((name) => `  did you mean ${name}?\n`).join('')}`;
    case 'line':
      return answer.messages
        .map(({ message, explanation }) => {
          const fields = Object.entries(message.fields).map(([name, value]) => `  ${name}: ${printable(value)}\n`);
          const name = printable(message.catalogueId ?? `${message.facility} ${message.mnemonic ?? ''}`);
          return `${name}\n${fields.join('')}${explanation === null ? '  not in the catalogue\n' : body(explanation)}`;
        })
        .join('\n');
    default:
      return `${answer.id}: ${answer.title}\n${body(answer)}`;
  }
}

function body(answer: Explanation): string {
  const causes = answer.likelyCauses.map(({ id, title }) => (title === null ? id : `${id}: ${title}`));
  return [
    answer.meaning === '' ? '' : `${answer.meaning}\n`,
    section('Likely causes', causes),
    section('Stuck as initiator', answer.stuckAs.initiator),
    section('Stuck as responder', answer.stuckAs.responder),
    section('Look at', answer.checks),
    section('What to do', answer.remedy),
    section('Verify', answer.verify),
    section('Remarks', answer.notes),
    section('See also', answer.seeAlso),
    section('Sources', answer.sources),
  ].join('');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${title}\n${lines.map((line) => `  - ${printable(line)}\n`).join('')}`;
}
