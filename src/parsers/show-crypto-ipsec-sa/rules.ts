import type { LineRule } from '../line-rules.ts';
import type { Line } from '../lines.ts';
import { blankFlow, type FlowDraft, type IpsecScan } from './draft.ts';
import { finishFlow } from './finish.ts';

export type Rule = LineRule<IpsecScan>;

/** Places in the layout of a flow, top to bottom. A line that stands higher than the last one begins a new flow. */
export const RANK = {
  vrf: 1,
  local: 2,
  remote: 3,
  peer: 4,
  flags: 5,
  encaps: 6,
  decaps: 7,
  errors: 8,
  below: 9,
} as const;

/** The flow that a line of this rank belongs to: the present one, or a new one. */
export function flowFor(state: IpsecScan, rank: number, line: Line): FlowDraft {
  const last = state.present;
  const heading = state.headings.at(-1);
  const isNew =
    last === null ||
    (heading !== undefined && heading.flows === 0) ||
    (rank < RANK.errors && rank <= last.rank);
  const draft = isNew ? blankFlow(heading, line) : last;
  if (isNew) {
    if (last !== null) state.flows.push(finishFlow(last));
    state.present = draft;
    if (heading !== undefined) heading.flows++;
  }
  if (rank > draft.rank) draft.rank = rank;
  draft.flow.lines.last = line.last;
  return draft;
}
