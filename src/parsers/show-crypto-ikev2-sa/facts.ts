import type { Fact } from '../parsed.ts';

/** One SA of `show crypto ikev2 sa [detailed]`; fields of the detailed form are null when not printed. */
export interface Ikev2Sa extends Fact {
  readonly family: 'ipv4' | 'ipv6';
  readonly tunnelId: number;
  readonly local: string;
  readonly localPort: number;
  readonly remote: string;
  readonly remotePort: number;
  readonly fvrf: string | null;
  readonly ivrf: string | null;
  /** READY, IN-NEG, DELETE … as printed. */
  readonly status: string;
  readonly encr: string | null;
  readonly keySize: number | null;
  readonly prf: string | null;
  readonly hash: string | null;
  readonly dhGroup: string | null;
  readonly authSign: string | null;
  readonly authVerify: string | null;
  readonly lifetimeSec: number | null;
  readonly activeSec: number | null;
  readonly statusDescription: string | null;
  /** Hex as printed; all zeros: the peer's first answer has not come. */
  readonly localSpi: string | null;
  readonly remoteSpi: string | null;
  readonly localId: string | null;
  readonly remoteId: string | null;
  /** null when not printed. */
  readonly natDetected: boolean | null;
  readonly dpdSec: number | null;
  /** Post-quantum key exchange as printed, e.g. `ML-KEM-768`. */
  readonly pqc: string | null;
  readonly initiator: boolean | null;
  readonly childSas: readonly (Fact & {
    readonly localSelector: string | null;
    readonly remoteSelector: string | null;
    readonly spis: readonly string[];
  })[];
}

export interface Ikev2SaFacts {
  readonly sas: readonly Ikev2Sa[];
}
