import type { Collected } from './collected.ts';

/** Raw outputs of one router at one time, with how each command ended: the currency between collection and everything after. */
export interface Recording {
  readonly router: string;
  readonly address: string | null;
  /** ISO 8601 UTC, or null when unknown (pasted text, bare folders). */
  readonly collectedAt: string | null;
  readonly outputs: readonly Collected[];
  /** Files or pasted parts that are no show output we know; listed, never an error. */
  readonly notUsed: readonly string[];
  /** What the transport saw that is worth a remark: small host key, privilege 1, paging could not be switched off, a log line inside output … */
  readonly remarks: readonly string[];
  /** Version of the program that collected it, when the recording tells. */
  readonly toolVersion?: string;
  /** What was taken out before storing, one sentence each. */
  readonly redactions?: readonly string[];
}
