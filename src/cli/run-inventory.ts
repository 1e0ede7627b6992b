import { printable } from '../core/printable.ts';
import type { InventoryRouter, JumpHost } from '../inventory/inventory.ts';
import { chainOf } from '../inventory/jump-hosts.ts';
import { selectRouters } from '../inventory/select-routers.ts';
import { connectionFlags, type LoginArguments, planContext, readInventory } from './connection.ts';
import type { ExitCode } from './exit-code.ts';
import { explainRouters, explainText } from './explain-connection.ts';
import { Fault } from './fault.ts';
import type { Terminal } from './terminal.ts';

export async function runInventory(
  args: LoginArguments & {
    readonly action: 'list' | 'check' | 'explain';
    readonly file: string;
    readonly limit?: string | undefined;
    readonly format: 'text' | 'json';
  },
  terminal: Terminal,
): Promise<ExitCode> {
  const inventory = await readInventory(args.file, args.allowPlainPasswords);
  const selection =
    args.limit === undefined
      ? { ok: true as const, routers: inventory.routers }
      : selectRouters(inventory, args.limit);
  if (!selection.ok) throw new Fault(`--limit, column ${selection.column}: ${selection.message}`);
  const { routers } = selection;
  if (args.action === 'explain') {
    const context = await planContext(args, inventory, terminal.env);
    const explained = explainRouters(routers, connectionFlags(args), context);
    terminal.out(
      args.format === 'json'
        ? `${JSON.stringify({ file: inventory.file, routers: explained }, null, 2)}\n`
        : explainText(explained),
    );
    return 0;
  }
  if (args.format === 'json') {
    terminal.out(
      `${JSON.stringify({ file: inventory.file, routers: routers.map(withoutSecrets) }, null, 2)}\n`,
    );
    return 0;
  }
  if (args.action === 'check') {
    terminal.out(`${args.file}: ${routers.length} router(s), no problem found\n`);
    return 0;
  }
  const width = Math.max(...routers.map((router) => router.name.length), 4);
  for (const router of routers) {
    const host = router.host.includes(':') ? `[${router.host}]` : router.host;
    const where = `${host}:${router.port ?? 22}`;
    const marks = [router.groups.join(','), router.site, ...loginMarks(router), ...router.tags];
    terminal.out(
      `${printable(`${router.name.padEnd(width)}  ${where.padEnd(24)} ${marks.filter(Boolean).join('  ')}`).trimEnd()}\n`,
    );
  }
  return 0;
}

/** What is special about getting there: the way, and old algorithms that are allowed. */
function loginMarks({ jump, legacyAlgorithms }: InventoryRouter): string[] {
  const way =
    jump === null || jump.length === 0
      ? []
      : [
          `through ${chainOf(jump)
            .map((hop) => hop.name)
            .join(', ')}`,
        ];
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
