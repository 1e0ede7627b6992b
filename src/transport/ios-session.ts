import { printable } from '../core/printable.ts';
import type { ShowCommand } from '../evidence/show-command.ts';
import { type CommandEnd, CommandLine, type SessionOptions } from './command-line.ts';
import { type ConnectError, connectError, type Outcome } from './connect-error.ts';
import { type EnableOutcome, enterEnable } from './enable.ts';
import { EXEC_TIMESTAMP, PRIVILEGE_LINE } from './ios-prompts.ts';
import type { LoginGate } from './login-gate.ts';
import type { Channel } from './send.ts';
import type { SessionCommand } from './session-commands.ts';
import { INTERRUPTED } from './session-ending.ts';
import { catchUp, howManyTogether, runTogether } from './type-ahead.ts';

/** What was learned about the session before the first show command. */
export interface SessionFacts {
  /** From the prompt. */
  readonly hostname: string;
  /** 0–15 as `show privilege` says it, null when it was refused. */
  readonly privilege: number | null;
  /** True at `#`. */
  readonly privileged: boolean;
  readonly pagingOff: boolean;
  readonly enable: EnableOutcome;
  readonly remarks: readonly string[];
}

/**
 * An IOS command line on a shell channel. One call at a time: the caller waits for each answer.
 * After a stall, a cut or an interrupt the line is out of step for good, and every further command answers at once.
 */
export class IosSession {
  readonly #line: CommandLine;
  readonly #where: string;
  #typesAhead: boolean;
  #privilege: number | null = null;

  /** `typeAhead`: several commands may be sent before the first prompt was seen. */
  constructor(channel: Channel, options: SessionOptions & { readonly typeAhead?: boolean }) {
    this.#line = new CommandLine(channel, options);
    this.#where = options.where;
    this.#typesAhead = options.typeAhead ?? false;
  }

  /** Learns the prompt, enables when asked to and needed, switches paging off, looks up the privilege. */
  async start(enableSecret: string | null, gate: LoginGate | null = null): Promise<Outcome<SessionFacts>> {
    const line = this.#line;
    const error = await line.learnPrompt();
    if (error !== null) return { ok: false, error };
    const { enable, remark } = await enterEnable(line, enableSecret, gate);
    if (line.dead !== null) return { ok: false, error: this.#lostAtStart('enable') };
    const remarks = [...(remark === null ? [] : [remark]), ...(await this.#prepareTerminal())];
    const said = await line.run('show privilege');
    this.#privilege = privilegeIn(said);
    if (EXEC_TIMESTAMP.test(said.text))
      line.stampsStay = !(await this.#accepts('terminal no exec prompt timestamp'));
    if (line.dead !== null) return { ok: false, error: this.#lostAtStart('prompt') };
    if (!line.privileged) remarks.push(userExecRemark(this.#privilege, enable));
    const facts = {
      hostname: printable(line.prompts.hostname()),
      privilege: this.#privilege,
      privileged: line.privileged,
      pagingOff: line.pagingOff,
      enable,
      remarks,
    };
    return { ok: true, value: facts };
  }

  /** Runs one show command. Never throws for what the router does. */
  run(command: ShowCommand): Promise<CommandEnd> {
    return this.#line.run(command);
  }

  /** How many of the commands that wait may be given to `runTogether`; 1 when each is to be run alone. */
  howManyTogether(waiting: readonly ShowCommand[]): number {
    const { pagingOff, dead } = this.#line;
    // `show privilege` is what brings the session back in step when there is doubt.
    const mayTypeAhead = this.#typesAhead && pagingOff && this.#privilege !== null && dead === null;
    return mayTypeAhead ? howManyTogether(waiting) : 1;
  }

  /** As `run`, for as many as `howManyTogether` allows, sent at once; their ends in order. From the first doubt on each is run alone. */
  async runTogether(commands: readonly ShowCommand[]): Promise<readonly CommandEnd[]> {
    const [first, second] = commands;
    if (first !== undefined && second === undefined) return [await this.run(first)];
    const ends = this.#line.dead === null ? await runTogether(this.#line, commands) : null;
    if (ends !== null) return ends;
    if (this.#line.dead === null) await this.#stopTypingAhead();
    const single: CommandEnd[] = [];
    for (const command of commands) single.push(await this.run(command));
    return single;
  }

  /** What was noticed since `start` or the last call, one sentence each. */
  takeRemarks(): readonly string[] {
    return this.#line.remarks.splice(0);
  }

  /** Says goodbye when the router still listens; returns true when it was said. */
  exit(): boolean {
    return this.#line.exit();
  }

  async #stopTypingAhead(): Promise<void> {
    this.#typesAhead = false;
    this.#line.remarks.push(
      'commands were sent ahead of the prompt, as asked for, but it was not certain which output belongs to which: they were run again one by one',
    );
    await catchUp(this.#line);
  }

  /** Paging and width, each with its second way; what could not be had is remarked. */
  async #prepareTerminal(): Promise<string[]> {
    const line = this.#line;
    const remarks: string[] = [];
    const length = await line.setUp('terminal length 0');
    const isUnknown = length.kind === 'refused' && length.refusal === 'invalid-input';
    const screen = isUnknown && (await this.#accepts('screen-length 0'));
    line.pagingOff = length.kind === 'answered' || screen;
    if (!line.pagingOff)
      remarks.push(
        'paging could not be switched off (terminal length 0 was refused): outputs were read page by page',
      );
    const isWide =
      (await this.#accepts('terminal width 511')) ||
      (screen && (await this.#accepts('screen-width 512'))) ||
      (await this.#accepts('terminal width 0'));
    if (!isWide)
      remarks.push(
        'the width of the terminal could not be set (terminal width 511 was refused): the router may have broken long lines in two',
      );
    await line.setUp('terminal no monitor');
    return remarks;
  }

  async #accepts(command: SessionCommand): Promise<boolean> {
    return (await this.#line.setUp(command)).kind === 'answered';
  }

  #lostAtStart(phase: 'enable' | 'prompt'): ConnectError {
    const { dead, isClosed } = this.#line;
    if (dead === INTERRUPTED) return connectError('interrupted', phase, `${this.#where}: interrupted.`);
    const name = isClosed ? 'closed-without-prompt' : 'no-prompt';
    const when = phase === 'enable' ? 'during enable' : 'while it was being set up';
    return connectError(name, phase, `${this.#where}: the session was lost ${when}: ${dead}.`);
  }
}

function privilegeIn(end: CommandEnd): number | null {
  const level = PRIVILEGE_LINE.exec(end.text)?.[1];
  return end.kind !== 'answered' || level === undefined ? null : Number(level);
}

function userExecRemark(privilege: number | null, enable: EnableOutcome): string {
  const level = privilege === null ? 'user level (prompt ">")' : `privilege ${privilege}`;
  const hint = enable === 'no-secret' ? '; no enable secret was given' : '';
  return `the session runs at ${level}, so commands may be refused or show less${hint}`;
}
