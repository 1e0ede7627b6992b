import { type Direction, type FlowDraft, NONE, type SaDraft, type SaProtocol } from './draft.ts';
import type { DirectionSas, IpsecFlow, IpsecSa } from './facts.ts';

/** What the names of a protocol's transforms begin with: esp-aes, ah-sha-hmac, comp-lzs. */
const TRANSFORM_PREFIX: Readonly<Record<SaProtocol, string>> = { esp: 'esp-', ah: 'ah-', pcp: 'comp-' };
const PREFIXES = Object.values(TRANSFORM_PREFIX);

/** The flow with its SAs where they belong; nothing is copied. */
export function finishFlow({ flow, sas }: FlowDraft): IpsecFlow {
  const placed = sas.filter(isPlaced);
  flow.inbound = directionOf(placed, 'inbound');
  flow.outbound = directionOf(placed, 'outbound');
  if (placed.length < sas.length) flow.unplaced = sas.filter((each) => !isPlaced(each)).map(({ sa }) => sa);
  return flow;
}

function directionOf(drafts: readonly SaDraft[], direction: Direction): DirectionSas {
  const sas: Partial<Record<SaProtocol, IpsecSa[]>> = {};
  for (const { heading, sa } of drafts) {
    if (heading?.direction !== direction) continue;
    const same = sas[heading.protocol];
    // A list made of its first SA is no longer than that; one that is pushed to takes room for seventeen.
    if (same === undefined) sas[heading.protocol] = [sa as IpsecSa];
    else same.push(sa as IpsecSa);
  }
  return { esp: sas.esp ?? NONE, ah: sas.ah ?? NONE, pcp: sas.pcp ?? NONE };
}

/** An SA under a heading of another protocol (`esp-aes` under `inbound pcp sas:`) lost its own heading, and with it its direction. */
function isPlaced({ heading, sa }: SaDraft): boolean {
  if (heading === null || sa.spi === null) return false;
  let others = false;
  for (const name of sa.transform) {
    if (name.startsWith(TRANSFORM_PREFIX[heading.protocol])) return true;
    others ||= PREFIXES.some((prefix) => name.startsWith(prefix));
  }
  return !others;
}
