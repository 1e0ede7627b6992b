import type { Fact } from '../parsed.ts';

export interface SessionIkeSa extends Fact {
  readonly version: 1 | 2;
  readonly local: string;
  readonly localPort: number | null;
  readonly remote: string;
  readonly remotePort: number | null;
  /** Active / Inactive as printed. */
  readonly active: boolean;
  readonly capabilities: string | null;
  readonly connId: number | null;
  readonly lifetime: string | null;
}

export interface SessionFlow extends Fact {
  /** e.g. `permit 47 host 10.0.0.1 host 10.0.0.2` as printed after IPSEC FLOW. */
  readonly text: string;
  readonly activeSas: number | null;
  readonly origin: string | null;
  readonly inboundPackets: number | null;
  readonly inboundDrops: number | null;
  readonly outboundPackets: number | null;
  readonly outboundDrops: number | null;
  readonly inboundLifetime: { readonly kb: number | null; readonly seconds: number | null } | null;
  readonly outboundLifetime: { readonly kb: number | null; readonly seconds: number | null } | null;
  readonly packetLines: { readonly inbound: number | null; readonly outbound: number | null };
}

/** One block of `show crypto session [detail]`. */
export interface CryptoSession extends Fact {
  readonly interface: string | null;
  readonly profile: string | null;
  /** As printed: `00:10:12`, `7w0d`; null when not printed. */
  readonly uptime: string | null;
  readonly uptimeLine: number | null;
  /** UP-ACTIVE, UP-IDLE, UP-NO-IKE, DOWN, DOWN-NEGOTIATING. */
  readonly status: string | null;
  readonly statusLine: number | null;
  readonly peer: string | null;
  readonly peerPort: number | null;
  readonly fvrf: string | null;
  readonly ivrf: string | null;
  readonly phase1Id: string | null;
  readonly description: string | null;
  readonly ikeSas: readonly SessionIkeSa[];
  readonly flows: readonly SessionFlow[];
}

export interface CryptoSessionFacts {
  readonly sessions: readonly CryptoSession[];
}
