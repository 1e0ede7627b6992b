import { type Draft, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { IpCefFacts } from './facts.ts';

/** Reads `show ip cef <address>` of old (12.x) and new releases. */
export const showIpCef: Parser<IpCefFacts> = { command: 'show ip cef', parse };

// 203.0.113.0/24  |  0.0.0.0/0, version 19, epoch 0, cached adjacency 198.51.100.153
const PREFIX = /^(?<prefix>\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2})(?:,.*)?$/;
// nexthop 198.51.100.149 GigabitEthernet0/0  |  via 198.51.100.153, 0 dependencies, recursive  |  next hop 198.51.100.153, FastEthernet0/0 via …
const HOP = /^(?:nexthop|via|next hop) (?<hop>\d{1,3}(?:\.\d{1,3}){3})/;
// attached to GigabitEthernet0/0  |  receive for GigabitEthernet0/0  |  receive
const LOCAL = /^(?:attached|receive)\b/;
// no route  |  drop  |  discard  |  %Prefix not found
const NONE = /^(?:no route|drop|discard|% ?Prefix not found)/i;
// 0 packets, 0 bytes  |  valid cached adjacency  |  recursive via 0.0.0.0/0  |  tag information set
const KNOWN =
  /^(?:\d{1,12} packets|valid |recursive via|tag information|Flow:|local label|repair|MPLS|adjacency)/i;

function parse(text: string): Parsed<IpCefFacts> {
  const found: { answer: (Draft<NonNullable<IpCefFacts['answer']>> & { nextHops: string[] }) | null } = {
    answer: null,
  };
  const scan = scanLines(text, (line) => {
    const lines = { first: line.number, last: line.last };
    const prefix = PREFIX.exec(line.body)?.groups?.['prefix'];
    if (prefix !== undefined) {
      found.answer ??= { forwards: false, prefix, nextHops: [], lines };
      return true;
    }
    if (NONE.test(line.body)) {
      found.answer = { forwards: false, prefix: found.answer?.prefix ?? null, nextHops: [], lines };
      return true;
    }
    if (found.answer === null) return false;
    const hop = HOP.exec(line.body)?.groups?.['hop'];
    if (hop === undefined && !LOCAL.test(line.body)) return KNOWN.test(line.body);
    if (hop !== undefined && !found.answer.nextHops.includes(hop)) found.answer.nextHops.push(hop);
    found.answer.forwards = true;
    found.answer.lines = { first: found.answer.lines.first, last: line.last };
    return true;
  });
  return parsedFrom({ answer: found.answer }, scan);
}
