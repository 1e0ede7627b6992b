import type { Channel } from '../../src/transport/send.ts';

/** How the fake answers one command line: output with LF line ends, or what it does instead. */
type Answer =
  | string
  | {
      readonly output: string;
      readonly ending: 'stall' | 'close';
    };

export interface FakeOptions {
  readonly answers: Readonly<Record<string, Answer>>;
  /** Bytes before the first prompt. */
  readonly banner?: string;
  /** The n-th prompt, from 0. */
  readonly prompt?: (n: number) => string;
  /** Size of the pieces in which bytes are delivered. */
  readonly piece?: number;
  readonly newline?: string;
  /** Lines a page; null when `terminal length 0` works. */
  readonly pageLines?: number;
  readonly pager?: 'classic' | 'esck' | 'inverse';
  /** Pauses (ms) after the piece that ends with this text, each time. */
  readonly pauseAfter?: { readonly text: string; readonly ms: number; readonly times: number };
  /** Milliseconds from a key to its arrival at the router. */
  readonly latencyMs?: number;
  readonly enableSecret?: string;
  /** Written behind every third prompt, without drawing the prompt again. */
  readonly unasked?: string;
  /** Lines in front of every show output until `terminal no exec prompt timestamp`. */
  readonly timestamp?: string;
  /** Log lines that come by the clock, wherever the router is; also inside outputs. */
  readonly monitor?: Monitor;
  /** Commands that are refused, with what is said; `terminal length 0` among them needs `pageLines`. */
  readonly refused?: Readonly<Record<string, string>>;
  /** What `enable` says and does instead of asking for the secret, or after it. */
  readonly enable?: { readonly asks?: string; readonly says?: string; readonly afterMs?: number };
  /** When what was typed ahead is echoed, or that it is thrown away. */
  readonly typedAhead?: 'late' | 'at-once' | 'dropped';
  /** What `exit` asks; it then waits for an answer. */
  readonly exitAsks?: string;
  /** Milliseconds a command runs before its output comes. */
  readonly thinksMs?: number;
}

export interface Monitor {
  /** The n-th log line, from 0. */
  readonly line: (n: number) => string;
  readonly everyMs: number;
  /** True: with a line end in front, as behind a prompt. */
  readonly lineEndFirst: boolean;
}

const PAGERS = {
  classic: [' --More-- ', `${'\b'.repeat(9)}${' '.repeat(8)}${'\b'.repeat(9)}`],
  esck: ['\x1b[K --More-- ', `${'\b \b'.repeat(10)}\x1b[K`],
  inverse: ['\x1b[7m--More--\x1b[27m', `\r${' '.repeat(8)}\r`],
} as const;

/** A router without a network: an IOS-like line discipline (type-ahead included) on the Channel interface. */
export class FakeRouter implements Channel {
  /** Everything that was written to the router. */
  readonly received: string[] = [];
  readonly #options: FakeOptions;
  #typed = '';
  #wake: (() => void) | null = null;
  #data: (bytes: Uint8Array) => void = () => {};
  #close: (reason: string) => void = () => {};
  #prompts = 0;
  #privileged: boolean;
  #pauses = 0;
  #closed = false;
  #unaskedTurn = 0;
  #timestamp: string;
  #logged = 0;
  #clock: NodeJS.Timeout | null = null;
  /** Keys of the line that is typed that were echoed already. */
  #echoed = 0;

  constructor(options: FakeOptions) {
    this.#options = options;
    this.#privileged = options.enableSecret === undefined;
    this.#timestamp = options.timestamp ?? '';
  }

  write(text: string): void {
    this.received.push(text);
    setTimeout(() => {
      if (this.#options.typedAhead === 'at-once') this.#echoAtOnce(text);
      this.#typed += text;
      this.#wake?.();
    }, this.#options.latencyMs ?? 0);
  }

  /** Stops the clock of the monitor, so that a test can end. */
  stop(): void {
    if (this.#clock !== null) clearInterval(this.#clock);
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#data = listener;
    const { monitor } = this.#options;
    if (monitor) this.#clock = setInterval(() => this.#log(monitor), monitor.everyMs).unref();
    void this.#run();
  }
  onClose(listener: (reason: string) => void): void {
    this.#close = listener;
  }

  async #run(): Promise<void> {
    await this.#say(this.#options.banner ?? '\n');
    while (!this.#closed) {
      const wanted = this.#options.unasked !== undefined && ++this.#unaskedTurn % 3 === 0;
      await this.#say(this.#prompt() + (wanted ? `${this.#options.unasked}\n` : ''));
      await this.#obey(await this.#readLine(true));
    }
  }

  async #obey(line: string): Promise<void> {
    const command = line.trim();
    if (command === '') return;
    if (command === 'exit' && this.#options.exitAsks) {
      await this.#say(this.#options.exitAsks);
      await this.#readLine(true);
      return;
    }
    if (command === 'exit') return this.#hangUp('closed by the router');
    if (command === 'enable') return this.#enable();
    if (command === 'terminal no exec prompt timestamp' && !this.#options.refused?.[command])
      this.#timestamp = '';
    if (command.startsWith('show ')) await this.#say(this.#timestamp);
    if (this.#options.thinksMs) await new Promise((resolve) => setTimeout(resolve, this.#options.thinksMs));
    if (this.#options.typedAhead === 'dropped') this.#typed = '';
    const answer =
      this.#options.refused?.[command] ?? this.#options.answers[command] ?? this.#builtIn(command);
    const output = typeof answer === 'string' ? answer : answer.output;
    await this.#page(output);
    if (typeof answer === 'string') return;
    if (answer.ending === 'close') return this.#hangUp('connection reset');
    await new Promise<void>((resolve) => setTimeout(resolve, 60_000).unref());
  }

  #builtIn(command: string): string {
    if (command === 'terminal length 0' && this.#options.pageLines === undefined) return '';
    if (command === 'terminal width 511' || command.startsWith('terminal no ')) return '';
    if (command === 'show privilege') return `Current privilege level is ${this.#privileged ? 15 : 1}\n`;
    return `          ^\n% Invalid input detected at '^' marker.\n\n`;
  }

  async #enable(): Promise<void> {
    const { asks = 'Password: ', says, afterMs = 0 } = this.#options.enable ?? {};
    if (asks === '') return this.#say(says ?? '');
    for (let tries = 0; tries < 3; tries++) {
      await this.#say(asks);
      if (says !== undefined) {
        await this.#readLine(false);
        await new Promise((resolve) => setTimeout(resolve, afterMs).unref());
        return this.#say(says);
      }
      if ((await this.#readLine(false)) === this.#options.enableSecret) {
        this.#privileged = true;
        return;
      }
    }
    await this.#say('% Bad secrets\n\n');
  }

  async #page(output: string): Promise<void> {
    const { pageLines, pager = 'classic' } = this.#options;
    if (pageLines === undefined) return this.#say(output);
    const lines = output.split(/(?<=\n)/);
    for (let at = 0; at < lines.length; at += pageLines) {
      if (at > 0) {
        await this.#say(PAGERS[pager][0]);
        const key = await this.#readKey();
        await this.#say(PAGERS[pager][1]);
        if (key !== ' ') return;
      }
      await this.#say(lines.slice(at, at + pageLines).join(''));
    }
  }

  #prompt(): string {
    return this.#options.prompt?.(this.#prompts++) ?? (this.#privileged ? 'R1#' : 'R1>');
  }

  async #readLine(echo: boolean): Promise<string> {
    let line = '';
    for (;;) {
      const key = await this.#readKey();
      const wasEchoed = this.#echoed > 0;
      if (wasEchoed) this.#echoed--;
      else if (echo || key === '\r') await this.#say(key === '\r' ? '\n' : key);
      if (key === '\r') break;
      line += key;
    }
    return line;
  }

  #echoAtOnce(text: string): void {
    this.#echoed += text.length;
    this.#data(Buffer.from(text.replaceAll('\r', '\r\n'), 'latin1'));
  }

  #log({ line, lineEndFirst }: Monitor): void {
    if (this.#closed) this.stop();
    else this.#data(Buffer.from(`${lineEndFirst ? '\r\n' : ''}${line(this.#logged++)}\r\n`, 'latin1'));
  }

  async #readKey(): Promise<string> {
    while (this.#typed === '') {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const key = this.#typed[0] ?? '';
    this.#typed = this.#typed.slice(1);
    return key;
  }

  async #say(text: string): Promise<void> {
    const bytes = Buffer.from(text.replaceAll('\n', this.#options.newline ?? '\r\n'), 'latin1');
    const { piece = bytes.length || 1, pauseAfter } = this.#options;
    for (let at = 0; at < bytes.length && !this.#closed; at += piece) {
      const part = bytes.subarray(at, at + piece);
      this.#data(part);
      const seen =
        pauseAfter &&
        this.#pauses < pauseAfter.times &&
        bytes.toString('latin1', Math.max(0, at + part.length - pauseAfter.text.length), at + part.length) ===
          pauseAfter.text;
      if (seen && pauseAfter) {
        this.#pauses++;
        await new Promise((resolve) => setTimeout(resolve, pauseAfter.ms));
      } else if ((at / piece) % 4096 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async #hangUp(reason: string): Promise<void> {
    this.#closed = true;
    this.#close(reason);
  }
}
