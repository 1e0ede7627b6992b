import type { Behaviour } from './behaviour.ts';
import type { LineEditor } from './line-editor.ts';
import type { TerminalPort } from './terminal-port.ts';

/** The terminal an output is paged on. */
export interface Page {
  /** Lines of the screen; 0: no paging. */
  readonly length: number;
  /** Columns; 0: endless. */
  readonly width: number;
  readonly style: Behaviour['more'];
  readonly newline: string;
  readonly idle: number;
  /** What happens after so many bytes of the output, in the order of `after`. */
  readonly faults: readonly OutputFault[];
  /** A log line that is due now, or null; asked between two lines of output. */
  logLine(): string | null;
}

/** Something that happens to an output after so many bytes of it. */
export type OutputFault =
  | { readonly after: number; readonly kind: 'drop' }
  /** Seconds; 0: for ever. */
  | { readonly after: number; readonly kind: 'stall'; readonly seconds: number }
  /** Bytes as sent. */
  | { readonly after: number; readonly kind: 'noise'; readonly text: string };

interface MorePrompt {
  readonly ask: string;
  readonly wipe: string;
}

/** The three ways IOS-like routers ask and clean up after themselves. */
const MORE_PROMPTS: Readonly<Record<Behaviour['more'], MorePrompt>> = {
  classic: { ask: ' --More-- ', wipe: `${'\b'.repeat(9)}${' '.repeat(8)}${'\b'.repeat(9)}` },
  esck: { ask: '\x1b[K --More-- ', wipe: `${'\b \b'.repeat(10)}\x1b[K` },
  inverse: { ask: '\x1b[7m--More--\x1b[27m', wipe: `\r${' '.repeat(8)}\r` },
};

/** Prints an output (LF lines) page by page; SPACE shows a page more, RETURN a line, any other key ends it. */
export async function printPaged(
  port: TerminalPort,
  editor: LineEditor,
  text: string,
  page: Page,
): Promise<void> {
  const output = new FaultyOutput(port, page.faults);
  let shown = 0;
  for (const line of linesOf(text)) {
    if (page.length > 0 && shown >= page.length - 1) {
      await output.flush();
      const key = await askMore(port, editor, page);
      if (key === 'stop') return;
      shown = key === 'line' ? page.length - 2 : 0;
    }
    output.add(`${line}${page.newline}`);
    shown += page.width > 0 ? Math.max(1, Math.ceil(line.length / page.width)) : 1;
    const due = page.logLine();
    if (due !== null) output.add(`${due}${page.newline}`);
    if (output.isFull()) await output.flush();
  }
  await output.flush();
  await output.end();
}

async function askMore(
  port: TerminalPort,
  editor: LineEditor,
  page: Page,
): Promise<'page' | 'line' | 'stop'> {
  const { ask, wipe } = MORE_PROMPTS[page.style];
  await port.write(ask);
  const key = await editor.next(page.idle);
  await port.write(wipe);
  if (key === ' ') return 'page';
  return key === '\r' || key === '\n' ? 'line' : 'stop';
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Collects lines into larger writes and interrupts them where the faults say. */
class FaultyOutput {
  readonly #port: TerminalPort;
  readonly #faults: OutputFault[];
  #waiting = '';
  #sent = 0;

  constructor(port: TerminalPort, faults: readonly OutputFault[]) {
    this.#port = port;
    this.#faults = [...faults];
  }

  add(text: string): void {
    this.#waiting += text;
  }

  isFull(): boolean {
    return this.#waiting.length >= 4_096;
  }

  async flush(): Promise<void> {
    for (;;) {
      const [next] = this.#faults;
      const head = next === undefined ? this.#waiting.length : Math.max(0, next.after - this.#sent);
      const piece = this.#waiting.slice(0, head);
      this.#waiting = this.#waiting.slice(head);
      if (piece !== '') await this.#port.write(piece);
      this.#sent += piece.length;
      if (this.#waiting === '') return;
      await this.#happens(this.#faults.shift());
    }
  }

  /** An output that ends just where a fault is has it before its prompt. */
  async end(): Promise<void> {
    for (const fault of this.#faults) if (this.#sent >= fault.after) await this.#happens(fault);
  }

  async #happens(fault: OutputFault | undefined): Promise<void> {
    if (fault?.kind === 'drop') this.#port.drop();
    else if (fault?.kind === 'noise') await this.#port.write(fault.text);
    else if (fault?.seconds) await this.#port.sleep(fault.seconds);
    else await this.#port.stall();
  }
}
