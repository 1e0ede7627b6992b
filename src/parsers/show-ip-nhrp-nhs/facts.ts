import type { Fact } from '../parsed.ts';

export interface NhrpServer extends Fact {
  readonly interface: string | null;
  readonly address: string;
  readonly responding: boolean;
  readonly expecting: boolean;
  readonly waiting: boolean;
  /** Not configured, but learnt. */
  readonly dynamic: boolean;
  readonly nbma: string | null;
  readonly requestsSent: number | null;
  readonly requestsFailed: number | null;
  readonly repliesReceived: number | null;
  readonly priority: number | null;
  readonly cluster: number | null;
  /** Time in brackets behind `repl-recv`, as printed, e.g. `00:00:49`; not that of a reply where none was received. */
  readonly repliedAgo: string | null;
  /** Of the detailed form. */
  readonly currentRequestId: number | null;
  readonly acknowledgedRequestId: number | null;
  readonly protectionSocketRequested: boolean | null;
}

/** A registration request that was not answered. */
export interface PendingRegistration extends Fact {
  readonly requestId: number;
  readonly retries: number;
  readonly server: string;
  readonly expired: boolean;
  /** As printed, e.g. `Tu0`. */
  readonly interface: string | null;
}

export interface NhrpNhsFacts {
  readonly servers: readonly NhrpServer[];
  readonly pending: readonly PendingRegistration[];
}
