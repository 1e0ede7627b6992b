import { openJumpHosts } from '../transport/jump-hosts.ts';
import { type AskOptions, askRouter, waitFor } from './ask-router.ts';
import type { PlannedTarget } from './resolve-target.ts';
import type { RouterRun } from './router-run.ts';
import { Turns } from './turns.ts';

export type SweepEvent =
  | { readonly kind: 'started'; readonly router: string }
  | { readonly kind: 'command'; readonly router: string; readonly command: string }
  /** The router could not be asked and gets one more try; `why` in a few words. */
  | { readonly kind: 'waiting'; readonly router: string; readonly why: string; readonly ms: number }
  | {
      readonly kind: 'ended';
      readonly router: string;
      readonly run: RouterRun;
      readonly done: number;
      readonly total: number;
    };

export interface SweepOptions extends Omit<AskOptions, 'onCommand' | 'pause' | 'jumpHosts' | 'remarks'> {
  readonly concurrency: number;
  readonly onEvent: (event: SweepEvent) => void;
}

/**
 * Asks every router, `concurrency` at a time and no address twice at a time; each ends with a result of its own, in the order of
 * `targets`. A router that waits for another try holds no place.
 */
export async function sweepRouters(
  targets: readonly PlannedTarget[],
  options: SweepOptions,
): Promise<readonly RouterRun[]> {
  const turns = new Turns(options.concurrency);
  const jumpHosts = openJumpHosts(options);
  let done = 0;
  const sweepOne = async ({ target, limits, deadlineMs, remarks }: PlannedTarget): Promise<RouterRun> => {
    const router = target.name;
    const address = addressOf(target);
    let endTurn = await turns.take(address);
    options.onEvent({ kind: 'started', router });
    const run = await askRouter(target, {
      ...options,
      jumpHosts,
      remarks: remarks ?? [],
      limits: { ...options.limits, ...limits },
      deadlineMs: deadlineMs ?? options.deadlineMs,
      onCommand: (command) => options.onEvent({ kind: 'command', router, command }),
      pause: async (ms, why, signal) => {
        endTurn();
        options.onEvent({ kind: 'waiting', router, why, ms });
        await waitFor(ms, signal);
        endTurn = await turns.take(address, true);
        if (!signal.aborted) options.onEvent({ kind: 'started', router });
      },
    });
    endTurn();
    done += 1;
    options.onEvent({ kind: 'ended', router, run, done, total: targets.length });
    return run;
  };
  try {
    return await Promise.all(targets.map(sweepOne));
  } finally {
    await jumpHosts.close();
  }
}

/** Two entries of one address are one router. The same address behind other jump hosts is another one. */
function addressOf({ host, port, via = [] }: PlannedTarget['target']): string {
  return [...via, { host, port }].map((hop) => `${hop.host.toLowerCase()} ${hop.port}`).join(' > ');
}
