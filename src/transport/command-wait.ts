import { PASSWORD_PROMPT, UNASKED_LINES } from './ios-prompts.ts';
import { freshPrompt, lastLine, type Prompt, type PromptMemory, promptOf } from './prompt-memory.ts';
import type { RouterLine } from './router-line.ts';
import { echoEnd, endsAtPager } from './terminal.ts';

/** The router has answered in full and shows its prompt again. */
export interface AtPrompt {
  readonly kind: 'prompt';
  readonly prompt: Prompt;
  /** The bytes that belong to the command: echo, output and pagers, without the prompt. */
  readonly bytes: string;
}
export interface AtPassword {
  readonly kind: 'password';
}

export interface CommandWaitOptions {
  /** The command whose echo must come first; null after a secret, which is not echoed. */
  readonly command: string | null;
  /** True once `terminal length 0` was accepted: then a pager look-alike is believed only after a long silence. */
  readonly pagingOff: boolean;
  /** True only after `enable`. */
  readonly passwordMayBeAsked: boolean;
}

/** Silences after which less certain shapes are acted on, in milliseconds. */
const PATIENCE = {
  similarPrompt: 700,
  unaskedLines: 500,
  gluedPrompt: 1000,
  unexpectedPager: 1500,
  noEcho: 3000,
  password: 80,
};
const TAIL_BYTES = 4096;

/**
 * Decides when the output of one command is complete. A line that equals the prompt proves nothing: an output can hold
 * one. So the router is asked: a bare CR at the true prompt is answered by exactly a line end and a prompt. If other
 * bytes come, the output was still running; the router keeps that CR and answers it with one more prompt at the end,
 * which is then taken off again (`#strays`). No answer at all means a stalled router, not a finished output.
 */
export class CommandWait {
  /** Offsets at which the pager got a SPACE. */
  readonly spacesAt: number[] = [];
  readonly #line: RouterLine;
  readonly #prompts: PromptMemory;
  readonly #options: CommandWaitOptions;
  #askedAt: number | null = null;
  #strays = 0;

  constructor(line: RouterLine, prompts: PromptMemory, options: CommandWaitOptions) {
    this.#line = line;
    this.#prompts = prompts;
    this.#options = options;
  }

  /** For `RouterLine.waitFor`. */
  look(quietMs: number): AtPrompt | AtPassword | null {
    if (this.#askedAt !== null) {
      const answer = this.#line.incoming.from(this.#askedAt);
      if (/^[\r\n]*$/.test(answer)) return null;
      const prompt = freshPrompt(answer);
      if (prompt !== null && this.#prompts.compare(lastLine(answer)) !== null)
        return this.#complete(this.#askedAt, prompt);
      this.#askedAt = null;
      this.#strays++;
    }
    return this.#lookAtEnd(quietMs);
  }

  #lookAtEnd(quietMs: number): AtPassword | null {
    const { incoming } = this.#line;
    const { command, pagingOff, passwordMayBeAsked } = this.#options;
    if (command !== null && quietMs < PATIENCE.noEcho && echoEnd(incoming.head(), command) === null)
      return null;
    const tail = incoming.tail(TAIL_BYTES);
    if (passwordMayBeAsked && quietMs >= PATIENCE.password && PASSWORD_PROMPT.test(tail))
      return { kind: 'password' };
    if (endsAtPager(tail)) {
      if (!pagingOff || quietMs >= PATIENCE.unexpectedPager) this.#nextPage();
    } else if (this.#mayBeAtPrompt(tail, quietMs)) this.#ask();
    return null;
  }

  #mayBeAtPrompt(tail: string, quietMs: number): boolean {
    const line = lastLine(tail);
    const likeness = this.#prompts.compare(line);
    if (likeness === 'same') return true;
    if (likeness === 'similar') return quietMs >= PATIENCE.similarPrompt;
    if (quietMs >= PATIENCE.gluedPrompt && this.#prompts.gluedPrompt(line) > 0) return true;
    return quietMs >= PATIENCE.unaskedLines && this.#beforeUnasked(tail) !== null;
  }

  #ask(): void {
    this.#askedAt = this.#line.incoming.length;
    this.#line.send({ kind: 'key', key: 'return' });
  }

  #nextPage(): void {
    // One SPACE a pager, however long its answer takes.
    if (this.spacesAt.at(-1) === this.#line.incoming.length) return;
    this.spacesAt.push(this.#line.incoming.length);
    this.#line.send({ kind: 'key', key: 'space' });
  }

  #complete(askedAt: number, prompt: Prompt): AtPrompt {
    this.#prompts.learn(prompt);
    let bytes = this.#withoutPrompt(this.#line.incoming.from(0).slice(0, askedAt));
    for (let stray = 0; stray < this.#strays; stray++) bytes = this.#withoutAnsweredPrompt(bytes);
    return { kind: 'prompt', prompt, bytes };
  }

  /** Takes off the prompt at the end, also with lines behind it that the router wrote on its own account. */
  #withoutPrompt(bytes: string): string {
    const start = bytes.lastIndexOf('\n') + 1;
    const line = lastLine(bytes);
    if (this.#prompts.compare(line) !== null) return bytes.slice(0, start);
    const glued = this.#prompts.gluedPrompt(line);
    if (glued > 0) return bytes.slice(0, bytes.length - glued);
    return bytes.slice(0, this.#beforeUnasked(bytes) ?? bytes.length);
  }

  /** Takes off one prompt line that answered a CR of ours, with unasked lines behind it. */
  #withoutAnsweredPrompt(bytes: string): string {
    return bytes.slice(0, this.#beforeUnasked(bytes) ?? bytes.length);
  }

  /** Where the last prompt line begins, if nothing but unasked lines stand behind it; null otherwise. */
  #beforeUnasked(bytes: string): number | null {
    let end = bytes.endsWith('\n') ? bytes.length - 1 : bytes.length;
    for (let lines = 0; lines < UNASKED_AT_MOST; lines++) {
      const start = bytes.lastIndexOf('\n', end - 1) + 1;
      const line = bytes.slice(start, end).replaceAll('\r', '');
      if (this.#prompts.compare(line) === 'same' || this.#isPromptWithLog(line)) return start;
      if (!UNASKED_LINES.some((pattern) => pattern.test(line)) || start === 0) return null;
      end = start - 1;
    }
    return null;
  }

  /** `R1#*Nov 23 09:30:12.345: %SYS-5-CONFIG_I: …`: a log line that landed behind the prompt on its line. */
  #isPromptWithLog(line: string): boolean {
    const mark = line.search(/[>#]/);
    if (mark < 0 || promptOf(line.slice(0, mark + 1)) === null) return false;
    const rest = line.slice(mark + 1);
    return (
      this.#prompts.compare(line.slice(0, mark + 1)) === 'same' &&
      rest.includes('%') &&
      UNASKED_LINES.some((p) => p.test(rest))
    );
  }
}

const UNASKED_AT_MOST = 40;
