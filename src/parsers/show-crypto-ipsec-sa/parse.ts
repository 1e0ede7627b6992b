import { readerOf, startsOf } from '../line-rules.ts';
import { type Line, type Outcome, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { readCounterLine } from './counter-lines.ts';
import { type IpsecScan, noScan } from './draft.ts';
import type { IpsecSaFacts } from './facts.ts';
import { finishFlow } from './finish.ts';
import { FLOW_RULES } from './flow-lines.ts';
import { HEADING_RULES } from './heading-lines.ts';
import { SA_RULES } from './sa-lines.ts';

/** `show crypto ipsec sa [detail | peer | interface | ipv6]`, whole or filtered: one flow for each identity pair, tunnel down or up. */
export const showCryptoIpsecSa: Parser<IpsecSaFacts> = {
  command: 'show crypto ipsec sa',
  parse(text: string): Parsed<IpsecSaFacts> {
    const state = noScan();
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    const cut = endsInside(state);
    if (state.present !== null) state.flows.push(finishFlow(state.present));
    const facts = {
      flows: state.flows,
      interfaces: state.headings
        .filter((heading) => heading.flows === 0 && heading.hasInterfaceLine)
        .map((heading) => heading.place),
    };
    return parsedFrom(facts, scan, cut);
  },
};

const RULES = [...HEADING_RULES, ...FLOW_RULES, ...SA_RULES];
const readRuledLine = readerOf(RULES);
const starts = startsOf(RULES);

function readLine(state: IpsecScan, line: Line): Outcome {
  return line.body.startsWith('#') ? readCounterLine(state, line) : readRuledLine(state, line);
}

/** True when an unfiltered output stops before its last flow is whole. */
function endsInside(state: IpsecScan): boolean {
  const heading = state.headings.at(-1);
  const last = state.present;
  if (heading === undefined || !heading.hasInterfaceLine) return false;
  if (heading.flows === 0) return heading.place.cryptoMapTag === null;
  if (last === null || last.flow.currentOutboundSpi === null) return true;
  const saw = last.heading;
  if (saw !== null && saw.direction === 'inbound') return true;
  return last.open !== null && last.open.sa.transform.length === 0;
}
