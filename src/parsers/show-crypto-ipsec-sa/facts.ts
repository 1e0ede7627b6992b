import type { Fact } from '../parsed.ts';

/** One proxy identity as printed: `(10.1.0.0/255.255.0.0/0/0)`. */
export interface ProxyIdentity {
  readonly address: string;
  readonly mask: string;
  /** null when the mask is not contiguous. */
  readonly prefix: number | null;
  readonly protocol: number;
  readonly port: number;
}

/** One security association of one direction. */
export interface IpsecSa extends Fact {
  /** Hex, lower case, with 0x. */
  readonly spi: string;
  readonly transform: readonly string[];
  /** Tunnel or Transport. */
  readonly mode: string | null;
  /** UDP encapsulation. */
  readonly natt: boolean;
  /** Extended sequence numbers. */
  readonly esn: boolean;
  readonly connId: number | null;
  readonly flowId: string | null;
  readonly cryptoMap: string | null;
  /** Remaining lifetime in kilobytes and seconds. */
  readonly lifetimeKb: number | null;
  readonly lifetimeSec: number | null;
  readonly ivSize: number | null;
  readonly replayDetection: boolean | null;
  readonly replayWindow: number | null;
  /** `ACTIVE`, `ACTIVE(ACTIVE)`, `ACTIVE(STANDBY)`… as printed. */
  readonly status: string | null;
}

export interface DirectionSas {
  readonly esp: readonly IpsecSa[];
  readonly ah: readonly IpsecSa[];
  readonly pcp: readonly IpsecSa[];
}

/** An SA whose direction or SPI was not printed (filtered or damaged output): it is there, but cannot be placed. */
export type UnplacedSa = Omit<IpsecSa, 'spi'> & { readonly spi: string | null };

/** Counters of one flow since the flow was made; they run on across rekeys. Null: not printed. */
export interface FlowCounters {
  readonly encaps: number | null;
  readonly encrypt: number | null;
  readonly digest: number | null;
  readonly decaps: number | null;
  readonly decrypt: number | null;
  readonly verify: number | null;
  readonly sendErrors: number | null;
  readonly recvErrors: number | null;
  // `detail` form
  readonly noSaSend: number | null;
  readonly invalidSaRecv: number | null;
  readonly encapsFailedSend: number | null;
  readonly decapsFailedRecv: number | null;
  readonly invalidProtRecv: number | null;
  readonly verifyFailed: number | null;
  readonly invalidIdentityRecv: number | null;
  readonly invalidLenRecv: number | null;
  readonly replayRolloverSend: number | null;
  readonly replayRolloverRecv: number | null;
  readonly replayFailedRecv: number | null;
  readonly internalErrSend: number | null;
  readonly internalErrRecv: number | null;
}

/** One identity pair of `show crypto ipsec sa`. */
export interface IpsecFlow extends Fact {
  /** Interface heading it stands under; null when the output was filtered. */
  readonly interface: string | null;
  readonly cryptoMapTag: string | null;
  readonly localAddr: string | null;
  /** null for `(none)`. */
  readonly protectedVrf: string | null;
  readonly localIdent: ProxyIdentity | null;
  readonly remoteIdent: ProxyIdentity | null;
  readonly peer: string | null;
  readonly peerPort: number | null;
  /** PERMIT or DENY line: true, false, or null when not printed. */
  readonly permit: boolean | null;
  /** e.g. `origin_is_acl`, `ipsec_sa_request_sent`. */
  readonly flags: readonly string[];
  readonly counters: FlowCounters;
  /** Line numbers of the encaps, decaps and error counter lines, so that a report quotes the right one. */
  readonly counterLines: {
    readonly encaps: number | null;
    readonly decaps: number | null;
    readonly errors: number | null;
  };
  readonly localEndpoint: string | null;
  readonly remoteEndpoint: string | null;
  readonly plaintextMtu: number | null;
  readonly pathMtu: number | null;
  readonly ipMtu: number | null;
  /** Hex, lower case, with 0x; `0x0` = no outbound SA. null = line not printed. */
  readonly currentOutboundSpi: string | null;
  readonly outboundSpiLine: number | null;
  readonly pfs: boolean | null;
  readonly dhGroup: string | null;
  /** Post-quantum key exchange as printed, e.g. `ML-KEM-1024`. */
  readonly pqc: string | null;
  readonly inbound: DirectionSas;
  readonly outbound: DirectionSas;
  readonly unplaced: readonly UnplacedSa[];
}

export interface IpsecSaFacts {
  readonly flows: readonly IpsecFlow[];
  /** Interfaces with a crypto map heading but no flow beneath. */
  readonly interfaces: readonly (Fact & {
    readonly interface: string;
    readonly cryptoMapTag: string | null;
    readonly localAddr: string | null;
  })[];
}
