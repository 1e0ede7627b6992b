import type { Behaviour } from './behaviour.ts';
import { LineEditor } from './line-editor.ts';
import { caret } from './replies.ts';
import type { ServedOutputs } from './served-outputs.ts';
import type { TerminalPort } from './terminal-port.ts';

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

/** The terminal of one session: its settings, its prompt, its line ends and the log lines that fall into it. */
export class ExecTerminal {
  readonly editor: LineEditor;
  readonly newline: string;
  /** Lines of the screen; 0: no paging. */
  length: number;
  /** Columns; 0: endless. */
  width: number;
  privilege: number;
  hostname: string;
  monitor: boolean;
  timestamp: boolean;
  readonly #behaviour: Behaviour;
  readonly #port: TerminalPort;
  #prompts = 0;
  #shownPrompt = '';
  #nextLog: number;

  constructor(setting: ExecSetting) {
    const { behaviour } = setting;
    this.#behaviour = behaviour;
    this.#port = setting.port;
    this.editor = new LineEditor(setting.port);
    this.newline = behaviour.doubleCr ? '\r\r\n' : '\r\n';
    this.length = setting.interactive ? (behaviour.length ?? setting.rows) : 0;
    this.width = behaviour.width ?? setting.columns;
    this.privilege = setting.privilege;
    this.hostname = behaviour.hostname;
    this.monitor = behaviour.monitor;
    this.timestamp = behaviour.execTimestamp;
    this.#nextLog =
      behaviour.syslogEvery > 0 ? Date.now() + behaviour.syslogEvery * 1000 : Number.POSITIVE_INFINITY;
  }

  /** Prints text, its LF as this router's line end. */
  say(text: string): Promise<void> {
    return this.#port.write(text.replaceAll('\n', this.newline));
  }

  /** Prints the caret refusal; `column` counts in the typed line. */
  sayCaret(column: number): Promise<void> {
    return this.say(caret(this.promptLength + column));
  }

  /** Length of the prompt the last line was typed behind. */
  get promptLength(): number {
    return this.#shownPrompt.trimEnd().length;
  }

  /** Shows the prompt and reads one line; `help` is what `?` prints for the line so far. */
  async readLine(help: (line: string) => string): Promise<string> {
    this.#shownPrompt = this.#prompt();
    const { echoDelay, execTimeout, syslogEvery } = this.#behaviour;
    const messages = syslogEvery > 0 ? setInterval(() => this.#logAtPrompt(), 20) : null;
    const { newline, width } = this;
    try {
      return await this.editor.read({
        prompt: this.#shownPrompt,
        width,
        newline,
        echoDelay,
        idle: execTimeout,
        help: (line) => help(line).replaceAll('\n', newline),
      });
    } finally {
      if (messages !== null) clearInterval(messages);
    }
  }

  /** A log line that is due now, or null. */
  dueLogLine(): string | null {
    if (!this.monitor || Date.now() < this.#nextLog) return null;
    this.#nextLog = Date.now() + this.#behaviour.syslogEvery * 1000;
    return this.#behaviour.syslogLine;
  }

  /** Without `logging synchronous` the prompt is not drawn again. */
  #logAtPrompt(): void {
    const due = this.dueLogLine();
    if (due === null) return;
    // Characters that are echoed meanwhile stand before or behind the message, not in it.
    this.#port.writeUnbroken(`\n${due}\n`.replaceAll('\n', this.newline));
  }

  #prompt(): string {
    const { promptFormat, promptSuffix } = this.#behaviour;
    const { hostname } = this;
    const sign = this.privilege >= 2 ? '#' : '>';
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
}
