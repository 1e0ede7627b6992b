import { posix } from 'node:path';
import { codeOnly } from './code-only.ts';
import { LAB_FILES, LONGEST_FILE, ROOMS, type Room, type Rule } from './layers.ts';
import { type Import, readImports } from './read-imports.ts';

/** Files by path from the project's root, with `/`. */
export type Tree = ReadonlyMap<string, string>;

export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly rule: Rule;
  readonly message: string;
}

/** Every breach of the layer table in the product's files. */
export function checkLayers(tree: Tree): readonly Violation[] {
  const single = [...tree].flatMap(([file, text]) => checkFile(file, text));
  return [...single, ...findCycles(tree)];
}

/** `src/parsers/lines.ts` → `parsers`; a file directly in src belongs to `main`; null outside every room. */
export function roomOf(file: string): string | null {
  const parts = file.split('/');
  if (file.startsWith('mocks/ios-router/')) return 'mocks';
  if (parts[0] !== 'src') return null;
  return parts.length === 2 ? 'main' : (parts[1] ?? null);
}

function checkFile(file: string, text: string): readonly Violation[] {
  const name = roomOf(file);
  const room = name === null ? undefined : ROOMS[name];
  if (name === null || room === undefined) {
    return [{ file, line: 1, rule: 'layer', message: 'stands in no room of the table' }];
  }
  const at = (line: number, rule: Rule, message: string): Violation => ({ file, line, rule, message });
  return [
    ...readImports(text).flatMap((found) => checkImport(file, name, room, found, at)),
    ...(room.pure ? impureWords(text, at) : []),
    ...shape(file, text, at),
  ];
}

type At = (line: number, rule: Rule, message: string) => Violation;

function checkImport(file: string, name: string, room: Room, found: Import, at: At): readonly Violation[] {
  const { specifier, line } = found;
  if (specifier === null)
    return [at(line, 'unreadable', 'imports something that is not written as a string')];
  const wrong: Violation[] = [];
  if (found.passesOn) wrong.push(at(line, 'barrel', `passes on ${specifier}: import it where it lives`));
  if (specifier.startsWith('.')) return [...wrong, ...checkRelative(file, name, room, found, at)];
  if (specifier.startsWith('node:')) {
    return room.node ? wrong : [...wrong, at(line, 'node', `${name} may not import ${specifier}`)];
  }
  if (!room.packages.includes(packageOf(specifier))) {
    wrong.push(at(line, 'package', `${specifier} has its home in ${homesOf(packageOf(specifier))}`));
  }
  return wrong;
}

function checkRelative(file: string, name: string, room: Room, found: Import, at: At): readonly Violation[] {
  const target = targetOf(file, found.specifier ?? '');
  const other = roomOf(target);
  if (!target.endsWith('.ts')) return [at(found.line, 'layer', `${found.specifier} must end in .ts`)];
  if (other === name) return [];
  if (other === 'mocks' && LAB_FILES.includes(file)) return [];
  if (other !== null && room.imports.includes(other)) return [];
  if (other !== null && found.typeOnly && room.types?.includes(other)) return [];
  return [at(found.line, 'layer', `${name} may not import ${other ?? target} (${found.specifier})`)];
}

/** `@scope/name/path` → `@scope/name`, `yargs/helpers` → `yargs`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function homesOf(name: string): string {
  const homes = Object.keys(ROOMS).filter((room) => ROOMS[room]?.packages.includes(name));
  return homes.length > 0 ? homes.join(', ') : 'no room: name it in the table first';
}

function targetOf(file: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(file), specifier));
}

const IMPURE: readonly (readonly [RegExp, string])[] = [
  [/\basync\b|\bawait\b|\bPromise\b/, 'is asynchronous'],
  [/\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(|\bperformance\b/, 'reads the clock'],
  [/\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b/, 'draws a random value'],
  [/\bprocess\b\s*[.[]|\bglobalThis\b/, 'reads the process'],
  [/\bconsole\b\s*[.[]/, 'writes to the console'],
  [/\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b/, 'uses a timer'],
  [/\bfetch\s*\(/, 'uses the network'],
  [
    /\.get(?:FullYear|Month|Date|Day|Hours|Minutes)\(|\.toLocale\w*\(/,
    'depends on zone or language of the machine',
  ],
];

function impureWords(text: string, at: At): readonly Violation[] {
  return codeOnly(text)
    .split('\n')
    .flatMap((line, index) =>
      IMPURE.filter(([word]) => word.test(line)).map(([, why]) => at(index + 1, 'purity', why)),
    );
}

function shape(file: string, text: string, at: At): readonly Violation[] {
  const wrong: Violation[] = [];
  const lines = codeOnly(text).split('\n');
  lines.forEach((line, index) => {
    if (/^\s*export\s+default\b|\bas\s+default\b/.test(line)) {
      wrong.push(at(index + 1, 'default-export', 'has a default export'));
    }
  });
  if (posix.basename(file).startsWith('index.')) wrong.push(at(1, 'barrel', 'is an index file'));
  const length = text.replace(/\n$/, '').split('\n').length;
  if (length > LONGEST_FILE && !file.endsWith('.generated.ts')) {
    wrong.push(at(LONGEST_FILE + 1, 'length', `has ${length} lines, more than ${LONGEST_FILE}`));
  }
  return wrong;
}

/** Every cycle of imports once, named by its file that comes first in the alphabet. */
function findCycles(tree: Tree): readonly Violation[] {
  const cycles = new Map<string, Violation>();
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const from = path.indexOf(file);
    if (from >= 0) {
      const found = cycleOf(path.slice(from));
      cycles.set(found.message, found);
      return;
    }
    if (done.has(file)) return;
    for (const next of relativeImports(file, tree)) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of tree.keys()) visit(file, []);
  return [...cycles.values()];
}

function relativeImports(file: string, tree: Tree): readonly string[] {
  return readImports(tree.get(file) ?? '')
    .map((found) => found.specifier)
    .filter((specifier) => specifier?.startsWith('.') === true)
    .map((specifier) => targetOf(file, specifier ?? ''))
    .filter((target) => tree.has(target));
}

function cycleOf(files: readonly string[]): Violation {
  const first = [...files].sort()[0] ?? '';
  const turn = files.indexOf(first);
  const order = [...files.slice(turn), ...files.slice(0, turn), first];
  return { file: first, line: 1, rule: 'cycle', message: order.join(' → ') };
}
