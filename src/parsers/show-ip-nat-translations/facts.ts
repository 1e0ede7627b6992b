import type { Fact } from '../parsed.ts';

/** An address of a translation, with its port (for ICMP: the identifier) where there is one. ESP has an SPI in the place of a port. */
export interface NatEnd {
  readonly address: string;
  readonly port: number | null;
  /** Of ESP: hex, lower case, with 0x. `0x0`: not known for this end. */
  readonly spi: string | null;
  /** As printed, e.g. `192.0.2.1:1024`. */
  readonly text: string;
}

/** One translation. An end is null where the router prints `---`. */
export interface NatTranslation extends Fact {
  /** tcp, udp, icmp, esp …; null for a translation of addresses alone. */
  readonly protocol: string | null;
  readonly insideGlobal: NatEnd | null;
  readonly insideLocal: NatEnd | null;
  readonly outsideLocal: NatEnd | null;
  readonly outsideGlobal: NatEnd | null;
  /** Printed by the verbose form only. */
  readonly vrf: string | null;
  /** Time since it was made and since it was last used, and until it ends, as printed (verbose form). */
  readonly created: string | null;
  readonly used: string | null;
  readonly left: string | null;
}

export interface NatTranslationFacts {
  readonly translations: readonly NatTranslation[];
  /** The total the router prints below the table (IOS-XE). */
  readonly total: number | null;
}
