import type { Draft, Line } from '../lines.ts';
import type { CryptoEliFacts, CryptoEngine } from './facts.ts';

export type EngineDraft = Draft<Omit<CryptoEngine, 'capabilities' | 'sessions'>> & {
  readonly capabilities: string[];
  readonly sessions: CryptoEngine['sessions'][number][];
};

/**
 * What has been read so far of one output. `list`: what lines without a label belong to. `closed`: the heading of an engine is missing,
 * and lines that come before the next heading belong to none.
 */
export interface EliScan {
  hardware: CryptoEliFacts['hardware'];
  engineCount: CryptoEliFacts['engineCount'];
  readonly engines: EngineDraft[];
  readonly dhInUse: CryptoEliFacts['dhInUse'][number][];
  closed: boolean;
  /** Software engine whose keys the next line counts. */
  software: string | null;
  list: 'capabilities' | 'versions' | 'suites' | null;
}

/** The engine a line belongs to; null before the first. */
export function presentEngine(state: EliScan, line: Line): EngineDraft | null {
  const engine = state.engines.at(-1);
  if (engine === undefined || state.closed) return null;
  engine.lines = { first: engine.lines.first, last: line.last };
  return engine;
}

/** Where a line stands. */
export function at(line: Line) {
  return { first: line.number, last: line.last };
}
