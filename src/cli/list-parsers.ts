import { ALLOWED_COMMANDS, identifyCommand, RECORDED_COMMANDS } from '../evidence/show-command.ts';
import { PARSERS, parserFor } from '../parsers/registry.ts';
import { WHAT_IS_READ } from '../parsers/what-is-read.ts';
import { wrap } from '../report/text-layout.ts';
import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** One parser as `parse --list` shows it. */
interface ListedParser {
  readonly command: string;
  readonly reads: string;
  /** What may be typed for it; `<…>` stands for an argument. */
  readonly forms: readonly string[];
  /** False for a command that is read from recordings only and never sent. */
  readonly sent: boolean;
  /** The JSON Schema of its facts, in the package. */
  readonly schema: string;
}

/** An argument of each kind, so that a form can be looked up as a command. */
const EXAMPLES: Readonly<Record<string, string>> = {
  '<address>': '192.0.2.1',
  '<interface>': 'Tunnel0',
  '<name>': 'VPN',
};

/** The commands whose output is read, what of them, and in which forms. */
export function listParsers(format: 'text' | 'json', terminal: Terminal): ExitCode {
  const listed = PARSERS.map(({ command }) => listedParser(command));
  if (format === 'json')
    terminal.out(`${JSON.stringify({ format: 'tunneldoc.parsers/1', parsers: listed }, null, 2)}\n`);
  else
    terminal.out(
      listed.map((parser) => asText(parser, Math.max(60, Math.min(100, terminal.columns)))).join(''),
    );
  return 0;
}

function listedParser(command: string): ListedParser {
  const sent = formsOf(command, ALLOWED_COMMANDS);
  const recorded = formsOf(command, RECORDED_COMMANDS);
  return {
    command,
    reads: WHAT_IS_READ.get(command) ?? '',
    forms: [...sent, ...recorded],
    sent: sent.length > 0,
    schema: `docs/schema/facts/${command.replaceAll(' ', '-')}.schema.json`,
  };
}

function formsOf(command: string, forms: readonly string[]): string[] {
  return forms.filter((form) => {
    const example = form.replace(/<[a-z]+>/g, (argument) => EXAMPLES[argument] ?? argument);
    const name = identifyCommand(example)?.name;
    return name !== undefined && parserFor(name)?.command === command;
  });
}

function asText({ command, reads, forms, sent }: ListedParser, width: number): string {
  const others = forms.filter((form) => form !== command);
  const lines = [
    command + (sent ? '' : '   (from recordings; never sent)'),
    ...wrap(reads, width - 4).map((line) => `    ${line}`),
    ...others.map((form) => `    also: ${form}`),
  ];
  return `${lines.join('\n')}\n`;
}
