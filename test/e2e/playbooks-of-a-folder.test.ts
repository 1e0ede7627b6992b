import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { packageRoot } from '../../src/app/package-root.ts';
import { tunneldoc } from '../support/command-line.ts';
import { scratchFolder } from '../support/scratch.ts';

const scratch = scratchFolder();
const GOOD = join(packageRoot(), 'playbooks', 'data-plane', 'one-way-traffic.yaml');

function folder(name: string): string {
  const path = join(scratch, name);
  mkdirSync(join(path, 'family', 'deeper'), { recursive: true });
  return path;
}

test('files that stand in the folder itself, or deep in it, are playbooks as well', async () => {
  const good = folder('good');
  copyFileSync(GOOD, join(good, 'one-way-traffic.yaml'));
  expect(await tunneldoc(['playbooks', 'check', good])).toMatchObject({
    code: 0,
    out: expect.stringContaining('1 playbooks'),
  });
  for (const place of ['x.yaml', 'x.yml', join('family', 'x.yaml'), join('family', 'deeper', 'x.yaml')]) {
    const broken = folder(`broken-${place.replaceAll('/', '-')}`);
    writeFileSync(join(broken, place), readFileSync(GOOD, 'utf8').replace('title:', 'titel:'));
    const ran = await tunneldoc(['playbooks', 'check', broken]);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(/x\.ya?ml:\d+:\d+: unknown key titel/);
  }
});

test('a folder without a playbook is not one without a problem', async () => {
  for (const action of ['check', 'list', 'test']) {
    const ran = await tunneldoc(['playbooks', action, folder('nothing')]);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain('holds no playbook');
  }
});
