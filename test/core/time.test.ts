import { expect, test } from '@jest/globals';
import { parseDuration } from '../../src/core/time.ts';

test.each([
  ['00:10:12', 612, 1],
  ['1d02h', 93_600, 3_600],
  ['7w0d', 4_233_600, 86_400],
  ['2y13w', 70_934_400, 604_800],
  ['999999999:59:59', 3_599_999_999_999, 1],
])('%s', (text, seconds, resolution) => {
  expect(parseDuration(text)).toEqual({ seconds, resolution });
});

test.each(['never', '', '1d 02h', '1d02', `${'9'.repeat(400)}:00:00`, `${'9'.repeat(400)}d`])(
  '%j is no duration',
  (text) => {
    expect(parseDuration(text)).toBeNull();
  },
);
