import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { PARSERS } from '../../src/parsers/registry.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const schemasRoot = join(root, 'docs/schema/facts');

const { compileAll } = (await import('../support/facts-schemas.mjs' as string)) as {
  readonly compileAll: () => Readonly<Record<string, string>>;
};
const compiled = compileAll();

function folderOf(command: string): string {
  return command.replaceAll(' ', '-');
}

test('the schemas are what the types of the facts compile to (else: npm run compile:schemas)', () => {
  const stale = Object.entries(compiled)
    .filter(([file, text]) => {
      const path = join(schemasRoot, file);
      return !existsSync(path) || readFileSync(path, 'utf8') !== text;
    })
    .map(([file]) => file);
  expect(stale).toEqual([]);
  expect(readdirSync(schemasRoot).filter((file) => compiled[file] === undefined)).toEqual([]);
});

test('every parser has one', () => {
  expect(Object.keys(compiled).sort()).toEqual(
    PARSERS.map((parser) => `${folderOf(parser.command)}.schema.json`).sort(),
  );
});

describe.each(PARSERS.map((parser) => ({ command: parser.command, parser })))(
  '$command',
  ({ command, parser }) => {
    const validate = validatorOf(command);
    const casesRoot = join(root, 'src/parsers', folderOf(command), 'cases');
    const cases = existsSync(casesRoot) ? readdirSync(casesRoot).sort() : [];

    test.each(cases)('the facts of %s are valid', (name) => {
      const golden = JSON.parse(readFileSync(join(casesRoot, name, 'expected.json'), 'utf8')) as {
        readonly facts: unknown;
      };
      validate(golden.facts);
      expect(validate.errors ?? []).toEqual([]);
    });

    test('so are the facts of nothing, and of a text that is none of its own', () => {
      for (const text of ['', 'all work and no play\n', '% Invalid input detected\n']) {
        validate(JSON.parse(JSON.stringify(parser.parse(text).facts)));
        expect(validate.errors ?? []).toEqual([]);
      }
    });

    test('a field too many or a list that is none is refused', () => {
      expect(validate({ ...(parser.parse('').facts as object), unheardOf: 1 })).toBe(false);
      expect(validate([])).toBe(false);
    });
  },
);

function validatorOf(command: string): ValidateFunction {
  const text = compiled[`${folderOf(command)}.schema.json`];
  if (text === undefined) throw new Error(`no schema for ${command}`);
  return new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile(JSON.parse(text));
}
