import { selectRouters } from '../inventory/select-routers.ts';
import { askRouters } from './ask-routers.ts';
import { type ConnectionArguments, readInventory } from './connection.ts';
import type { ExitCode } from './exit-code.ts';
import { Fault } from './fault.ts';
import type { LogArguments } from './open-log.ts';
import type { Terminal } from './terminal.ts';
import { type ReportArguments, writeReport } from './write-report.ts';

export async function runSweep(
  args: ConnectionArguments &
    ReportArguments &
    LogArguments & {
      readonly limit?: string | undefined;
      readonly concurrency: number;
      readonly retryAfter?: number | undefined;
      readonly minimal: boolean;
    },
  terminal: Terminal,
): Promise<ExitCode> {
  if (args.inventory === undefined)
    throw new Fault('sweep needs --inventory FILE; inventory/example.yaml of the package shows the form');
  const inventory = await readInventory(args.inventory, args.allowPlainPasswords);
  const selection =
    args.limit === undefined
      ? { ok: true as const, routers: inventory.routers }
      : selectRouters(inventory, args.limit);
  if (!selection.ok) throw new Fault(`--limit, column ${selection.column}: ${selection.message}`);
  if (selection.routers.length === 0) throw new Fault(`${args.inventory} names no router`);
  const { report, allSaved } = await askRouters(
    selection.routers,
    { ...args, usualRetryAfter: 30 },
    terminal,
    inventory,
  );
  const code = await writeReport(report, args, terminal);
  return allSaved ? code : 2;
}
