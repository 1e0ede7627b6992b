import type { LogForms } from '../evidence/log-lines.ts';
import { PASSWORD_PROMPT } from './ios-prompts.ts';
import { behindUnasked, type OwnOutput, outputBeforePrompt, outputSoFar } from './own-output.ts';
import {
  freshPrompt,
  lastLine,
  type Prompt,
  type PromptMemory,
  promptOf,
  skeleton,
} from './prompt-memory.ts';
import type { RouterLine } from './router-line.ts';
import { echoEnd, endsAtPager, lastPagerEnd } from './terminal.ts';
import { type Judged, judge, judgedTail, takeOut } from './unasked-lines.ts';

/** The router has answered in full and shows its prompt again. */
export interface AtPrompt extends OwnOutput {
  readonly kind: 'prompt';
  readonly prompt: Prompt;
  /** What the prompt said before, when it names another router now. */
  readonly nameBefore: string | null;
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
  /** True for `show logging`: nothing is taken out of it, and log lines prove nothing. */
  readonly logsAreOutput: boolean;
  readonly forms: LogForms;
  /** What must have come before a prompt counts: the answer to the last of several commands. */
  readonly until?: RegExp | null;
  /** True for a line that only sets the session up: its answer is short, so that the prompt behind it needs no proof. */
  readonly isSetUp?: boolean;
}

/** Silences after which less certain shapes are acted on, in milliseconds. */
const PATIENCE = {
  similarPrompt: 700,
  unaskedLines: 500,
  gluedPrompt: 1000,
  unexpectedPager: 1500,
  otherPrompt: 2000,
  onlyLogs: 2000,
  noEcho: 3000,
  password: 80,
};
/** How many bare CRs in a row must be answered by a prompt: with nothing uncertain about it, under another name, among log lines that may be output. */
const PROOFS = { plain: 1, otherName: 2, amongLogs: 4 };

/**
 * Decides when the output of one command is complete. A line that equals the prompt proves nothing: an output can hold
 * one. So the router is asked: a bare CR at the true prompt is answered by exactly a line end and a prompt. If other
 * bytes come, the output was still running; the router keeps that CR and answers it with one more prompt at the end,
 * which is then taken off again (`#strays`). No answer at all means a stalled router, not a finished output.
 * Log lines may come all the while. Where they cannot be output, they are left out before anything is judged.
 */
export class CommandWait {
  /** Offsets at which the pager got a SPACE. */
  readonly #spacesAt: number[] = [];
  readonly #line: RouterLine;
  readonly #prompts: PromptMemory;
  readonly #options: CommandWaitOptions;
  #askedAt: number | null = null;
  #strays = 0;
  /** The last prompts that answered a CR each, all of one form. */
  #inARow: { readonly form: string; count: number } = { form: '', count: 0 };

  constructor(line: RouterLine, prompts: PromptMemory, options: CommandWaitOptions) {
    this.#line = line;
    this.#prompts = prompts;
    this.#options = options;
  }

  /** For `RouterLine.waitFor`. */
  look(quietMs: number): AtPrompt | AtPassword | null {
    if (this.#askedAt === null) return this.#lookAtEnd(quietMs);
    const answer = judge(this.#line.incoming.from(this.#askedAt));
    if (/^[\r\n]*$/.test(answer.text)) return null;
    const prompt = freshPrompt(answer);
    if (prompt === null) {
      this.#inARow = { form: '', count: 0 };
      this.#askedAt = null;
      this.#strays++;
      return this.#lookAtEnd(quietMs);
    }
    const form = skeleton(prompt.base);
    this.#inARow = { form, count: form === this.#inARow.form ? this.#inARow.count + 1 : 1 };
    if (this.#inARow.count >= this.#proofsNeeded(answer)) return this.#complete(this.#askedAt, prompt);
    this.#strays++;
    this.#ask();
    return null;
  }

  /**
   * For `RouterLine.waitFor`, without any silence: a prompt seen before, alone on its line, may be asked at once, for its answer
   * is the proof. Not where a pager may take the CR for its own.
   */
  lookEarly(): AtPrompt | null {
    const { pagingOff, until = null, isSetUp = false } = this.#options;
    if (this.#askedAt !== null || until !== null || !(pagingOff || isSetUp)) return null;
    const tail = this.#line.incoming.tail(LONGEST_PROMPT);
    const line = lastLine(tail);
    const prompt = tail.includes('\n') && this.#prompts.compare(line) === 'same' ? promptOf(line) : null;
    if (prompt === null || !this.#hasEcho()) return null;
    if (isSetUp) return this.#complete(this.#line.incoming.length, prompt);
    this.#ask();
    return null;
  }

  #proofsNeeded(answer: Judged): number {
    const isUncertain = answer.logs === 'perhaps' || (answer.logs === 'sure' && this.#options.logsAreOutput);
    if (isUncertain) return PROOFS.amongLogs;
    return this.#prompts.compare(lastLine(answer.text)) === null ? PROOFS.otherName : PROOFS.plain;
  }

  #lookAtEnd(quietMs: number): AtPassword | null {
    const { pagingOff, passwordMayBeAsked, until } = this.#options;
    if (quietMs < PATIENCE.noEcho && !this.#hasEcho()) return null;
    // As it came, too: in a paged log nothing but the wipes of its pages is left without the log lines.
    const raw = this.#line.incoming.tail(TAIL_BYTES);
    const tail = judgedTail(this.#line.incoming);
    if (passwordMayBeAsked && quietMs >= PATIENCE.password && PASSWORD_PROMPT.test(tail.text))
      return { kind: 'password' };
    if (endsAtPager(raw) || endsAtPager(tail.text)) {
      if (!pagingOff || quietMs >= PATIENCE.unexpectedPager) this.#nextPage();
    } else if (until?.test(tail.text) !== false && this.#mayBeAtPrompt(raw, tail, quietMs)) this.#ask();
    return null;
  }

  #hasEcho(): boolean {
    const { command, forms } = this.#options;
    if (command === null) return true;
    const head = takeOut(this.#line.incoming.head(), forms);
    return echoEnd(head.bytes, command, head.cuts) !== null;
  }

  #mayBeAtPrompt(raw: string, { text, endsInLog }: Judged, quietMs: number): boolean {
    if (this.#prompts.compare(lastLine(raw)) === 'same') return true;
    if (endsInLog && this.#options.logsAreOutput && quietMs < PATIENCE.unaskedLines) return false;
    if (text === '') return quietMs >= PATIENCE.onlyLogs;
    const line = lastLine(text);
    const likeness = this.#prompts.compare(line);
    if (likeness === 'same') return true;
    if (likeness === 'similar') return quietMs >= PATIENCE.similarPrompt;
    if (quietMs >= PATIENCE.gluedPrompt && this.#prompts.gluedPrompt(line) > 0) return true;
    // Another name: a switch-over, or somebody renamed the router. It takes two answers to believe it.
    if (quietMs >= PATIENCE.otherPrompt && promptOf(line) !== null) return true;
    return quietMs >= PATIENCE.unaskedLines && behindUnasked(text, this.#prompts) !== null;
  }

  #ask(): void {
    this.#askedAt = this.#line.incoming.length;
    this.#line.send({ kind: 'key', key: 'return' });
  }

  #nextPage(): void {
    // One SPACE a pager, however long its answer takes and whatever the router logs meanwhile.
    const { incoming } = this.#line;
    const tail = incoming.tail(PAGER_WITHIN);
    const at = incoming.length - tail.length + lastPagerEnd(tail);
    if (this.#spacesAt.at(-1) === at) return;
    this.#spacesAt.push(at);
    this.#line.send({ kind: 'key', key: 'space' });
  }

  /** What came until now without the end of it: for an output that is cut short. */
  soFar(most: number): OwnOutput {
    return outputSoFar({ bytes: this.#line.incoming.from(0).slice(0, most), ...this.#sorting() });
  }

  #complete(askedAt: number, prompt: Prompt): AtPrompt {
    const nameBefore = this.#prompts.nameBefore(prompt);
    this.#prompts.learn(prompt);
    const all = this.#line.incoming.from(0);
    const output = outputBeforePrompt(
      { bytes: all.slice(0, askedAt), ...this.#sorting() },
      { prompts: this.#prompts, strays: this.#strays, answer: all.slice(askedAt) },
    );
    this.#line.incoming.read();
    return { kind: 'prompt', prompt, nameBefore, ...output };
  }

  #sorting() {
    const { logsAreOutput, forms } = this.#options;
    return { logsAreOutput, forms, spacesAt: this.#spacesAt };
  }
}

const TAIL_BYTES = 4_096;
const PAGER_WITHIN = 65_536;
const LONGEST_PROMPT = 160;
