import { loadBuiltinPlaybooks } from '../app/load-playbooks.ts';
import { parserView, tacacsGroup } from '../app/permission-rules.ts';
import { certainLines, possibleLines, sessionPlan } from '../app/session-plan.ts';
import type { InventoryRouter } from '../inventory/inventory.ts';
import { selectRouters } from '../inventory/select-routers.ts';
import { type ConnectionArguments, readInventory, wholeNumber } from './connection.ts';
import type { ExitCode } from './exit-code.ts';
import { Fault } from './fault.ts';
import { planText } from './plan-text.ts';
import { routerNamed, routerOfText } from './run-diagnose.ts';
import type { Terminal } from './terminal.ts';

export interface PlanArguments extends ConnectionArguments {
  readonly router?: string | undefined;
  readonly limit?: string | undefined;
  readonly minimal: boolean;
  readonly printCommands: boolean;
  readonly format: 'text' | 'json' | 'parser-view' | 'tacacs';
}

/** Prints what a diagnose or a sweep with the same words would send; connects nowhere and resolves no credential. */
export async function runPlan(args: PlanArguments, terminal: Terminal): Promise<ExitCode> {
  const routers = await routersOf(args);
  const plan = sessionPlan(await loadBuiltinPlaybooks(), {
    minimal: args.minimal,
    samples: wholeNumber('--samples', args.samples, 1, 10),
    hasEnableSecret: routers.length === 0 || mayEnable(routers, args, terminal.env),
  });
  const named = routers.map(({ name, host, port }) => ({ name, host, port: args.port ?? port ?? 22 }));
  if (args.printCommands && args.format !== 'text')
    throw new Fault('--print-commands prints plain lines; leave --format out');
  if (args.printCommands) terminal.out(`${certainLines(plan).join('\n')}\n`);
  else if (args.format === 'parser-view') terminal.out(parserView(possibleLines(plan)));
  else if (args.format === 'tacacs') terminal.out(tacacsGroup(possibleLines(plan)));
  else if (args.format === 'json')
    terminal.out(`${JSON.stringify({ format: 'tunneldoc.plan/1', routers: named, ...plan }, null, 2)}\n`);
  else terminal.out(planText(plan, named, Math.max(60, Math.min(100, terminal.columns))));
  return 0;
}

/** Nobody named: the plan in general. */
async function routersOf(args: PlanArguments): Promise<readonly InventoryRouter[]> {
  const { inventory: file, router, limit } = args;
  if (file === undefined && limit !== undefined) throw new Fault('--limit needs --inventory FILE');
  if (router !== undefined && limit !== undefined)
    throw new Fault('give either a router or --limit, not both');
  if (router !== undefined)
    return [
      file === undefined
        ? routerOfText(router)
        : routerNamed(await readInventory(file, args.allowPlainPasswords), router),
    ];
  if (file === undefined) return [];
  const inventory = await readInventory(file, args.allowPlainPasswords);
  if (limit === undefined) return inventory.routers;
  const selection = selectRouters(inventory, limit);
  if (!selection.ok) throw new Fault(`--limit, column ${selection.column}: ${selection.message}`);
  return selection.routers;
}

function mayEnable(routers: readonly InventoryRouter[], args: PlanArguments, env: Terminal['env']): boolean {
  const forAll = args.enableSecret !== undefined || (env['TUNNELDOC_ENABLE'] ?? '') !== '';
  return forAll || routers.some(({ enableSecret }) => enableSecret !== null);
}
