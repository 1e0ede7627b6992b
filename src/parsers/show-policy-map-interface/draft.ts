import type { Draft, Line } from '../lines.ts';
import { beginRecord, type OpenRecord, recordAt, setFields } from '../record-fields.ts';
import type { PolicyClass, ServicePolicy } from './facts.ts';

/** A policy whose classes may still come, with the column its line begins at. */
export interface OpenPolicy {
  readonly policy: Draft<ServicePolicy>;
  readonly indent: number;
}

/** What has been read so far of one output. `outcome`: the policer's outcome whose actions come next. */
export interface PolicyScan {
  readonly policies: Draft<ServicePolicy>[];
  readonly open: OpenRecord<PolicyClass>;
  interface: string | null;
  stack: readonly OpenPolicy[];
  /** Column of the last match line. */
  matchIndent: number;
  outcome: 'conformed' | 'exceeded' | 'violated' | null;
}

/** Column at which a line begins. */
export function indentOf(line: Line): number {
  return line.raw.length - line.raw.trimStart().length;
}

/** Begins a class in the innermost policy that is printed further to the left; false when there is none. */
export function openClass(
  state: PolicyScan,
  line: Line,
  name: string | null,
  match: PolicyClass['match'],
): boolean {
  const outer = state.stack.filter(({ indent }) => indent < indentOf(line));
  state.stack = outer.length > 0 ? outer : state.stack.slice(-1);
  const policy = state.stack.at(-1)?.policy;
  if (policy === undefined) return false;
  // class-default is the last class of every policy, and no class stands there twice: the heading of another policy is missing.
  if (name !== null && policy.classes.some((each) => each.name === name || each.name === 'class-default')) {
    if (line.body !== state.open.previous) state.stack = [];
    state.open.record = null;
    return false;
  }
  const found = blankClass(name, match, line);
  policy.classes = [...policy.classes, found];
  beginRecord(state.open, found, line);
  state.outcome = null;
  stretch(state, line);
  return true;
}

/** Sets fields of the present class, each once. */
export function setClass(state: PolicyScan, line: Line, values: Partial<Draft<PolicyClass>>): boolean {
  if (!setFields(state.open, line, values)) return false;
  stretch(state, line);
  return true;
}

/** The present class, its range and those of its policies stretched over the line. */
export function classAt(state: PolicyScan, line: Line): Draft<PolicyClass> | null {
  const found = recordAt(state.open, line);
  if (found !== null) stretch(state, line);
  return found;
}

function stretch(state: PolicyScan, line: Line): void {
  for (const { policy } of state.stack) policy.lines = { first: policy.lines.first, last: line.last };
}

function blankClass(name: string | null, match: PolicyClass['match'], line: Line): Draft<PolicyClass> {
  return {
    lines: { first: line.number, last: line.last },
    name,
    match,
    packets: null,
    bytes: null,
    offeredBps: null,
    dropBps: null,
    matches: [],
    queueLimit: null,
    queueDepth: null,
    queueDrops: null,
    noBufferDrops: null,
    packetsOutput: null,
    bytesOutput: null,
    packetsQueued: null,
    bytesQueued: null,
    bandwidth: null,
    priority: null,
    priorityLevel: null,
    priorityDrops: null,
    shapeBps: null,
    police: null,
    randomDrops: [],
    policy: null,
  };
}
