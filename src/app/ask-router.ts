import type { Log } from '../core/log.ts';
import type { SessionEvent } from '../evidence/session-transcript.ts';
import type { ShowCommand } from '../evidence/show-command.ts';
import type { Playbook } from '../playbooks/playbook.ts';
import type { ConnectError } from '../transport/connect-error.ts';
import type { JumpHosts } from '../transport/jump-hosts.ts';
import { seconds } from '../transport/router-line.ts';
import { type RouterTarget, where } from '../transport/router-target.ts';
import type { CollectorOptions } from '../transport/ssh-collector.ts';
import type { Limits } from '../transport/timeouts.ts';
import { openUnblocked, type SessionWorkers } from '../transport/unblocked-collector.ts';
import { collectRouter } from './collect-router.ts';
import { openSession } from './open-session.ts';
import { ReconnectingCollector } from './reconnecting-collector.ts';
import type { RouterRun } from './router-run.ts';

export interface AskOptions {
  readonly playbooks: readonly Playbook[];
  readonly commands: readonly ShowCommand[];
  readonly samples: number;
  readonly intervalMs: number;
  readonly limits: Partial<Limits>;
  /** For the report, beside those of the session. */
  readonly remarks?: readonly string[];
  /** Most milliseconds for this router, further tries and the waiting for them included. */
  readonly deadlineMs: number;
  /** A failure that may pass is tried once more, so many milliseconds later; 0: never. */
  readonly retryAfterMs: number;
  /** Waits for a later try without holding a place among those that are asked; `why` is for a person. */
  readonly pause: (ms: number, why: string, signal: AbortSignal) => Promise<void>;
  /** Null: sessions that block their thread run in this one. */
  readonly workers: SessionWorkers | null;
  readonly gateOf: NonNullable<CollectorOptions['gateOf']>;
  /** Shared by the routers behind them. */
  readonly jumpHosts: JumpHosts;
  readonly signal: AbortSignal;
  readonly onCommand: (command: string, done: number, total: number) => void;
  /** Told all that passes in sessions, not redacted. */
  readonly onSessionEvent?: (router: string, event: SessionEvent) => void;
  readonly now: () => number;
  readonly log: Log;
}

/** Logs in to one router and collects; the one catch of a router: whatever goes wrong ends here and touches no other router. */
export async function askRouter(target: RouterTarget, options: AskOptions): Promise<RouterRun> {
  try {
    return await ask(target, options);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    options.log.error('fault of the program itself', {
      router: target.name,
      error: error instanceof Error ? error.stack : why,
    });
    return {
      kind: 'not-collected',
      router: target.name,
      address: target.host,
      outcome: 'agent-fault',
      why: `fault in tunneldoc itself: ${why}`,
    };
  }
}

async function ask(target: RouterTarget, options: AskOptions): Promise<RouterRun> {
  if (options.signal.aborted) return stoppedBefore(target);
  const deadline = AbortSignal.timeout(options.deadlineMs);
  const signal = AbortSignal.any([options.signal, deadline]);
  const overtime = (): string | null =>
    deadline.aborted && !options.signal.aborted
      ? `the time for one router (${seconds(options.deadlineMs)}, --timeout-router) was over`
      : null;
  const again = { signal, pause: (why: string) => pauseBefore(why, options, signal) };
  const { log, limits, gateOf, jumpHosts, now, onSessionEvent: tell } = options;
  const watched = tell ? { onSessionEvent: (event: SessionEvent) => tell(target.name, event) } : {};
  const open = () =>
    openUnblocked(target, { log, limits, gateOf, jumpHosts, signal, now, ...watched }, options.workers);
  const opened = await openSession(open, again);
  if (!opened.ok) return notReached(target, opened.error, overtime());
  const collector = new ReconnectingCollector(opened.collector, { ...again, open, now: options.now });
  try {
    const recording = await collectRouter(collector, {
      router: target.name,
      address: target.host,
      commands: options.commands,
      playbooks: options.playbooks,
      samples: options.samples,
      intervalMs: options.intervalMs,
      secrets: [target.password, target.enableSecret ?? null].filter((secret) => secret !== null),
      remarks: () => [
        ...(options.remarks ?? []),
        ...opened.remarks,
        ...collector.remarks,
        ...[overtime()].filter((text) => text !== null),
      ],
      collectedAt: new Date(options.now()).toISOString(),
      onCommand: options.onCommand,
      wait: (ms) => waitFor(ms, signal),
      log: options.log,
    });
    return { kind: 'collected', recording };
  } finally {
    await collector.close();
  }
}

/** Waits until a later try is due; null when there is none, or nobody waits for it any more. */
async function pauseBefore(why: string, options: AskOptions, signal: AbortSignal): Promise<string | null> {
  const { retryAfterMs } = options;
  if (retryAfterMs === 0) return null;
  await options.pause(retryAfterMs, why, signal);
  return signal.aborted ? null : seconds(retryAfterMs);
}

function stoppedBefore(target: RouterTarget): RouterRun {
  return {
    kind: 'not-collected',
    router: target.name,
    address: target.host,
    outcome: 'not-tried',
    why: `${where(target)}: not asked: the run was stopped before its turn.`,
    error: 'interrupted',
  };
}

function notReached(
  target: RouterTarget,
  { name, message }: ConnectError,
  overtime: string | null,
): RouterRun {
  return {
    kind: 'not-collected',
    router: target.name,
    address: target.host,
    outcome: name === 'not-tried' ? 'not-tried' : 'not-reached',
    why: overtime === null ? message : `${message} ${overtime[0]?.toUpperCase()}${overtime.slice(1)}.`,
    error: name,
  };
}

/** Ends early, without a fault, when the signal says so. */
export function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
