import { SessionEnded, type TerminalPort } from './terminal-port.ts';

/** What a line is read with. */
export interface LineSetting {
  readonly prompt: string;
  /** Columns of the terminal; 0: endless, a long line never scrolls. */
  readonly width: number;
  /** Line end as sent: CR LF or CR CR LF. */
  readonly newline: string;
  /** Seconds before each echoed character. */
  readonly echoDelay: number;
  /** Idle seconds after which the session ends without a word; 0: never. */
  readonly idle: number;
  /** What `?` prints for the line so far. */
  help(line: string): string;
}

/** Reads lines as IOS does: character echo, erasing, a `$` scroll at the right edge, `?` for help. */
export class LineEditor {
  readonly #port: TerminalPort;
  #afterReturn = false;

  constructor(port: TerminalPort) {
    this.#port = port;
  }

  /** One line after its prompt, echoed; throws SessionEnded when the client is gone or idle too long. */
  async read(setting: LineSetting): Promise<string> {
    await this.#port.write(setting.prompt);
    const view = new LineView(setting.prompt.length, setting.width);
    for (;;) {
      const char = await this.next(setting.idle);
      if (char === '\r' || char === '\n' || char === '\x03') {
        await this.#port.write(setting.newline);
        return char === '\x03' ? '' : view.line;
      }
      if (char === '\x04' && view.line === '') throw new SessionEnded();
      if (setting.echoDelay > 0) await this.#port.sleep(setting.echoDelay);
      if (char === '?') {
        await this.#port.write(
          `?${setting.newline}${setting.help(view.line)}${setting.prompt}${view.redrawn()}`,
        );
      } else await this.#port.write(view.type(char));
    }
  }

  /** A secret after its prompt: nothing is echoed but the line end. */
  async readSecret(prompt: string, newline: string, idle: number): Promise<string> {
    await this.#port.write(prompt);
    let secret = '';
    for (;;) {
      const char = await this.next(idle);
      if (char === '\r' || char === '\n') break;
      if (char === '\x08' || char === '\x7f') secret = secret.slice(0, -1);
      else if (char === '\x15') secret = '';
      else if (char >= ' ') secret += char;
    }
    await this.#port.write(newline);
    return secret;
  }

  /** The next character; CR LF counts as one return. An idle line ends the session. */
  async next(idle: number): Promise<string> {
    for (;;) {
      const char = await this.#port.next(idle);
      if (char === null) this.#port.drop();
      const second = char === '\n' && this.#afterReturn;
      this.#afterReturn = char === '\r';
      if (!second) return char;
    }
  }
}

const SCROLL = 10;
/** IOS takes this many characters a line and rings for the rest. */
const LONGEST_LINE = 254;

/** The typed line and what of it is on the screen. */
class LineView {
  line = '';
  readonly #room: number;
  #start = 0;

  constructor(promptLength: number, width: number) {
    this.#room = width === 0 ? Number.POSITIVE_INFINITY : Math.max(20, width - promptLength - 3);
  }

  /** Takes one character; gives back what the router sends for it. */
  type(char: string): string {
    if (char === '\x08' || char === '\x7f') return this.#erase(1);
    if (char === '\x15') return this.#erase(this.line.length);
    if (char < ' ') return '';
    if (this.line.length >= LONGEST_LINE) return '\x07';
    this.line += char;
    if (this.line.length - this.#start <= this.#room) return char;
    this.#start += SCROLL;
    const shown = this.redrawn();
    const gap = this.#room - shown.length;
    return `${'\b'.repeat(this.#room)}${shown}${' '.repeat(gap)}${'\b'.repeat(gap)}`;
  }

  redrawn(): string {
    return this.#start === 0 ? this.line : `$${this.line.slice(this.#start + 1)}`;
  }

  #erase(count: number): string {
    const shown = Math.min(count, this.line.length - this.#start);
    this.line = this.line.slice(0, this.line.length - Math.min(count, this.line.length));
    this.#start = Math.min(this.#start, this.line.length);
    return '\b \b'.repeat(shown);
  }
}
