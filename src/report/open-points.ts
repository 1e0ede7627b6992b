import type { ReportCause } from './report.ts';

/** What is still open about a tunnel or a finding, cut to what a reader can act on. */
export interface OpenPoints {
  /** True when an answer decides between causes, so that it comes before any advice. */
  readonly decides: boolean;
  /** Commands to ask, the deciding one first. */
  readonly asks: readonly string[];
  /** What the evidence does not tell. */
  readonly gaps: readonly string[];
}

/**
 * A confirmed cause leaves nothing to ask. A likely one is followed by its own gaps and the first commands that would settle
 * it; without a likely one the commands come first, with the gaps of the first two causes.
 */
export function openPoints(causes: readonly ReportCause[], asked: readonly string[]): OpenPoints {
  const lead = causes[0];
  if (lead?.standing === 'confirmed') return { decides: false, asks: [], gaps: [] };
  if (lead?.standing === 'likely') {
    const asks = [...asked.slice(0, MOST_TO_SETTLE), ...lead.missing.flatMap(({ ask }) => ask ?? [])];
    const gaps = lead.missing.map(({ text }) => text).filter((text) => !DEBUG.test(text));
    return { decides: false, asks: [...new Set(asks)].slice(0, MOST_TO_SETTLE), gaps: unique(gaps) };
  }
  const missing = causes.slice(0, 2).flatMap((cause) => cause.missing);
  const asks = asked.length > 0 ? asked : missing.flatMap(({ ask }) => ask ?? []);
  const gaps = missing.map(({ text }) => text);
  const told = gaps.filter((text) => !DEBUG.test(text));
  const order = told.length < gaps.length ? [...told, DEBUG_WORDS] : told;
  return { decides: true, asks: [...new Set(asks)], gaps: unique(order) };
}

/** The causes to name beside the leading one: beside a proven cause those that merely could be are noise. */
export function otherCandidates([lead, ...others]: readonly ReportCause[]): ReportCause[] {
  return lead?.standing === 'confirmed' ? others.filter(({ standing }) => standing !== 'possible') : others;
}

/** Heading of a cause's steps. */
export function adviceTitle(cause: ReportCause): string {
  if (cause.standing === 'confirmed' || cause.standing === 'likely') return 'What to do';
  return cause.class === 'symptom' ? 'How to narrow it down' : 'What to do, if this is the cause';
}

const MOST_TO_SETTLE = 2;
// "these lines appear only while debugging is on": true of nearly every cause, so told once and last
const DEBUG = /\bdebugging\b/;
const DEBUG_WORDS = 'what debug output would name; it is printed only while debugging is on';

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
