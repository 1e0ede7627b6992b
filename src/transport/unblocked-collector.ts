import { existsSync } from 'node:fs';
import { connectError } from './connect-error.ts';
import { type RouterTarget, where } from './router-target.ts';
import { type CollectorOptions, type OpenedCollector, openCollector } from './ssh-collector.ts';
import { ThreadPlaces } from './thread-places.ts';
import { openInWorker } from './worker-collector.ts';

/** The threads of a run: the program that serves one session, and the routers known to need it. */
export interface SessionWorkers {
  readonly program: URL;
  /** By name. */
  readonly needed: Set<string>;
  readonly places: ThreadPlaces;
}

/** Null where the program was not built (a run from sources): sessions then run in this thread, all of them. */
export function sessionWorkers(
  program: URL = new URL('./collector-worker.js', import.meta.url),
): SessionWorkers | null {
  return existsSync(program) ? { program, needed: new Set(), places: new ThreadPlaces(THREADS) } : null;
}

/**
 * As `openCollector`, but no router holds up the others: with group exchange, the one method of some old routers, Node tests a
 * prime number for seconds and does nothing else meanwhile. Such a connection is left before that step, as soon as the two sides
 * have said what they can, and the session is opened anew in a thread of its own. A router is left once in a run.
 */
export async function openUnblocked(
  target: RouterTarget,
  options: CollectorOptions,
  workers: SessionWorkers | null,
): Promise<OpenedCollector> {
  if (workers === null) return openCollector(target, options);
  if (!workers.needed.has(target.name)) {
    const { onSessionEvent } = options;
    const leave = new AbortController();
    const opened = await openCollector(target, {
      ...options,
      signal: AbortSignal.any([leave.signal, ...(options.signal ? [options.signal] : [])]),
      onGroupExchange: () => leave.abort(),
      ...(onSessionEvent === undefined
        ? {}
        : {
            // A connection that was left is no session.
            onSessionEvent: (event) => {
              if (!leave.signal.aborted) onSessionEvent(event);
            },
          }),
    });
    if (opened.ok || !leave.signal.aborted || options.signal?.aborted) return opened;
    workers.needed.add(target.name);
    options.log.debug('group exchange only: the session gets a thread of its own', { router: target.name });
  }
  return openAtPlace(target, options, workers);
}

/** In a thread, as soon as there is a place for one; the place is given back when the session is closed. */
async function openAtPlace(
  target: RouterTarget,
  options: CollectorOptions,
  { program, places }: SessionWorkers,
): Promise<OpenedCollector> {
  const leave = await places.take(options.signal ?? null);
  if (leave === null)
    return { ok: false, error: connectError('interrupted', 'tcp', `${where(target)}: interrupted.`) };
  let isOpen = false;
  try {
    const opened = await openInWorker(program, target, options);
    isOpen = opened.ok;
    if (!opened.ok) return opened;
    const { collector } = opened;
    const close = (): Promise<void> => collector.close().finally(leave);
    return { ok: true, collector: { ...collector, close } };
  } finally {
    if (!isOpen) leave();
  }
}

/** Most threads at a time. */
const THREADS = 16;
