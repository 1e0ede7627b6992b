import type { Fact } from '../parsed.ts';

export interface NhrpServer extends Fact {
  readonly interface: string | null;
  readonly address: string;
  readonly responding: boolean;
  readonly expecting: boolean;
  readonly nbma: string | null;
  readonly requestsSent: number | null;
  readonly requestsFailed: number | null;
  readonly repliesReceived: number | null;
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
