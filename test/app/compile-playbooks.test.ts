import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { compilePlaybooks } from '../../src/app/compile-playbooks.ts';
import { COMPILED_PLAYBOOKS } from '../../src/app/load-playbooks.ts';
import { readProjectFile } from '../architecture/project-files.ts';

const GOOD = 'ike-phase1/ike-phase1-refused.yaml';
let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tunneldoc-compile-'));
  mkdirSync(join(root, 'dist'));
  for (const family of ['ike-phase1', 'messages'])
    mkdirSync(join(root, 'playbooks', family), { recursive: true });
  writeFileSync(join(root, 'playbooks', GOOD), readProjectFile(`playbooks/${GOOD}`));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('playbooks of the families are written with their positions; the message catalogue is none', async () => {
  writeFileSync(join(root, 'playbooks/messages/x.yaml'), '- id: none');
  expect(await compilePlaybooks(root)).toEqual({ count: 1, problems: [] });
  const [playbook] = JSON.parse(readFileSync(join(root, COMPILED_PLAYBOOKS), 'utf8'));
  expect(playbook).toMatchObject({ id: 'ike-phase1-refused', file: GOOD });
  expect(playbook.hypotheses[0].position).toEqual({
    file: GOOD,
    line: expect.any(Number),
    column: expect.any(Number),
  });
});

test('every problem of every file is named with line and column, and nothing is written', async () => {
  writeFileSync(join(root, 'playbooks', GOOD), `surprise: 1\n${readProjectFile(`playbooks/${GOOD}`)}`);
  writeFileSync(join(root, 'playbooks/ike-phase1/half.yaml'), 'id: half\n');
  const { count, problems } = await compilePlaybooks(root);
  expect(count).toBe(0);
  expect(problems).toContainEqual(
    expect.stringMatching(/^playbooks\/ike-phase1\/ike-phase1-refused\.yaml:1:1: .*surprise/),
  );
  expect(problems).toContainEqual(expect.stringMatching(/^playbooks\/ike-phase1\/half\.yaml:\d+:\d+: /));
  expect(existsSync(join(root, COMPILED_PLAYBOOKS))).toBe(false);
});
