import ssh2 from 'ssh2';
import type { Log } from '../core/log.ts';
import { printable } from '../core/printable.ts';
import type { Collected } from '../evidence/collected.ts';
import type { Collector } from '../evidence/collector.ts';
import type { SessionEvent } from '../evidence/session-transcript.ts';
import { identifyCommand, type ShowCommand } from '../evidence/show-command.ts';
import { type ConnectError, connectError, type Outcome } from './connect-error.ts';
import type { HandshakeFacts } from './handshake-facts.ts';
import { openHostKeyCheck } from './host-key-check.ts';
import { IosSession, type SessionFacts, type SessionOptions } from './ios-session.ts';
import type { LoginGate, LoginRole } from './login-gate.ts';
import { type RouterTarget, type SshEndpoint, where } from './router-target.ts';
import { SessionWatch } from './session-watch.ts';
import { type ConnectionOptions, SshConnection } from './ssh-connection.ts';
import { tcpConnect } from './tcp-connect.ts';
import { DEFAULT_LIMITS, type Limits } from './timeouts.ts';

export interface CollectorOptions {
  readonly log: Log;
  /** Overrides of DEFAULT_LIMITS. */
  readonly limits?: Partial<Limits>;
  /** Asked before a credential of a router or a jump host is sent. */
  readonly gateOf?: (endpoint: SshEndpoint, role: LoginRole) => LoginGate;
  /** Ends what is going on, with `exit` where the router still listens. */
  readonly signal?: AbortSignal;
  /** Milliseconds since 1970; for the `at` of each output. */
  readonly now?: () => number;
  /** Told everything that passes in the session, as plain values and not redacted: for a transcript. */
  readonly onSessionEvent?: (event: SessionEvent) => void;
  /** Told before the step of group exchange that blocks this thread for seconds; `signal` can then still end it. */
  readonly onGroupExchange?: () => void;
}

/** A collector of one live session, with what was learned on the way in. */
export interface LiveCollector extends Collector {
  readonly facts: SessionFacts & { readonly handshake: HandshakeFacts };
}

export type OpenedCollector =
  | { readonly ok: true; readonly collector: LiveCollector }
  | { readonly ok: false; readonly error: ConnectError };

/** Logs in to a router and prepares its command line. Every way it can fail is a named error; nothing is left open then. */
export async function openCollector(
  target: RouterTarget,
  options: CollectorOptions,
): Promise<OpenedCollector> {
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const now = options.now ?? Date.now;
  const watch = options.onSessionEvent ? new SessionWatch(options.onSessionEvent, now) : null;
  const login = await logIn(target, {
    limits,
    signal: options.signal ?? null,
    log: options.log,
    gate: options.gateOf?.(target, 'router') ?? null,
    onGroupExchange: options.onGroupExchange,
  });
  if (!login.ok) {
    await watch?.ended(login.error);
    return login;
  }
  const { connection, handshake } = login.value;
  const started = await startSession(login.value, target, { limits, signal: options.signal ?? null, watch });
  if (!started.ok) {
    await watch?.ended(started.error);
    await connection.close(limits.closeMs);
    return started;
  }
  const { session, facts } = started.value;
  const remarks = [...handshake.remarks, ...facts.remarks];
  options.log.debug('session open', {
    router: target.name,
    identification: handshake.identification,
    algorithms: handshake.algorithms,
  });
  const collector = new SshCollector(
    session,
    connection,
    { ...facts, remarks, handshake },
    limits,
    now,
    watch,
  );
  return { ok: true, collector };
}

class SshCollector implements LiveCollector {
  readonly facts: LiveCollector['facts'];
  readonly #session: IosSession;
  readonly #connection: SshConnection;
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #watch: SessionWatch | null;
  readonly #samples = new Map<string, number>();
  #queue: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | null = null;

  constructor(
    session: IosSession,
    connection: SshConnection,
    facts: LiveCollector['facts'],
    limits: Limits,
    now: () => number,
    watch: SessionWatch | null,
  ) {
    this.#session = session;
    this.#connection = connection;
    this.facts = facts;
    this.#limits = limits;
    this.#now = now;
    this.#watch = watch;
  }

  collect(command: ShowCommand): Promise<Collected> {
    const next = this.#queue.then(() => this.#collectNow(command));
    this.#queue = next;
    return next;
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeNow();
    return this.#closing;
  }

  async #collectNow(command: ShowCommand): Promise<Collected> {
    const sample = (this.#samples.get(command) ?? 0) + 1;
    this.#samples.set(command, sample);
    const started = this.#now();
    const end = await this.#session.run(command);
    const filtered = identifyCommand(command)?.filtered ?? false;
    return {
      ...end,
      command,
      sample,
      filtered,
      at: new Date(started).toISOString(),
      tookMs: this.#now() - started,
    };
  }

  async #closeNow(): Promise<void> {
    const half = this.#limits.closeMs / 2;
    if (this.#session.exit()) await this.#connection.closedByRouter(half);
    await this.#watch?.ended(null);
    await this.#connection.close(half);
  }
}

/** Connects and logs in; once more, at once, when the router's signature did not verify. */
async function logIn(target: RouterTarget, options: ConnectionOptions): Promise<Outcome<LoggedIn>> {
  const keyError = privateKeyError(target);
  if (keyError !== null) return { ok: false, error: keyError };
  const first = await logInOnce(target, options);
  // Some servers send an RSA signature one byte short, once in a few hundred handshakes; that is no attack.
  if (first.ok || first.error.name !== 'host-key-signature') return first;
  options.log.debug('host key signature did not verify, connecting once more', { router: target.name });
  return logInOnce(target, options);
}

async function logInOnce(target: RouterTarget, options: ConnectionOptions): Promise<Outcome<LoggedIn>> {
  const check = openHostKeyCheck(target, target.hostKeys);
  if ('name' in check) return { ok: false, error: check };
  const socket = await tcpConnect(target, options.limits, options.signal);
  if (!socket.ok) return socket;
  const connection = new SshConnection(socket.value, target, check, options);
  const login = await connection.login();
  if (login.ok) return { ok: true, value: { connection, handshake: login.value } };
  // Whoever connects next, to this router or another one, finds no connection of ours on its way out.
  await connection.close(options.limits.closeMs / 2);
  return login;
}

async function startSession(
  { connection, handshake }: LoggedIn,
  target: RouterTarget,
  options: Pick<SessionOptions, 'limits' | 'signal'> & { readonly watch: SessionWatch | null },
): Promise<Outcome<Started>> {
  const shell = await connection.shell();
  if (!shell.ok) return shell;
  const { limits, signal, watch } = options;
  watch?.opened(handshake);
  const session = new IosSession(shell.value, { where: where(target), limits, signal, tap: watch });
  const facts = await session.start(target.enableSecret ?? null);
  return facts.ok ? { ok: true, value: { session, facts: facts.value } } : facts;
}

function privateKeyError(target: RouterTarget): ConnectError | null {
  const [key] = target.privateKeys ?? [];
  if (key === undefined) return null;
  const parsed = ssh2.utils.parseKey(key.text, key.passphrase ?? undefined);
  const usable = !(parsed instanceof Error) && parsed.isPrivateKey();
  if (usable) return null;
  const why = parsed instanceof Error ? printable(parsed.message) : 'it is a public key';
  return connectError(
    'unusable-private-key',
    'authentication',
    `${where(target)}: the private key cannot be used: ${why}. Nothing was sent.`,
  );
}

interface LoggedIn {
  readonly connection: SshConnection;
  readonly handshake: HandshakeFacts;
}
interface Started {
  readonly session: IosSession;
  readonly facts: SessionFacts;
}
