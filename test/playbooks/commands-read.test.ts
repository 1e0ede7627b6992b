import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { loadPlaybookFolder } from '../../src/app/load-playbooks.ts';
import { ALLOWED_COMMANDS, allowedAs, identifyCommand } from '../../src/evidence/show-command.ts';
import { parserFor } from '../../src/parsers/registry.ts';
import type { Playbook } from '../../src/playbooks/playbook.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Commands that a playbook asks for and nothing reads yet; a line here whose command has a parser is stale. */
const NOT_READ_YET: readonly string[] = [];

/** Commands that are asked for what they are: nothing of their output is a fact. */
const READ_BY_A_PERSON: readonly string[] = ['show privilege'];

/** An example of each placeholder of a question or an allow-list entry. */
const EXAMPLES: Readonly<Record<string, string>> = {
  '<peer>': '192.0.2.1',
  '<address>': '192.0.2.1',
  '<acl>': 'VPN',
  '<name>': 'VPN',
  '<interface>': 'Tunnel0',
};

function example(command: string): string {
  return command.replace(/<[a-z]+>/g, (placeholder) => EXAMPLES[placeholder] ?? placeholder);
}

/** Name of the parser that a command needs, as the registry has it; null for a command that is none. */
function parserOf(command: string): string | null {
  const name = identifyCommand(example(command))?.name;
  return name === undefined ? null : (parserFor(name)?.command ?? null);
}

const loaded = await loadPlaybookFolder(join(ROOT, 'playbooks'));
const playbooks: readonly Playbook[] = loaded.ok ? loaded.playbooks : [];
const questions = playbooks.flatMap((playbook) =>
  playbook.hypotheses.flatMap((hypothesis) => hypothesis.ask),
);
const here = questions.filter((question) => question.at === 'here').map((question) => question.run);
const farEnd = questions.filter((question) => question.at === 'far-end').map((question) => question.run);
const asked = [...new Set([...playbooks.flatMap((playbook) => playbook.needs), ...here])].sort();

describe('every command that a playbook may ask for', () => {
  test('is found', () => {
    expect(asked.length).toBeGreaterThan(15);
  });

  test.each(asked)('%s is in the allow-list and has a parser', (command) => {
    expect(allowedAs(example(command))).not.toBeNull();
    if (NOT_READ_YET.includes(command)) expect(parserOf(command)).toBeNull();
    else expect(parserOf(command)).not.toBeNull();
  });
});

// Not sent by this program: the person at the far end is asked, and what comes back as a recording is read.
test.each([...new Set(farEnd)].sort())('%s of the far end has a parser', (command) => {
  expect(parserOf(command) ?? parserFor(command)?.command ?? null).not.toBeNull();
});

test.each(ALLOWED_COMMANDS.filter((command) => !READ_BY_A_PERSON.includes(command)))(
  'the allowed command %s has a parser',
  (command) => {
    if (NOT_READ_YET.includes(command)) expect(parserOf(command)).toBeNull();
    else expect(parserOf(command)).not.toBeNull();
  },
);

test('no marker names a command that nobody asks for', () => {
  const known = new Set<string>([...asked, ...ALLOWED_COMMANDS]);
  expect([...NOT_READ_YET, ...READ_BY_A_PERSON].filter((command) => !known.has(command))).toEqual([]);
});
