import type { Fact } from '../parsed.ts';
import type { Ikev2Sa } from '../show-crypto-ikev2-sa/facts.ts';

/** What one child SA protects: address ranges with ports as printed, `10.1.0.0/0 - 10.1.255.255/65535`. */
export interface Selector extends Fact {
  readonly local: string;
  /** null when the line with it is missing. */
  readonly remote: string | null;
}

/** A pair of SPIs, `0x` and lower case; null: 0x0, there is none. */
export interface SpiPair extends Fact {
  readonly inbound: string | null;
  readonly outbound: string | null;
}

/** One child SA: the pair of IPsec SAs below an IKEv2 SA. */
export interface ChildSa extends Fact {
  readonly selectors: readonly Selector[];
  readonly esp: SpiPair | null;
  readonly ah: SpiPair | null;
  /** Numbers of IP compression, in the place of an SPI. */
  readonly cpi: SpiPair | null;
  /** Of the detailed form; null when not printed. */
  readonly encr: string | null;
  readonly keySize: number | null;
  readonly espHmac: string | null;
  readonly ahHmac: string | null;
  readonly compression: string | null;
  /** tunnel or transport. */
  readonly mode: string | null;
}

/** One IKEv2 SA with its child SAs. */
export interface SessionSa extends Omit<Ikev2Sa, 'childSas'> {
  readonly childSas: readonly ChildSa[];
}

/** One session: what the router has with one peer. */
export interface Ikev2Session extends Fact {
  /** null when the line that begins the session is missing; so are the three below. */
  readonly sessionId: number | null;
  /** UP-ACTIVE, UP-IDLE, DOWN-NEGOTIATING … as printed. */
  readonly status: string | null;
  readonly ikeCount: number | null;
  readonly childCount: number | null;
  readonly sas: readonly SessionSa[];
}

export interface Ikev2SessionFacts {
  readonly sessions: readonly Ikev2Session[];
}
