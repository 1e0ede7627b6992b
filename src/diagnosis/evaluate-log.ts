import type { LogMessage } from '../parsers/show-logging/facts.ts';
import type { Leaf } from '../playbooks/condition.ts';
import type { Finding } from '../playbooks/finding.ts';
import { absenceGap } from '../tunnels/log-coverage.ts';
import type { AttributedMessage, MessageAge, Tunnel } from '../tunnels/tunnel.ts';
import type { DiagnosisCase } from './diagnosis-case.ts';
import { fails, holds, unknown } from './findings.ts';

type LoggedLeaf = Extract<Leaf, { kind: 'logged' }>;

/** Lines that belong to what the tables show now; `undated` ones count, because a log without stamps still speaks. */
const LIVE: readonly MessageAge[] = ['live', 'at-setup', 'undated'];
/** Where nobody tries any more an old line is of a try that ended; where a try still fails it may name the reason. */
const ENDED: readonly Tunnel['phase1']['kind'][] = ['absent', 'no-ike'];

/** Most lines quoted for one clue: the newest ones. */
const MOST_QUOTED = 3;

export function logged(on: DiagnosisCase, leaf: LoggedLeaf): Finding {
  if (on.tunnel === null) return fails();
  const { messages, phase1 } = on.tunnel;
  const live: readonly MessageAge[] = ENDED.includes(phase1.kind) ? LIVE : [...LIVE, 'stale'];
  const found = messages.filter((item) => matches(item.message, leaf) && isOfAge(item, leaf.age, live));
  if (found.length >= leaf.atLeast) return holds(found.slice(-MOST_QUOTED).map((item) => item.source));
  const gap = absenceGap(on.facts.log, leaf.ids);
  return gap === null
    ? fails(
        found.map((item) => item.source),
        'show logging',
      )
    : unknown(gap);
}

export function routerLogged(on: DiagnosisCase, leaf: Extract<Leaf, { kind: 'router-logged' }>): Finding {
  const found = on.facts.lines.filter((line) => matches(line.message, leaf));
  if (found.length >= leaf.atLeast) return holds(found.slice(-MOST_QUOTED).map((line) => line.source));
  const gap = absenceGap(on.facts.log, leaf.ids);
  return gap === null ? fails([], 'show logging') : unknown(gap);
}

/** True when the message is one of the ids and its fields fit (`/…/i` is a regular expression, else equal text). */
export function matches(
  message: LogMessage,
  wanted: { readonly ids: readonly string[]; readonly fields: Readonly<Record<string, string>> },
): boolean {
  if (message.catalogueId === null || !wanted.ids.includes(message.catalogueId)) return false;
  return Object.entries(wanted.fields).every(([name, value]) => fits(message.fields[name], value));
}

function isOfAge(item: AttributedMessage, age: LoggedLeaf['age'], live: readonly MessageAge[]): boolean {
  switch (age) {
    case 'any':
      return true;
    case 'before-session':
      return item.age === 'before-session';
    case 'live':
      return live.includes(item.age);
  }
}

function fits(actual: string | undefined, wanted: string): boolean {
  if (actual === undefined) return false;
  const pattern = /^\/(.+)\/(i?)$/.exec(wanted);
  // Playbook patterns were checked when the playbook was loaded.
  if (pattern) return new RegExp(pattern[1] ?? '', pattern[2]).test(actual);
  return actual.toLowerCase() === wanted.toLowerCase();
}
