import type { LoginGate } from './login-gate.ts';
import type { CollectorOptions } from './ssh-collector.ts';
import type { FromWorker, GateCredential, ToWorker } from './worker-messages.ts';

type Asked = Extract<FromWorker, { kind: 'gate' | 'admit' | 'settle' }>;

/** The caller's login gates on behalf of a worker. */
export class WorkerGates {
  readonly #gateOf: CollectorOptions['gateOf'];
  readonly #answer: (message: ToWorker) => void;
  readonly #gates = new Map<number, LoginGate>();
  /** Credentials that were let go and not settled, by their place in words. */
  readonly #open = new Map<string, GateCredential>();
  #isOver = false;

  constructor(gateOf: CollectorOptions['gateOf'], answer: (message: ToWorker) => void) {
    this.#gateOf = gateOf;
    this.#answer = answer;
  }

  take(asked: Asked): void {
    switch (asked.kind) {
      case 'gate': {
        const gate = this.#gateOf?.(...asked.of);
        if (gate !== undefined) this.#gates.set(asked.gate, gate);
        break;
      }
      case 'admit':
        void this.#admit(asked.id, asked);
        break;
      case 'settle':
        this.#open.delete(placeOf(asked));
        this.#gates.get(asked.gate)?.settle(asked.credential, asked.outcome, asked.key);
    }
  }

  /** The worker is gone: what it was let through with is settled, so that nobody waits for it. */
  workerGone(): void {
    this.#isOver = true;
    for (const { gate, credential, key } of this.#open.values())
      this.#gates.get(gate)?.settle(credential, 'unanswered', key);
    this.#open.clear();
  }

  async #admit(id: number, asked: GateCredential): Promise<void> {
    const { gate, credential, key } = asked;
    const refusal = (await this.#gates.get(gate)?.admit(credential, key)) ?? null;
    if (this.#isOver) {
      if (refusal === null) this.#gates.get(gate)?.settle(credential, 'unknown', key);
      return;
    }
    if (refusal === null) this.#open.set(placeOf(asked), { gate, credential, key });
    this.#answer({ kind: 'admitted', id, refusal });
  }
}

function placeOf({ gate, credential, key = '' }: GateCredential): string {
  return `${gate} ${credential} ${key}`;
}
