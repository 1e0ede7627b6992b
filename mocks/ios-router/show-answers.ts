import { parseAddress } from '../../src/core/address.ts';
import type { Behaviour } from './behaviour.ts';
import type { ExecSetting, ExecTerminal } from './exec-terminal.ts';
import { filterOutput } from './output-filter.ts';
import { type OutputFault, type Page, printPaged } from './pager.ts';
import { BAD_PASSWORDS, INCOMPLETE, PLEASE_ANSWER, timestampLines } from './replies.ts';

/** A show command as it was understood. */
export interface ShowLine {
  readonly command: string;
  /** Words behind a command that takes arguments. */
  readonly rest: readonly string[];
  /** What stands behind `|`; null without one. */
  readonly pipe: string | null;
  /** The line as typed. */
  readonly raw: string;
}

/** Answers a show command: the recorded output or the router's own, filtered, paged, with the faults asked for. */
export async function answerShow(
  setting: ExecSetting,
  terminal: ExecTerminal,
  line: ShowLine,
  history: readonly string[],
): Promise<void> {
  if (line.command === 'show crypto ipsec sa peer') {
    const wrong = wrongPeerWord(line.rest);
    if (line.rest.length === 0) return terminal.say(INCOMPLETE);
    if (wrong !== null) return terminal.sayCaret(line.raw.lastIndexOf(wrong));
  }
  const command = [line.command, ...line.rest.map((word, i) => (i === 1 ? 'detail' : word))].join(' ');
  if (setting.behaviour.asksCmd?.test(command) && !(await consents(setting, terminal))) return;
  const builtIn = { text: builtInText(command, setting, terminal, history), cutShort: false };
  const served = setting.outputs.next(command) ?? builtIn;
  const filtered =
    line.pipe === null
      ? ({ kind: 'text', text: served.text } as const)
      : filterOutput(served.text, line.pipe);
  if (filtered.kind === 'incomplete') return terminal.say(INCOMPLETE);
  if (filtered.kind === 'invalid') return terminal.sayCaret(columnBehindBar(line.raw));
  if (terminal.timestamp) await terminal.say(timestampLines(setting.outputs.clock()));
  if (setting.behaviour.latency > 0) await setting.port.sleep(setting.behaviour.latency);
  await printPaged(setting.port, terminal.editor, filtered.text, pageOf(setting, terminal, command));
  if (served.cutShort) setting.port.drop();
}

/** `peer ADDRESS [detail]` and no more; `detail` may be abbreviated. */
function wrongPeerWord(rest: readonly string[]): string | null {
  const [peer = '', detail = 'detail', more] = rest;
  if (parseAddress(peer) === null) return peer;
  if (!'detail'.startsWith(detail)) return detail;
  return more ?? null;
}

function columnBehindBar(raw: string): number {
  const bar = raw.indexOf('|');
  // blanks behind the bar
  return bar + 1 + (/^\s*/.exec(raw.slice(bar + 1))?.[0].length ?? 0);
}

/** Asks until it is answered; a secret is never the right one. */
async function consents(setting: ExecSetting, terminal: ExecTerminal): Promise<boolean> {
  const { asks, execTimeout: idle } = setting.behaviour;
  const { newline, width, editor } = terminal;
  for (let attempt = 1; asks.includes('assword') && attempt <= 3; attempt++) {
    await editor.readSecret(asks, newline, idle);
    if (attempt === 3) await terminal.say(BAD_PASSWORDS);
  }
  while (!asks.includes('assword')) {
    const answer = await editor.read({ prompt: asks, width, newline, echoDelay: 0, idle, help: () => '' });
    if (answer === 'yes' || answer === 'no') return answer === 'yes';
    await terminal.say(PLEASE_ANSWER);
  }
  return false;
}

function builtInText(
  command: string,
  setting: ExecSetting,
  terminal: ExecTerminal,
  history: readonly string[],
): string {
  if (command === 'show clock') return `${setting.outputs.clock()}\n`;
  if (command === 'show privilege') return `Current privilege level is ${terminal.privilege}\n`;
  if (command === 'show history') return history.map((line) => `  ${line}\n`).join('');
  return `Line 2, Location: "", Type: "vt100"\nLength: ${terminal.length} lines, Width: ${terminal.width} columns\n`;
}

function pageOf(setting: ExecSetting, terminal: ExecTerminal, command: string): Page {
  const { more, execTimeout } = setting.behaviour;
  return {
    length: setting.interactive ? terminal.length : 0,
    width: terminal.width,
    style: more,
    newline: terminal.newline,
    idle: execTimeout,
    faults: faultsOf(setting.behaviour, terminal.newline, command),
    logLine: () => terminal.dueLogLine(),
  };
}

function faultsOf(behaviour: Behaviour, newline: string, command: string): OutputFault[] {
  const { stallCmd, stallAfter, stallFor, dropCmd, dropAfter, noiseCmd, noiseAfter, noise } = behaviour;
  const faults: OutputFault[] = [];
  if (noiseCmd?.test(command))
    faults.push({ after: noiseAfter, kind: 'noise', text: noise.replaceAll('\n', newline) });
  if (stallCmd?.test(command)) faults.push({ after: stallAfter, kind: 'stall', seconds: stallFor });
  if (dropCmd?.test(command)) faults.push({ after: dropAfter, kind: 'drop' });
  return faults.sort((a, b) => a.after - b.after);
}
