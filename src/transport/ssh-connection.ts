import type { Duplex } from 'node:stream';
import { Client, type ClientChannel } from 'ssh2';
import type { Log } from '../core/log.ts';
import { printable } from '../core/printable.ts';
import { algorithmLists, asSsh2Algorithms } from './algorithms.ts';
import { Authentication } from './authentication.ts';
import { allowGroupExchangeOnCisco } from './cisco-group-exchange.ts';
import { type ConnectError, connectError, type Outcome } from './connect-error.ts';
import { ConnectionEnd } from './connection-end.ts';
import type { Credentials } from './credentials.ts';
import { forwardTo } from './forward.ts';
import {
  errorFor,
  lostError,
  type Progress,
  type SshError,
  shellRefusedError,
  timeoutError,
} from './handshake-errors.ts';
import { type HandshakeFacts, handshakeRemarks } from './handshake-facts.ts';
import { type HostKey, hostKey } from './host-key.ts';
import type { HostKeyCheck } from './host-key-check.ts';
import { Identification } from './identification.ts';
import type { LoginGate } from './login-gate.ts';
import { algorithmsInUse, choosesGroupExchange, Negotiation } from './negotiation.ts';
import { tolerateInRekey } from './rekey-tolerance.ts';
import { seconds } from './router-line.ts';
import { nounOf, type SshEndpoint, where } from './router-target.ts';
import type { Channel } from './send.ts';
import { shellChannel } from './shell-channel.ts';
import type { Limits } from './timeouts.ts';
import { Waiting } from './waiting.ts';

export interface ConnectionOptions {
  readonly limits: Limits;
  readonly signal: AbortSignal | null;
  readonly log: Log;
  readonly gate: LoginGate | null;
  /** Told before the step of group exchange that blocks this thread for seconds. */
  readonly onGroupExchange?: (() => void) | undefined;
}

/**
 * One SSH connection on an open byte stream (a TCP socket, or what a jump host forwards): handshake, host key, login; then
 * one shell channel at a router, or forwarded streams at a jump host.
 */
export class SshConnection {
  readonly #endpoint: SshEndpoint;
  readonly #stream: Duplex;
  readonly #check: HostKeyCheck;
  readonly #credentials: Credentials;
  readonly #options: ConnectionOptions;
  readonly #client = new Client();
  readonly #identification = new Identification();
  readonly #negotiation = new Negotiation();
  readonly #authentication: Authentication;
  readonly #waiting: Waiting;
  readonly #end: ConnectionEnd;
  #isAtGate = false;
  #key: HostKey | null = null;
  #isNewKey = false;
  #algorithms: string[] = [];

  constructor(
    stream: Duplex,
    endpoint: SshEndpoint,
    check: HostKeyCheck,
    credentials: Credentials,
    options: ConnectionOptions,
  ) {
    this.#stream = stream;
    this.#end = new ConnectionEnd(stream);
    this.#endpoint = endpoint;
    this.#check = check;
    this.#credentials = credentials;
    this.#options = options;
    this.#waiting = new Waiting('identification', options.signal, {
      onClock: (_phase, ms) => this.#fail(this.#tooLate(ms)),
      onAbort: () => this.#fail(this.#named('interrupted', 'interrupted.')),
    });
    this.#authentication = new Authentication(endpoint, credentials.keys, options.gate, {
      fail: (error) => this.#fail(error),
      waiting: () => this.#enterAuthentication(options.limits.gateMs, true),
      trying: () => this.#enterAuthentication(options.limits.authenticationMs, false),
      isOver: () => !this.#waiting.isOn,
    });
    allowGroupExchangeOnCisco();
    this.#listen();
  }

  /** From the identification to the accepted login. */
  async login(): Promise<Outcome<HandshakeFacts>> {
    const error = await this.#run(() => this.#connect());
    this.#authentication.finish(error);
    if (error !== null) return { ok: false, error };
    return { ok: true, value: this.#facts() };
  }

  /** See Authentication: the login may be tried again by `password`. */
  get endedBeforePassword(): boolean {
    return this.#authentication.endedBeforePassword;
  }

  /** The one shell channel; wide and long, so that nothing is wrapped or paged where the router follows the terminal's size. */
  async shell(): Promise<Outcome<Channel>> {
    let channel: ClientChannel | null = null;
    const error = await this.#run(() => {
      this.#waiting.enter('shell', this.#options.limits.shellMs);
      const onAnswer = (refused: Error | undefined, opened: ClientChannel): void => {
        if (refused) this.#fail(shellRefusedError(this.#progress(), refused));
        else {
          channel = opened;
          this.#waiting.end(null);
        }
      };
      try {
        this.#client.shell({ term: 'vt100', cols: 511, rows: 500 }, onAnswer);
      } catch {
        // ssh2 throws where the socket is gone and nobody has been told yet.
        this.#fail(lostError(this.#progress()));
      }
    });
    if (error !== null) return { ok: false, error };
    if (channel === null) throw new Error('shell succeeded without a channel');
    const owner = {
      lost: (reason: string) => this.#lost(reason),
      tellWhenLost: (listener: (reason: string) => void) => this.tellWhenLost(listener),
    };
    return { ok: true, value: shellChannel(channel, owner) };
  }

  /** A byte stream to the next host, opened by the server we are logged in to; several may be open at a time. */
  forward(next: SshEndpoint, signal: AbortSignal | null): Promise<Outcome<Duplex>> {
    return forwardTo(this.#client, this.#endpoint, next, this.#options.limits.connectMs, signal);
  }

  /** Calls the listener once, when the connection has ended, with the reason for a person. */
  tellWhenLost(listener: (reason: string) => void): void {
    this.#end.tellWhenLost(listener);
  }

  /** Ends the connection; resolves when the stream is closed, after `graceMs` at the latest. */
  close(graceMs: number): Promise<void> {
    return this.#end.close(graceMs, () => this.#client.end());
  }

  /** Resolves when the router has closed the connection, or after `graceMs`. */
  closedByRouter(graceMs: number): Promise<void> {
    return this.#end.waitFor(graceMs);
  }

  #connect(): void {
    const { limits } = this.#options;
    this.#waiting.enter('identification', limits.identificationMs);
    const { legacyAlgorithms, algorithms } = this.#endpoint;
    const lists = algorithmLists(legacyAlgorithms, this.#check.knownTypes, algorithms);
    try {
      this.#client.connect({
        sock: this.#stream,
        username: this.#endpoint.user,
        algorithms: asSsh2Algorithms(lists),
        readyTimeout: 0,
        keepaliveInterval: 0,
        hostVerifier: (blob: Buffer) => this.#verifyHost(blob),
        // The types leave out `false`, ssh2's word for "no further method".
        authHandler: (left, partial, next) => {
          void this.#authentication.next(left, partial).then((method) => next(method as never));
        },
        debug: (line) => this.#readDebug(line),
      });
    } catch (error) {
      this.#fail(this.#named('handshake-failed', `the connection could not be started (${String(error)}).`));
    }
    this.#stream.on('data', (piece: Buffer) => this.#identify(piece));
  }

  #listen(): void {
    const client = this.#client;
    // For life: ssh2 can report two or three errors for one connection, and one without a listener ends the process.
    client.on('error', (error) => this.#onError(error));
    client.on('handshake', (negotiated) => {
      tolerateInRekey(client);
      // A later one renews the keys in whatever phase the connection is.
      const isFirst = this.#algorithms.length === 0;
      this.#algorithms = algorithmsInUse(negotiated);
      if (isFirst && this.#waiting.isOn)
        this.#waiting.enter('authentication', this.#options.limits.authenticationMs);
    });
    client.on('ready', () => this.#waiting.end(null));
    client.on('change password', (prompt) => this.#authentication.passwordChangeAsked(prompt));
    client.on('banner', (text) => {
      this.#options.log.debug('login banner', { router: this.#endpoint.name, text: printable(text) });
    });
    client.on('end', () => this.#lost(`closed by the ${nounOf(this.#endpoint)}`));
    client.on('close', () => this.#lost('closed'));
  }

  #readDebug(line: string): void {
    if (!this.#waiting.isOn) return;
    this.#negotiation.read(line);
    this.#authentication.readDebug(line);
    // Not when the router renews its keys later: the session is then where it has to be.
    if (this.#algorithms.length === 0 && choosesGroupExchange(line)) this.#options.onGroupExchange?.();
  }

  #identify(piece: Uint8Array): void {
    if (this.#waiting.phase !== 'identification' || !this.#waiting.isOn) return;
    this.#identification.read(piece);
    const refusal = this.#identification.refusal(this.#endpoint);
    if (refusal !== null) this.#fail(refusal);
    else if (this.#identification.line !== null)
      this.#waiting.enter('key-exchange', this.#options.limits.keyExchangeMs);
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

  #enterAuthentication(ms: number, isAtGate: boolean): void {
    this.#isAtGate = isAtGate;
    if (this.#waiting.isOn) this.#waiting.enter('authentication', ms);
  }

  #facts(): HandshakeFacts {
    if (this.#key === null) throw new Error('logged in without a host key');
    // The signature over the key is verified by now, so the key is the server's own.
    const recorded = this.#isNewKey ? [this.#check.record(this.#key)] : [];
    const seen = handshakeRemarks(this.#key, this.#algorithms, this.#endpoint);
    return {
      identification: printable(this.#identification.line ?? ''),
      hostKey: this.#key,
      algorithms: this.#algorithms,
      remarks: [...recorded, ...seen, ...this.#credentials.remarks],
    };
  }

  async #run(start: () => void): Promise<ConnectError | null> {
    if (this.#end.because !== null) return lostError(this.#progress());
    return this.#waiting.run(start);
  }

  /** Ends the waiting with an error and the connection with it; the first error counts. */
  #fail(error: ConnectError): void {
    if (!this.#waiting.end(error)) return;
    this.#client.end();
    setTimeout(() => this.#stream.destroy(), DESTROY_AFTER_MS).unref();
  }

  #onError(error: SshError): void {
    this.#options.log.debug('ssh error', {
      router: this.#endpoint.name,
      phase: this.#waiting.phase,
      message: printable(error.message),
    });
    // An agent or a key that could not sign: the next credential is asked for by itself.
    if (error.level === 'agent' || SIGNING_FAILED.test(error.message)) return;
    if (!this.#waiting.isOn) this.#end.lost(printable(error.message), false);
    this.#fail(errorFor(this.#progress(), error));
    if (!this.#waiting.isOn && error.level === 'client-socket') this.#lost(printable(error.message));
  }

  #lost(because: string): void {
    this.#fail(lostError(this.#progress()));
    this.#end.lost(because);
  }

  #tooLate(ms: number): ConnectError {
    if (this.#isAtGate && this.#waiting.phase === 'authentication')
      return this.#authentication.waitedTooLong(seconds(ms));
    return timeoutError(this.#progress(), ms);
  }

  #progress(): Progress {
    return {
      phase: this.#waiting.phase,
      target: this.#endpoint,
      identification: this.#identification,
      negotiation: this.#negotiation,
      authentication: this.#authentication,
    };
  }

  #named(name: ConnectError['name'], text: string): ConnectError {
    return connectError(name, this.#waiting.phase, `${where(this.#endpoint)}: ${text}`);
  }
}

const DESTROY_AFTER_MS = 500;
// "Error signing data with key: ...", "Error while signing with key: ..."
const SIGNING_FAILED = /^Error (?:while )?signing /;
