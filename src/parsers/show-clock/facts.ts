import type { Interval } from '../../core/time.ts';
import type { Fact } from '../parsed.ts';

export interface ClockFacts {
  readonly clock:
    | (Fact & {
        readonly text: string;
        /** The router's wall time read as if it were UTC; compare only with stamps of the same router. */
        readonly at: Interval;
        readonly year: number;
        /** `*`: not authoritative, `.`: was synchronised, null: in step. */
        readonly mark: '*' | '.' | null;
        readonly zone: string | null;
        /** `Time source is NTP` … of the detail form. */
        readonly timeSource: string | null;
      })
    | null;
}
