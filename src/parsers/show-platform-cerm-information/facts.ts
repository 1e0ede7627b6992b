import type { Fact } from '../parsed.ts';

/** One thing the export licence limits. */
export interface CermResource extends Fact {
  /** As printed, e.g. `Tx Bandwidth(in kbps)`, `Number of tunnels`. */
  readonly name: string;
  readonly maximum: number;
  readonly available: number;
}

/** What one user of encryption has reserved: a number, `D` (dynamic) or `N/A`, as printed. */
export interface CermClient extends Fact {
  readonly client: string;
  readonly txKbps: string;
  readonly rxKbps: string;
  readonly tunnels: string;
  readonly tlsSessions: string;
}

/** Counters of what was refused since the router started. */
export interface CermFailures extends Fact {
  readonly tunnels: number | null;
  readonly sessions: number | null;
  readonly encryptPackets: number | null;
  readonly encryptBytes: number | null;
  readonly decryptPackets: number | null;
  readonly decryptBytes: number | null;
}

export interface CermFacts {
  /** Whether the export restrictions are enforced; null when the line is missing. */
  readonly functionality: (Fact & { readonly enabled: boolean }) | null;
  readonly resources: readonly CermResource[];
  readonly clients: readonly CermClient[];
  readonly failures: CermFailures | null;
}
