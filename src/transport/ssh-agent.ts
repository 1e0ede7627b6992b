import { connect } from 'node:net';
import ssh2, {
  type AgentProtocol,
  type AnyAuthMethod,
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2';
import { printable } from '../core/printable.ts';
import { fingerprint } from './host-key.ts';
import type { LoginKey } from './login-keys.ts';
import { seconds } from './router-line.ts';

export type AgentKeys =
  | { readonly ok: true; readonly keys: readonly LoginKey[] }
  /** `why` is for a person: `it cannot be reached (ENOENT)`. */
  | { readonly ok: false; readonly why: string };

/** Asks an ssh-agent for its keys, in its order. `ms` is the longest wait for this, and for each signature later on. */
export async function agentKeys(socketPath: string, ms: number): Promise<AgentKeys> {
  const listed = await ask<readonly ParsedKey[]>(socketPath, ms, (protocol, answer) => {
    protocol.getIdentities((error, keys) => answer(error, keys as readonly ParsedKey[] | undefined));
  });
  if (!listed.ok) return listed;
  return { ok: true, keys: listed.value.map((key) => agentKey(socketPath, key, ms)) };
}

function agentKey(socketPath: string, key: ParsedKey, ms: number): LoginKey {
  const agent = new OneKeyAgent(socketPath, key, ms);
  return {
    name: `agent key ${printable(key.comment || key.type)}`,
    type: key.type,
    fingerprint: fingerprint(key.getPublicSSH()),
    method: (username): AnyAuthMethod => ({ type: 'agent', username, agent }),
    whyNotSigned: () => agent.failure,
  };
}

/** One key of an agent as an agent of its own: ssh2 then asks us between two keys, and we can ask the gate. */
class OneKeyAgent extends ssh2.BaseAgent<ParsedKey> {
  readonly #socketPath: string;
  readonly #key: ParsedKey;
  readonly #ms: number;
  #failure: string | null = null;

  constructor(socketPath: string, key: ParsedKey, ms: number) {
    super();
    this.#socketPath = socketPath;
    this.#key = key;
    this.#ms = ms;
  }

  /** Why the agent did not sign, when it was asked and did not. */
  get failure(): string | null {
    return this.#failure;
  }

  getIdentities(callback: IdentityCallback<ParsedKey>): void {
    callback(null, [this.#key]);
  }

  sign(
    key: ParsedKey,
    bytes: Buffer,
    options: SigningRequestOptions | SignCallback,
    callback?: SignCallback,
  ): void {
    const [hash, tell] = typeof options === 'function' ? [{}, options] : [options, callback];
    const signed = ask<Buffer>(this.#socketPath, this.#ms, (protocol, answer) => {
      protocol.sign(key, bytes, hash, answer);
    });
    void signed.then((outcome) => {
      this.#failure = outcome.ok ? null : outcome.why;
      if (outcome.ok) tell?.(null, outcome.value);
      else tell?.(new Error(`the agent did not sign: ${outcome.why}`));
    });
  }
}

type Answered<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

/** One request on a connection of its own, which is closed in any case. */
function ask<T>(
  socketPath: string,
  ms: number,
  request: (protocol: AgentProtocol, answer: (error?: Error | null, value?: T) => void) => void,
): Promise<Answered<T>> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    const protocol = new ssh2.AgentProtocol(true);
    const settle = (outcome: Answered<T>): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const fail = (why: string): void => settle({ ok: false, why });
    const timer = setTimeout(() => fail(`it did not answer in ${seconds(ms)}`), ms);
    socket.on('error', (error: NodeJS.ErrnoException) =>
      fail(`it cannot be reached (${error.code ?? printable(error.message)})`),
    );
    socket.on('close', () => fail('it closed the connection without an answer'));
    protocol.on('error', (error: Error) => fail(printable(error.message)));
    socket.once('connect', () => {
      protocol.pipe(socket).pipe(protocol);
      request(protocol, (error, value) => {
        if (error || value === undefined) fail(`it failed (${printable(error?.message ?? 'no answer')})`);
        else settle({ ok: true, value });
      });
    });
  });
}
