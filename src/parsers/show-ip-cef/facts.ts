import type { Fact } from '../parsed.ts';

/** Answer of `show ip cef <address>`: what forwarding really does with a packet for that address, default route included. */
export interface IpCefFacts {
  /** null: the text is no answer to the question. */
  readonly answer:
    | (Fact & {
        readonly forwards: boolean;
        /** The entry that covers the address, e.g. `0.0.0.0/0`. */
        readonly prefix: string | null;
        readonly nextHops: readonly string[];
      })
    | null;
}
