import PQueue from 'p-queue';
import { type AskOptions, askRouter } from './ask-router.ts';
import type { PlannedTarget } from './resolve-target.ts';
import type { RouterRun } from './router-run.ts';

export type SweepEvent =
  | { readonly kind: 'started'; readonly router: string }
  | { readonly kind: 'command'; readonly router: string; readonly command: string }
  | {
      readonly kind: 'ended';
      readonly router: string;
      readonly run: RouterRun;
      readonly done: number;
      readonly total: number;
    };

export interface SweepOptions extends Omit<AskOptions, 'onCommand'> {
  readonly concurrency: number;
  readonly onEvent: (event: SweepEvent) => void;
}

/** Asks every router, `concurrency` at a time; each ends with a result of its own, in the order of `targets`. */
export async function sweepRouters(
  targets: readonly PlannedTarget[],
  options: SweepOptions,
): Promise<readonly RouterRun[]> {
  const queue = new PQueue({ concurrency: options.concurrency });
  let done = 0;
  const sweepOne = async ({ target, limits, deadlineMs }: PlannedTarget): Promise<RouterRun> => {
    options.onEvent({ kind: 'started', router: target.name });
    const run = await askRouter(target, {
      ...options,
      limits: { ...options.limits, ...limits },
      deadlineMs: deadlineMs ?? options.deadlineMs,
      onCommand: (command) => options.onEvent({ kind: 'command', router: target.name, command }),
    });
    done += 1;
    options.onEvent({ kind: 'ended', router: target.name, run, done, total: targets.length });
    return run;
  };
  return Promise.all(
    targets.map((target) => queue.add(() => sweepOne(target)).then((run) => run as RouterRun)),
  );
}
