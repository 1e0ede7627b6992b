import { printable } from '../core/printable.ts';
import type { CutName, Refusal } from '../evidence/collected.ts';
import { recogniseRefusal } from '../evidence/refusal.ts';
import type { ShowCommand } from '../evidence/show-command.ts';
import { type AtPassword, type AtPrompt, CommandWait } from './command-wait.ts';
import { type ConnectError, connectError, type Outcome } from './connect-error.ts';
import { ENABLE_REFUSED, EXEC_TIMESTAMP, PRIVILEGE_LINE } from './ios-prompts.ts';
import { PromptMemory } from './prompt-memory.ts';
import { PromptWait } from './prompt-wait.ts';
import { type LineTap, RouterLine, type Stopped, type WaitLimits } from './router-line.ts';
import { type Channel, isTypeable } from './send.ts';
import type { SessionCommand } from './session-commands.ts';
import { cutName, cutReason, INTERRUPTED, noPromptError, whyDead } from './session-ending.ts';
import { outputText, withoutTrailingPager } from './terminal.ts';
import type { Limits } from './timeouts.ts';

/** How one command ended, with its text as the recording contract says; `unasked` is there when lines were taken out of it. */
export type CommandEnd =
  | (EndText & { readonly kind: 'answered' })
  | (EndText & { readonly kind: 'refused'; readonly refusal: Refusal; readonly reason: string })
  | (EndText & { readonly kind: 'cut-short'; readonly reason: string; readonly error: CutName });

interface EndText {
  readonly text: string;
  readonly unasked?: readonly string[];
}

/** What was learned about the session before the first show command. */
export interface SessionFacts {
  /** From the prompt. */
  readonly hostname: string;
  /** 0–15 as `show privilege` says it, null when it was refused. */
  readonly privilege: number | null;
  /** True at `#`. */
  readonly privileged: boolean;
  readonly pagingOff: boolean;
  readonly enable: 'not-needed' | 'no-secret' | 'entered' | 'refused';
  readonly remarks: readonly string[];
}

export interface SessionOptions {
  /** `name (host:port)` for messages. */
  readonly where: string;
  readonly limits: Limits;
  readonly signal: AbortSignal | null;
  readonly tap?: LineTap | null;
}

/**
 * An IOS command line on a shell channel. One command at a time: the caller waits for each answer.
 * After a stall, a cut or an interrupt the line is out of step for good, and every further command answers at once.
 */
export class IosSession {
  readonly #line: RouterLine;
  readonly #prompts = new PromptMemory();
  readonly #options: SessionOptions;
  #pagingOff = false;
  #privileged = false;
  #dead: string | null = null;

  constructor(channel: Channel, options: SessionOptions) {
    this.#options = options;
    this.#line = new RouterLine(channel, options.signal, options.tap ?? null);
  }

  /** Learns the prompt, enables when asked to and needed, switches paging off, looks up the privilege. */
  async start(enableSecret: string | null): Promise<Outcome<SessionFacts>> {
    const error = await this.#learnPrompt();
    if (error !== null) return { ok: false, error };
    const remarks: string[] = [];
    const enable = await this.#enable(enableSecret, remarks);
    this.#pagingOff = (await this.#setUp('terminal length 0')).kind === 'answered';
    if (!this.#pagingOff)
      remarks.push(
        'paging could not be switched off (terminal length 0 was refused): outputs were read page by page',
      );
    await this.#setUp('terminal width 511');
    await this.#setUp('terminal no monitor');
    const said = await this.#setUp('show privilege');
    if (EXEC_TIMESTAMP.test(said.text)) await this.#setUp('terminal no exec prompt timestamp');
    const privilege = privilegeIn(said);
    if (this.#dead !== null) return { ok: false, error: this.#lostAtStart() };
    if (!this.#privileged) remarks.push(userExecRemark(privilege, enable));
    const facts = {
      hostname: printable(this.#prompts.hostname()),
      privilege,
      privileged: this.#privileged,
      pagingOff: this.#pagingOff,
      enable,
      remarks,
    };
    return { ok: true, value: facts };
  }

  /** Runs one show command. Never throws for what the router does. */
  run(command: ShowCommand): Promise<CommandEnd> {
    return this.#command(command);
  }

  /** Says goodbye when the router still listens; returns true when it was said. */
  exit(): boolean {
    const listens = this.#line.closed === null && (this.#dead === null || this.#dead === INTERRUPTED);
    if (listens) this.#line.send({ kind: 'command', command: 'exit' });
    this.#dead = this.#dead ?? 'the session was ended';
    return listens;
  }

  async #learnPrompt(): Promise<ConnectError | null> {
    const { promptMs } = this.#options.limits;
    const wait = new PromptWait(this.#line);
    const found = await this.#line.waitFor((quietMs) => wait.look(quietMs), {
      idleMs: promptMs,
      totalMs: promptMs,
      bytes: BANNER_BYTES,
    });
    if (found.kind === 'found') {
      for (const prompt of found.prompts) this.#prompts.learn(prompt);
      this.#privileged = found.prompts.at(-1)?.mark === '#';
      return null;
    }
    this.#dead = 'no prompt was found';
    const { where } = this.#options;
    if (found.kind === 'login-asked')
      return connectError(
        'login-inside-session',
        'prompt',
        `${where}: logged in by SSH, but the device asks for a user name or password again inside the session; that is not an IOS command line.`,
      );
    return noPromptError(where, found, this.#line.incoming.tail(2048));
  }

  #lostAtStart(): ConnectError {
    const { where } = this.#options;
    if (this.#dead === INTERRUPTED) return connectError('interrupted', 'prompt', `${where}: interrupted.`);
    const name = this.#line.closed === null ? 'no-prompt' : 'closed-without-prompt';
    return connectError(
      name,
      'prompt',
      `${where}: the session was lost while it was being set up: ${this.#dead}.`,
    );
  }

  async #enable(secret: string | null, remarks: string[]): Promise<SessionFacts['enable']> {
    if (this.#privileged) return 'not-needed';
    if (secret === null) return 'no-secret';
    if (!isTypeable(secret)) {
      remarks.push('enable was not tried: the enable secret is empty or holds control characters');
      return 'refused';
    }
    const first = await this.#exchange('enable', true);
    const { end, text } =
      first.kind === 'password' ? await this.#typeSecret(secret) : { end: first, text: this.#text('enable') };
    if (end.kind === 'prompt') this.#privileged = end.prompt.mark === '#';
    if (this.#privileged) return 'entered';
    const said = ENABLE_REFUSED.exec(text)?.[0] ?? 'the router gave no reason';
    remarks.push(`enable was refused: ${printable(said)}`);
    return 'refused';
  }

  /** The secret is typed once. A second question means that it was wrong: bare CRs lead back to the prompt. */
  async #typeSecret(secret: string): Promise<{ end: AtPrompt | AtPassword | Stopped; text: string }> {
    this.#line.incoming.clear();
    this.#line.send({ kind: 'enable-secret', secret });
    let end = await this.#wait(null, true);
    for (let asked = 0; end.kind === 'password' && asked < ENABLE_QUESTIONS; asked++) {
      this.#line.incoming.clear();
      this.#line.send({ kind: 'key', key: 'return' });
      end = await this.#wait(null, true);
    }
    return { end, text: this.#text(null) };
  }

  async #setUp(command: SessionCommand): Promise<CommandEnd> {
    return this.#command(command);
  }

  async #command(command: ShowCommand | SessionCommand): Promise<CommandEnd> {
    if (this.#options.signal?.aborted) this.#dead ??= INTERRUPTED;
    const dead = this.#dead ?? this.#line.closed;
    if (dead !== null) return { kind: 'cut-short', text: '', reason: `not run: ${dead}`, error: 'not-run' };
    const { end, wait } = await this.#exchangeWith(command, false);
    if (end.kind === 'prompt') {
      this.#privileged = end.prompt.mark === '#';
      const text = outputText({ bytes: end.bytes, command, spacesAt: wait.spacesAt });
      const refused = recogniseRefusal(text);
      return refused === null ? { kind: 'answered', text } : { kind: 'refused', text, ...refused };
    }
    const bytes = withoutTrailingPager(
      this.#line.incoming.from(0).slice(0, this.#options.limits.commandBytes),
    );
    const text = outputText({ bytes, command, spacesAt: wait.spacesAt });
    return { kind: 'cut-short', text, reason: cutReason(end, text), error: cutName(end) };
  }

  async #exchange(
    command: SessionCommand,
    passwordMayBeAsked: boolean,
  ): Promise<AtPrompt | AtPassword | Stopped> {
    return (await this.#exchangeWith(command, passwordMayBeAsked)).end;
  }

  async #exchangeWith(command: ShowCommand | SessionCommand, passwordMayBeAsked: boolean) {
    this.#line.incoming.clear();
    const wait = new CommandWait(this.#line, this.#prompts, {
      command,
      pagingOff: this.#pagingOff,
      passwordMayBeAsked,
    });
    this.#line.send({ kind: 'command', command });
    return { wait, end: await this.#finish(wait, passwordMayBeAsked) };
  }

  #wait(command: null, passwordMayBeAsked: boolean): Promise<AtPrompt | AtPassword | Stopped> {
    return this.#finish(
      new CommandWait(this.#line, this.#prompts, { command, pagingOff: true, passwordMayBeAsked }),
      passwordMayBeAsked,
    );
  }

  async #finish(wait: CommandWait, enabling: boolean): Promise<AtPrompt | AtPassword | Stopped> {
    const { limits } = this.#options;
    const waitLimits: WaitLimits = enabling
      ? { idleMs: limits.enableMs, totalMs: limits.enableMs, bytes: BANNER_BYTES }
      : { idleMs: limits.commandIdleMs, totalMs: limits.commandMs, bytes: limits.commandBytes };
    const end = await this.#line.waitFor((quietMs) => wait.look(quietMs), waitLimits);
    if (end.kind === 'stopped') this.#dead ??= whyDead(end);
    return end;
  }

  #text(command: string | null): string {
    return outputText({ bytes: this.#line.incoming.from(0), command, spacesAt: [] });
  }
}

const BANNER_BYTES = 1024 * 1024;
const ENABLE_QUESTIONS = 4;

function privilegeIn(end: CommandEnd): number | null {
  const level = PRIVILEGE_LINE.exec(end.text)?.[1];
  return end.kind !== 'answered' || level === undefined ? null : Number(level);
}

function userExecRemark(privilege: number | null, enable: SessionFacts['enable']): string {
  const level = privilege === null ? 'user level (prompt ">")' : `privilege ${privilege}`;
  const hint = enable === 'no-secret' ? '; no enable secret was given' : '';
  return `the session runs at ${level}, so commands may be refused or show less${hint}`;
}
