// Makes the folder of a new parser with everything the tests ask for, and its line in the registry:
//   npm run new:parser "show foo bar"
// The parser reads one kind of line; what is to be done next is printed. Refuses what is already there.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const REGISTRY = 'src/parsers/registry.ts';
const READS = 'src/parsers/what-is-read.ts';

/** Writes the parser below `into` and returns what was written; throws, with nothing written, when it cannot be made. */
export function newParser(command, into = root) {
  if (!/^show(?: [a-z0-9][a-z0-9-]{0,40}){1,10}$/.test(command))
    throw new Error(`not a show command in lower case and full words, without arguments: ${command}`);
  const folder = `src/parsers/${command.replaceAll(' ', '-')}`;
  if (existsSync(join(into, folder))) throw new Error(`${folder} is already there`);
  const files = {
    ...filesOf(command, folder),
    [REGISTRY]: withRegistryLine(readFileSync(join(into, REGISTRY), 'utf8'), command),
    [READS]: withSentence(readFileSync(join(into, READS), 'utf8'), command),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(into, path)), { recursive: true });
    writeFileSync(join(into, path), text);
  }
  return Object.keys(files);
}

function filesOf(command, folder) {
  const names = {
    command,
    variable: camel(command),
    type: `${camel(command.replace(/^show /, ''), true)}Facts`,
  };
  return {
    [`${folder}/facts.ts`]: facts(names),
    [`${folder}/parse.ts`]: parse(names),
    [`${folder}/cases/1-normal/input.txt`]: 'Name: one\n',
    [`${folder}/cases/1-normal/expected.json`]: `${JSON.stringify(EXPECTED, null, 2)}\n`,
    [`${folder}/cases/1-normal/origin.yaml`]: ORIGIN,
  };
}

/** `show ip route` → showIpRoute, or ShowIpRoute. */
function camel(words, capital = false) {
  const joined = words.replace(/[ -]+(\w)/g, (_all, letter) => letter.toUpperCase());
  return capital ? joined[0].toUpperCase() + joined.slice(1) : joined;
}

function withRegistryLine(text, command) {
  const variable = camel(command);
  const folder = command.replaceAll(' ', '-');
  const imported = insertSorted(
    text,
    /^import \{ \w+ \} from '\.\/show-[\w-]+\/parse\.ts';\n/gm,
    `import { ${variable} } from './${folder}/parse.ts';\n`,
    (line) => line.replace(/^.*'\.\//, ''),
  );
  return insertSorted(imported, /^ {2}show\w+,\n/gm, `  ${variable},\n`, (line) => line);
}

function withSentence(text, command) {
  const line = `  ['${command}', 'to be said: what a person finds in the facts'],\n`;
  return insertSorted(text, /^ {2}\[(?:\n {4})?'show [^']+',[\s\S]*?\],\n/gm, line, (entry) =>
    entry.replace(/^[^']*'([^']*)'[\s\S]*$/, '$1'),
  );
}

/** Puts `line` before the first match that comes behind it in the alphabet, or behind the last one. */
function insertSorted(text, pattern, line, keyOf) {
  const rows = [...text.matchAll(pattern)];
  const last = rows.at(-1);
  if (last === undefined) throw new Error('the list of parsers is not where it was; add the line by hand');
  const next = rows.find((row) => keyOf(row[0]) > keyOf(line));
  const at = next?.index ?? last.index + last[0].length;
  return text.slice(0, at) + line + text.slice(at);
}

function facts({ command, type }) {
  return `import type { Fact } from '../parsed.ts';

/** One thing that \`${command}\` prints. Null stands for what a layout leaves out. */
export interface NamedThing extends Fact {
  readonly name: string;
}

/** What \`${command}\` says. */
export interface ${type} {
  readonly things: readonly NamedThing[];
}
`;
}

function parse({ command, variable, type }) {
  return `import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { parsedFrom, scanLines } from '../lines.ts';
import type { Parser } from '../parsed.ts';
import type { ${['NamedThing', type].sort().join(', ')} } from './facts.ts';

/** Reads \`${command}\`. */
export const ${variable}: Parser<${type}> = {
  command: '${command}',
  parse(text) {
    const things: NamedThing[] = [];
    const scan = scanLines(text, (line) => readLine(things, line), startsOf(RULES));
    return parsedFrom({ things }, scan);
  },
};

const RULES: readonly LineRule<NamedThing[]>[] = [
  {
    // Name: one
    word: 'name',
    pattern: /^Name: (\\S{1,64})$/,
    take(things, match, line) {
      things.push({ name: match[1] ?? '', lines: { first: line.number, last: line.last } });
      return true;
    },
  },
];

const readLine = readerOf(RULES);
`;
}

const EXPECTED = {
  facts: { things: [{ name: 'one', lines: { first: 1, last: 1 } }] },
  coverage: 'complete',
  unread: [],
};

const ORIGIN = `kind: written
source: to be said
ios: to be said
note: to be said
`;

const NEXT = `
next (docs/parsers.md):
  the layouts of the command into cases/, at least three; the facts; the rules
  a sentence in ${READS}
  the command in src/evidence/show-command.ts, when it may be sent
  npm run compile:schemas
  npm run jest -- test/parsers
`;

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const written = newParser(process.argv.slice(2).join(' '));
    process.stdout.write(`${written.map((path) => `  ${path}`).join('\n')}\n${NEXT}`);
  } catch (error) {
    process.stderr.write(`new:parser: ${error.message}\n`);
    process.exitCode = 1;
  }
}
