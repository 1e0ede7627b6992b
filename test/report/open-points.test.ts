import { describe, expect, test } from '@jest/globals';
import { adviceTitle, openPoints, otherCandidates } from '../../src/report/open-points.ts';
import type { ReportCause } from '../../src/report/report.ts';
import { cause } from '../support/report-samples.ts';

const debug = { text: 'these lines appear only while debugging is on', ask: null };
const gap = (text: string, ask: string | null = null) => ({ text, ask });
const standing = (kind: ReportCause['standing'], missing: ReportCause['missing'] = [], id = kind) =>
  cause({ id, title: id, standing: kind, missing });

describe('what is still open', () => {
  test('is nothing beside a confirmed cause', () => {
    const causes = [standing('confirmed', [debug, gap('a', 'show version')])];
    expect(openPoints(causes, ['show version'])).toEqual({ decides: false, asks: [], gaps: [] });
  });

  test('is only what the first cause lacks when that is likely', () => {
    const causes = [
      standing('likely', [debug, gap('a', 'show x'), gap('a')]),
      standing('possible', [gap('b', 'show y')]),
    ];
    expect(openPoints(causes, [])).toEqual({ decides: false, asks: ['show x'], gaps: ['a'] });
  });

  test('is what decides, then the gaps of two causes, debugging once and last', () => {
    const causes = [
      standing('possible', [debug, gap('a', 'show x')], 'one' as never),
      standing('possible', [debug, gap('a', 'show x'), gap('b')], 'two' as never),
      standing('possible', [gap('c')], 'three' as never),
    ];
    const open = openPoints(causes, ['show z', 'show z', 'far end: show z']);
    expect(open).toMatchObject({ decides: true, asks: ['show z', 'far end: show z'] });
    expect(open.gaps.slice(0, 2)).toEqual(['a', 'b']);
    expect(open.gaps).toHaveLength(3);
    expect(open.gaps[2]).toContain('debugging');
  });

  test('falls back to the commands that close gaps, each once', () => {
    const causes = [standing('undetermined', [gap('a', 'show x'), gap('b', 'show x')])];
    expect(openPoints(causes, []).asks).toEqual(['show x']);
  });

  test('without any cause is what the tunnel asks for', () => {
    expect(openPoints([], ['show x'])).toEqual({ decides: true, asks: ['show x'], gaps: [] });
  });
});

test('beside a confirmed cause no mere possibility is named', () => {
  const [sure, likely, maybe] = [standing('confirmed'), standing('likely'), standing('possible')];
  expect(otherCandidates([sure, likely, maybe] as ReportCause[])).toEqual([likely]);
  expect(otherCandidates([likely, maybe] as ReportCause[])).toEqual([maybe]);
});

test('a symptom has no remedy that follows from it', () => {
  expect(adviceTitle({ ...standing('possible'), class: 'symptom' })).toBe('How to narrow it down');
  expect(adviceTitle(standing('possible'))).toBe('What to do, if this is the cause');
  expect(adviceTitle(standing('likely'))).toBe('What to do');
});
