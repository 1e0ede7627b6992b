import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Log } from '../core/log.ts';
import type { Collected } from '../evidence/collected.ts';
import type { Collector } from '../evidence/collector.ts';
import type { SessionEvent } from '../evidence/session-transcript.ts';
import { identifyCommand, type ShowCommand } from '../evidence/show-command.ts';
import type { SessionOptions } from './command-line.ts';
import type { ConnectError, Outcome } from './connect-error.ts';
import type { HandshakeFacts } from './handshake-facts.ts';
import { IosSession, type SessionFacts } from './ios-session.ts';
import { type JumpHosts, openJumpHosts } from './jump-hosts.ts';
import { type LoggedIn, logIn } from './log-in.ts';
import type { LoginGate, LoginRole } from './login-gate.ts';
import { type RouterTarget, type SshEndpoint, where } from './router-target.ts';
import { SessionWatch } from './session-watch.ts';
import type { SshConnection } from './ssh-connection.ts';
import { DEFAULT_LIMITS, type Limits } from './timeouts.ts';

export interface CollectorOptions {
  readonly log: Log;
  /** Overrides of DEFAULT_LIMITS. */
  readonly limits?: Partial<Limits>;
  /** Asked before a credential of a router or a jump host is sent. */
  readonly gateOf?: (endpoint: SshEndpoint, role: LoginRole) => LoginGate;
  /** The jump hosts of the run, shared with its other sessions; without them the session has its own, closed with it. */
  readonly jumpHosts?: JumpHosts;
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
  const jumpHosts = options.jumpHosts ?? openJumpHosts(options);
  const leaveHops = (): Promise<void> => (options.jumpHosts ? Promise.resolve() : jumpHosts.close());
  const signal = options.signal ?? null;
  const gate = options.gateOf?.(target, 'router') ?? null;
  const login = await logIn(target, () => jumpHosts.reach(target, signal), {
    limits,
    signal,
    log: options.log,
    gate,
    onGroupExchange: options.onGroupExchange,
  });
  if (!login.ok) {
    await watch?.ended(login.error);
    await leaveHops();
    return login;
  }
  const { connection, handshake, route } = login.value;
  const hangUp = async (graceMs: number): Promise<void> => {
    await connection.close(graceMs);
    route.release();
    await leaveHops();
  };
  const started = await startSession(login.value, target, { limits, signal, watch, gate });
  if (!started.ok) {
    await watch?.ended(started.error);
    await hangUp(limits.closeMs);
    return started;
  }
  const { session, facts } = started.value;
  const remarks = [...route.remarks, ...handshake.remarks, ...facts.remarks];
  options.log.debug('session open', {
    router: target.name,
    identification: handshake.identification,
    algorithms: handshake.algorithms,
  });
  const collector = new SshCollector(
    session,
    { connection, hangUp },
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
  readonly #line: Line;
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #watch: SessionWatch | null;
  readonly #samples = new Map<string, number>();
  readonly #waiting: Waiting[] = [];
  #isAsking = false;
  #closing: Promise<void> | null = null;

  constructor(
    session: IosSession,
    line: Line,
    facts: LiveCollector['facts'],
    limits: Limits,
    now: () => number,
    watch: SessionWatch | null,
  ) {
    this.#session = session;
    this.#line = line;
    this.facts = facts;
    this.#limits = limits;
    this.#now = now;
    this.#watch = watch;
  }

  collect(command: ShowCommand): Promise<Collected> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ command, resolve, reject });
      if (!this.#isAsking) void this.#askWaiting();
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeNow();
    return this.#closing;
  }

  /** One after the other; several at once where the session types ahead. */
  async #askWaiting(): Promise<void> {
    this.#isAsking = true;
    // Who asks for a whole round does so in one turn.
    await nextTurn();
    for (let [next] = this.#waiting; next !== undefined; [next] = this.#waiting) {
      const count = this.#session.howManyTogether(this.#waiting.map(({ command }) => command));
      await this.#collectNow(this.#waiting.splice(0, count));
    }
    this.#isAsking = false;
  }

  async #collectNow(asked: readonly Waiting[]): Promise<void> {
    const started = this.#now();
    try {
      const ends = await this.#session.runTogether(asked.map(({ command }) => command));
      const took = { at: new Date(started).toISOString(), tookMs: this.#now() - started };
      const noticed = this.#session.takeRemarks();
      ends.forEach((end, i) => {
        const { command, resolve } = asked[i] ?? {};
        if (command !== undefined && resolve !== undefined)
          resolve({
            ...end,
            ...this.#nameOf(command),
            ...took,
            ...(i === 0 && noticed.length > 0 ? { noticed } : {}),
          });
      });
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }

  #nameOf(command: ShowCommand) {
    const sample = (this.#samples.get(command) ?? 0) + 1;
    this.#samples.set(command, sample);
    return { command, sample, filtered: identifyCommand(command)?.filtered ?? false };
  }

  async #closeNow(): Promise<void> {
    const half = this.#limits.closeMs / 2;
    if (this.#session.exit()) await this.#line.connection.closedByRouter(half);
    await this.#watch?.ended(null);
    await this.#line.hangUp(half);
  }
}

async function startSession(
  { connection, handshake }: LoggedIn,
  target: RouterTarget,
  options: Pick<SessionOptions, 'limits' | 'signal'> & {
    readonly watch: SessionWatch | null;
    readonly gate: LoginGate | null;
  },
): Promise<Outcome<Started>> {
  const shell = await connection.shell();
  if (!shell.ok) return shell;
  const { limits, signal, watch, gate } = options;
  watch?.opened(handshake);
  const { typeAhead = false, enableSecret = null } = target;
  const session = new IosSession(shell.value, {
    where: where(target),
    limits,
    signal,
    tap: watch,
    typeAhead,
  });
  const facts = await session.start(enableSecret, gate);
  return facts.ok ? { ok: true, value: { session, facts: facts.value } } : facts;
}

/** A command that waits for its turn. */
interface Waiting {
  readonly command: ShowCommand;
  readonly resolve: (collected: Collected) => void;
  readonly reject: (error: unknown) => void;
}

/** The connection under a session, and how it is ended with everything that was opened for it. */
interface Line {
  readonly connection: SshConnection;
  hangUp(graceMs: number): Promise<void>;
}

interface Started {
  readonly session: IosSession;
  readonly facts: SessionFacts;
}
