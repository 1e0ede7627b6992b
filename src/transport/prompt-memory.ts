import { PROMPT_BRACKETS, PROMPT_LIKE } from './ios-prompts.ts';

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

/** What a router answers to a bare CR: line ends, then one prompt, nothing else. */
export function freshPrompt(answer: string): Prompt | null {
  const line = answer.replace(/^[\r\n]+/, '');
  if (line.length === answer.length || /[\r\n]/.test(line)) return null;
  return promptOf(line);
}

/** The prompts this session has shown: how its own prompt is told from a line that only looks like one. */
export class PromptMemory {
  readonly #bases = new Set<string>();
  #skeleton: string | null = null;
  #first: Prompt | null = null;

  learn(prompt: Prompt): void {
    this.#first ??= prompt;
    this.#bases.add(prompt.base);
    // A prompt with a counter or the time in it: from its second form on, all that differ in digits only are the same.
    if (this.#bases.size > 1) this.#skeleton = skeleton(prompt.base);
  }

  /** `same`: a prompt seen before. `similar`: perhaps the same in a new form; to be believed only after more silence. */
  compare(line: string): 'same' | 'similar' | null {
    const prompt = promptOf(line);
    if (prompt === null || this.#first === null) return null;
    if (this.#bases.has(prompt.base) || skeleton(prompt.base) === this.#skeleton) return 'same';
    const name = this.#first.base.replace(PROMPT_BRACKETS, '').slice(0, COMPARED_NAME);
    return prompt.base.startsWith(name) || skeleton(prompt.base) === skeleton(this.#first.base)
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

  /** The host name as far as the prompt tells it; empty before the first prompt. */
  hostname(): string {
    return (this.#first?.base ?? '').replace(PROMPT_BRACKETS, '').trim();
  }
}

/** In configuration modes IOS cuts the name at 20 characters; 16 are safe in all. */
const COMPARED_NAME = 16;

export function skeleton(base: string): string {
  return base.replace(/\d+/g, '0');
}
