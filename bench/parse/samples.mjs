/** The texts that are mutated: every parser's own cases, and the samples beside the project where they are present. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const parsersRoot = fileURLToPath(new URL('../../src/parsers/', import.meta.url));
const corporaRoot = fileURLToPath(new URL('../../../shared/corpora/', import.meta.url));

/** Command → its texts. `corpora`: also those beside the project. A command without any has an empty list. */
export function samplesOf(commands, { corpora }) {
  const samples = new Map(commands.map((command) => [command, ownCases(command)]));
  if (corpora && existsSync(corporaRoot)) addCorpora(samples, commands);
  return samples;
}

function ownCases(command) {
  const root = join(parsersRoot, command.replaceAll(' ', '-'), 'cases');
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort()
    .map((name) => join(root, name, 'input.txt'))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'));
}

function addCorpora(samples, commands) {
  const files = readdirSync(corporaRoot, { recursive: true, encoding: 'utf8' }).sort();
  for (const file of files.filter((name) => name.endsWith('.txt'))) {
    const folder = (file.split('/').at(-2) ?? '').replaceAll('_', ' ');
    const command = commands
      .filter((each) => `${folder} `.startsWith(`${each} `))
      .sort((a, b) => b.length - a.length)[0];
    if (command !== undefined) samples.get(command)?.push(readFileSync(join(corporaRoot, file), 'utf8'));
  }
}
