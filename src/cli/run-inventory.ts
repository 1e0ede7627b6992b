import { printable } from '../core/printable.ts';
import type { Inventory, InventoryRouter, JumpHost } from '../inventory/inventory.ts';
import { chainOf } from '../inventory/jump-hosts.ts';
import { selectRouters } from '../inventory/select-routers.ts';
import { connectionFlags, type LoginArguments, planContext, readInventory } from './connection.ts';
import type { ExitCode } from './exit-code.ts';
import { explainRouters, explainText } from './explain-connection.ts';
import { Fault } from './fault.ts';
import type { Terminal } from './terminal.ts';

export interface InventoryArguments extends LoginArguments {
  readonly action: 'list' | 'check' | 'explain';
  readonly file: string;
  readonly limit?: string | undefined;
  readonly format: 'text' | 'json';
}

export async function runInventory(args: InventoryArguments, terminal: Terminal): Promise<ExitCode> {
  const inventory = await readInventory(args.file, args.allowPlainPasswords);
  const routers = chosen(inventory, args.limit);
  const json = (shown: readonly unknown[]): string =>
    `${JSON.stringify({ file: inventory.file, routers: shown }, null, 2)}\n`;
  if (args.action === 'explain') {
    const explained = explainRouters(
      routers,
      connectionFlags(args),
      await planContext(args, inventory, terminal.env),
    );
    terminal.out(args.format === 'json' ? json(explained) : explainText(explained));
    return explained.some((router) => 'problem' in router) ? 2 : 0;
  }
  if (args.action === 'check') await checkWays(routers, inventory, args, terminal);
  if (args.format === 'json') terminal.out(json(routers.map(withoutSecrets)));
  else terminal.out(args.action === 'check' ? checkedText(args.file, routers) : listText(routers));
  return 0;
}

function chosen(inventory: Inventory, limit: string | undefined): readonly InventoryRouter[] {
  if (limit === undefined) return inventory.routers;
  const selection = selectRouters(inventory, limit);
  if (selection.ok) return selection.routers;
  throw new Fault(`--limit, column ${selection.column}: ${selection.message}`);
}

/** Ways that cannot be gone, as far as inventory and flags tell; ~/.ssh/config counts only where it is named. */
async function checkWays(
  routers: readonly InventoryRouter[],
  inventory: Inventory,
  args: InventoryArguments,
  terminal: Terminal,
): Promise<void> {
  const sshConfig = args.sshConfig ?? inventory.sshConfig ?? 'none';
  const context = await planContext({ sshConfig }, inventory, terminal.env);
  const problems = explainRouters(routers, connectionFlags(args), context).flatMap((router) =>
    'problem' in router ? [router.problem] : [],
  );
  if (problems.length > 0)
    throw new Fault(`${args.file}: ${problems.length} router(s) cannot be reached as it stands`, problems);
}

function checkedText(file: string, routers: readonly InventoryRouter[]): string {
  const special = routers.flatMap((router) => {
    const marks = loginMarks(router);
    return marks.length === 0 ? [] : [`  ${router.name}: ${marks.join('; ')}\n`];
  });
  return [`${file}: ${routers.length} router(s), no problem found\n`, ...special].map(printableLine).join('');
}

function listText(routers: readonly InventoryRouter[]): string {
  const width = Math.max(...routers.map((router) => router.name.length), 4);
  const lines = routers.map((router) => {
    const host = router.host.includes(':') ? `[${router.host}]` : router.host;
    const where = `${host}:${router.port ?? 22}`;
    const marks = [router.groups.join(','), router.site, ...loginMarks(router), ...router.tags];
    return `${router.name.padEnd(width)}  ${where.padEnd(24)} ${marks.filter(Boolean).join('  ')}`;
  });
  return lines.map(printableLine).join('');
}

function printableLine(line: string): string {
  return `${printable(line.trimEnd()).trimEnd()}\n`;
}

/** What is special about getting there: the way, and old algorithms that are allowed. */
function loginMarks({ jump, legacyAlgorithms }: InventoryRouter): string[] {
  const hops = chainOf(jump ?? []).map((hop) => hop.name);
  const way = hops.length === 0 ? [] : [`through ${hops.join(', ')}`];
  if (legacyAlgorithms === true) return [...way, 'legacy algorithms'];
  return legacyAlgorithms === null || legacyAlgorithms === false || legacyAlgorithms.length === 0
    ? way
    : [...way, `legacy algorithms ${legacyAlgorithms.join(',')}`];
}

/** References are shown (they are no secrets); a plain value never is. */
function withoutSecrets(router: InventoryRouter): unknown {
  const hide = (ref: InventoryRouter['password']): unknown =>
    ref?.kind === 'plain' ? { kind: 'plain' } : ref;
  const hop = (host: JumpHost): unknown => ({
    ...host,
    password: hide(host.password),
    passphrase: hide(host.passphrase),
    jump: host.jump?.map(hop) ?? null,
  });
  return {
    ...router,
    port: router.port ?? 22,
    password: hide(router.password),
    enableSecret: hide(router.enableSecret),
    passphrase: hide(router.passphrase),
    jump: router.jump?.map(hop) ?? null,
    legacyAlgorithms: router.legacyAlgorithms ?? false,
  };
}
