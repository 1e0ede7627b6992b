import type { PlannedLine, SessionPlan, Stage } from '../app/session-plan.ts';
import { wrap } from '../report/text-layout.ts';

/** A router a plan is printed for. */
export interface PlannedRouter {
  readonly name: string;
  readonly host: string;
  /** null: nothing names one (an OpenSSH config file may, else 22). */
  readonly port: number | null;
}

const TITLES: Readonly<Record<Stage, (plan: SessionPlan) => string>> = {
  start: () => 'The session itself',
  'first-round': () => 'First round',
  'further-samples': () => 'Further samples',
  'follow-ups': ({ followUps: { rounds, commandsPerRound } }) =>
    `Follow-ups: at most ${rounds} rounds of ${commandsPerRound}, out of these`,
  'after-a-loss': () => 'After a lost connection',
  end: () => 'End',
};

/** The plan for people: the lines of each stage in order, and what must be so for a line to be sent. */
export function planText(plan: SessionPlan, routers: readonly PlannedRouter[], width: number): string {
  const stages = [...new Set(plan.lines.map(({ stage }) => stage))];
  const rows = [
    'What would be sent, in this order, each line with one CR behind it. Nothing has been sent.',
    ...routersRows(routers, width),
    ...stages.flatMap((stage) => [
      '',
      TITLES[stage](plan),
      ...stageRows(
        plan.lines.filter((line) => line.stage === stage),
        width,
      ),
    ]),
    '',
    'Keys without a line',
    ...plan.keys.flatMap(({ key, only }) => wrap(only, width, `  ${KEY_NAMES[key] ?? key}  `)),
    '',
    ...wrap(
      'An enable secret goes out only behind `enable`. For the AAA of the routers: tunneldoc plan --format parser-view, or tacacs.',
      width,
    ),
  ];
  return rows.map((row) => `${row}\n`).join('');
}

const KEY_NAMES: Readonly<Record<string, string>> = { return: 'CR   ', space: 'SPACE' };

function routersRows(routers: readonly PlannedRouter[], width: number): readonly string[] {
  if (routers.length === 0) return [];
  const names = routers.map(({ name, host, port }) => `${name} (${host}${port === null ? '' : `:${port}`})`);
  return ['', ...wrap(names.join(', '), width, routers.length === 1 ? 'Router: ' : 'Routers: ')];
}

/** A condition that all lines of a stage share stands once, above them. */
function stageRows(lines: readonly PlannedLine[], width: number): readonly string[] {
  const shared = lines.every(({ only }) => only === lines[0]?.only) ? lines[0]?.only : null;
  return [
    ...(shared == null ? [] : wrap(shared, width, '  only ')),
    ...lines.flatMap(({ line, times, only }) => [
      `  ${line}${times > 1 ? `  (${times} times)` : ''}`,
      ...(only === null || only === shared ? [] : wrap(only, width, '      only ')),
    ]),
  ];
}
