import type { ConfigBlock } from './config-block.ts';

/** `crypto ipsec transform-set`. */
export interface TransformSetBlock extends ConfigBlock {
  readonly name: string;
  /** A key size belongs to its transform: `esp-aes 256`. */
  readonly transforms: readonly string[];
  /** `tunnel`, `transport`; null for the default, which is tunnel. */
  readonly mode: string | null;
}

/** What an IPsec profile and an entry of a crypto map both set. */
export interface IpsecSettings {
  readonly transformSets: readonly string[];
  readonly pfs: boolean;
  /** Group of perfect forward secrecy as printed (`group14`); null where none is named. */
  readonly dhGroup: string | null;
  readonly isakmpProfile: string | null;
  readonly ikev2Profile: string | null;
  readonly lifetimeSec: number | null;
  /** Kilobytes, or `disable`. */
  readonly lifetimeKb: number | 'disable' | null;
  readonly idleSec: number | null;
  readonly replayWindow: number | 'disable' | null;
  /** Behind `reverse-route`, as printed; `plain` for the word alone. */
  readonly reverseRoute: string | null;
  /** Other `set …` lines, as printed without `set`. */
  readonly otherSettings: readonly string[];
}

/** `crypto ipsec profile`. */
export interface IpsecProfileBlock extends ConfigBlock, IpsecSettings {
  readonly name: string;
  readonly responderOnly: boolean;
}

/** A peer of a crypto map. */
export interface MapPeer {
  /** Address or host name. */
  readonly peer: string;
  readonly dynamic: boolean;
  readonly isDefault: boolean;
}

/** One sequence of a crypto map, or of a dynamic map. */
export interface CryptoMapBlock extends ConfigBlock, IpsecSettings {
  readonly map: string;
  readonly sequence: number;
  /** True for `crypto dynamic-map`. */
  readonly dynamic: boolean;
  /** `ipsec-isakmp`, `ipsec-manual`, `gdoi` …; null for a dynamic map. */
  readonly type: string | null;
  /** Dynamic map that the entry refers to. */
  readonly dynamicMap: string | null;
  readonly description: string | null;
  readonly peers: readonly MapPeer[];
  /** Name or number of the access list. */
  readonly acl: string | null;
  /** Group of GETVPN. */
  readonly gdoiGroup: string | null;
}
