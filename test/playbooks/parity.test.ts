import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parsePlaybook } from '../../src/playbooks/parse-playbook.ts';
import type { Playbook } from '../../src/playbooks/playbook.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const FOLDERS = ['ike-phase1', 'ike-phase2', 'data-plane', 'platform', 'overlay'];
const SCENARIOS = join(ROOT, 'mocks/scenarios');
const VOCABULARY = join(ROOT, '../shared/cases/VOCABULARY.md');

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, 'playbooks', folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join('playbooks', folder, name)),
);

function catalogueIds(): ReadonlySet<string> {
  const folder = join(ROOT, 'playbooks/messages');
  const entries = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')) as readonly { readonly id: string }[]);
  return new Set(entries.map((entry) => entry.id));
}

const known = catalogueIds();

function load(file: string): Playbook {
  const parsed = parsePlaybook(readFileSync(join(ROOT, file), 'utf8'), file, known);
  if (!parsed.ok)
    throw new Error(parsed.problems.map((p) => `${p.file}:${p.line}:${p.column} ${p.message}`).join('\n'));
  return parsed.playbook;
}

test.each(files)('%s has no problem', (file) => {
  expect(load(file).id).toBe(basename(file, '.yaml'));
});

describe('the pack', () => {
  const pack = files.flatMap((file) => {
    const parsed = parsePlaybook(readFileSync(join(ROOT, file), 'utf8'), file, known);
    return parsed.ok ? [parsed.playbook] : [];
  });
  const hypotheses = pack.flatMap((playbook) => playbook.hypotheses);
  const ids = hypotheses.map((hypothesis) => hypothesis.id);

  test('every file was read', () => {
    expect(pack).toHaveLength(files.length);
    expect(files.length).toBeGreaterThan(10);
  });

  test('every cause id is defined once', () => {
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  test('questions and tests name causes that exist', () => {
    const named = [
      ...hypotheses.flatMap((hypothesis) => hypothesis.ask.flatMap((question) => question.tellsApart)),
      ...pack.flatMap((playbook) => playbook.tests.flatMap((t) => t.lists)),
    ];
    expect([...new Set(named)].filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('every playbook has a test that stays silent', () => {
    expect(pack.filter((p) => !p.tests.some((t) => t.silent)).map((p) => p.id)).toEqual([]);
  });

  test('every hypothesis that a recovered tunnel could clear is cleared by it', () => {
    const setUp = hypotheses.filter(
      (h) => (h.layer === 'phase1' || h.layer === 'pki') && h.scope === 'tunnel',
    );
    const accusing = setUp.filter(
      (h) =>
        !h.against.some((c) => c.weight === 'decisive' && JSON.stringify(c.when).includes('"recovered"')),
    );
    expect(accusing.map((h) => h.id)).toEqual([]);
  });

  const scenarios = existsSync(SCENARIOS) ? readdirSync(SCENARIOS) : [];
  (scenarios.length > 0 ? test : test.skip)('tests name scenarios and routers of the lab', () => {
    const missing = pack.flatMap((playbook) =>
      playbook.tests.flatMap((t) => {
        const folder = join(SCENARIOS, t.scenario, t.router ?? '');
        return existsSync(folder) && statSync(folder).isDirectory()
          ? []
          : [`${playbook.id}: ${t.scenario}/${t.router ?? ''}`];
      }),
    );
    expect(missing).toEqual([]);
  });

  (existsSync(VOCABULARY) ? test : test.skip)(
    'cause ids are those of the vocabulary and of its class',
    () => {
      const vocabulary = readFileSync(VOCABULARY, 'utf8');
      const unknown = ids.filter(
        (id) => !new RegExp(`(^|[^a-z0-9-])${id}([^a-z0-9-]|$)`, 'm').test(vocabulary),
      );
      expect(unknown).toEqual([]);
      const wrongClass = hypotheses.filter((h) => {
        const row = new RegExp(`^\\| \`${h.id}\` \\| ([HCSN]) \\|`, 'm').exec(vocabulary)?.[1];
        return (row === 'S' && h.class !== 'symptom') || (row === 'C' && h.class !== 'cause');
      });
      expect(wrongClass.map((h) => h.id)).toEqual([]);
    },
  );
});
