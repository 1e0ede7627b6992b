import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { PARSERS } from '../../src/parsers/registry.ts';
import { brokenInvariants, lostOrInvented, rangesOutside } from './invariants.ts';

/** Samples of other projects' test suites, beside this project where the workbench has them. */
const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
const present = existsSync(join(shared, 'corpora'));

/** Folders whose name begins as one of our commands but which hold another command's output. */
const OTHER_COMMANDS = /_(?:count|default_policy|pipe_count|process|summary)$/;

/** `show ip route` without an address prints the whole table; our parser reads the entry of one address. */
const WHOLE_TABLE = /show-ip-route\.txt$/;

/** Samples that cannot hold an invariant, with the reason. */
const DAMAGED: Readonly<Record<string, string>> = {
  '078-healthy-overlapping-wildcard-acl-two-flows/show-crypto-ipsec-sa.txt':
    'the author pasted four lines of the first flow twice; a flow has one outbound SPI',
};

interface Sample {
  readonly command: string;
  readonly file: string;
}

function corpora(): Sample[] {
  const root = join(shared, 'corpora');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.txt'))
    .flatMap((file) => {
      const folder = file.split('/').at(-2) ?? '';
      const command = commandOf(folder.replaceAll('_', ' '));
      return command === null || OTHER_COMMANDS.test(folder) ? [] : [{ command, file: join(root, file) }];
    });
}

function cases(): Sample[] {
  const root = join(shared, 'cases');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.txt'))
    .flatMap((file) => {
      const command = commandOf(
        (file.split('/').at(-1) ?? '').replaceAll(/[-_]/g, ' ').replace(/\.txt$/, ''),
      );
      return command === null || WHOLE_TABLE.test(file) ? [] : [{ command, file: join(root, file) }];
    });
}

/** The longest command of a parser that the name begins with. */
function commandOf(name: string): string | null {
  const fitting = PARSERS.map((parser) => parser.command).filter(
    (command) => `${name} `.startsWith(`${command} `) || name.startsWith(`${command}.`),
  );
  return fitting.sort((a, b) => b.length - a.length)[0] ?? null;
}

const samples = present ? [...corpora(), ...cases()] : [];

(present ? describe : describe.skip)('samples beside the project (skipped where ../shared is absent)', () => {
  test('there are samples of each SA table', () => {
    expect(samples.filter((sample) => sample.command === 'show crypto ipsec sa').length).toBeGreaterThan(20);
    expect(samples.filter((sample) => sample.command === 'show crypto isakmp sa').length).toBeGreaterThan(20);
  });

  test.each(samples)('$file', ({ command, file }) => {
    const text = readFileSync(file, 'utf8');
    const parser = PARSERS.find((each) => each.command === command);
    const parsed = parser?.parse(text);
    expect(parsed).toBeDefined();
    if (parsed === undefined) return;
    expect(parsed.coverage).not.toBe('unrecognised');
    expect(rangesOutside(parsed.facts, text.split('\n').length)).toEqual([]);
    const damaged = Object.keys(DAMAGED).some((name) => file.endsWith(name));
    expect((damaged ? lostOrInvented : brokenInvariants)(command, text, parsed)).toEqual([]);
  });
});
