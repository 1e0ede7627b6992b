import type { RouterFacts } from '../tunnels/router-facts.ts';
import type { Tunnel } from '../tunnels/tunnel.ts';

/** One end of a tunnel as one router of the run shows it. */
export interface TunnelEnd {
  readonly tunnel: Tunnel;
  readonly facts: RouterFacts;
}

/**
 * The same tunnel seen from the other router: its peer is our local address and its local address is our peer (or, where it has no
 * local address because nothing is applied yet, the address the router was asked at is our peer). Undefined when the
 * other router is not in the run, or when two routers claim the same addresses (nothing is guessed then).
 */
export function farEndOf(near: TunnelEnd, ends: readonly TunnelEnd[]): TunnelEnd | undefined {
  const { tunnel } = near;
  if (tunnel.local === null || tunnel.peer === null) return undefined;
  const found = ends.filter(
    (end) =>
      end.facts.router !== near.facts.router &&
      localOf(end) === tunnel.peer &&
      end.tunnel.peer === tunnel.local,
  );
  return found.length === 1 ? found[0] : undefined;
}

function localOf({ tunnel, facts }: TunnelEnd): string | null {
  return tunnel.local ?? facts.parsed.recording.address;
}
