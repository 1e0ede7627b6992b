import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { root } from './project-files.ts';

/** As tests, so that a slip in the format of one file is one failure in the count and not the end of the run. */
test.each(['typecheck', 'lint', 'deadcode'])(
  'npm run %s',
  (script) => {
    const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', script], {
      cwd: root,
      encoding: 'utf8',
      input: '',
    });
    expect(status === 0 ? '' : `${stdout}\n${stderr}`).toBe('');
  },
  120_000,
);
