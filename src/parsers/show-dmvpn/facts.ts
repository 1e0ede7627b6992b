import type { Fact } from '../parsed.ts';

export interface DmvpnPeer extends Fact {
  readonly interface: string | null;
  readonly role: 'hub' | 'spoke' | 'unknown';
  /** null when printed as UNKNOWN. */
  readonly nbma: string | null;
  readonly tunnelAddress: string | null;
  /** UP, NHRP, IPSEC, IKE, INTF. */
  readonly state: string;
  /** As printed; `never` stays text. */
  readonly upDown: string;
  readonly attributes: string;
}

export interface DmvpnFacts {
  readonly peers: readonly DmvpnPeer[];
}
