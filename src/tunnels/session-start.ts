import type { Interval } from '../core/time.ts';
import { parseDuration } from '../core/time.ts';
import { back, type RouterClock } from './clock.ts';
import type { Sighting } from './sightings.ts';
import type { Flow, IkeRow } from './tunnel.ts';

/** IOS defaults of the IPsec SA lifetime, in seconds; the lifetime left tells the age only when the whole is known. */
const DEFAULT_SA_LIFETIME = 3600;

/**
 * When the present session began, on the router's clock. In this order: session uptime, IKEv2 active time, the age of the IPsec
 * SAs (configured lifetime less the remaining one; then the session is at least that old). Null without a living session.
 */
export function sessionStart(
  sightings: readonly Sighting[],
  flows: readonly Flow[],
  rows: readonly IkeRow[],
  clock: RouterClock,
): Interval | null {
  if (clock.now === null) return null;
  const told = toldStart(sightings, clock);
  if (told !== null) return told;
  const active =
    rows.find((row) => row.version === 2 && row.state === 'READY' && row.activeSec !== null)?.activeSec ??
    null;
  if (active !== null) return back(clock.now, active, 1);
  return saStart(sightings, flows, clock.now);
}

/** The start that the session itself tells; the age of SAs says only that the session is at least that old. */
export function toldStart(sightings: readonly Sighting[], clock: RouterClock): Interval | null {
  const uptime = clock.now === null ? null : sessionUptime(sightings);
  return uptime === null || clock.now === null ? null : back(clock.now, uptime.seconds, uptime.resolution);
}

function sessionUptime(sightings: readonly Sighting[]): { seconds: number; resolution: number } | null {
  for (const { of } of sightings) {
    if (of.kind !== 'session' || !of.session.status?.startsWith('UP') || of.session.uptime === null) continue;
    return parseDuration(of.session.uptime);
  }
  return null;
}

function saStart(sightings: readonly Sighting[], flows: readonly Flow[], now: Interval): Interval | null {
  const remaining = flows
    .flatMap((flow) => flow.facts.inbound.esp.map((sa) => sa.lifetimeSec ?? -1))
    .filter((sec) => sec >= 0);
  if (remaining.length === 0) return null;
  const most = Math.max(...remaining);
  const whole = sightings.flatMap(({ of }) =>
    of.kind === 'configured' && of.entry.lifetimeSec ? [of.entry.lifetimeSec] : [],
  )[0];
  const lifetime = whole ?? DEFAULT_SA_LIFETIME;
  // A remaining lifetime above the assumed whole one means the assumption is wrong: then nothing is stated.
  if (most > lifetime) return null;
  const age = lifetime - most;
  return { from: now.from - (age + 2) * 1000, to: now.to - age * 1000 };
}
