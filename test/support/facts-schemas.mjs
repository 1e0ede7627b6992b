// JSON Schemas of what each parser returns as facts, made from the types in src/parsers/*/facts.ts, docstrings included.
// Run by `npm run compile:schemas` after an edit of a facts.ts; a test says which files are stale.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const root = fileURLToPath(new URL('../../', import.meta.url));
const parsers = join(root, 'src/parsers');
const schemas = join(root, 'docs/schema/facts');

/** Every schema: file name → text. Throws when a folder's facts.ts exports no interface whose name ends with Facts. */
export function compileAll() {
  const generator = createGenerator({
    path: join(parsers, '*/facts.ts'),
    tsconfig: join(root, 'tsconfig.json'),
    skipTypeCheck: true,
    expose: 'export',
    topRef: false,
    additionalProperties: false,
    jsDoc: 'extended',
    sortProps: false,
  });
  const files = {};
  for (const folder of foldersWithFacts()) {
    const { $schema, ...body } = generator.createSchema(factsTypeOf(folder));
    const command = commandOf(folder);
    const schema = {
      $schema,
      $id: `urn:tunneldoc:facts:${folder}`,
      title: `facts of \`${command}\``,
      ...body,
    };
    files[`${folder}.schema.json`] = `${JSON.stringify(schema, null, 2)}\n`;
  }
  return files;
}

function foldersWithFacts() {
  return readdirSync(parsers)
    .sort()
    .filter(
      (folder) =>
        existsSync(join(parsers, folder, 'facts.ts')) && existsSync(join(parsers, folder, 'parse.ts')),
    );
}

/** The interface a parser returns: the last one of facts.ts whose name ends with Facts. */
function factsTypeOf(folder) {
  const text = readFileSync(join(parsers, folder, 'facts.ts'), 'utf8');
  const name = [...text.matchAll(/^export interface (\w{0,60}Facts)\b/gm)].at(-1)?.[1];
  if (name === undefined) throw new Error(`src/parsers/${folder}/facts.ts exports no interface …Facts`);
  return name;
}

function commandOf(folder) {
  const text = readFileSync(join(parsers, folder, 'parse.ts'), 'utf8');
  return /command: '(show [^']{1,100})'/.exec(text)?.[1] ?? folder;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(schemas, { recursive: true, force: true });
  mkdirSync(schemas, { recursive: true });
  for (const [file, text] of Object.entries(compileAll())) writeFileSync(join(schemas, file), text);
}
