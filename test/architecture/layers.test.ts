import { describe, expect, test } from '@jest/globals';
import { checkLayers, roomOf, type Violation } from './check-layers.ts';
import { EXCEPTIONS, LAB_FILES, ROOMS } from './layers.ts';
import { productTree } from './product-tree.ts';
import { readProjectFile } from './project-files.ts';
import { readImports } from './read-imports.ts';

const tree = productTree();
const violations = checkLayers(tree);
const excepted = (found: Violation): boolean =>
  EXCEPTIONS.some((exception) => exception.file === found.file && exception.rule === found.rule);
const shown = (found: Violation): string => `${found.file}:${found.line} [${found.rule}] ${found.message}`;

describe('the tree keeps the layer table', () => {
  test('no breach that the table does not name', () => {
    expect(violations.filter((found) => !excepted(found)).map(shown)).toEqual([]);
  });

  test.each(EXCEPTIONS)('the exception of $file is still needed', (exception) => {
    expect(exception.reason.length).toBeGreaterThan(20);
    expect(violations.some((found) => found.file === exception.file && found.rule === exception.rule)).toBe(
      true,
    );
  });

  test('every room of the table exists, and every room named in it is in the table', () => {
    const rooms = new Set([...tree.keys()].map(roomOf));
    expect(Object.keys(ROOMS).filter((room) => !rooms.has(room))).toEqual([]);
    for (const { imports, types = [] } of Object.values(ROOMS)) {
      expect([...imports, ...types].filter((room) => ROOMS[room] === undefined)).toEqual([]);
    }
  });

  test('the table itself goes down only: no room reaches itself', () => {
    const below = (room: string, seen: readonly string[]): void => {
      expect(seen).not.toContain(room);
      for (const next of ROOMS[room]?.imports ?? []) below(next, [...seen, room]);
    };
    for (const room of Object.keys(ROOMS)) below(room, []);
  });

  test('the lab files exist and each package of the table is imported in each of its homes', () => {
    for (const file of LAB_FILES) expect(tree.has(file)).toBe(true);
    const used = new Set(
      [...tree].flatMap(([file, text]) =>
        readImports(text).map(({ specifier }) => `${roomOf(file)} ${specifier}`),
      ),
    );
    const homes = Object.entries(ROOMS).flatMap(([room, { packages }]) =>
      packages.map((name) => `${room} ${name}`),
    );
    expect(
      homes.filter((home) => ![...used].some((use) => use === home || use.startsWith(`${home}/`))),
    ).toEqual([]);
  });

  test('the built-in imports are seen at all', () => {
    const count = [...tree.values()].flatMap((text) => readImports(text)).length;
    expect(count).toBeGreaterThan(400);
  });

  test('every room has its card in src/ARCHITECTURE.md, and every card its room', () => {
    const page = readProjectFile('src/ARCHITECTURE.md');
    const cards = [
      ...page.matchAll(
        /^### (\w+)[^\n]*\n- \*\*Does\*\*[\s\S]*?\n- \*\*May touch\*\*[\s\S]*?\n- \*\*Never\*\*/gm,
      ),
    ];
    expect(cards.map((card) => card[1]).sort()).toEqual(Object.keys(ROOMS).sort());
    const pure = [...page.matchAll(/^### (\w+) \(pure\)/gm)].map((card) => card[1]);
    expect(pure.sort()).toEqual(
      Object.keys(ROOMS)
        .filter((room) => ROOMS[room]?.pure)
        .sort(),
    );
  });
});

/** A file that breaks one rule, and what must be said of it. */
const SEEDED: readonly (readonly [what: string, file: string, text: string, said: string])[] = [
  [
    'an upward import',
    'src/parsers/a.ts',
    "import { x } from '../tunnels/t.ts';",
    'parsers may not import tunnels',
  ],
  [
    'an upward type import',
    'src/parsers/a.ts',
    "import type { X } from '../app/t.ts';",
    'may not import app',
  ],
  [
    'a sideways import',
    'src/transport/a.ts',
    "import { x } from '../inventory/t.ts';",
    'may not import inventory',
  ],
  [
    'values where types are allowed',
    'src/report/a.ts',
    "import { x } from '../fleet/t.ts';",
    'may not import fleet',
  ],
  [
    'a list over several lines',
    'src/core/a.ts',
    "import {\n  x,\n  type Y,\n} from '../evidence/t.ts';",
    'core may not import evidence',
  ],
  ['a side-effect import', 'src/core/a.ts', "import '../cli/t.ts';", 'core may not import cli'],
  ['a dynamic import', 'src/core/a.ts', "const x = () => import('../cli/t.ts');", 'core may not import cli'],
  ['a type by import()', 'src/core/a.ts', "type X = import('../cli/t.ts').X;", 'core may not import cli'],
  ['a computed import', 'src/app/a.ts', 'const x = await import(name);', 'not written as a string'],
  ['a require', 'src/app/a.ts', "const x = require('ssh2');", 'ssh2 has its home in transport, mocks'],
  [
    'the lab in the product',
    'src/app/a.ts',
    "import { x } from '../../mocks/ios-router/lab.ts';",
    'import mocks',
  ],
  [
    'tests in the product',
    'src/app/a.ts',
    "import { x } from '../../test/support/golden.ts';",
    'test/support',
  ],
  ['another home of a package', 'src/app/a.ts', "import { Client } from 'ssh2';", 'ssh2 has its home in'],
  [
    'a path of a package',
    'src/app/a.ts',
    "import { x } from 'yargs/helpers';",
    'yargs/helpers has its home in cli',
  ],
  ['an unknown package', 'src/app/a.ts', "import { x } from '@scope/new/part';", 'no room'],
  [
    'node in a pure room',
    'src/tunnels/a.ts',
    "import { join } from 'node:path';",
    'may not import node:path',
  ],
  ['no extension', 'src/app/a.ts', "import { x } from './b';", 'must end in .ts'],
  ['a new room', 'src/stuff/a.ts', 'export const x = 1;', 'in no room'],
  ['a barrel', 'src/app/a.ts', "export * from './b.ts';", 'passes on ./b.ts'],
  ['a name passed on', 'src/app/a.ts', "export { x } from './b.ts';", 'passes on ./b.ts'],
  ['an index file', 'src/app/index.ts', 'export const x = 1;', 'index file'],
  ['a default export', 'src/app/a.ts', 'export default function x() {}', 'default export'],
  ['a default export by name', 'src/app/a.ts', 'export { x as default };', 'default export'],
  ['an async function', 'src/parsers/a.ts', 'export async function x() {}', 'asynchronous'],
  ['the clock', 'src/diagnosis/a.ts', 'const now = Date.now();', 'reads the clock'],
  ['the clock by new', 'src/diagnosis/a.ts', 'const now = new Date( );', 'reads the clock'],
  ['chance', 'src/report/a.ts', 'const x = Math.random();', 'random'],
  ['the environment', 'src/report/a.ts', "const x = process.env['X'];", 'reads the process'],
  ['the console', 'src/fleet/a.ts', "console.log('x');", 'console'],
  ['a timer', 'src/playbooks/a.ts', 'setTimeout(x, 1);', 'timer'],
  ['local time', 'src/parsers/a.ts', 'const h = at.getHours();', 'zone or language'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the program text under test holds the template
  ['impurity inside a template', 'src/parsers/a.ts', 'const x = `a ${Date.now()} b`;', 'reads the clock'],
  ['impurity after a quote in a regex', 'src/parsers/a.ts', "const x = /'/.test(y) && Date.now();", 'clock'],
  ['a long file', 'src/app/a.ts', 'x();\n'.repeat(301), '301 lines'],
];

describe('the checker sees faults', () => {
  test.each(SEEDED)('%s', (_what, file, text, said) => {
    const found = checkLayers(new Map([[file, text]]));
    expect(found.map((violation) => violation.message)).toEqual([expect.stringContaining(said)]);
  });

  test('a cycle over three files, once', () => {
    const ring = new Map([
      ['src/core/c.ts', "import type { A } from './a.ts';"],
      ['src/core/a.ts', "import { b } from './b.ts';"],
      ['src/core/b.ts', "import { c } from './c.ts';"],
    ]);
    expect(checkLayers(ring).map(shown)).toEqual([
      'src/core/a.ts:1 [cycle] src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts',
    ]);
  });

  test('the line of a breach is the line of the import', () => {
    const text = "// import { x } from '../cli/t.ts';\n\nimport {\n  x,\n} from '../cli/t.ts';\n";
    expect(checkLayers(new Map([['src/core/a.ts', text]])).map(({ line }) => line)).toEqual([5]);
  });
});

describe('the checker stays silent', () => {
  test.each([
    [
      'words in comments',
      "// setTimeout, Date.now()\n/* import { x } from '../cli/t.ts' */\nexport const x = 1;",
    ],
    ['words in strings', "export const x = 'Date.now() process.exit console.log';"],
    ['words in templates', "export const x = `await import('../cli/t.ts')`;"],
    ['words in expressions', 'export const x = /async|await|console\\.log|["\'`]/;'],
    ['a given time', 'export const x = (at: number) => new Date(at).toISOString();'],
    ['words inside words', 'export const processing = { consoles: 1, asyncs: 2 };'],
    ['division', "export const x = (a: number, b: number) => a / b / 2 + (a) / b; export const y = '/';"],
  ])('%s', (_what, text) => {
    expect(checkLayers(new Map([['src/parsers/a.ts', text]]))).toEqual([]);
  });

  test('types of a room above where the table says so', () => {
    const text = "import type { X } from '../fleet/t.ts';";
    expect(checkLayers(new Map([['src/report/a.ts', text]]))).toEqual([]);
  });

  test('a generated table may be long', () => {
    expect(checkLayers(new Map([['src/parsers/x.generated.ts', 'x();\n'.repeat(900)]]))).toEqual([]);
  });
});
