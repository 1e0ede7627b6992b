import type { Source } from '../evidence/source.ts';
import type { DirectionSas, FlowCounters, IpsecFlow } from '../parsers/show-crypto-ipsec-sa/facts.ts';
import type { Sighting } from './sightings.ts';
import type { Flow, FlowDelta, Phase2Kind, TrafficKind } from './tunnel.ts';

/** Up to this many packets one way without an answer is a handful: a first ping, a traceroute. */
export const HANDFUL = 3;

/** The flows of one tunnel: each proxy-identity pair once, later samples compared with the first. */
export function buildFlows(sightings: readonly Sighting[], ikeEstablished: boolean): readonly Flow[] {
  const flows = sightings.flatMap((sighting) =>
    sighting.of.kind === 'flow' ? [{ sighting, ...sighting.of }] : [],
  );
  const pairs = new Map<string, typeof flows>();
  const places = new Map<string, number>();
  for (const item of flows) {
    const key = `${pairKey(item.flow)} ${placeOfUnnamed(item.flow, item.sighting.source.command, item.sample, places)}`;
    pairs.set(key, [...(pairs.get(key) ?? []), item]);
  }
  // A pair that only outdated samples show is gone.
  const present = [...pairs.values()].filter((samples) => samples.some((item) => !item.isOutdated));
  return present.map((samples) => {
    // The detail form and a second sample of the same pair add counters; the richest newest one is shown.
    const ordered = [...samples].sort((a, b) => a.sample - b.sample || richness(a.flow) - richness(b.flow));
    const last = ordered.at(-1) ?? samples[0];
    if (last === undefined) throw new Error('a pair without samples');
    const first = ordered.find((item) => item.sample < last.sample);
    const delta =
      first === undefined
        ? null
        : deltaOf(first.flow, last.flow, secondsBetween(first.askedAt, last.askedAt));
    const shown = oneFlow(last.sighting, last.flow, delta, ikeEstablished);
    return ordered.reduceRight(
      (flow, { sighting, flow: other }) => withMissingCounters(flow, other, counterSources(sighting, other)),
      shown,
    );
  });
}

/** Counters that only the detail form prints, where it was asked once and the plain form again later. */
function withMissingCounters(flow: Flow, other: IpsecFlow, sources: Flow['counterSources']): Flow {
  const own = Object.entries(flow.facts.counters).filter(([, value]) => value !== null);
  const counters: FlowCounters = { ...other.counters, ...Object.fromEntries(own) };
  return {
    ...flow,
    facts: { ...flow.facts, counters },
    counterSources: { ...sources, ...flow.counterSources },
  };
}

function oneFlow(
  sighting: Sighting,
  flow: IpsecFlow,
  delta: FlowDelta | null,
  ikeEstablished: boolean,
): Flow {
  const phase2 = phase2Of(flow, (heading) => lineInside(sighting, flow, heading) !== null);
  const counters = counterSources(sighting, flow);
  return {
    facts: flow,
    phase2,
    traffic: trafficOf(flow, delta, phase2 === 'unknown' && !ikeEstablished),
    delta,
    trafficSources: [counters.encaps, counters.decaps].filter(
      (source): source is Source => source !== undefined,
    ),
    counterSources: counters,
    identSources: identSources(sighting, flow),
    phase2Source: sighting.at(flow.outboundSpiLine) ?? sighting.source,
    headingSource: lineAbove(sighting, flow, /Crypto map tag:/) ?? sighting.source,
    source: lineInside(sighting, flow, /current_peer/) ?? sighting.source,
  };
}

function phase2Of(flow: IpsecFlow, isPrinted: (heading: RegExp) => boolean): Phase2Kind {
  const inbound = countSas(flow.inbound);
  const outbound = countSas(flow.outbound);
  if (inbound > 1 && outbound > 1) return 'rekeying';
  if (inbound > 0 && outbound > 0) return 'up';
  // The outbound section may be cut away; the line above the SAs still names the SPI in use.
  if (inbound > 0 && flow.currentOutboundSpi !== null && !isZero(flow.currentOutboundSpi)) return 'up';
  // One direction is missing only where its heading was printed and nothing stood below it.
  if (inbound > 0) return isPrinted(/outbound (?:esp|ah) sas/) ? 'inbound-only' : 'unknown';
  if (outbound > 0) return isPrinted(/inbound (?:esp|ah) sas/) ? 'outbound-only' : 'unknown';
  if (flow.currentOutboundSpi === null) return 'unknown';
  return isZero(flow.currentOutboundSpi) ? 'absent' : 'unknown';
}

/** `0x0`: no outbound SA. */
function isZero(spi: string): boolean {
  return /^0x0+$/.test(spi);
}

const LABELS: readonly (readonly [keyof FlowCounters, RegExp])[] = [
  ['encaps', /#pkts encaps:/],
  ['decaps', /#pkts decaps:/],
  ['sendErrors', /#send errors/],
  ['recvErrors', /#recv errors/],
  ['verifyFailed', /#pkts verify failed/],
  ['replayFailedRecv', /#pkts replay failed/],
  ['invalidIdentityRecv', /#pkts invalid identity/],
  ['invalidSaRecv', /#pkts invalid sa/],
  ['encapsFailedSend', /#pkts encaps failed/],
];

/** The printed line of each counter, found by its label inside the flow's lines. */
function counterSources(sighting: Sighting, flow: IpsecFlow): Partial<Record<keyof FlowCounters, Source>> {
  const found: Partial<Record<keyof FlowCounters, Source>> = {};
  if (sighting.of.kind !== 'flow') return found;
  for (let line = flow.lines.first; line <= flow.lines.last; line += 1) {
    const text = sighting.of.text[line - 1] ?? '';
    if (!text.includes('#')) continue;
    for (const [name, label] of LABELS) {
      const source = label.test(text) ? sighting.at(line) : null;
      if (source !== null) found[name] ??= source;
    }
  }
  return found;
}

function identSources(sighting: Sighting, flow: IpsecFlow): readonly Source[] {
  const local = lineInside(sighting, flow, /local +ident +\(/);
  const remote = lineInside(sighting, flow, /remote +ident +\(/);
  return [local, remote].filter((source): source is Source => source !== null);
}

/** The first line of the flow that fits. */
function lineInside(sighting: Sighting, flow: IpsecFlow, pattern: RegExp): Source | null {
  if (sighting.of.kind !== 'flow') return null;
  for (let line = flow.lines.first; line <= flow.lines.last; line += 1) {
    if (pattern.test(sighting.of.text[line - 1] ?? '')) return sighting.at(line);
  }
  return null;
}

/** The nearest line above the flow that fits: what it hangs on. */
function lineAbove(sighting: Sighting, flow: IpsecFlow, pattern: RegExp): Source | null {
  if (sighting.of.kind !== 'flow') return null;
  for (let line = flow.lines.first; line >= 1; line -= 1) {
    if (pattern.test(sighting.of.text[line - 1] ?? '')) return sighting.at(line);
  }
  return null;
}

function countSas(direction: DirectionSas): number {
  return Math.max(direction.esp.length, direction.ah.length);
}

function trafficOf(flow: IpsecFlow, delta: FlowDelta | null, noSas: boolean): TrafficKind {
  const total = trafficBy(flow.counters);
  if (noSas && total !== 'none') return 'unknown';
  if (delta === null || (isFlat(delta) && isShort(delta))) return total;
  const now = trafficBy(delta);
  // A quiet moment of a flow that was never answered is no sign that nobody asks.
  const isOneWay = total === 'encaps-only' || total === 'decaps-only';
  return now === 'none' && isOneWay ? total : now;
}

function trafficBy({ encaps, decaps }: Pick<FlowDelta, 'encaps' | 'decaps'>): TrafficKind {
  if (encaps === null || decaps === null) return 'unknown';
  if (encaps > 0 && decaps > 0) return 'both-ways';
  if (encaps > HANDFUL) return 'encaps-only';
  if (decaps > HANDFUL) return 'decaps-only';
  return 'none';
}

/** Seconds without a packet that say nothing yet: keepalives and routing hellos come less often. */
const SHORTEST_INTERVAL = 30;

function isFlat(delta: FlowDelta): boolean {
  return delta.encaps === 0 && delta.decaps === 0;
}

function isShort(delta: FlowDelta): boolean {
  return delta.seconds !== null && delta.seconds < SHORTEST_INTERVAL;
}

function secondsBetween(earlier: string | null, later: string | null): number | null {
  if (earlier === null || later === null) return null;
  const seconds = (Date.parse(later) - Date.parse(earlier)) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

/** A smaller second value means the counters were reset between the samples: no delta then, never a negative rate. */
function deltaOf(earlier: IpsecFlow, later: IpsecFlow, seconds: number | null): FlowDelta | null {
  const encaps = minus(later.counters.encaps, earlier.counters.encaps);
  const decaps = minus(later.counters.decaps, earlier.counters.decaps);
  if (encaps === null || decaps === null || encaps < 0 || decaps < 0) return null;
  return { seconds, encaps, decaps };
}

function minus(later: number | null, earlier: number | null): number | null {
  return later === null || earlier === null ? null : later - earlier;
}

function richness(flow: IpsecFlow): number {
  return (
    Object.values(flow.counters).filter((value) => value !== null).length +
    countSas(flow.inbound) +
    countSas(flow.outbound)
  );
}

/** Pairs whose identities were not printed are told apart by their order in the output, so that none is lost. */
function placeOfUnnamed(
  flow: IpsecFlow,
  command: string,
  sample: number,
  places: Map<string, number>,
): number {
  if (flow.localIdent !== null && flow.remoteIdent !== null) return 0;
  const key = `${command} ${sample} ${pairKey(flow)}`;
  const place = (places.get(key) ?? 0) + 1;
  places.set(key, place);
  return place;
}

function pairKey(flow: IpsecFlow): string {
  const text = (ident: IpsecFlow['localIdent']): string =>
    ident === null ? '?' : `${ident.address}/${ident.mask}/${ident.protocol}/${ident.port}`;
  return `${flow.interface ?? '?'} ${text(flow.localIdent)} ${text(flow.remoteIdent)} ${flow.peer ?? '?'}`;
}
