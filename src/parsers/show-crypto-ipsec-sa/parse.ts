import { readerOf, startsOf } from '../line-rules.ts';
import { type Line, type Outcome, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { readCounterLine } from './counter-lines.ts';
import type { Direction, FlowDraft, IpsecScan, SaProtocol } from './draft.ts';
import type { DirectionSas, IpsecFlow, IpsecSa, IpsecSaFacts } from './facts.ts';
import { FLOW_RULES } from './flow-lines.ts';
import { HEADING_RULES } from './heading-lines.ts';
import { SA_RULES } from './sa-lines.ts';

/** `show crypto ipsec sa [detail | peer | interface | ipv6]`, whole or filtered: one flow for each identity pair, tunnel down or up. */
export const showCryptoIpsecSa: Parser<IpsecSaFacts> = {
  command: 'show crypto ipsec sa',
  parse(text: string): Parsed<IpsecSaFacts> {
    const state: IpsecScan = { headings: [], flows: [] };
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    const facts = {
      flows: state.flows.map(finishFlow),
      interfaces: state.headings
        .filter((heading) => heading.flows === 0 && heading.hasInterfaceLine)
        .map((heading) => heading.place),
    };
    return parsedFrom(facts, scan, endsInside(state));
  },
};

/** What the names of a protocol's transforms begin with: esp-aes, ah-sha-hmac, comp-lzs. */
const TRANSFORM_PREFIX: Readonly<Record<SaProtocol, string>> = { esp: 'esp-', ah: 'ah-', pcp: 'comp-' };
const PREFIXES = Object.values(TRANSFORM_PREFIX);

const RULES = [...HEADING_RULES, ...FLOW_RULES, ...SA_RULES];
const readRuledLine = readerOf(RULES);
const starts = startsOf(RULES);

function readLine(state: IpsecScan, line: Line): Outcome {
  return line.body.startsWith('#') ? readCounterLine(state, line) : readRuledLine(state, line);
}

/** The flow with its SAs where they belong; nothing is copied. */
function finishFlow({ flow, sas }: FlowDraft): IpsecFlow {
  if (sas.length === 0) return flow;
  const placed = sas.filter(isPlaced);
  flow.inbound = directionOf(placed, 'inbound');
  flow.outbound = directionOf(placed, 'outbound');
  if (placed.length < sas.length) flow.unplaced = sas.filter((each) => !isPlaced(each)).map(({ sa }) => sa);
  return flow;
}

function directionOf(drafts: FlowDraft['sas'], direction: Direction): DirectionSas {
  const sas: Record<SaProtocol, IpsecSa[]> = { esp: [], ah: [], pcp: [] };
  for (const { heading, sa } of drafts) {
    if (heading?.direction === direction) sas[heading.protocol].push(sa as IpsecSa);
  }
  return sas;
}

/** An SA under a heading of another protocol (`esp-aes` under `inbound pcp sas:`) lost its own heading, and with it its direction. */
function isPlaced({ heading, sa }: FlowDraft['sas'][number]): boolean {
  if (heading === null || sa.spi === null) return false;
  let others = false;
  for (const name of sa.transform) {
    if (name.startsWith(TRANSFORM_PREFIX[heading.protocol])) return true;
    others ||= PREFIXES.some((prefix) => name.startsWith(prefix));
  }
  return !others;
}

/** True when an unfiltered output stops before its last flow is whole. */
function endsInside(state: IpsecScan): boolean {
  const heading = state.headings.at(-1);
  const last = state.flows.at(-1);
  if (heading === undefined || !heading.hasInterfaceLine) return false;
  if (heading.flows === 0) return heading.place.cryptoMapTag === null;
  if (last === undefined || last.flow.currentOutboundSpi === null) return true;
  const saw = last.heading;
  if (saw !== null && saw.direction === 'inbound') return true;
  return last.open !== null && last.open.sa.transform.length === 0;
}
