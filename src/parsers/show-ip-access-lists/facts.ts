import type { Fact } from '../parsed.ts';

/** One line of an access list. */
export interface AccessListEntry extends Fact {
  readonly sequence: number | null;
  readonly action: 'permit' | 'deny';
  /** The line without its sequence number and match count, e.g. `ip 10.1.0.0 0.0.255.255 10.2.0.0 0.0.255.255`. */
  readonly text: string;
  /** Packets counted; 0 when none were printed (IOS leaves the count out then). */
  readonly matches: number;
}

export interface AccessList extends Fact {
  readonly name: string;
  readonly type: 'standard' | 'extended';
  readonly entries: readonly AccessListEntry[];
}

export interface AccessListFacts {
  readonly lists: readonly AccessList[];
}
