import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// No test depends on whose machine it runs on: an empty home has no OpenSSH config, known hosts or agent in it.
const home = mkdtempSync(join(tmpdir(), 'tunneldoc-home-'));
process.env.HOME = home;
for (const name of ['XDG_STATE_HOME', 'SSH_AUTH_SOCK', 'TUNNELDOC_PASSWORD', 'TUNNELDOC_ENABLE'])
  delete process.env[name];
process.on('exit', () => rmSync(home, { recursive: true, force: true }));

// Where .ci/run wants jest's own result; absent in daily work.
const result = process.env.TUNNELDOC_TEST_RESULT;

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  testTimeout: 30_000,
  // jest leaves one core free by default, which on two cores means one worker.
  maxWorkers: '100%',
  reporters: ['default', ...(result ? [['<rootDir>/test/support/result-file.mjs', { file: result }]] : [])],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
        module: { type: 'nodenext' },
        sourceMaps: 'inline',
      },
    ],
  },
};
