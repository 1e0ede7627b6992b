import type { Behaviour } from './behaviour.ts';
import { nextWords, type Resolved, resolveCommand } from './command-tree.ts';
import { LineEditor, type LineSetting } from './line-editor.ts';
import { filterOutput } from './output-filter.ts';
import { type Page, printPaged } from './pager.ts';
import type { ServedOutputs } from './served-outputs.ts';
import { SessionEnded, type TerminalPort } from './terminal-port.ts';

/** What one session of the command line is made of. */
export interface ExecSetting {
  readonly behaviour: Behaviour;
  readonly port: TerminalPort;
  readonly outputs: ServedOutputs;
  readonly privilege: number;
  readonly rows: number;
  readonly columns: number;
  /** False for an exec request: no prompt, no paging, no terminal. */
  readonly interactive: boolean;
  /** Told every command line as it was typed, secrets left out. */
  received(line: string): void;
}

const TERMINAL = [
  'terminal length',
  'terminal width',
  'terminal monitor',
  'terminal no monitor',
  'terminal exec prompt timestamp',
  'terminal no exec prompt timestamp',
];
const SCREEN = ['screen-length', 'screen-width'];
const ALWAYS = ['enable', 'disable', 'exit', 'quit', 'logout'];
const SHOWS = ['show clock', 'show privilege', 'show terminal', 'show history'];
const TAKES_ARGUMENTS: ReadonlySet<string> = new Set([
  'terminal length',
  'terminal width',
  ...SCREEN,
  'enable',
  'disable',
]);

/** The exec mode of IOS on one terminal: prompts, privilege, terminal settings and the recorded answers. */
export class ExecMode {
  readonly #setting: ExecSetting;
  readonly #behaviour: Behaviour;
  readonly #port: TerminalPort;
  readonly #editor: LineEditor;
  readonly #newline: string;
  readonly #history: string[] = [];
  #privilege: number;
  #length: number;
  #width: number;
  #monitor: boolean;
  #timestamp: boolean;
  #prompts = 0;
  #shownPrompt = '';
  #nextLog = Number.POSITIVE_INFINITY;

  constructor(setting: ExecSetting) {
    this.#setting = setting;
    this.#behaviour = setting.behaviour;
    this.#port = setting.port;
    this.#editor = new LineEditor(setting.port);
    this.#newline = setting.behaviour.doubleCr ? '\r\r\n' : '\r\n';
    this.#privilege = setting.privilege;
    this.#length = setting.behaviour.length ?? setting.rows;
    this.#width = setting.behaviour.width ?? setting.columns;
    this.#monitor = setting.behaviour.monitor;
    this.#timestamp = setting.behaviour.execTimestamp;
    if (setting.behaviour.syslogEvery > 0) this.#nextLog = Date.now() + setting.behaviour.syslogEvery * 1000;
  }

  /** A shell: banners, then lines until `exit`. Resolves when the user left; throws SessionEnded when the line died. */
  async shell(): Promise<void> {
    if (this.#behaviour.authzExecFail) return this.#say('% Authorization failed.\n');
    await this.#say(`${this.#behaviour.bannerMotd}${this.#behaviour.bannerExec}\n`);
    const messages = this.#behaviour.syslogEvery > 0 ? setInterval(() => this.#logAtPrompt(), 20) : null;
    try {
      while (await this.#run(await this.#editor.read(this.#lineSetting()))) {}
    } finally {
      if (messages !== null) clearInterval(messages);
    }
  }

  /** An exec request: one command, unpaged, with the message of the day in front. */
  async once(command: string): Promise<void> {
    this.#length = 0;
    await this.#say(
      this.#behaviour.execMotd && this.#behaviour.bannerMotd !== '' ? this.#behaviour.bannerMotd : '\n',
    );
    await this.#run(command);
  }

  /** The prompt as it stands now. */
  #prompt(): string {
    const { hostname, promptFormat, promptSuffix } = this.#behaviour;
    const sign = this.#privilege >= 2 ? '#' : '>';
    if (promptFormat === '') return `${hostname}${sign}${promptSuffix}`;
    this.#prompts++;
    const parts: Readonly<Record<string, string>> = {
      h: hostname,
      n: String(this.#prompts),
      p: sign,
      s: ' ',
    };
    // %h %n %p %s
    return promptFormat.replace(/%([hnps])/g, (_all, key: string) => parts[key] ?? '') + promptSuffix;
  }

  #lineSetting(): LineSetting {
    this.#shownPrompt = this.#prompt();
    return {
      prompt: this.#shownPrompt,
      width: this.#width,
      newline: this.#newline,
      echoDelay: this.#behaviour.echoDelay,
      idle: this.#behaviour.execTimeout,
      help: (line: string) =>
        nextWords(line, this.#commands())
          .map((word) => `  ${word}${this.#newline}`)
          .join('') + this.#newline,
    };
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
    if (this.#behaviour.authzDeny.some((denied) => denied.test(whole))) {
      await this.#say('Command authorization failed.\n\n');
      return true;
    }
    if (found.kind !== 'command') {
      await this.#refuse(found, raw, typed);
      return true;
    }
    return this.#execute(found.command, found.rest, bar < 0 ? null : line.slice(bar + 1), raw);
  }

  async #execute(
    command: string,
    rest: readonly string[],
    pipe: string | null,
    raw: string,
  ): Promise<boolean> {
    switch (command) {
      case 'exit':
      case 'quit':
      case 'logout':
        return false;
      case 'disable':
        this.#privilege = Number(rest[0] ?? 1);
        return true;
      case 'enable':
        await this.#enable(rest[0]);
        return true;
      case 'terminal length':
      case 'screen-length':
      case 'terminal width':
      case 'screen-width':
        await this.#resize(command, rest[0], raw);
        return true;
      case 'terminal monitor':
      case 'terminal no monitor':
        this.#monitor = command === 'terminal monitor';
        return true;
      case 'terminal exec prompt timestamp':
      case 'terminal no exec prompt timestamp':
        this.#timestamp = command === 'terminal exec prompt timestamp';
        return true;
      default:
        await this.#show(command, pipe, raw);
        return true;
    }
  }

  async #show(command: string, pipe: string | null, raw: string): Promise<void> {
    const served = this.#setting.outputs.next(command) ?? { text: this.#builtIn(command), cutShort: false };
    let text = served.text;
    if (pipe !== null) {
      const filtered = filterOutput(text, pipe);
      if (filtered.kind === 'incomplete') return this.#say('% Incomplete command.\n\n');
      if (filtered.kind === 'invalid') return this.#caret(raw.search(/\|\s*\S*$|\|/) + 2);
      text = filtered.text;
    }
    if (this.#timestamp)
      await this.#say(`${LOAD}Time source is NTP, ${this.#setting.outputs.clock().replace(/^[*.]/, '')}\n\n`);
    if (this.#behaviour.latency > 0) await this.#port.sleep(this.#behaviour.latency);
    await printPaged(this.#port, this.#editor, text, this.#page(command, served.cutShort));
    if (served.cutShort) this.#port.drop();
  }

  #page(command: string, cutShort: boolean): Page {
    const { stallCmd, stallAfter, dropCmd, dropAfter, more, execTimeout } = this.#behaviour;
    const drop = dropCmd?.test(command) && !cutShort ? ({ after: dropAfter, kind: 'drop' } as const) : null;
    const stall = stallCmd?.test(command) ? ({ after: stallAfter, kind: 'stall' } as const) : null;
    return {
      length: this.#setting.interactive ? this.#length : 0,
      width: this.#width,
      style: more,
      newline: this.#newline,
      idle: execTimeout,
      fault: stall ?? drop,
      logLine: () => this.#dueLogLine(),
    };
  }

  #builtIn(command: string): string {
    if (command === 'show clock') return `${this.#setting.outputs.clock()}\n`;
    if (command === 'show privilege') return `Current privilege level is ${this.#privilege}\n`;
    if (command === 'show history') return this.#history.map((line) => `  ${line}\n`).join('');
    return `Line 2, Location: "", Type: "vt100"\nLength: ${this.#length} lines, Width: ${this.#width} columns\n`;
  }

  async #enable(wanted: string | undefined): Promise<void> {
    const level = Math.min(15, Number(wanted ?? 15)) || 15;
    const { enableSecret, execTimeout } = this.#behaviour;
    if (level <= this.#privilege) {
      this.#privilege = level;
      return;
    }
    if (enableSecret === null) return this.#say('% No password set\n');
    for (let attempt = 1; attempt <= 3 && this.#setting.interactive; attempt++) {
      const secret = await this.#editor.readSecret('Password: ', this.#newline, execTimeout);
      if (secret === enableSecret) {
        this.#privilege = level;
        return;
      }
    }
    await this.#say('% Bad secrets\n\n');
  }

  async #resize(command: string, size: string | undefined, raw: string): Promise<void> {
    if (size === undefined) return this.#say('% Incomplete command.\n\n');
    // 0 to 512
    if (!/^\d{1,3}$/.test(size) || Number(size) > 512) return this.#caret(raw.lastIndexOf(size));
    if (command.endsWith('length')) this.#length = Number(size);
    else this.#width = Number(size);
  }

  async #refuse(found: Exclude<Resolved, { kind: 'command' }>, raw: string, typed: string): Promise<void> {
    if (found.kind === 'ambiguous') return this.#say(`% Ambiguous command:  "${raw.trim()}"\n`);
    if (found.kind === 'incomplete') return this.#say('% Incomplete command.\n\n');
    if (!this.#setting.interactive) return this.#say(`Line has invalid autocommand "${raw}"`);
    // one word that could be a host to connect to
    const isName = found.word === 0 && /^[A-Za-z][\w.-]*$/.test(typed);
    if (isName) return this.#lookUp(typed);
    await this.#caret(raw.length - raw.trimStart().length + found.column);
  }

  async #lookUp(word: string): Promise<void> {
    if (!this.#behaviour.domainLookup) return this.#say(`% Bad IP address or host name\n${UNKNOWN}`);
    await this.#say(`Translating "${word}"...domain server (255.255.255.255)\n`);
    await this.#port.sleep(3);
    await this.#say(UNKNOWN);
  }

  /** The caret stands below the echoed line, which began with the prompt. */
  #caret(column: number): Promise<void> {
    return this.#say(
      `${' '.repeat(this.#shownPrompt.trimEnd().length + column)}^\n% Invalid input detected at '^' marker.\n\n`,
    );
  }

  #commands(): string[] {
    const { terminalCmds, sdwan } = this.#behaviour;
    if (this.#privilege === 0) return ALWAYS;
    const terminal = sdwan ? SCREEN : terminalCmds ? TERMINAL : [];
    return [...new Set([...this.#setting.outputs.commands, ...ALWAYS, ...SHOWS, ...terminal])];
  }

  #say(text: string): Promise<void> {
    return this.#port.write(text.replaceAll('\n', this.#newline));
  }

  #dueLogLine(): string | null {
    if (!this.#monitor || Date.now() < this.#nextLog) return null;
    this.#nextLog = Date.now() + this.#behaviour.syslogEvery * 1000;
    return this.#behaviour.syslogLine;
  }

  /** Without `logging synchronous` the prompt is not drawn again. */
  #logAtPrompt(): void {
    const due = this.#dueLogLine();
    if (due === null) return;
    this.#say(`\n${due}\n`).catch((error: unknown) => {
      if (!(error instanceof SessionEnded)) throw error;
    });
  }
}

const LOAD = 'Load for five secs: 2%/0%; one minute: 1%; five minutes: 1%\n';
const UNKNOWN = '% Unknown command or computer name, or unable to find computer address\n';
