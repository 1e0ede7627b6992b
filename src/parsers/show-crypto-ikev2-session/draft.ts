import type { Draft, Line } from '../lines.ts';
import { type Ikev2Scan, presentSa } from '../show-crypto-ikev2-sa/draft.ts';
import type { ChildSa, Ikev2Session } from './facts.ts';

export type ChildDraft = Draft<Omit<ChildSa, 'selectors'>> & {
  readonly selectors: Draft<ChildSa['selectors'][number]>[];
  /** Index of the SA it stands below. */
  readonly sa: number;
};

export type SessionDraft = Draft<Omit<Ikev2Session, 'sas'>> & {
  /** Index of the session's first SA. */
  readonly firstSa: number;
};

/** What has been read so far of one output: SAs as `show crypto ikev2 sa` has them, sessions above and child SAs below. */
export interface SessionScan {
  readonly ike: Ikev2Scan;
  readonly sessions: SessionDraft[];
  readonly children: ChildDraft[];
  /** Column headings since the session began: each stands above one SA, also when the row of it is missing. */
  headings: number;
  /** Which SA of its session each one is, counted from 1. */
  readonly places: number[];
}

/** A child SA below the present SA; null when no SA is open. */
export function openChild(state: SessionScan, line: Line): ChildDraft | null {
  const draft = presentSa(state.ike, line);
  if (draft === null) return null;
  draft.inChild = true;
  draft.inSubnets = false;
  const child = {
    lines: { first: line.number, last: line.last },
    sa: state.ike.sas.length - 1,
    selectors: [],
    esp: null,
    ah: null,
    cpi: null,
    encr: null,
    keySize: null,
    espHmac: null,
    ahHmac: null,
    compression: null,
    mode: null,
  };
  state.children.push(child);
  return child;
}

/** The child SA a line belongs to; null when the present SA has none yet. */
export function presentChild(state: SessionScan, line: Line): ChildDraft | null {
  const child = state.children.at(-1);
  if (child === undefined || child.sa !== state.ike.sas.length - 1) return null;
  const draft = presentSa(state.ike, line);
  if (draft === null || !draft.inChild) return null;
  child.lines = { first: child.lines.first, last: line.last };
  return child;
}
