import { printable } from '../core/printable.ts';
import { selectRouters } from '../inventory/select-routers.ts';
import { readInventory } from './connection.ts';
import type { ExitCode } from './exit-code.ts';
import { Fault } from './fault.ts';
import type { Terminal } from './terminal.ts';

export async function runInventory(
  args: {
    readonly action: 'list' | 'check';
    readonly file: string;
    readonly limit?: string | undefined;
    readonly format: 'text' | 'json';
  },
  terminal: Terminal,
): Promise<ExitCode> {
  const inventory = await readInventory(args.file);
  const selection =
    args.limit === undefined
      ? { ok: true as const, routers: inventory.routers }
      : selectRouters(inventory, args.limit);
  if (!selection.ok) throw new Fault(`--limit, column ${selection.column}: ${selection.message}`);
  const { routers } = selection;
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
    const where = `${router.host}:${router.port}`;
    const marks = [
      router.groups.join(','),
      router.site,
      router.legacyAlgorithms ? 'legacy algorithms' : null,
      ...router.tags,
    ];
    terminal.out(
      `${printable(`${router.name.padEnd(width)}  ${where.padEnd(24)} ${marks.filter(Boolean).join('  ')}`).trimEnd()}\n`,
    );
  }
  return 0;
}

/** References are shown (they are no secrets); a plain value never is. */
function withoutSecrets<T extends { readonly password: unknown; readonly enableSecret: unknown }>(
  router: T,
): T {
  const hide = (ref: unknown): unknown =>
    typeof ref === 'object' && ref !== null && 'kind' in ref && ref.kind === 'plain'
      ? { kind: 'plain' }
      : ref;
  return { ...router, password: hide(router.password), enableSecret: hide(router.enableSecret) };
}
