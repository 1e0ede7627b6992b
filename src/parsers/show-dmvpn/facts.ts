import type { Fact } from '../parsed.ts';
import type { CryptoSession } from '../show-crypto-session/facts.ts';

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

/** One block below `Crypto Session Details:` of the detail form. */
export interface DmvpnSession extends CryptoSession {
  /** Hex, lower case, with 0x; `0x0` = no outbound SA. */
  readonly outboundSpi: string | null;
  readonly transform: string | null;
  /** `Open`, `Closed` as printed. */
  readonly socketState: string | null;
}

/** One line of the `IPv4 NHS:` list of the detail form. */
export interface DmvpnServer extends Fact {
  readonly interface: string | null;
  readonly address: string;
  readonly nbma: string | null;
  readonly responding: boolean;
  readonly expecting: boolean;
}

export interface DmvpnFacts {
  readonly peers: readonly DmvpnPeer[];
  readonly servers: readonly DmvpnServer[];
  readonly sessions: readonly DmvpnSession[];
}
