import { credentialGates } from '../app/credential-gate.ts';
import { loadBuiltinPlaybooks } from '../app/load-playbooks.ts';
import { reportOfRuns } from '../app/report-of-runs.ts';
import { limitsOf, type PlannedTarget, resolveTarget } from '../app/resolve-target.ts';
import type { RouterRun } from '../app/router-run.ts';
import { whatToAsk } from '../app/session-plan.ts';
import { SessionTranscripts } from '../app/session-transcripts.ts';
import { sweepRouters } from '../app/sweep-inventory.ts';
import { printable } from '../core/printable.ts';
import { saveRecording } from '../evidence/recording-folder.ts';
import type { Inventory, InventoryRouter } from '../inventory/inventory.ts';
import type { Report } from '../report/report.ts';
import { sessionWorkers } from '../transport/unblocked-collector.ts';
import {
  type ConnectionArguments,
  connectionFlags,
  planContext,
  USUAL_ROUTER_SECONDS,
  wholeNumber,
} from './connection.ts';
import { type LogArguments, openLog } from './open-log.ts';
import { progressLines } from './progress.ts';
import type { Terminal } from './terminal.ts';

export interface AskRoutersArguments extends ConnectionArguments, LogArguments {
  readonly quiet: boolean;
  readonly concurrency: number;
  readonly minimal: boolean;
  readonly retryAfter?: number | undefined;
  /** Seconds, where --retry-after is not given; 0: no later try. */
  readonly usualRetryAfter: number;
}

export interface Asked {
  readonly report: Report;
  /** False when a recording or a session transcript that was asked for could not be written; standard error says which and why. */
  readonly allSaved: boolean;
}

/**
 * Logs in to the routers, collects, saves the recordings where asked, and gives the report: the body of diagnose, sweep and
 * demo. `inventory`: where the routers come from, null for those of the command line.
 */
export async function askRouters(
  routers: readonly InventoryRouter[],
  args: AskRoutersArguments,
  terminal: Terminal,
  inventory: Inventory | null,
): Promise<Asked> {
  const playbooks = await loadBuiltinPlaybooks();
  const secrets: string[] = [];
  const opened = openLog(args, secrets);
  const transcripts = args.transcript === undefined ? null : new SessionTranscripts(args.transcript, secrets);
  const progress = progressLines(terminal, args.quiet);
  const stop = stopOnSignal(terminal);
  try {
    const { targets, notTried } = await resolveAll(routers, args, terminal, { secrets, inventory });
    const runs = await sweepRouters(targets, {
      ...whatToAsk(playbooks, args.minimal),
      samples: wholeNumber('--samples', args.samples, 1, 10),
      intervalMs: wholeNumber('--interval', args.interval, 1, 3600) * 1000,
      limits: limitsOf(connectionFlags(args).timeouts),
      retryAfterMs: wholeNumber('--retry-after', args.retryAfter ?? args.usualRetryAfter, 0, 3600) * 1000,
      deadlineMs: USUAL_ROUTER_SECONDS * 1000,
      gateOf: credentialGates(),
      signal: stop.signal,
      // A router that is alone has nobody to hold up.
      workers: targets.length > 1 ? sessionWorkers() : null,
      concurrency: wholeNumber('--concurrency', args.concurrency, 1, 500),
      onEvent: progress.show,
      ...(transcripts ? { onSessionEvent: (router, event) => transcripts.add(router, event) } : {}),
      now: terminal.now,
      log: opened.log,
    });
    progress.end();
    const all = [...runs, ...notTried];
    const unsaved = (await transcripts?.finish()) ?? [];
    for (const text of unsaved) terminal.err(`tunneldoc: ${printable(text)}\n`);
    const recorded = args.record === undefined || (await saveAll(all, args.record, terminal));
    const allSaved = recorded && unsaved.length === 0;
    const declared = new Map(
      routers.map((router) => [router.name, { site: router.site, tunnels: router.tunnels }]),
    );
    return { report: reportOfRuns(all, playbooks, declared), allSaved };
  } finally {
    progress.end();
    stop.release();
    await opened.close();
  }
}

async function resolveAll(
  routers: readonly InventoryRouter[],
  args: AskRoutersArguments,
  terminal: Terminal,
  { secrets, inventory }: { readonly secrets: string[]; readonly inventory: Inventory | null },
) {
  const flags = connectionFlags(args);
  const ask = askOnce(terminal.ask);
  const context = await planContext(args, inventory, terminal.env);
  const targets: PlannedTarget[] = [];
  const notTried: RouterRun[] = [];
  for (const router of routers) {
    const resolved = await resolveTarget(router, flags, { env: terminal.env, ask, context });
    if (resolved.ok) {
      secrets.push(...resolved.secrets);
      targets.push(resolved);
    } else {
      notTried.push({
        kind: 'not-collected',
        router: router.name,
        address: router.host,
        outcome: 'not-tried',
        why: resolved.message,
      });
    }
  }
  return { targets, notTried };
}

/** A sweep asks for its passwords once, not once a router; each jump host and each key has a question of its own. */
function askOnce(ask: Terminal['ask']): Terminal['ask'] {
  if (ask === null) return null;
  const answers = new Map<string, Promise<string>>();
  return (question) => {
    // "Password for hub1: ", "Enable secret for hub1: "; but "Password for jump host bastion: " and "Passphrase of id_rsa: "
    const kind = /^(?:Password|Enable secret) for (?!jump host )/.exec(question)?.[0] ?? question;
    const known = answers.get(kind) ?? ask(question);
    answers.set(kind, known);
    return known;
  };
}

async function saveAll(runs: readonly RouterRun[], folder: string, terminal: Terminal): Promise<boolean> {
  let allSaved = true;
  for (const run of runs) {
    if (run.kind !== 'collected') continue;
    try {
      await saveRecording(folder, run.recording);
    } catch (error) {
      allSaved = false;
      terminal.err(
        `tunneldoc: the recording of ${run.recording.router} could not be saved: ${error instanceof Error ? error.message : String(error)}\n`,
      );
    }
  }
  return allSaved;
}

/** SIGINT and SIGTERM end open sessions with `exit`; what was collected is kept and reported. A second signal ends the program. */
function stopOnSignal(terminal: Terminal): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    terminal.err('tunneldoc: stopping; open sessions are ended and what was collected is reported\n');
    controller.abort();
    release();
  };
  const release = (): void => {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return { signal: controller.signal, release };
}
