// Before a slash of these, an expression has ended and the slash divides; anywhere else it opens a regular expression.
const ENDS_EXPRESSION = /[\w$)\]}]$/;
// Words that end in a letter and still are followed by an expression: `return /x/.test(y)`.
const EXPECTS_EXPRESSION = /(?:^|[^\w$.])(?:return|typeof|case|in|of|do|else|void|throw|yield|await)$/;

/**
 * The text of a TypeScript file with comments, regular expressions and the insides of strings blanked out, line breaks kept,
 * so that a word found in it is a word of the program. Code inside `${}` of a template stays.
 */
export function codeOnly(text: string): string {
  return new Scanner(text).run();
}

class Scanner {
  readonly #text: string;
  #at = 0;
  #out = '';

  constructor(text: string) {
    this.#text = text;
  }

  run(): string {
    this.#code(null);
    return this.#out;
  }

  /** Code up to the closing brace of a template's `${`, or to the end of the text. */
  #code(closing: '}' | null): void {
    let depth = 0;
    while (this.#at < this.#text.length) {
      const next = this.#text.charAt(this.#at);
      if (next === '}' && closing !== null && depth === 0) return;
      if (next === '{') depth += 1;
      if (next === '}') depth -= 1;
      this.#step(next);
    }
  }

  #step(next: string): void {
    const two = this.#text.slice(this.#at, this.#at + 2);
    if (two === '//') this.#blankTo(this.#end('\n', 0));
    else if (two === '/*') this.#blankTo(this.#end('*/', 2));
    else if (next === "'" || next === '"') this.#quoted(next);
    else if (next === '`') this.#template();
    else if (next === '/' && this.#opensRegex()) this.#regex();
    else this.#keep();
  }

  #opensRegex(): boolean {
    const before = this.#out.trimEnd();
    return !ENDS_EXPRESSION.test(before) || EXPECTS_EXPRESSION.test(before);
  }

  /** Blanks the inside of a string and keeps its quotes. A string over a line end means that we lost our way: never guess. */
  #quoted(quote: string): void {
    this.#keep();
    while (this.#text.charAt(this.#at) !== quote) {
      if (this.#at >= this.#text.length || this.#text.charAt(this.#at) === '\n') throw this.#lost();
      this.#blank();
    }
    this.#keep();
  }

  #lost(): Error {
    return new Error(
      `line ${this.#out.split('\n').length}: a string without an end; write this line plainer`,
    );
  }

  #regex(): void {
    let inClass = false;
    this.#at += 1;
    this.#out += ' ';
    for (;;) {
      const next = this.#text.charAt(this.#at);
      if (next === '' || next === '\n' || (next === '/' && !inClass)) break;
      if (next === '[') inClass = true;
      if (next === ']') inClass = false;
      this.#blank();
    }
    this.#at += 1;
    // A value stands here: `)` keeps a division after it a division.
    this.#out += ')';
  }

  #template(): void {
    this.#keep();
    while (this.#text.charAt(this.#at) !== '`') {
      if (this.#at >= this.#text.length) throw this.#lost();
      if (this.#text.startsWith('${', this.#at)) {
        this.#keep();
        this.#keep();
        this.#code('}');
        this.#keep();
      } else this.#blank();
    }
    this.#keep();
  }

  #end(mark: string, length: number): number {
    const found = this.#text.indexOf(mark, this.#at + length);
    return found < 0 ? this.#text.length : found + length;
  }

  #keep(): void {
    this.#out += this.#text.charAt(this.#at);
    this.#at += 1;
  }

  /** One character of no interest; a backslash takes the next one with it. */
  #blank(): void {
    const length = this.#text.charAt(this.#at) === '\\' ? 2 : 1;
    this.#blankTo(this.#at + length);
  }

  #blankTo(end: number): void {
    this.#out += this.#text.slice(this.#at, end).replace(/[^\n]/g, ' ');
    this.#at = end;
  }
}
