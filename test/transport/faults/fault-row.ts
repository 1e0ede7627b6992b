import type { Collected, Refusal } from '../../../src/evidence/collected.ts';
import type { ConnectError, ConnectErrorName, Phase } from '../../../src/transport/connect-error.ts';
import type { MockPlace } from './mock-place.ts';
import type { StandInPlace } from './stand-in-place.ts';

/** C connect, H handshake, A authentication, S session start, X command, O output, E end, D meaning; null: no fault at all. */
export type FaultClass = 'C' | 'H' | 'A' | 'S' | 'X' | 'O' | 'E' | 'D';

/** What was seen when a fault was provoked. */
export interface Seen {
  /** Null when a session was had. */
  readonly error: ConnectError | null;
  /** In the order in which they were asked. */
  readonly outputs: readonly Collected[];
  /** What the router would have answered in full, by command. */
  readonly served: Readonly<Record<string, string>>;
  /** Everything beside the error and the outputs that a person reads about this router. */
  readonly remarks: readonly string[];
  /** TCP connections that came, where the server counts them. */
  readonly connections?: number;
  /** Logins that an AAA server would have counted: credentials sent and judged. */
  readonly attempts?: number;
}

/** How one command must have ended. `whole`: byte for byte what the router has. */
export type End =
  | 'whole'
  /** As `whole`, but lines may be broken where the router wrote a line of its own into one of them. */
  | 'whole-in-pieces'
  | 'not-run'
  | { readonly cut: string }
  | { readonly refused: Refusal; readonly reason: string | RegExp };

export interface Expected {
  /** The named error; without one a session must have been had. */
  readonly error?: ConnectErrorName;
  readonly phase?: Phase;
  /** One for each command asked, in order; without it all are `whole`. */
  readonly ends?: readonly End[];
  /** What the message, a reason or a remark must hold. */
  readonly says?: readonly (string | RegExp)[];
  /** What none of them may hold. */
  readonly saysNot?: readonly (string | RegExp)[];
  readonly connections?: number;
  readonly attempts?: number;
}

/** One way to provoke a fault, and what must be seen then. */
export interface Way extends Expected {
  readonly how: string;
  /** Evidence that only this fault has; it throws when something is not as it must be. */
  readonly also?: (seen: Seen) => void;
}

/** One row of the page of faults. */
export interface FaultRow {
  readonly number: number;
  /** In our own words. */
  readonly what: string;
  readonly class: FaultClass | null;
  /** What another try is worth: null where the page says nothing. */
  readonly retry: 'never' | 'later' | 'at-once' | null;
  /** Against a server of this process: a bare socket, the mock router, the program itself. */
  readonly here?: readonly (Way & { readonly provoke: (place: MockPlace) => Promise<Seen> })[];
  /** Against the OpenSSH stand-in. */
  readonly standIn?: readonly (Way & { readonly provoke: (place: StandInPlace) => Promise<Seen> })[];
  /** Why it can be provoked nowhere here. */
  readonly cannot?: string;
}
