import type { LineRule } from '../line-rules.ts';
import { isJoined, type Line } from '../lines.ts';
import { indentOf, type OpenPolicy, openClass, type PolicyScan } from './draft.ts';
import type { ServicePolicy } from './facts.ts';

/** Lines that begin an interface, a policy or a class. */
export const HEADING_RULES: readonly LineRule<PolicyScan>[] = [
  {
    // GigabitEthernet0/0/1   |   Tunnel0
    word: '*',
    pattern: /^([A-Za-z][A-Za-z-]{1,30}\d[\d/.:]{0,20})(?: -)?$/,
    take(state, match, line) {
      if (isJoined(line)) return false;
      state.interface = match[1] ?? null;
      state.stack = [];
      state.open.record = null;
      return true;
    },
  },
  {
    // Service-policy output: WAN-OUT   |   Service-policy : CHILD   |   Service-policy output: WAN-OUT (1177)
    word: 'service',
    pattern: /^Service-policy(?: (input|output))? ?: ?(\S{1,80})(?: \(\d{1,9}\))?$/i,
    take: takePolicy,
  },
  {
    // Class-map: VOICE (match-any)   |   Class-map: VOICE (match-all) (1178/10)
    word: 'class',
    pattern: /^Class-map ?: ?(\S{1,80}) \((match-all|match-any)\)(?: \(\d{1,9}\/\d{1,9}\))?$/i,
    take: (state, match, line) =>
      openClass(
        state,
        line,
        match[1] ?? '',
        match[2]?.toLowerCase() === 'match-all' ? 'match-all' : 'match-any',
      ),
  },
  {
    // queue stats for all priority classes:
    word: 'queue',
    pattern: /^queue stats for all priority classes ?:$/i,
    take: (state, _match, line) => openClass(state, line, null, null),
  },
];

function takePolicy(state: PolicyScan, match: RegExpExecArray, line: Line): boolean {
  const [, word, name = ''] = match;
  const indent = indentOf(line);
  const inner = word === undefined;
  const direction = directionOf(word);
  const isThere = state.policies
    .slice(-2)
    .some((each) => each.interface === state.interface && each.direction === direction);
  // An interface has one policy in each direction: the heading of the next interface is missing.
  if (!inner && isThere) state.interface = null;
  const outer = inner ? state.stack.filter((open) => open.indent < indent) : [];
  const policy: OpenPolicy['policy'] = {
    lines: { first: line.number, last: line.last },
    interface: inner ? null : state.interface,
    direction,
    name,
    classes: [],
  };
  const holder = outer.at(-1)?.policy.classes.at(-1);
  if (holder === undefined) state.policies.push(policy);
  else Object.assign(holder, { policy });
  for (const open of outer) open.policy.lines = { first: open.policy.lines.first, last: line.last };
  state.stack = [...outer, { policy, indent }];
  state.open.record = null;
  state.outcome = null;
  return true;
}

function directionOf(word: string | undefined): ServicePolicy['direction'] {
  const text = word?.toLowerCase();
  return text === 'input' || text === 'output' ? text : null;
}
