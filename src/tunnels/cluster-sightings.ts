import type { Sighting } from './sightings.ts';

/** The mentions of one tunnel. */
export interface Cluster {
  readonly peer: string;
  readonly local: string | null;
  readonly port: number | null;
  readonly fvrf: string | null;
  readonly sightings: readonly Sighting[];
}

const IKE_PORTS: readonly (number | null)[] = [500, 4500, null];

/**
 * Joins mentions into tunnels: same peer, same local address where both are known, same front-door VRF where both are known.
 * Peers behind one NAT address are told apart by their translated port. A mention without a local address joins every
 * tunnel of that peer when there is just one, and the first one otherwise.
 */
export function clusterSightings(sightings: readonly Sighting[]): readonly Cluster[] {
  const clusters: {
    peer: string;
    local: string | null;
    port: number | null;
    fvrf: string | null;
    sightings: Sighting[];
  }[] = [];
  for (const sighting of [...sightings].sort((a, b) => certainty(b) - certainty(a))) {
    const port = IKE_PORTS.includes(sighting.port) ? null : sighting.port;
    const found = clusters.find(
      (cluster) =>
        cluster.peer === sighting.peer &&
        compatible(cluster.local, sighting.local) &&
        compatible(cluster.fvrf, sighting.fvrf) &&
        compatible(cluster.port, port),
    );
    if (found === undefined) {
      clusters.push({
        peer: sighting.peer,
        local: sighting.local,
        port,
        fvrf: sighting.fvrf,
        sightings: [sighting],
      });
      continue;
    }
    found.sightings.push(sighting);
    found.local ??= sighting.local;
    found.fvrf ??= sighting.fvrf;
    found.port ??= port;
  }
  return clusters;
}

/** Mentions that say most come first, so that the vaguer ones join them. */
function certainty(sighting: Sighting): number {
  return (
    (sighting.local === null ? 0 : 4) + (sighting.port === null ? 0 : 2) + (sighting.fvrf === null ? 0 : 1)
  );
}

function compatible<T>(known: T | null, seen: T | null): boolean {
  return known === null || seen === null || known === seen;
}
