import { readerOf, startsOf } from '../line-rules.ts';
import { type Line, type Outcome, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { readCounterLine } from './counter-lines.ts';
import type { FlowDraft, IpsecScan } from './draft.ts';
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

const RULES = [...HEADING_RULES, ...FLOW_RULES, ...SA_RULES];
const readRuledLine = readerOf(RULES);
const starts = startsOf(RULES);

function readLine(state: IpsecScan, line: Line): Outcome {
  return line.body.startsWith('#') ? readCounterLine(state, line) : readRuledLine(state, line);
}

function finishFlow(draft: FlowDraft): IpsecFlow {
  const placed = draft.sas.filter(isPlaced);
  return {
    ...draft.flow,
    inbound: directionOf(placed, 'inbound'),
    outbound: directionOf(placed, 'outbound'),
    unplaced: draft.sas.filter((each) => !isPlaced(each)).map((each) => each.sa),
  };
}

function directionOf(drafts: FlowDraft['sas'], direction: 'inbound' | 'outbound'): DirectionSas {
  const under = (protocol: string) =>
    drafts
      .filter((each) => each.heading?.direction === direction && each.heading.protocol === protocol)
      .map((each) => each.sa as IpsecSa);
  return { esp: under('esp'), ah: under('ah'), pcp: under('pcp') };
}

/** An SA under a heading of another protocol (`esp-aes` under `inbound pcp sas:`) lost its own heading, and with it its direction. */
function isPlaced({ heading, sa }: FlowDraft['sas'][number]): boolean {
  if (heading === null || sa.spi === null) return false;
  const expected = { esp: 'esp-', ah: 'ah-', pcp: 'comp-' }[heading.protocol];
  const known = sa.transform.filter((name) => /^(?:esp|ah|comp)-/.test(name));
  return known.length === 0 || known.some((name) => name.startsWith(expected));
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
