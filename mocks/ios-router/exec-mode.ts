import type { Behaviour } from './behaviour.ts';
import { availableCommands, TAKES_ARGUMENTS } from './command-sets.ts';
import { nextWords, resolveCommand } from './command-tree.ts';
import { type ExecSetting, ExecTerminal } from './exec-terminal.ts';
import {
  BAD_NAME,
  BAD_SECRETS,
  DENIED,
  INCOMPLETE,
  isHostName,
  LOGIN_INVALID,
  NO_AUTHORIZATION,
  NO_SECRET,
  type Refused,
  refusalOf,
  translating,
  UNKNOWN,
} from './replies.ts';
import { answerShow, type ShowLine } from './show-answers.ts';

const LOOK_UP_SECONDS = 3;

/** The exec mode of IOS on one terminal: prompts, privilege, terminal settings and the recorded answers. */
export class ExecMode {
  readonly #setting: ExecSetting;
  readonly #behaviour: Behaviour;
  readonly #terminal: ExecTerminal;
  readonly #history: string[] = [];

  constructor(setting: ExecSetting) {
    this.#setting = setting;
    this.#behaviour = setting.behaviour;
    this.#terminal = new ExecTerminal(setting);
  }

  /** A shell: banners, then lines until `exit`. Resolves when the user left; throws SessionEnded when the line died. */
  async shell(): Promise<void> {
    if (this.#behaviour.authzExecFail) return this.#terminal.say(NO_AUTHORIZATION);
    if (this.#behaviour.start === 'silent') return this.#setting.port.stall();
    if (this.#behaviour.auth === 'in-band' && !(await this.#logInHere())) return;
    await this.#terminal.say(`${this.#behaviour.bannerMotd}${this.#behaviour.bannerExec}\n`);
    const help = (line: string): string =>
      `${nextWords(line, this.#commands())
        .map((word) => `  ${word}\n`)
        .join('')}\n`;
    while (await this.#run(await this.#terminal.readLine(help))) {}
  }

  /** An exec request: one command, unpaged, with the message of the day in front. */
  async once(command: string): Promise<void> {
    if (this.#behaviour.authzExecFail) return this.#terminal.say(NO_AUTHORIZATION);
    const { execMotd, bannerMotd } = this.#behaviour;
    await this.#terminal.say(execMotd && bannerMotd !== '' ? bannerMotd : '\n');
    await this.#run(command);
  }

  /** One line without its prompt and echo, for a replay that does not know it; false when it ends the session. */
  line(raw: string): Promise<boolean> {
    return this.#run(raw);
  }

  /** One line; false when it ends the session. */
  async #run(raw: string): Promise<boolean> {
    const line = raw.trim();
    this.#setting.received(raw);
    if (line === '' || line.startsWith('!')) return true;
    this.#history.push(line);
    const bar = line.indexOf('|');
    const typed = bar < 0 ? line : line.slice(0, bar).trimEnd();
    const found = resolveCommand(typed, this.#commands(), TAKES_ARGUMENTS);
    const whole = found.kind === 'command' ? [found.command, ...found.rest].join(' ') : typed;
    if (this.#isDenied(whole, bar < 0 ? '' : ` ${line.slice(bar)}`)) {
      await this.#terminal.say(DENIED);
      return true;
    }
    if (found.kind === 'command') {
      return this.#execute({
        command: found.command,
        rest: found.rest,
        pipe: bar < 0 ? null : line.slice(bar + 1),
        raw,
      });
    }
    await this.#refuse(found, raw);
    return true;
  }

  /** AAA is asked about the line unabbreviated and with its pipe. */
  #isDenied(whole: string, pipe: string): boolean {
    const { authzDeny, permitted } = this.#behaviour;
    if (authzDeny.some((denied) => denied.test(whole))) return true;
    return permitted !== null && !permitted.some((rule) => rule.test(`${whole}${pipe}`));
  }

  async #execute(line: ShowLine): Promise<boolean> {
    const { command, rest } = line;
    switch (command) {
      case 'exit':
      case 'quit':
      case 'logout':
        return this.#staysAt(this.#behaviour.exitAsks);
      case 'disable':
        this.#terminal.privilege = Math.min(this.#terminal.privilege, Number(rest[0] ?? 1) || 0);
        return true;
      case 'enable':
        await this.#enable(rest[0]);
        return true;
      case 'terminal length':
      case 'screen-length':
      case 'terminal width':
      case 'screen-width':
        await this.#resize(line);
        return true;
      case 'terminal monitor':
      case 'terminal no monitor':
        this.#terminal.monitor = command === 'terminal monitor';
        return true;
      case 'terminal exec prompt timestamp':
      case 'terminal no exec prompt timestamp':
        this.#terminal.timestamp = command === 'terminal exec prompt timestamp';
        return true;
      default:
        await answerShow(this.#setting, this.#terminal, line, this.#history);
        if (this.#behaviour.switchCmd?.test(command))
          this.#terminal.hostname = this.#behaviour.switchHostname;
        return true;
    }
  }

  /** Three times user name and password, as a line with `login local` asks. */
  async #logInHere(): Promise<boolean> {
    const { editor, newline, width } = this.#terminal;
    const { users, execTimeout: idle } = this.#behaviour;
    for (let attempt = 1; attempt <= 3; attempt++) {
      const question = { prompt: 'Username: ', width, newline, echoDelay: 0, idle, help: () => '' };
      const name = await editor.read(question);
      const password = await editor.readSecret('Password: ', newline, idle);
      if (Object.hasOwn(users, name) && users[name]?.password === password) return true;
      await this.#terminal.say(LOGIN_INVALID);
    }
    return false;
  }

  /** True when `exit` was taken back. */
  async #staysAt(question: string): Promise<boolean> {
    if (question === '') return false;
    const { editor, newline, width } = this.#terminal;
    const { execTimeout: idle } = this.#behaviour;
    const answer = await editor.read({
      prompt: question,
      width,
      newline,
      echoDelay: 0,
      idle,
      help: () => '',
    });
    return !answer.startsWith('y');
  }

  async #enable(wanted: string | undefined): Promise<void> {
    const level = Math.min(15, Number(wanted ?? 15)) || 15;
    if (level <= this.#terminal.privilege) {
      this.#terminal.privilege = level;
      return;
    }
    if (this.#behaviour.enableSecret === null) return this.#terminal.say(NO_SECRET);
    if (!(await this.#knowsSecret(this.#behaviour.enableSecret)))
      return this.#terminal.say(this.#behaviour.enableRefusal || BAD_SECRETS);
    this.#terminal.privilege = level;
  }

  async #knowsSecret(secret: string): Promise<boolean> {
    const { editor, newline } = this.#terminal;
    const { enablePrompt, enableRefusal, execTimeout } = this.#behaviour;
    const tries = enableRefusal === '' ? 3 : 1;
    for (let attempt = 1; attempt <= tries && this.#setting.interactive; attempt++) {
      if ((await editor.readSecret(enablePrompt, newline, execTimeout)) === secret) return true;
    }
    return false;
  }

  async #resize({ command, rest: [size], raw }: ShowLine): Promise<void> {
    if (size === undefined) return this.#terminal.say(INCOMPLETE);
    // 0 to 512
    if (!/^\d{1,3}$/.test(size) || Number(size) > 512) return this.#terminal.sayCaret(raw.lastIndexOf(size));
    if (command.endsWith('length')) this.#terminal.length = Number(size);
    else this.#terminal.width = Number(size);
  }

  async #refuse(found: Refused, raw: string): Promise<void> {
    if (found.kind === 'invalid' && !this.#setting.interactive) {
      return this.#terminal.say(`Line has invalid autocommand "${raw}"`);
    }
    if (!isHostName(found, raw))
      return this.#terminal.say(refusalOf(found, raw, this.#terminal.promptLength));
    if (!this.#behaviour.domainLookup) return this.#terminal.say(BAD_NAME);
    await this.#terminal.say(translating(raw.trim()));
    await this.#setting.port.sleep(LOOK_UP_SECONDS);
    await this.#terminal.say(UNKNOWN);
  }

  #commands(): string[] {
    return availableCommands(this.#setting.outputs.commands, this.#terminal.privilege, this.#behaviour);
  }
}
