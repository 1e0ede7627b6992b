import { expect, test } from '@jest/globals';
import type { ReportRouter } from '../../src/report/report.ts';
import { undiagnosedWords } from '../../src/report/report-words.ts';

function router(why: string | null, error?: string): ReportRouter {
  const silent = { hostname: null, version: null, collected: [], notUsed: [], findings: [], remarks: [] };
  const named = error === undefined ? {} : { error };
  return { router: 'gone', address: '192.0.2.1', outcome: 'not-reached', why, ...named, ...silent };
}

test.each([
  [
    router('gone (192.0.2.1:2222): refused by a filter.', 'connection-refused'),
    'gone (192.0.2.1:2222): not reached. Refused by a filter. [connection-refused]',
  ],
  [
    router('gone: through jump host b (192.0.2.9:22): no answer in 10 s.', 'connect-timeout'),
    'gone (192.0.2.1): not reached. Through jump host b (192.0.2.9:22): no answer in 10 s. [connect-timeout]',
  ],
  [router('no user is given'), 'gone (192.0.2.1): not reached. No user is given.'],
  [router(null), 'gone (192.0.2.1): not reached'],
])('the name stands once: %#', (result, words) => {
  expect(undiagnosedWords(result)).toBe(words);
});
