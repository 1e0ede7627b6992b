import type { Log } from '../core/log.ts';
import type { ShowCommand } from '../evidence/show-command.ts';
import type { Playbook } from '../playbooks/playbook.ts';
import type { LoginGate, LoginRole } from '../transport/login-gate.ts';
import type { RouterTarget, SshEndpoint } from '../transport/router-target.ts';
import { openCollector } from '../transport/ssh-collector.ts';
import type { Limits } from '../transport/timeouts.ts';
import { collectRouter } from './collect-router.ts';
import type { RouterRun } from './router-run.ts';

export interface AskOptions {
  readonly playbooks: readonly Playbook[];
  readonly commands: readonly ShowCommand[];
  readonly samples: number;
  readonly intervalMs: number;
  readonly limits: Partial<Limits>;
  /** Most milliseconds for this router, everything included. */
  readonly deadlineMs: number;
  readonly gateOf: (endpoint: SshEndpoint, role: LoginRole) => LoginGate;
  readonly signal: AbortSignal;
  readonly onCommand: (command: string, done: number, total: number) => void;
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
  const deadline = AbortSignal.timeout(options.deadlineMs);
  const signal = AbortSignal.any([options.signal, deadline]);
  const opened = await openCollector(target, {
    log: options.log,
    limits: options.limits,
    gateOf: options.gateOf,
    signal,
    now: options.now,
  });
  if (!opened.ok) {
    const outcome = opened.error.name === 'not-tried' ? 'not-tried' : 'not-reached';
    return {
      kind: 'not-collected',
      router: target.name,
      address: target.host,
      outcome,
      why: opened.error.message,
    };
  }
  const { collector } = opened;
  try {
    const recording = await collectRouter(collector, {
      router: target.name,
      address: target.host,
      commands: options.commands,
      playbooks: options.playbooks,
      samples: options.samples,
      intervalMs: options.intervalMs,
      secrets: [target.password, target.enableSecret ?? null].filter((secret) => secret !== null),
      remarks: collector.facts.remarks,
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

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
