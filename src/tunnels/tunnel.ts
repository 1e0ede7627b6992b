import type { Interval } from '../core/time.ts';
import type { Gap } from '../evidence/gap.ts';
import type { Source } from '../evidence/source.ts';
import type { FlowCounters, IpsecFlow } from '../parsers/show-crypto-ipsec-sa/facts.ts';
import type { CryptoMapEntry } from '../parsers/show-crypto-map/facts.ts';
import type { LogMessage } from '../parsers/show-logging/facts.ts';

export type Role = 'initiator' | 'responder' | 'unknown';

/** One IKE SA (v1 or v2) of this tunnel as one of the tables shows it. */
export interface IkeRow {
  readonly version: 1 | 2;
  readonly role: Role;
  readonly state: string;
  readonly connId: number | null;
  readonly deleted: boolean;
  readonly standby: boolean;
  /** IKEv2 detailed form: is the responder's SPI still zero? null when not printed. */
  readonly remoteSpiZero: boolean | null;
  /** IKEv2: seconds since the SA was made; null when not printed. */
  readonly activeSec: number | null;
  readonly source: Source;
}

export type Phase1Kind = 'absent' | 'negotiating' | 'deleted-only' | 'established' | 'no-ike' | 'unknown';

export interface Phase1 {
  readonly rows: readonly IkeRow[];
  readonly kind: Phase1Kind;
  readonly version: 1 | 2 | null;
  /** State of the row that decides: the newest living one, else the newest deleted one. */
  readonly state: string | null;
  /** Why the kind is unknown, or what a table that did not answer might still hold. */
  readonly gaps: readonly Gap[];
}

export type Phase2Kind = 'absent' | 'inbound-only' | 'outbound-only' | 'up' | 'rekeying' | 'unknown';
export type TrafficKind = 'both-ways' | 'encaps-only' | 'decaps-only' | 'none' | 'unknown';

/** Change of a flow's counters between two samples of the same SAs. */
export interface FlowDelta {
  readonly seconds: number | null;
  readonly encaps: number | null;
  readonly decaps: number | null;
}

/** One proxy-identity pair of a tunnel. */
export interface Flow {
  readonly facts: IpsecFlow;
  readonly phase2: Phase2Kind;
  readonly traffic: TrafficKind;
  readonly delta: FlowDelta | null;
  /** Lines that show the counters (encaps, decaps), and the SAs. */
  readonly trafficSources: readonly Source[];
  /** The lines of the two proxy identities. */
  readonly identSources: readonly Source[];
  /** The line of each counter that was printed. */
  readonly counterSources: Readonly<Partial<Record<keyof FlowCounters, Source>>>;
  readonly phase2Source: Source;
  /** The `Crypto map tag` line the flow stands under. */
  readonly headingSource: Source;
  /** The `current_peer` line. */
  readonly source: Source;
}

export interface SessionSight {
  readonly status: string;
  readonly uptimeSec: number | null;
  readonly statusSource: Source;
  readonly activeSas: number | null;
  readonly inboundPackets: number | null;
  readonly outboundPackets: number | null;
  readonly packetSources: readonly Source[];
}

export interface ConfiguredEntry {
  readonly entry: CryptoMapEntry;
  /** Interfaces that use the map; null when the output does not tell. */
  readonly interfaces: readonly string[] | null;
  readonly interfacesSource: Source | null;
  readonly pfsSource: Source | null;
  readonly source: Source;
}

export type AttributedBy = 'peer' | 'conn-id' | 'spi' | 'identity' | 'time';
/**
 * live: belongs to what the tables show now. before-session: older than the present session (history). at-setup: within the
 * session's first moments. stale: the tunnel is down but the line is old. undated: no usable time.
 */
export type MessageAge = 'live' | 'at-setup' | 'before-session' | 'stale' | 'undated';

export interface AttributedMessage {
  readonly message: LogMessage;
  readonly source: Source;
  readonly by: AttributedBy;
  readonly age: MessageAge;
  /** Logged within the last half hour of the evidence, or without a usable time. */
  readonly isFresh: boolean;
}

export type Expect = 'always-up' | 'on-demand' | 'backup' | 'dynamic' | 'off' | 'unknown';

export interface Attachment {
  readonly kind: 'crypto-map' | 'tunnel-protection' | 'dynamic' | 'gdoi' | 'unknown';
  readonly interface: string | null;
  readonly name: string | null;
}

/** Everything between one local and one peer address in one front-door VRF. */
export interface Tunnel {
  readonly id: string;
  readonly router: string;
  readonly local: string | null;
  readonly peer: string | null;
  readonly peerIdentity: string | null;
  readonly peerPort: number | null;
  readonly fvrf: string | null;
  readonly ivrf: string | null;
  readonly attachment: Attachment;
  readonly description: string | null;
  readonly site: string | null;
  readonly expect: Expect;
  /** Known from the inventory alone: no table, no configuration and no log line names it. */
  readonly isDeclared: boolean;
  readonly role: Role;
  readonly natt: boolean;
  readonly phase1: Phase1;
  readonly flows: readonly Flow[];
  /** Why flows may be missing from the list; empty when the IPsec table answered in full. */
  readonly phase2Gaps: readonly Gap[];
  readonly sessions: readonly SessionSight[];
  readonly dmvpn: { readonly state: string; readonly source: Source } | null;
  readonly configured: readonly ConfiguredEntry[];
  readonly messages: readonly AttributedMessage[];
  /** When the present session began, by the router's clock; null when there is none or nothing tells. */
  readonly since: Interval | null;
}
