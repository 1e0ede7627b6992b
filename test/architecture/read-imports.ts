import { codeOnly } from './code-only.ts';

/** One import of a file: `specifier` as written, or null when it is not a plain string and cannot be known. */
export interface Import {
  readonly specifier: string | null;
  readonly line: number;
  /** `export … from`: the file passes another's names on. */
  readonly passesOn: boolean;
  /** `import type … from`: gone after compilation. */
  readonly typeOnly: boolean;
}

// import type { Gap } from './gap.ts'   export { x } from './x.ts'   import './x.ts'   — with the strings blanked: from '     '
const STATEMENT = /^[ \t]*(import|export)\b(?!\s*\()(?:[^'";=]*?\bfrom)?\s*(['"])/gm;
// await import('./run-lab.ts')   typeof import('./x.ts')   require('x')   createRequire(import.meta.url)(NAME)
const CALL = /\b(?:import|require|createRequire\s*\([^)]*\))\s*\(\s*(['"])?/g;

/** Every import of a TypeScript file: static, type-only, side-effect, passed on and dynamic. */
export function readImports(text: string): readonly Import[] {
  const code = codeOnly(text);
  const statements = [...code.matchAll(STATEMENT)].map((match) => ({
    ...importAt(text, match, match[2]),
    passesOn: match[1] === 'export',
    typeOnly: /^\s*(?:import|export)\s+type\b/.test(match[0]),
  }));
  const calls = [...code.matchAll(CALL)].map((match) => ({
    ...importAt(text, match, match[1]),
    passesOn: false,
    typeOnly: false,
  }));
  return [...statements, ...calls].sort((a, b) => a.line - b.line);
}

function importAt(
  text: string,
  match: RegExpExecArray,
  quote: string | undefined,
): Pick<Import, 'specifier' | 'line'> {
  const end = match.index + match[0].length;
  const line = text.slice(0, end).split('\n').length;
  if (quote === undefined) return { specifier: null, line };
  return { specifier: text.slice(end, text.indexOf(quote, end)), line };
}
