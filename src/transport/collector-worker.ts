import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Log } from '../core/log.ts';
import { mustShowCommand } from '../evidence/show-command.ts';
import type { LoginGate } from './login-gate.ts';
import { type CollectorOptions, type LiveCollector, openCollector } from './ssh-collector.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.ts';

/**
 * The program of a worker: one session with one router, away from everybody else's event loop. Sockets cannot change threads, so
 * the jump hosts on the way are logged in to here once more and left with the session; their gates are the caller's all the same.
 */
async function serve(port: MessagePort, start: WorkerStart): Promise<void> {
  const stop = new AbortController();
  const waiting = new Map<number, (refusal: string | null) => void>();
  const tell = (message: FromWorker): void => port.postMessage(message);
  const opening = openCollector(start.target, {
    log: logThrough(tell),
    limits: start.limits,
    signal: stop.signal,
    now: () => Date.now() + start.clockOffsetMs,
    ...(start.isWatched ? { onSessionEvent: (event) => tell({ kind: 'session-event', event }) } : {}),
    ...(start.hasGate ? { gateOf: gatesThrough(tell, waiting) } : {}),
  });
  let collector: LiveCollector | null = null;
  port.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'admitted':
        waiting.get(message.id)?.(message.refusal);
        waiting.delete(message.id);
        break;
      case 'abort':
        stop.abort();
        break;
      case 'collect':
        // Made anew on this side: a command is what the allow-list says, not what a message says.
        void collector
          ?.collect(mustShowCommand(message.command))
          .then((collected) => tell({ kind: 'collected', id: message.id, collected }));
        break;
      case 'close':
        // Without the port nothing keeps this thread, and it ends.
        void collector?.close().then(() => port.close());
    }
  });
  const opened = await opening;
  if (opened.ok) {
    collector = opened.collector;
    tell({ kind: 'opened', facts: collector.facts });
  } else {
    tell({ kind: 'not-opened', error: opened.error });
    port.close();
  }
}

function logThrough(tell: (message: FromWorker) => void): Log {
  const at =
    (level: keyof Log): Log['debug'] =>
    (message, fields) =>
      tell({ kind: 'log', level, message, fields });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function gatesThrough(
  tell: (message: FromWorker) => void,
  waiting: Map<number, (refusal: string | null) => void>,
): NonNullable<CollectorOptions['gateOf']> {
  let gates = 0;
  let questions = 0;
  return (...of): LoginGate => {
    const gate = ++gates;
    tell({ kind: 'gate', gate, of });
    return {
      admit: (credential, key) =>
        new Promise((resolve) => {
          const id = ++questions;
          waiting.set(id, resolve);
          tell({ kind: 'admit', id, gate, credential, key });
        }),
      settle: (credential, outcome, key) => tell({ kind: 'settle', gate, credential, key, outcome }),
    };
  };
}

if (parentPort === null) throw new Error('collector-worker runs as a worker thread only');
await serve(parentPort, workerData as WorkerStart);
