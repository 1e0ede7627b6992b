import type { Fact } from '../parsed.ts';

/** One IKEv1 peer the router has or had an SA with. */
export interface IsakmpPeer extends Fact {
  readonly peer: string;
  readonly port: number;
  /** Address of this router; null in releases that do not print it. */
  readonly local: string | null;
  /** Identity the peer sent, a name or an address; null when it sent none yet. */
  readonly phase1Id: string | null;
  readonly description: string | null;
  /** As printed, e.g. `PEER_POLICY`: a policy is configured for this peer. */
  readonly flags: string | null;
}

export interface IsakmpPeersFacts {
  readonly peers: readonly IsakmpPeer[];
}
