import type { Fact } from '../parsed.ts';

/** Messages by way. Columns a row does not have are null. */
export interface ExchangeCounts {
  /** Sent; of exchanges and notifies the requests alone, the answers being `txResponses`. */
  readonly tx: number;
  readonly txResponses: number | null;
  /** Received, in the same way. */
  readonly rx: number | null;
  readonly rxResponses: number | null;
}

/** Messages since the last clear. */
export interface ExchangeRow extends Fact, ExchangeCounts {
  /**
   * Heading the row stands below, as printed in lower case: exchanges, error notify, other notify, config payload type, other counters;
   * null above the first. A lost heading puts rows below the one before it: find a row by its name.
   */
  readonly section: string | null;
  /** IKE_SA_INIT, NO_PROPOSAL_CHOSEN, CFG_REQUEST, NO_NAT … */
  readonly name: string;
  /** Those that were sent and received again (RTX, RRX), which later releases count in columns behind the others; null when not printed. */
  readonly retransmitted: ExchangeCounts | null;
}

export interface Ikev2StatsExchangeFacts {
  readonly rows: readonly ExchangeRow[];
}
