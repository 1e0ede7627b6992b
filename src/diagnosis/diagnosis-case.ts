import type { RouterFacts } from '../tunnels/router-facts.ts';
import type { Tunnel } from '../tunnels/tunnel.ts';

/** One end of a tunnel with the router it is on. */
export interface End {
  readonly tunnel: Tunnel;
  readonly facts: RouterFacts;
}

/** What conditions are evaluated against: one tunnel (null for router findings), its router, and the far end when it is in the run. */
export interface DiagnosisCase {
  readonly tunnel: Tunnel | null;
  readonly facts: RouterFacts;
  /** All tunnels of this router. */
  readonly tunnels: readonly Tunnel[];
  readonly farEnd: End | null;
}
