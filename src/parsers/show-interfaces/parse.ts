import { type LineRule, readerOf } from '../line-rules.ts';
import { interfaceName, parsedFrom, scanLines } from '../lines.ts';
import { isLoose } from '../loose.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { beginRecord, noRecord } from '../record-fields.ts';
import { COUNTER_RULES } from './counter-lines.ts';
import { blankInterface, type InterfaceScan } from './draft.ts';
import type { InterfaceFacts } from './facts.ts';
import { STATE_RULES } from './state-lines.ts';
import { TRAFFIC_RULES } from './traffic-lines.ts';
import { TUNNEL_RULES } from './tunnel-lines.ts';

/** `show interfaces [<interface>]`: state, addresses, queues, counters, and what a tunnel interface is made of. */
export const showInterfaces: Parser<InterfaceFacts> = {
  command: 'show interfaces',
  parse(text: string): Parsed<InterfaceFacts> {
    const state: InterfaceScan = { interfaces: [], open: noRecord() };
    const scan = scanLines(text, (line) => !isLoose(line) && readLine(state, line), isHeading);
    return parsedFrom({ interfaces: state.interfaces }, scan);
  },
};

// Tunnel0 is up, line protocol is down   |   GigabitEthernet1 is administratively down, line protocol is down (disabled)
const HEADING =
  /^([A-Za-z][\w-]{0,40}(?: ?\d[\d/.:]{0,30})?) is ([a-z][a-z ]{1,30}?)(?: \(([a-z][a-z -]{2,30})\))?, line protocol is ([a-z]{2,12})(?: \(([a-z][a-z -]{2,30})\))?$/i;

const HEADING_RULE: LineRule<InterfaceScan> = {
  word: '*',
  pattern: HEADING,
  take(state, match, line) {
    const found = blankInterface(
      {
        name: interfaceName(match[1] ?? ''),
        status: match[2] ?? '',
        protocol: match[4] ?? '',
        note: match[5] ?? match[3] ?? null,
      },
      line,
    );
    state.interfaces.push(found);
    beginRecord(state.open, found, line);
    return true;
  },
};

const readLine = readerOf([
  ...TUNNEL_RULES,
  HEADING_RULE,
  ...STATE_RULES,
  ...TRAFFIC_RULES,
  ...COUNTER_RULES,
]);

/** Never the second half of a wrapped line. */
function isHeading(body: string): boolean {
  return HEADING.test(body);
}
