import type { Fact } from '../parsed.ts';

/** A counter that has no field of its own, under the label it was printed with. */
export interface OtherCounter extends Fact {
  readonly label: string;
  readonly value: number;
}

/** Counters since the last restart or clearing. `lines` spans all of them. */
export interface PkiCounters extends Fact {
  readonly sessionsStarted: number | null;
  readonly sessionsEnded: number | null;
  readonly sessionsActive: number | null;
  readonly validationsSuccessful: number | null;
  readonly validationsFailed: number | null;
  readonly validationsBypassed: number | null;
  readonly validationsPending: number | null;
  readonly crlsChecked: number | null;
  readonly crlFetches: number | null;
  readonly crlFetchesFailed: number | null;
  readonly crlRejectedBusy: number | null;
  readonly aaaAuthorizations: number | null;
}

export interface PkiCounterFacts {
  readonly counters: PkiCounters | null;
  /** Counters of other releases (OCSP …). */
  readonly others: readonly OtherCounter[];
}
