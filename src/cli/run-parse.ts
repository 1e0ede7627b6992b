import { readFile } from 'node:fs/promises';
import { decodeText } from '../evidence/recording-files.ts';
import { redact } from '../evidence/redact.ts';
import { identifyCommand, isRecordedOnly } from '../evidence/show-command.ts';
import { parserFor } from '../parsers/registry.ts';
import type { ExitCode } from './exit-code.ts';
import { Fault } from './fault.ts';
import type { Terminal } from './terminal.ts';

/** Facts of one output: exactly one JSON document on stdout, exit 2 for a command nobody here can read. */
export async function runParse(
  args: { readonly showCommand: string; readonly file: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const text = await readInput(args.file, terminal);
  const identified = identifyCommand(args.showCommand);
  const parser = identified === null ? null : parserFor(identified.name);
  if (identified === null || parser === null) {
    print(terminal, {
      command: identified?.command ?? args.showCommand,
      coverage: 'unrecognised',
      facts: null,
      unread: [],
    });
    terminal.err(`tunneldoc: no parser reads \`${args.showCommand}\`\n`);
    return 2;
  }
  // what may hold keys is cleaned before anything of it is printed, lines that nobody could read included
  const parsed = parser.parse(isRecordedOnly(identified.name) ? redact(text).text : text);
  print(terminal, { command: identified.command, ...parsed });
  return 0;
}

function print(
  terminal: Terminal,
  value: { command: string; coverage: string; facts: unknown; unread: readonly unknown[] },
): void {
  const { command, coverage, facts, unread } = value;
  terminal.out(`${JSON.stringify({ command, coverage, facts, unread }, null, 2)}\n`);
}

async function readInput(file: string, terminal: Terminal): Promise<string> {
  if (file === '-') return terminal.readStdin();
  try {
    return decodeText(await readFile(file));
  } catch (error) {
    throw new Fault(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
