import type { Gap } from '../evidence/gap.ts';
import type { Source } from '../evidence/source.ts';

/**
 * What the evidence says about one condition. Sources are the lines that decide; when the decision is the absence of something
 * in a complete output there may be none, and `command` names that output. *unknown* is never taken for *fails*.
 */
export type Finding =
  | { readonly is: 'holds'; readonly sources: readonly Source[]; readonly command: string | null }
  | { readonly is: 'fails'; readonly sources: readonly Source[]; readonly command: string | null }
  | { readonly is: 'unknown'; readonly gaps: readonly Gap[] };

/** Every source once, in the order met. */
export function joinSources(lists: readonly (readonly Source[])[]): readonly Source[] {
  const seen = new Map<string, Source>();
  for (const source of lists.flat()) {
    const key = `${source.router}\0${source.command}\0${source.sample ?? 1}\0${source.firstLine}\0${source.lastLine}`;
    if (!seen.has(key)) seen.set(key, source);
  }
  return [...seen.values()];
}

/** Every gap once, in the order met. */
export function joinGaps(lists: readonly (readonly Gap[])[]): readonly Gap[] {
  const seen = new Map<string, Gap>();
  for (const gap of lists.flat()) {
    const key = `${gap.kind}\0${gap.ask ?? ''}\0${gap.text}`;
    if (!seen.has(key)) seen.set(key, gap);
  }
  return [...seen.values()];
}
