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

export interface NhrpNhsFacts {
  readonly servers: readonly NhrpServer[];
}
