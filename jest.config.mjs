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
