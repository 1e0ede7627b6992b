import type { ShowCommand } from '../evidence/show-command.ts';
import type { CommandEnd, CommandLine, Reply } from './command-line.ts';
import type { OwnOutput } from './own-output.ts';
import type { PromptMemory } from './prompt-memory.ts';
import { cutReason } from './session-ending.ts';

/** What may wait in a router's input at once. */
const AT_ONCE = { commands: 4, characters: 200 };

/**
 * How many of the waiting commands may be sent together, at least 1. `show logging` is sent alone: a log can hold the very lines
 * by which the outputs are told apart; so is a command that stands there twice.
 */
export function howManyTogether(waiting: readonly ShowCommand[]): number {
  let characters = 0;
  let count = 0;
  for (const command of waiting.slice(0, AT_ONCE.commands)) {
    characters += command.length + 1;
    const isAlone = command.startsWith('show logging') || waiting.indexOf(command) < count;
    if (isAlone || characters > AT_ONCE.characters) break;
    count++;
  }
  return Math.max(1, count);
}

/**
 * Sends several commands at once. Null when it cannot be said with certainty which output belongs to which: the caller asks
 * again, one by one. When the line stopped, what came is kept as far as it can be told apart, and nothing counts as complete.
 */
export async function runTogether(
  line: CommandLine,
  commands: readonly ShowCommand[],
): Promise<readonly CommandEnd[] | null> {
  const [first = ''] = commands;
  const sendables = commands.map((command) => ({ kind: 'command', command }) as const);
  const reply = await line.send(sendables, { command: first, limits: line.commandLimits(commands.length) });
  if (reply.end.kind !== 'prompt') return cutTogether(line, commands, reply);
  const parts = splitOutputs(reply.end, commands, line.prompts);
  return parts?.map((part, i) => line.answer(commands[i] ?? '', part)) ?? null;
}

// R1#Current privilege level is 15: behind the prompt where the echo came at once
const PRIVILEGE_ANYWHERE = /Current privilege level is \d{1,2}\s/;

/** Reads whatever is left of commands sent together: the answer to one more comes behind all of it. */
export async function catchUp(line: CommandLine): Promise<void> {
  const { end } = await line.send([{ kind: 'command', command: 'show privilege' }], {
    command: 'show privilege',
    limits: line.commandLimits(AT_ONCE.commands),
    until: PRIVILEGE_ANYWHERE,
  });
  if (end.kind !== 'prompt') line.abandon('the answers to commands sent together did not end');
}

/**
 * The output of each command, echo included; null unless every line of prompt and echo is there exactly once and in order,
 * and no other line holds one of the commands.
 */
function splitOutputs(
  output: OwnOutput,
  commands: readonly string[],
  prompts: PromptMemory,
): readonly OwnOutput[] | null {
  const found = echoLines(output.bytes, commands, prompts);
  if (found === null || found.length !== commands.length) return null;
  if (found.some(({ command }, i) => command !== commands[i])) return null;
  return found.map((echo, i) => partOf(output, echo.echoAt, found[i + 1]?.start ?? output.bytes.length));
}

interface EchoLine {
  readonly command: string;
  /** Where its line begins, with the prompt. */
  readonly start: number;
  /** Where the echo begins, behind the prompt. */
  readonly echoAt: number;
}

/** The lines that are a prompt and the echo of a command (the first command's prompt came before); null when a command stands in another. */
function echoLines(bytes: string, commands: readonly string[], prompts: PromptMemory): EchoLine[] | null {
  const found: EchoLine[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf('\n', start) < 0 ? bytes.length : bytes.indexOf('\n', start);
    const line = bytes.slice(start, end).replaceAll('\r', '');
    if (commands.some((command) => line.includes(command))) {
      const command = commands.find((each) => isEcho(line, each, prompts, found.length === 0));
      if (command === undefined) return null;
      found.push({ command, start, echoAt: start + bytes.slice(start, end).lastIndexOf(command) });
    }
    start = end + 1;
  }
  return found;
}

function isEcho(line: string, command: string, prompts: PromptMemory, isFirst: boolean): boolean {
  if (!line.endsWith(command)) return false;
  const prompt = line.slice(0, line.length - command.length);
  return prompts.compare(prompt) === 'same' || (isFirst && prompt === '');
}

function partOf({ bytes, cuts, behind }: OwnOutput, from: number, to: number): OwnOutput {
  const isLast = to === bytes.length;
  return {
    bytes: bytes.slice(from, to),
    spacesAt: [],
    cuts: cuts
      .filter(({ at }) => (at >= from || from === 0) && (at < to || isLast))
      .map((cut) => ({ ...cut, at: Math.max(0, cut.at - from) })),
    behind: isLast ? behind : [],
  };
}

/** The line stopped among commands sent together. */
function cutTogether(line: CommandLine, commands: readonly ShowCommand[], reply: Reply): CommandEnd[] {
  const own = reply.soFar();
  const found = echoLines(own.bytes, commands, line.prompts) ?? [];
  const inOrder = found.filter(({ command }, i) => command === commands[i]);
  const parts = inOrder.length === found.length && found.length > 0 ? found : [];
  if (parts.length === 0)
    return commands.map((command, i) => (i === 0 ? line.endOf(command, reply) : line.notRun()));
  return commands.map((command, i) => {
    const echo = parts[i];
    if (echo === undefined) return line.notRun();
    const part = partOf(own, echo.echoAt, parts[i + 1]?.start ?? own.bytes.length);
    const end = line.endOf(command, { end: reply.end, soFar: () => part });
    if (end.kind !== 'cut-short' || i + 1 === parts.length || reply.end.kind === 'prompt') return end;
    return {
      ...end,
      reason: `sent together with others, of which not all were answered: ${cutReason(reply.end, end.text)}`,
    };
  });
}
