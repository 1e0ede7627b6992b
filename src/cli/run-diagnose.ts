import { checkHost } from '../inventory/hosts.ts';
import type { Inventory, InventoryRouter } from '../inventory/inventory.ts';
import { UNSET } from '../inventory/unset.ts';
import { askRouters } from './ask-routers.ts';
import { type ConnectionArguments, readInventory } from './connection.ts';
import type { ExitCode } from './exit-code.ts';
import { Fault } from './fault.ts';
import type { LogArguments } from './open-log.ts';
import type { Terminal } from './terminal.ts';
import { type ReportArguments, writeReport } from './write-report.ts';

export async function runDiagnose(
  args: ConnectionArguments &
    ReportArguments &
    LogArguments & { readonly router: string; readonly retryAfter?: number | undefined },
  terminal: Terminal,
): Promise<ExitCode> {
  const inventory =
    args.inventory === undefined ? null : await readInventory(args.inventory, args.allowPlainPasswords);
  const router = inventory === null ? routerOfText(args.router) : routerNamed(inventory, args.router);
  const { report, allSaved } = await askRouters(
    [router],
    { ...args, concurrency: 1, minimal: false, usualRetryAfter: 0 },
    terminal,
    inventory,
  );
  const code = await writeReport(report, args, terminal);
  return allSaved ? code : 2;
}

/** A router of an inventory by its name, or `user@host` as it stands. */
export function routerNamed(inventory: Inventory, name: string): InventoryRouter {
  const { file } = inventory;
  const found = inventory.routers.find((router) => router.name === name);
  if (found !== undefined) return found;
  if (name.includes('@')) return routerOfText(name);
  throw new Fault(`${file} has no router ${name}; \`tunneldoc inventory list ${file}\` shows the names`);
}

/** `user@host[:port]`, `host`, `[v6]:port`. */
export function routerOfText(text: string): InventoryRouter {
  // admin@192.0.2.1:22  |  [2001:db8::1]:22  |  hub1.example.net
  const match =
    /^(?:(?<user>[^@\s]{1,128})@)?(?:\[(?<v6>[0-9a-fA-F:.]{2,45})\]|(?<host>[^:\s[\]@]{1,253})|(?<bare>[0-9a-fA-F:]{2,45}))(?::(?<port>\d{1,5}))?$/.exec(
      text,
    );
  const host = match?.groups?.['v6'] ?? match?.groups?.['host'] ?? match?.groups?.['bare'];
  if (match === null || host === undefined)
    throw new Fault(
      `${text}: not a router; write user@host or user@host:port, or give --inventory with a name`,
    );
  const checked = checkHost(host);
  if ('expected' in checked) throw new Fault(`${text}: ${checked.expected}`);
  const port = match.groups?.['port'] === undefined ? null : Number(match.groups['port']);
  if (port !== null && (port < 1 || port > 65_535))
    throw new Fault(`${text}: the port must be from 1 to 65535`);
  return {
    ...UNSET,
    name: checked.keep,
    host: checked.keep,
    port,
    user: match.groups?.['user'] ?? null,
    line: 0,
  };
}
