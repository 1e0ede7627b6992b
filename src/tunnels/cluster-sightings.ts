import type { Sighting } from './sightings.ts';

/** The mentions of one tunnel. */
export interface Cluster {
  readonly peer: string;
  readonly local: string | null;
  readonly port: number | null;
  readonly fvrf: string | null;
  readonly sightings: readonly Sighting[];
  /** Other tunnels have the same addresses and differ by port: what prints no port may be of any of them. */
  readonly isShared: boolean;
}

/** Ports that tell no peer from another: the usual ones, and that of group members. */
const USUAL_PORTS: readonly (number | null)[] = [500, 848, null];
const NAT_PORT = 4500;

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
  const shared = sharedPeers(sightings);
  const portOf = (sighting: Sighting): number | null =>
    shared.has(sighting.peer) ? distinctPort(sighting) : translatedPort(sighting);
  const ordered = [...sightings].sort((a, b) => certainty(b, portOf(b)) - certainty(a, portOf(a)));
  for (const sighting of ordered) {
    const port = portOf(sighting);
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
  return clusters.map((cluster) => ({
    ...cluster,
    port: cluster.port === NAT_PORT ? null : cluster.port,
    isShared: clusters.some(
      (other) =>
        other !== cluster &&
        other.peer === cluster.peer &&
        compatible(other.local, cluster.local) &&
        other.port !== cluster.port,
    ),
  }));
}

/** Addresses behind which one table shows more than one port: several peers behind one NAT. */
function sharedPeers(sightings: readonly Sighting[]): ReadonlySet<string> {
  const ports = new Map<string, Set<number>>();
  for (const sighting of sightings) {
    const port = distinctPort(sighting);
    if (port === null) continue;
    const key = `${sighting.of.kind} ${sighting.peer}`;
    ports.set(key, (ports.get(key) ?? new Set()).add(port));
  }
  return new Set(
    sightings
      .filter(({ of, peer }) => (ports.get(`${of.kind} ${peer}`)?.size ?? 0) > 1)
      .map(({ peer }) => peer),
  );
}

function distinctPort({ port }: Sighting): number | null {
  return USUAL_PORTS.includes(port) ? null : port;
}

function translatedPort({ port }: Sighting): number | null {
  return port === NAT_PORT || USUAL_PORTS.includes(port) ? null : port;
}

/** Mentions that say most come first, so that the vaguer ones join them. */
function certainty(sighting: Sighting, port: number | null): number {
  return (sighting.local === null ? 0 : 4) + (port === null ? 0 : 2) + (sighting.fvrf === null ? 0 : 1);
}

function compatible<T>(known: T | null, seen: T | null): boolean {
  return known === null || seen === null || known === seen;
}
