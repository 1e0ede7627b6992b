/** Something in a file that a person must change; lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong and what to do. */
  readonly message: string;
}

export interface Place {
  readonly line: number;
  readonly column: number;
}

/** `file:line:column: message`, as editors and terminals link it. */
export function problemLine(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`;
}

/** Collects problems of one file; `all` returns them in reading order. */
export interface Problems {
  add(at: Place, message: string): void;
  all(): readonly Problem[];
}

export function problemsOf(file: string): Problems {
  const found: Problem[] = [];
  return {
    add: (at, message) => {
      found.push({ file, line: at.line, column: at.column, message });
    },
    all: () => [...found].sort((a, b) => a.line - b.line || a.column - b.column),
  };
}
