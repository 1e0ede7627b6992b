import { type ConnectError, connectError, type Outcome } from './connect-error.ts';
import { type LoggedIn, logIn, type Route, tcpRoute } from './log-in.ts';
import { type SshEndpoint, where } from './router-target.ts';
import type { ConnectionOptions } from './ssh-connection.ts';

/** One jump host and all who go on from it: one login for all of them, made when the first one comes. */
export class SharedHop {
  readonly #endpoint: SshEndpoint;
  /** The hop before this one; null: reached directly. */
  readonly #before: SharedHop | null;
  readonly #options: ConnectionOptions;
  /** The connection that stands or is being made. */
  #login: Promise<Outcome<LoggedIn>> | null = null;
  #failure: { readonly error: ConnectError; readonly at: number; readonly tries: number } | null = null;
  /** How often a connection that stood was lost. */
  #losses = 0;
  #users = 0;
  #idle: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(
    endpoint: SshEndpoint,
    before: SharedHop | null,
    optionsOf: (hop: SshEndpoint) => ConnectionOptions,
  ) {
    this.#endpoint = endpoint;
    this.#before = before;
    this.#options = optionsOf(endpoint);
  }

  /** A stream to the next host. When `signal` ends this one's waiting, the login goes on for the others. */
  async forward(next: SshEndpoint, signal: AbortSignal | null): Promise<Outcome<Route>> {
    this.#users += 1;
    clearTimeout(this.#idle);
    const release = once(() => this.#release());
    const login = await unlessAborted(this.#loggedIn(), signal);
    const stream = login.ok ? await login.value.connection.forward(next, signal) : login;
    if (!login.ok || !stream.ok) {
      release();
      return stream as Extract<typeof stream, { ok: false }>;
    }
    const { handshake, route } = login.value;
    const ours = handshake.remarks.map((remark) => `jump host ${this.#endpoint.name}: ${remark}`);
    return { ok: true, value: { stream: stream.value, remarks: [...route.remarks, ...ours], release } };
  }

  /** Leaves the hop for good. */
  async close(): Promise<void> {
    this.#isOver = true;
    await this.#leave();
  }

  /** The connection to the hop; a failure is everybody's, without a further attempt. */
  #loggedIn(): Promise<Outcome<LoggedIn>> {
    if (this.#login !== null) return this.#login;
    const refusal = this.#refusal();
    if (refusal !== null) return Promise.resolve({ ok: false, error: refusal });
    const login = this.#logIn();
    this.#login = login;
    void login.then((outcome) => {
      if (outcome.ok) outcome.value.connection.tellWhenLost(() => this.#lost(login, outcome.value));
      else this.#failed(outcome.error);
    });
    return login;
  }

  #logIn(): Promise<Outcome<LoggedIn>> {
    const { limits, signal } = this.#options;
    const before = this.#before;
    const openRoute = (): Promise<Outcome<Route>> =>
      before === null ? tcpRoute(this.#endpoint, limits, signal) : before.forward(this.#endpoint, signal);
    return logIn(this.#endpoint, openRoute, this.#options);
  }

  /** Why no login is tried now; null: it may be. */
  #refusal(): ConnectError | null {
    const named = (name: ConnectError['name'], text: string): ConnectError =>
      connectError(name, 'tcp', `${where(this.#endpoint)}: ${text}`);
    if (this.#isOver) return named('interrupted', 'interrupted.');
    if (this.#losses > REOPENED)
      return named('forward-failed', 'its connection was lost again and again; it is not opened once more.');
    if (this.#failure === null) return null;
    const { error, at, tries } = this.#failure;
    const isDue = error.retry === 'later' && tries <= REOPENED && performance.now() - at >= LATER_MS;
    return isDue ? null : error;
  }

  #failed(error: ConnectError): void {
    this.#failure = { error, at: performance.now(), tries: (this.#failure?.tries ?? 0) + 1 };
    this.#login = null;
  }

  #lost(login: Promise<Outcome<LoggedIn>>, { route }: LoggedIn): void {
    route.release();
    if (this.#login !== login) return;
    this.#login = null;
    this.#losses += 1;
  }

  #release(): void {
    this.#users -= 1;
    if (this.#users > 0 || this.#isOver) return;
    this.#idle = setTimeout(() => void this.#leave(), IDLE_MS);
  }

  async #leave(): Promise<void> {
    clearTimeout(this.#idle);
    const login = this.#login;
    this.#login = null;
    const outcome = await login;
    if (!outcome?.ok) return;
    await outcome.value.connection.close(this.#options.limits.closeMs / 2);
    outcome.value.route.release();
  }
}

/** A lost connection is opened again so often, and a failure that may pass is tried again so often. */
const REOPENED = 1;
/** So long does a hop that nobody uses stay logged in: the next router of a sweep comes soon. */
const IDLE_MS = 5_000;
/** As for routers: lines may be free then. */
const LATER_MS = 30_000;

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    act();
  };
}

/** The outcome, or `interrupted` as soon as the signal says so. */
function unlessAborted<T>(outcome: Promise<Outcome<T>>, signal: AbortSignal | null): Promise<Outcome<T>> {
  if (signal === null) return outcome;
  return new Promise((resolve) => {
    const onAbort = (): void =>
      resolve({ ok: false, error: connectError('interrupted', 'tcp', 'interrupted.') });
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    void outcome.then((value) => {
      signal.removeEventListener('abort', onAbort);
      resolve(value);
    });
  });
}
