import { describe, expect, test } from '@jest/globals';
import { foldedRemarks, incompleteEvidence } from '../../src/report/remark-words.ts';
import type { ReportRouter } from '../../src/report/report.ts';
import { report, router, tunnel } from '../support/report-samples.ts';

type Collected = ReportRouter['collected'][number];
const got = (
  command: string,
  fate: Collected['fate'],
  reason: string | null = null,
  unread = 0,
): Collected => ({ command, fate, reason, lines: 9, unread });
const names = ['r1', 'r2', 'r3', 'r4', 'r5'];

describe('incomplete evidence', () => {
  test('is one line where routers and commands share a fate, the SA tables first', () => {
    const refused = [
      got('show dmvpn', 'refused', '% Invalid input'),
      got('show ip nhrp nhs detail', 'refused', '% Invalid input'),
    ];
    const routers = names.map((name) =>
      router({
        router: name,
        collected:
          name === 'r5' ? [...refused, got('show crypto ipsec sa', 'cut-short', 'no prompt')] : refused,
      }),
    );
    expect(incompleteEvidence(report({ routers }))).toEqual([
      'r5: show crypto ipsec sa cut short after 9 lines (no prompt)',
      'all 5 routers: show dmvpn, show ip nhrp nhs detail refused (% Invalid input)',
    ]);
  });

  test('counts unread lines of routers that were diagnosed, and names some of the files not used', () => {
    const notUsed = Array.from({ length: 30 }, (_, index) => `f${index}`);
    const collected = [got('show logging', 'answered', null, 2)];
    const routers = [
      router({ router: 'r1', collected, notUsed }),
      router({ router: 'asa', collected, outcome: 'unsupported-platform' }),
    ];
    expect(incompleteEvidence(report({ routers }))).toEqual([
      'r1: show logging with 2 lines not understood',
      'r1: files not used: f0, f1, f2, f3, f4, f5, f6, f7 and 22 more',
    ]);
  });
});

describe('remarks', () => {
  test('of many healthy tunnels are one line, of few they name them', () => {
    const remarks = [{ text: 'one-sample-only: traffic both ways', source: null }];
    const many = names.map((name) => tunnel({ router: name, remarks }));
    expect(foldedRemarks(report({ tunnels: many }))).toEqual(['5 tunnels: Traffic both ways.']);
    expect(foldedRemarks(report({ tunnels: many.slice(0, 2) }))).toEqual([
      'r1 → 198.51.100.1, r2 → 198.51.100.1: Traffic both ways.',
    ]);
  });

  test('leave out tunnels that have a block of their own, and unread lines told elsewhere', () => {
    const remarks = [{ text: 'x', source: null }];
    const source = { router: 'r1', command: 'show logging', firstLine: 1, lastLine: 1, quote: '?' };
    const collected = [got('show logging', 'answered', null, 1)];
    const routers = [
      router({ router: 'r1', collected, remarks: [{ text: '1 line(s) were not understood', source }] }),
    ];
    const tunnels = [tunnel({ router: 'r1', verdict: 'down', remarks })];
    expect(foldedRemarks(report({ routers, tunnels }))).toEqual([]);
  });

  test('fold the first contacts of a sweep, and keep the fingerprint of a single one', () => {
    const contact = (name: string) =>
      router({ router: name, remarks: [{ text: `first contact: host key SHA256:${name}`, source: null }] });
    expect(foldedRemarks(report({ routers: names.map(contact) }))).toEqual([
      expect.stringContaining('First contact with 5 routers'),
    ]);
    expect(foldedRemarks(report({ routers: [contact('r1')] }))).toEqual([
      'r1: First contact: host key SHA256:r1.',
    ]);
  });
});
