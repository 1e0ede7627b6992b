import type { Socket } from 'node:net';
import { Client, type ClientChannel } from 'ssh2';
import type { Log } from '../core/log.ts';
import { printable } from '../core/printable.ts';
import { algorithmLists, asSsh2Algorithms } from './algorithms.ts';
import { Authentication } from './authentication.ts';
import { allowGroupExchangeOnCisco } from './cisco-group-exchange.ts';
import { burnsATry, type ConnectError, connectError, type Outcome, type Phase } from './connect-error.ts';
import { errorFor, lostError, type Progress, type SshError, timeoutError } from './handshake-errors.ts';
import { type HandshakeFacts, handshakeRemarks } from './handshake-facts.ts';
import { type HostKey, hostKey } from './host-key.ts';
import type { HostKeyCheck } from './host-key-check.ts';
import { Identification } from './identification.ts';
import type { LoginGate } from './login-gate.ts';
import { choosesGroupExchange, Negotiation } from './negotiation.ts';
import { type SshEndpoint, where } from './router-target.ts';
import type { Channel } from './send.ts';
import { shellChannel } from './shell-channel.ts';
import type { Limits } from './timeouts.ts';

export interface ConnectionOptions {
  readonly limits: Limits;
  readonly signal: AbortSignal | null;
  readonly log: Log;
  readonly gate: LoginGate | null;
  /** Told before the step of group exchange that blocks this thread for seconds. */
  readonly onGroupExchange?: (() => void) | undefined;
}

/** One SSH connection on an open socket: handshake, host key, login, one shell channel. */
export class SshConnection {
  readonly #target: SshEndpoint;
  readonly #socket: Socket;
  readonly #check: HostKeyCheck;
  readonly #options: ConnectionOptions;
  readonly #client = new Client();
  readonly #identification = new Identification();
  readonly #negotiation = new Negotiation();
  readonly #authentication: Authentication;
  #phase: Phase = 'identification';
  #key: HostKey | null = null;
  #isNewKey = false;
  #algorithms: string[] = [];
  #isAdmitted = false;
  #timer: NodeJS.Timeout | undefined;
  #settle: ((error: ConnectError | null) => void) | null = null;
  #lostBecause: string | null = null;
  readonly #whenLost: (() => void)[] = [];

  constructor(socket: Socket, target: SshEndpoint, check: HostKeyCheck, options: ConnectionOptions) {
    this.#socket = socket;
    this.#target = target;
    this.#check = check;
    this.#options = options;
    this.#authentication = new Authentication(target, (error) => this.#fail(error));
    allowGroupExchangeOnCisco();
    this.#listen();
  }

  /** From the identification to the accepted login. */
  async login(): Promise<Outcome<HandshakeFacts>> {
    const error = await this.#run(() => this.#connect());
    if (this.#isAdmitted)
      this.#options.gate?.settle(
        'password',
        error === null ? 'accepted' : burnsATry(error) ? 'rejected' : 'unknown',
      );
    if (error !== null) return { ok: false, error };
    return { ok: true, value: this.#facts() };
  }

  /** The one shell channel; wide and long, so that nothing is wrapped or paged where the router follows the terminal's size. */
  async shell(): Promise<Outcome<Channel>> {
    let channel: ClientChannel | null = null;
    const error = await this.#run(() => {
      this.#enter('shell', this.#options.limits.shellMs);
      this.#client.shell({ term: 'vt100', cols: 511, rows: 500 }, (refused, opened) => {
        if (refused)
          this.#fail(this.#named('no-shell', `no shell on this router (${printable(refused.message)}).`));
        else {
          channel = opened;
          this.#succeed();
        }
      });
    });
    if (error !== null) return { ok: false, error };
    if (channel === null) throw new Error('shell succeeded without a channel');
    const owner = {
      lost: (reason: string) => this.#lost(reason),
      tellWhenLost: (listener: (reason: string) => void) => this.#tellWhenLost(listener),
    };
    return { ok: true, value: shellChannel(channel, owner) };
  }

  /** Ends the connection; resolves when the socket is closed, after `graceMs` at the latest. */
  async close(graceMs: number): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#socket.destroyed) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.#socket.destroy();
        resolve();
      }, graceMs);
      this.#socket.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#client.end();
    });
  }

  /** Resolves when the router has closed the connection, or after `graceMs`. */
  async closedByRouter(graceMs: number): Promise<void> {
    if (this.#lostBecause !== null) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, graceMs);
      this.#whenLost.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #connect(): void {
    const { limits } = this.#options;
    this.#enter('identification', limits.identificationMs);
    const algorithms = algorithmLists(
      this.#target.legacyAlgorithms,
      this.#check.knownTypes,
      this.#target.algorithms,
    );
    try {
      this.#client.connect({
        sock: this.#socket,
        username: this.#target.user,
        algorithms: asSsh2Algorithms(algorithms),
        readyTimeout: 0,
        keepaliveInterval: 0,
        hostVerifier: (blob: Buffer) => this.#verifyHost(blob),
        // The types leave out `false`, ssh2's word for "no further method".
        authHandler: (left, partial, next) => {
          void this.#whenAdmitted(left).then(() => next(this.#nextMethod(left, partial) as never));
        },
        debug: (line) => {
          this.#negotiation.read(line);
          // Not when the router renews its keys later: the session is then where it has to be.
          if (this.#algorithms.length === 0 && choosesGroupExchange(line)) this.#options.onGroupExchange?.();
        },
      });
    } catch (error) {
      this.#fail(this.#named('handshake-failed', `the connection could not be started (${String(error)}).`));
    }
    this.#socket.on('data', (piece: Buffer) => this.#identify(piece));
  }

  #listen(): void {
    const client = this.#client;
    // For life: ssh2 can report two or three errors for one connection, and one without a listener ends the process.
    client.on('error', (error) => this.#onError(error));
    client.on('handshake', (negotiated) => {
      const { kex, serverHostKey, cs, sc } = negotiated;
      this.#algorithms = [...new Set([kex, serverHostKey, cs.cipher, cs.mac, sc.cipher, sc.mac])].filter(
        (name) => name !== '',
      );
      if (this.#phase !== 'authentication' && this.#settle !== null)
        this.#enter('authentication', this.#options.limits.authenticationMs);
    });
    client.on('ready', () => this.#succeed());
    client.on('change password', (prompt) => this.#authentication.passwordChangeAsked(prompt));
    client.on('end', () => this.#lost('closed by the router'));
    client.on('close', () => this.#lost('closed'));
  }

  #identify(piece: Uint8Array): void {
    if (this.#phase !== 'identification' || this.#settle === null) return;
    this.#identification.read(piece);
    const refusal = this.#identification.refusal(this.#target);
    if (refusal !== null) this.#fail(refusal);
    else if (this.#identification.line !== null)
      this.#enter('key-exchange', this.#options.limits.keyExchangeMs);
  }

  #verifyHost(blob: Buffer): boolean {
    const key = hostKey(blob);
    if (this.#key !== null) return this.#key.base64 === key.base64;
    const decision = this.#check.decide(key);
    if (!decision.accept) {
      this.#fail(decision.error);
      return false;
    }
    this.#key = key;
    this.#isNewKey = decision.isNew;
    return true;
  }

  /** Before the first credential only: waits for the gate on a clock of its own, so that another router's slow AAA is not ours. */
  async #whenAdmitted(left: readonly string[] | null): Promise<void> {
    const { gate, limits } = this.#options;
    if (left !== null || gate === null || this.#settle === null) return;
    this.#enter('authentication', limits.gateMs);
    const refusal = await gate.admit('password');
    if (this.#settle === null) {
      // The connection ended while it waited: the next one may go.
      if (refusal === null) gate.settle('password', 'unknown');
      return;
    }
    this.#isAdmitted = refusal === null;
    if (refusal === null) this.#enter('authentication', limits.authenticationMs);
    else this.#fail(connectError('not-tried', 'authentication', refusal));
  }

  #nextMethod(left: readonly string[] | null, partial: boolean | null): unknown {
    return this.#settle === null ? false : this.#authentication.next(left, partial);
  }

  #facts(): HandshakeFacts {
    if (this.#key === null) throw new Error('logged in without a host key');
    // The signature over the key is verified by now, so the key is the router's own.
    const recorded = this.#isNewKey ? [this.#check.record(this.#key)] : [];
    return {
      identification: printable(this.#identification.line ?? ''),
      hostKey: this.#key,
      algorithms: this.#algorithms,
      remarks: [...recorded, ...handshakeRemarks(this.#key, this.#algorithms, this.#target.legacyAlgorithms)],
    };
  }

  #tellWhenLost(listener: (reason: string) => void): void {
    // The channel's last bytes may still be on their way to its listeners.
    const tell = (): void => void setImmediate(() => listener(this.#lostBecause ?? 'closed'));
    if (this.#lostBecause !== null) tell();
    else this.#whenLost.push(tell);
  }

  // --- phases, their clocks, and the end of waiting ---

  #run(start: () => void): Promise<ConnectError | null> {
    return new Promise((resolve) => {
      const { signal } = this.#options;
      const onAbort = (): void => this.#fail(this.#named('interrupted', 'interrupted.'));
      this.#settle = (error) => {
        this.#settle = null;
        clearTimeout(this.#timer);
        this.#timer = undefined;
        signal?.removeEventListener('abort', onAbort);
        resolve(error);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      if (signal?.aborted) return onAbort();
      if (this.#lostBecause !== null) return this.#fail(lostError(this.#progress()));
      start();
    });
  }

  #enter(phase: Phase, ms: number): void {
    this.#phase = phase;
    clearTimeout(this.#timer);
    // Looked at again after pending input was read: this process may have been the slow one.
    const timer = setTimeout(() => {
      setImmediate(() => {
        if (this.#timer === timer) this.#fail(timeoutError(this.#progress(), ms));
      });
    }, ms);
    this.#timer = timer;
  }

  #succeed(): void {
    this.#settle?.(null);
  }

  /** Ends the waiting with an error and the connection with it; the first error counts. */
  #fail(error: ConnectError): void {
    if (this.#settle === null) return;
    this.#settle(error);
    this.#client.end();
    setTimeout(() => this.#socket.destroy(), DESTROY_AFTER_MS).unref();
  }

  #onError(error: SshError): void {
    this.#options.log.debug('ssh error', {
      router: this.#target.name,
      phase: this.#phase,
      message: printable(error.message),
    });
    this.#lostBecause ??= this.#settle === null ? printable(error.message) : null;
    this.#fail(errorFor(this.#progress(), error));
    if (this.#settle === null && error.level === 'client-socket') this.#lost(printable(error.message));
  }

  #lost(because: string): void {
    if (this.#settle !== null) this.#fail(lostError(this.#progress()));
    this.#lostBecause ??= because;
    for (const tell of this.#whenLost.splice(0)) tell();
  }

  #progress(): Progress {
    return {
      phase: this.#phase,
      target: this.#target,
      identification: this.#identification,
      negotiation: this.#negotiation,
      authentication: this.#authentication,
    };
  }

  #named(name: ConnectError['name'], text: string): ConnectError {
    return connectError(name, this.#phase, `${where(this.#target)}: ${text}`);
  }
}

const DESTROY_AFTER_MS = 500;
