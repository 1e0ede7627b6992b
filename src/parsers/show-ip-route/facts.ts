import type { Fact } from '../parsed.ts';

/** Answer of `show ip route <address>`. */
export interface IpRouteFacts {
  /** null: the text is no answer to the question. */
  readonly answer:
    | (Fact & {
        readonly found: boolean;
        /** `198.51.100.0/24`; null when there is no route. */
        readonly prefix: string | null;
        /** `static`, `connected`, `ospf 1` … */
        readonly knownVia: string | null;
        readonly nextHops: readonly string[];
      })
    | null;
}
