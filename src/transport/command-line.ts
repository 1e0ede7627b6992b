import { printable } from '../core/printable.ts';
import type { CutName, Refusal } from '../evidence/collected.ts';
import type { LogForms } from '../evidence/log-lines.ts';
import { recogniseRefusal } from '../evidence/refusal.ts';
import type { ShowCommand } from '../evidence/show-command.ts';
import { type AtPassword, type AtPrompt, CommandWait } from './command-wait.ts';
import { type ConnectError, connectError } from './connect-error.ts';
import type { OwnOutput } from './own-output.ts';
import { PromptMemory } from './prompt-memory.ts';
import { PromptWait } from './prompt-wait.ts';
import { type LineTap, RouterLine, type Stopped, type WaitLimits } from './router-line.ts';
import type { Channel, Sendable } from './send.ts';
import type { SessionCommand } from './session-commands.ts';
import { cutName, cutReason, INTERRUPTED, noPromptError, whyDead } from './session-ending.ts';
import { decoded, outputText, withoutPartialEcho, withoutTrailingPager } from './terminal.ts';
import type { Limits } from './timeouts.ts';
import { linesTaken, takeOut } from './unasked-lines.ts';

/** How one command ended, with its text as the recording contract says; `unasked` is there when lines were taken out of it. */
export type CommandEnd =
  | (EndText & { readonly kind: 'answered' })
  | (EndText & { readonly kind: 'refused'; readonly refusal: Refusal; readonly reason: string })
  | (EndText & { readonly kind: 'cut-short'; readonly reason: string; readonly error: CutName });

interface EndText {
  readonly text: string;
  readonly unasked?: readonly string[];
}

export interface SessionOptions {
  /** `name (host:port)` for messages. */
  readonly where: string;
  readonly limits: Limits;
  readonly signal: AbortSignal | null;
  readonly tap?: LineTap | null;
}

/** What is waited for after something was sent. */
export interface Expectation {
  /** The command whose echo comes first; null when none does (a secret, a bare CR). */
  readonly command: string | null;
  readonly limits: WaitLimits;
  readonly passwordMayBeAsked?: boolean;
  /** What must have come before a prompt counts. */
  readonly until?: RegExp;
  readonly isSetUp?: boolean;
}

/** What came: `soFar` is the output without its end, for when it was cut short. */
export interface Reply {
  readonly end: AtPrompt | AtPassword | Stopped;
  soFar(): OwnOutput;
}

/**
 * The command line of a router: its prompt, what it writes on its own account, and whether it still can be talked to.
 * One thing at a time: the caller waits for each reply.
 */
export class CommandLine {
  /** Set once `terminal length 0` or its like was accepted. */
  pagingOff = false;
  /** Set when the router goes on with the lines of `exec prompt timestamp`. */
  stampsStay = false;
  /** What was noticed on the way that a reader of the outputs must know. */
  readonly remarks: string[] = [];
  readonly options: SessionOptions;
  readonly prompts = new PromptMemory();
  readonly #line: RouterLine;
  readonly #forms: LogForms = new Set();
  /** Log lines that came while nothing was asked. */
  #early: string[] = [];
  #privileged = false;
  #dead: string | null = null;

  constructor(channel: Channel, options: SessionOptions) {
    this.options = options;
    const { signal, tap = null, limits } = options;
    this.#line = new RouterLine(channel, { signal, tap, sessionBytes: limits.sessionBytes });
  }

  /** True at `#`. */
  get privileged(): boolean {
    return this.#privileged;
  }

  /** Why nothing more can be run, or null. */
  get dead(): string | null {
    if (this.options.signal?.aborted) this.#dead ??= INTERRUPTED;
    return this.#dead ?? (this.#line.closed === null ? null : CLOSED_BETWEEN);
  }

  /** True once the channel is closed. */
  get isClosed(): boolean {
    return this.#line.closed !== null;
  }

  /** Waits for the first prompt of the session. */
  async learnPrompt(): Promise<ConnectError | null> {
    const { where, limits } = this.options;
    const wait = new PromptWait(this.#line);
    const found = await this.#line.waitFor((quietMs) => wait.look(quietMs), {
      idleMs: limits.promptMs,
      totalMs: limits.promptMs,
      bytes: BANNER_BYTES,
    });
    if (found.kind === 'found') {
      for (const prompt of found.prompts) this.prompts.learn(prompt);
      this.#privileged = found.prompts.at(-1)?.mark === '#';
      this.#line.incoming.read();
      return null;
    }
    this.#dead = 'no prompt was found';
    if (found.kind === 'login-asked')
      return connectError(
        'login-inside-session',
        'prompt',
        `${where}: logged in by SSH, but the device asks for a user name or password again inside the session; that is not an IOS command line.`,
      );
    return noPromptError(where, found, this.#line.incoming.tail(2048));
  }

  /** Runs one command. Never throws for what the router does. */
  async run(command: ShowCommand | SessionCommand): Promise<CommandEnd> {
    if (this.dead !== null) return this.notRun();
    const reply = await this.send([{ kind: 'command', command }], { command, limits: this.commandLimits(1) });
    return this.endOf(command, reply);
  }

  /** As `run`, for a line that sets the session up: the next line shows whether it was answered in full, so that no proof is asked for. */
  async setUp(command: SessionCommand): Promise<CommandEnd> {
    if (this.dead !== null) return this.notRun();
    const expected = { command, limits: this.commandLimits(1), isSetUp: true };
    return this.endOf(command, await this.send([{ kind: 'command', command }], expected));
  }

  /** How a command ends that is not sent any more. */
  notRun(): CommandEnd {
    return { kind: 'cut-short', text: '', reason: `not run: ${this.dead}`, error: 'not-run' };
  }

  commandLimits(commands: number): WaitLimits {
    const { commandIdleMs, commandMs, commandBytes } = this.options.limits;
    return { idleMs: commandIdleMs, totalMs: commandMs * commands, bytes: commandBytes * commands };
  }

  /** Sends something and waits for what it leads to. A line that stopped is dead, unless a password may be asked: that is settled elsewhere. */
  async send(sendables: readonly Sendable[], expected: Expectation): Promise<Reply> {
    const { command, limits, passwordMayBeAsked = false, until = null, isSetUp = false } = expected;
    this.#beginReading();
    const logsAreOutput = command?.startsWith('show logging') ?? false;
    const wait = new CommandWait(this.#line, this.prompts, {
      command,
      pagingOff: this.pagingOff,
      passwordMayBeAsked,
      logsAreOutput,
      forms: this.#forms,
      until,
      isSetUp,
    });
    for (const sendable of sendables) this.#line.send(sendable);
    const end = await this.#line.waitFor(
      (quietMs) => wait.look(quietMs),
      { ...limits, logsCount: logsAreOutput },
      // Of several lines only the last one's prompt is of worth.
      passwordMayBeAsked || sendables.length > 1 ? null : () => wait.lookEarly(),
    );
    if (end.kind === 'stopped' && !passwordMayBeAsked) this.#dead ??= whyDead(end);
    if (end.kind === 'prompt') this.#atPrompt(end, command);
    return { end, soFar: () => wait.soFar(limits.bytes) };
  }

  /** How a command ended, from what was read of it. */
  endOf(command: string, { end, soFar }: Reply): CommandEnd {
    if (end.kind === 'prompt') return this.answer(command, end);
    const own = soFar();
    const bytes = withoutPartialEcho(withoutTrailingPager(own.bytes), command, own.cuts);
    const { text, stamp } = this.#textOf({ ...own, bytes }, command);
    const reason = cutReason(end, text);
    return { kind: 'cut-short', text, ...this.unaskedOf(own, stamp), reason, error: cutName(end) };
  }

  answer(command: string, output: OwnOutput): CommandEnd {
    const { text, stamp } = this.#textOf(output, command);
    const unasked = this.unaskedOf(output, stamp);
    const refused = recogniseRefusal(text);
    return refused === null
      ? { kind: 'answered', text, ...unasked }
      : { kind: 'refused', text, ...unasked, ...refused };
  }

  /** What the router wrote on its own account since the last output, and into this one. */
  unaskedOf({ cuts, behind }: OwnOutput, stamp: readonly string[]): Pick<EndText, 'unasked'> {
    const lines = [...this.#early, ...stamp, ...linesTaken(cuts), ...behind];
    this.#early = [];
    return lines.length === 0 ? {} : { unasked: lines.map((line) => decoded(line)) };
  }

  /** The text, and the lines of `exec prompt timestamp` in front of it where these stay: they are a clock, not the output. */
  #textOf(output: OwnOutput, command: string): { text: string; stamp: readonly string[] } {
    const text = outputText({ ...output, command });
    const front = this.stampsStay ? (STAMP_IN_FRONT.exec(text)?.[0] ?? '') : '';
    return { text: text.slice(front.length), stamp: front.split('\n').filter((line) => line !== '') };
  }

  /** Gives the line up, for a reason a person reads. */
  abandon(why: string): void {
    this.#dead ??= why;
  }

  /** Says goodbye when the router still listens; returns true when it was said. */
  exit(): boolean {
    const listens = this.#line.closed === null && (this.#dead === null || this.#dead === INTERRUPTED);
    if (listens) this.#line.send({ kind: 'command', command: 'exit' });
    this.#dead ??= 'the session was ended';
    return listens;
  }

  /** What came since the last prompt holds log lines or nothing of worth; the one that is still coming may be a log line. */
  #beginReading(): void {
    const { incoming } = this.#line;
    const unread = incoming.unread();
    const open = unread.slice(unread.lastIndexOf('\n') + 1);
    incoming.clear();
    if (open !== '') incoming.append(open);
    const { cuts } = takeOut(unread.slice(0, unread.length - open.length), this.#forms);
    this.#early.push(...linesTaken(cuts));
  }

  #atPrompt({ prompt, nameBefore }: AtPrompt, command: string | null): void {
    this.#privileged = prompt.mark === '#';
    if (nameBefore === null) return;
    const when = command === null ? 'during the session' : `while ${command} ran`;
    this.remarks.push(
      `the prompt changed from ${printable(nameBefore)} to ${printable(prompt.base.trim())} ${when}: a switch-over, or the router was renamed; outputs from before and after may not belong together`,
    );
  }
}

/** No command of ours was running: exec-timeout, a restart, somebody cleared the line. */
const CLOSED_BETWEEN =
  'connection lost between two commands: the router closed the idle session, or restarted';

const BANNER_BYTES = 1024 * 1024;
// Load for five secs: 2%/0%; one minute: 1%; five minutes: 1%
// Time source is NTP, 17:32:07.999 EST Wed Feb 3 2016
//
const STAMP_IN_FRONT = /^Load for five secs: [^\n]*\nTime source is [^\n]*\n\n?/;
