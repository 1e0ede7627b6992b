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
  /** Ends the output after this many bytes of it; null: no fault. */
  readonly fault: { readonly after: number; readonly kind: 'stall' | 'drop' } | null;
  /** A log line that is due now, or null; asked between two lines of output. */
  logLine(): string | null;
}

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
  const output = new FaultyOutput(port, page.fault);
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

/** Collects lines into larger writes and ends them where the fault says. */
class FaultyOutput {
  readonly #port: TerminalPort;
  readonly #fault: Page['fault'];
  #waiting = '';
  #sent = 0;

  constructor(port: TerminalPort, fault: Page['fault']) {
    this.#port = port;
    this.#fault = fault;
  }

  add(text: string): void {
    this.#waiting += text;
  }

  isFull(): boolean {
    return this.#waiting.length >= 4_096;
  }

  async flush(): Promise<void> {
    const text = this.#waiting;
    this.#waiting = '';
    const left = this.#fault === null ? Number.POSITIVE_INFINITY : this.#fault.after - this.#sent;
    if (this.#fault === null || text.length <= left) {
      await this.#port.write(text);
      this.#sent += text.length;
      return;
    }
    await this.#port.write(text.slice(0, Math.max(0, left)));
    await this.#fail(this.#fault.kind);
  }

  /** An output that ends just where the fault is loses its prompt. */
  async end(): Promise<void> {
    if (this.#fault !== null && this.#sent >= this.#fault.after) await this.#fail(this.#fault.kind);
  }

  async #fail(kind: 'stall' | 'drop'): Promise<never> {
    if (kind === 'stall') await this.#port.stall();
    this.#port.drop();
  }
}
