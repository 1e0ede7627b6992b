import type { Fact } from '../parsed.ts';
import type { PrintedDate } from '../show-clock/printed-date.ts';

/** Whether the router's clock follows NTP. Times in milliseconds or seconds as named; null where the layout leaves a value out. */
export interface NtpStatus extends Fact {
  /** False when NTP is switched off; nothing else is known then. */
  readonly enabled: boolean;
  readonly synchronized: boolean | null;
  readonly stratum: number | null;
  /** Address or id of the server the clock follows; null when there is none. */
  readonly reference: string | null;
  readonly referenceTime: PrintedDate | null;
  /** Hundredths of seconds since NTP began. */
  readonly uptimeHundredths: number | null;
  readonly offsetMs: number | null;
  readonly rootDelayMs: number | null;
  readonly rootDispersionMs: number | null;
  readonly peerDispersionMs: number | null;
  /** e.g. `CTRL`, `NSET`, `FREQ`. */
  readonly loopFilter: string | null;
  readonly driftSecPerSec: number | null;
  readonly pollSec: number | null;
  /** Seconds since the clock was last set; null when never or not printed. */
  readonly lastUpdateSec: number | null;
  /** Null when the layout leaves the line out. */
  readonly neverUpdated: boolean | null;
}

export interface NtpStatusFacts {
  readonly status: NtpStatus | null;
}
