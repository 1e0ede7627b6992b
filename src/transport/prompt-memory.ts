import { PROMPT_BRACKETS, PROMPT_LIKE } from './ios-prompts.ts';
import type { Judged } from './unasked-lines.ts';

/** A prompt taken apart: `R1(config)#` is base `R1(config)` and mark `#`. */
export interface Prompt {
  readonly base: string;
  readonly mark: '>' | '#';
}

/** The line as a prompt, if it has the shape of one. */
export function promptOf(line: string): Prompt | null {
  const found = PROMPT_LIKE.exec(line);
  return found?.[1] === undefined ? null : { base: found[1], mark: found[2] === '>' ? '>' : '#' };
}

/** The last line of what came, without its CRs. */
export function lastLine(bytes: string): string {
  return bytes.slice(bytes.lastIndexOf('\n') + 1).replaceAll('\r', '');
}

/** What a router answers to a bare CR: line ends, then one prompt, nothing else but log lines. */
export function freshPrompt(answer: Judged): Prompt | null {
  const line = answer.text.replace(/^[\r\n]+/, '');
  // A log line may have taken the first line end with it.
  if (answer.logs === 'none' && line.length === answer.text.length) return null;
  return /[\r\n]/.test(line) ? null : promptOf(line);
}

/** The prompts this session has shown: how its own prompt is told from a line that only looks like one. */
export class PromptMemory {
  readonly #bases = new Set<string>();
  /** Forms in which only digits differ, once two of them were seen: a counter, or the time of day. */
  readonly #skeletons = new Set<string>();
  #first: Prompt | null = null;
  #last: Prompt | null = null;

  learn(prompt: Prompt): void {
    this.#first ??= prompt;
    this.#last = prompt;
    if (this.#bases.has(prompt.base)) return;
    const form = skeleton(prompt.base);
    if ([...this.#bases].some((base) => skeleton(base) === form)) this.#skeletons.add(form);
    this.#bases.add(prompt.base);
  }

  /** `same`: a prompt seen before. `similar`: perhaps the same in a new form; to be believed only after more silence. */
  compare(line: string): 'same' | 'similar' | null {
    const prompt = promptOf(line);
    if (prompt === null || this.#last === null) return null;
    if (this.#bases.has(prompt.base) || this.#skeletons.has(skeleton(prompt.base))) return 'same';
    const name = this.#last.base.replace(PROMPT_BRACKETS, '').slice(0, COMPARED_NAME);
    return prompt.base.startsWith(name) || skeleton(prompt.base) === skeleton(this.#last.base)
      ? 'similar'
      : null;
  }

  /** How many characters at the end of the line are a prompt seen before, when something else stands before it; 0 when none. */
  gluedPrompt(line: string): number {
    for (const base of this.#bases) {
      const at = line.lastIndexOf(base);
      if (at > 0 && this.compare(line.slice(at)) === 'same') return line.length - at;
    }
    return 0;
  }

  /**
   * What the last prompt said when this one names another router or role (`hub1(standby)`); null when it is the same, the
   * digits of a prompt that counts or tells the time aside.
   */
  nameBefore(prompt: Prompt): string | null {
    const before = firstWord(this.#last);
    const isSame = before === firstWord(prompt) || this.#skeletons.has(skeleton(prompt.base));
    return before === '' || isSame ? null : before;
  }

  /** The host name as far as the first prompt tells it; empty before. */
  hostname(): string {
    return firstWord(this.#first).replace(PROMPT_BRACKETS, '').replace(/\+$/, '');
  }
}

/** In configuration modes IOS cuts the name at 20 characters; 16 are safe in all. */
const COMPARED_NAME = 16;

/** `hub1 09:30:12#`: no host name has a blank. */
function firstWord(prompt: Prompt | null): string {
  return (prompt?.base ?? '').trim().split(/\s/, 1)[0] ?? '';
}

export function skeleton(base: string): string {
  return base.replace(/\d+/g, '0');
}
