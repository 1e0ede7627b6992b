import { LOGIN_PROMPT } from './ios-prompts.ts';
import { freshPrompt, lastLine, type Prompt, promptOf, skeleton } from './prompt-memory.ts';
import type { RouterLine } from './router-line.ts';
import { judge, judgedTail } from './unasked-lines.ts';

export interface FoundPrompt {
  readonly kind: 'found';
  /** The prompts seen; more than one when the prompt changes from line to line. */
  readonly prompts: readonly Prompt[];
}
export interface LoginAsked {
  readonly kind: 'login-asked';
}

/** Milliseconds of silence before a last line is tried as a prompt, before a login question is believed, before the router is woken. */
const PATIENCE = { promptLike: 120, login: 700, other: 2000, nothing: 5000 };
const WAKES_AT_MOST = 3;

/**
 * Finds the prompt of a fresh session. Banners hold `#` and `>` and may be glued to the prompt, so a line is believed
 * only when the router answers a bare CR with it twice over (digits may differ: some prompts count). Log lines may come in
 * between.
 */
export class PromptWait {
  readonly #line: RouterLine;
  #askedAt: number | null = null;
  #last: Prompt | null = null;
  #wakes = 0;

  constructor(line: RouterLine) {
    this.#line = line;
  }

  /** For `RouterLine.waitFor`. */
  look(quietMs: number): FoundPrompt | LoginAsked | null {
    const { incoming } = this.#line;
    if (this.#askedAt !== null) {
      const answer = judge(incoming.from(this.#askedAt));
      if (/^[\r\n]*$/.test(answer.text)) return null;
      const prompt = freshPrompt(answer);
      if (prompt !== null) {
        if (this.#last !== null && skeleton(this.#last.base) === skeleton(prompt.base))
          return { kind: 'found', prompts: [this.#last, prompt] };
        this.#ask(prompt);
        return null;
      }
      this.#askedAt = null;
    }
    return this.#lookAtEnd(quietMs);
  }

  #lookAtEnd(quietMs: number): LoginAsked | null {
    const tail = judgedTail(this.#line.incoming).text;
    const prompt = promptOf(lastLine(tail));
    if (prompt !== null && quietMs >= PATIENCE.promptLike) this.#ask(prompt);
    else if (quietMs >= PATIENCE.login && LOGIN_PROMPT.test(tail)) return { kind: 'login-asked' };
    else if (quietMs >= (tail === '' ? PATIENCE.nothing : PATIENCE.other) && this.#wakes < WAKES_AT_MOST) {
      this.#wakes++;
      this.#line.send({ kind: 'key', key: 'return' });
    }
    return null;
  }

  #ask(seen: Prompt): void {
    this.#last = seen;
    this.#askedAt = this.#line.incoming.length;
    this.#line.send({ kind: 'key', key: 'return' });
  }
}
