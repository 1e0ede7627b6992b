import type { Log } from '../core/log.ts';
import type { Collected } from '../evidence/collected.ts';
import type { SessionEvent } from '../evidence/session-transcript.ts';
import type { ConnectError } from './connect-error.ts';
import type { CredentialKind, CredentialOutcome } from './login-gate.ts';
import type { RouterTarget } from './router-target.ts';
import type { CollectorOptions, LiveCollector } from './ssh-collector.ts';
import type { Limits } from './timeouts.ts';

/** What a worker is started with. Plain values only, as all messages here: they are copied from thread to thread. */
export interface WorkerStart {
  readonly target: RouterTarget;
  readonly limits: Partial<Limits>;
  /** What the caller's clock is ahead of the machine's, in milliseconds. */
  readonly clockOffsetMs: number;
  readonly hasGate: boolean;
  /** Whether anybody wants the session's events. */
  readonly isWatched: boolean;
}

export type ToWorker =
  | { readonly kind: 'collect'; readonly id: number; readonly command: string }
  | { readonly kind: 'admitted'; readonly id: number; readonly refusal: string | null }
  | { readonly kind: 'abort' }
  | { readonly kind: 'close' };

/** A credential at one of the gates that the worker asked for. */
export interface GateCredential {
  readonly gate: number;
  readonly credential: CredentialKind;
  readonly key: string | undefined;
}

export type FromWorker =
  | { readonly kind: 'opened'; readonly facts: LiveCollector['facts'] }
  | { readonly kind: 'not-opened'; readonly error: ConnectError }
  | { readonly kind: 'collected'; readonly id: number; readonly collected: Collected }
  | { readonly kind: 'session-event'; readonly event: SessionEvent }
  | {
      readonly kind: 'gate';
      readonly gate: number;
      /** What the caller's `gateOf` is asked with. */
      readonly of: Parameters<NonNullable<CollectorOptions['gateOf']>>;
    }
  | ({ readonly kind: 'admit'; readonly id: number } & GateCredential)
  | ({ readonly kind: 'settle'; readonly outcome: CredentialOutcome } & GateCredential)
  | {
      readonly kind: 'log';
      readonly level: keyof Log;
      readonly message: string;
      readonly fields: Readonly<Record<string, unknown>> | undefined;
    };
