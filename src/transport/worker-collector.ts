import { Worker } from 'node:worker_threads';
import type { Collected } from '../evidence/collected.ts';
import { identifyCommand, type ShowCommand } from '../evidence/show-command.ts';
import type { RouterTarget } from './router-target.ts';
import type { CollectorOptions, LiveCollector, OpenedCollector } from './ssh-collector.ts';
import { DEFAULT_LIMITS } from './timeouts.ts';
import { WorkerGates } from './worker-gates.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.ts';

/**
 * As `openCollector`, in a thread of its own that ends with the session.
 * @throws when the worker's program cannot be loaded (our bug)
 */
export function openInWorker(
  program: URL,
  target: RouterTarget,
  options: CollectorOptions,
): Promise<OpenedCollector> {
  return new SessionThread(program, target, options).opened;
}

interface Waiting {
  readonly command: ShowCommand;
  readonly started: number;
  readonly resolve: (collected: Collected) => void;
}

/** This thread's end of a session that runs in another one. */
class SessionThread {
  readonly opened: Promise<OpenedCollector>;
  readonly #worker: Worker;
  readonly #options: CollectorOptions;
  readonly #gates: WorkerGates;
  readonly #ended: Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  #commands = 0;
  #fault: Error | null = null;
  #isOver = false;
  #closing: Promise<void> | null = null;
  #settle: { readonly resolve: (opened: OpenedCollector) => void; readonly reject: (error: Error) => void };

  constructor(program: URL, target: RouterTarget, options: CollectorOptions) {
    this.#options = options;
    this.#settle = { resolve: () => {}, reject: () => {} };
    this.opened = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    const start: WorkerStart = {
      target,
      limits: options.limits ?? {},
      clockOffsetMs: this.#now() - Date.now(),
      hasGate: options.gateOf !== undefined,
      isWatched: options.onSessionEvent !== undefined,
    };
    this.#worker = new Worker(program, { workerData: start, name: `session ${target.name}` });
    this.#gates = new WorkerGates(options.gateOf, (message) => this.#tell(message));
    this.#worker.on('message', (message: FromWorker) => this.#take(message));
    this.#worker.on('error', (error) => {
      this.#fault = error instanceof Error ? error : new Error(String(error));
    });
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#end();
        resolve();
      });
    });
    const abort = (): void => this.#tell({ kind: 'abort' });
    options.signal?.addEventListener('abort', abort, { once: true });
    void this.#ended.then(() => options.signal?.removeEventListener('abort', abort));
    if (options.signal?.aborted) abort();
  }

  #take(message: FromWorker): void {
    switch (message.kind) {
      case 'log':
        this.#options.log[message.level](message.message, message.fields);
        break;
      case 'session-event':
        this.#options.onSessionEvent?.(message.event);
        break;
      case 'opened':
        this.#settle.resolve({ ok: true, collector: this.#collector(message.facts) });
        break;
      case 'not-opened':
        // Only when the thread is gone: its connection is then gone too.
        void this.#over().then(() => this.#settle.resolve({ ok: false, error: message.error }));
        break;
      case 'collected':
        this.#waiting.get(message.id)?.resolve(message.collected);
        this.#waiting.delete(message.id);
        break;
      default:
        this.#gates.take(message);
    }
  }

  #collector(facts: LiveCollector['facts']): LiveCollector {
    return {
      facts,
      collect: (command) => this.#collect(command),
      close: () => {
        this.#closing ??= this.#close();
        return this.#closing;
      },
    };
  }

  #collect(command: ShowCommand): Promise<Collected> {
    return new Promise((resolve) => {
      const waiting = { command, started: this.#now(), resolve };
      if (this.#isOver) return resolve(this.#lost(waiting));
      const id = ++this.#commands;
      this.#waiting.set(id, waiting);
      this.#tell({ kind: 'collect', id, command });
    });
  }

  async #close(): Promise<void> {
    if (this.#isOver) return;
    this.#tell({ kind: 'close' });
    await this.#over();
  }

  /** Resolves when the thread has ended, by itself or, if it takes too long, by force. */
  async #over(): Promise<void> {
    const { closeMs } = { ...DEFAULT_LIMITS, ...this.#options.limits };
    const timer = setTimeout(() => void this.#worker.terminate(), closeMs + GRACE_MS);
    await this.#ended;
    clearTimeout(timer);
  }

  #end(): void {
    this.#isOver = true;
    this.#gates.workerGone();
    for (const waiting of this.#waiting.values()) waiting.resolve(this.#lost(waiting));
    this.#waiting.clear();
    if (this.#fault !== null)
      this.#options.log.error('the thread of a session ended', { error: this.#fault.stack });
    // Does nothing when the answer was given.
    setImmediate(() => this.#settle.reject(this.#fault ?? new Error('the thread of a session ended')));
  }

  /** What a command has come to when the thread is gone: a fault of ours, but the router's other answers stay. */
  #lost({ command, started }: Waiting): Collected {
    const why = this.#fault?.message ?? 'it was closed';
    return {
      kind: 'cut-short',
      command,
      text: '',
      reason: `not run: the thread of this session has ended (${why})`,
      error: 'not-run',
      sample: 1,
      filtered: identifyCommand(command)?.filtered ?? false,
      at: new Date(started).toISOString(),
      tookMs: this.#now() - started,
    };
  }

  #tell(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}

const GRACE_MS = 1_000;
