import { type Draft, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { IpRouteFacts } from './facts.ts';

/** Reads `show ip route <address>`; the whole table (without an address) is another output and stays unread. */
export const showIpRoute: Parser<IpRouteFacts> = { command: 'show ip route', parse };

// % Network not in table  |  % Subnet not in table
const MISSING = /^% (?:Network|Subnet) not in table$/;
// Routing entry for 198.51.100.0/24, supernet
const FOUND = /^Routing entry for (?<prefix>[0-9.]{7,15}\/\d{1,2})(?:,.*)?$/;
// Known via "static", distance 1, metric 0, candidate default path
const VIA = /^Known via "(?<via>[^"]{1,60})"/;
// * 192.0.2.254, from 10.0.0.1, 2w1d ago, via GigabitEthernet0/0  |  * directly connected, via GigabitEthernet0/0
const HOP = /^\*? ?(?:(?<hop>\d{1,3}(?:\.\d{1,3}){3})|directly connected)(?<rest>,.*)?$/;
// Routing Descriptor Blocks:  |  Route metric is 0, traffic share count is 1  |  Last update from …
const KNOWN =
  /^(?:Routing Descriptor Blocks:|Route metric is|Last update from|Redistributing via|Advertised by|Loading |Total delay|Reliability|Tag |AS Hops|Route tag|MPLS label|Hops |opaque_ptr|No advertised)/;

function parse(text: string): Parsed<IpRouteFacts> {
  let answer: (Draft<NonNullable<IpRouteFacts['answer']>> & { nextHops: string[] }) | null = null;
  const scan = scanLines(text, (line) => {
    const lines = { first: line.number, last: line.last };
    if (MISSING.test(line.body)) {
      answer = { found: false, prefix: null, knownVia: null, nextHops: [], lines };
      return true;
    }
    const prefix = FOUND.exec(line.body)?.groups?.['prefix'];
    if (prefix !== undefined) {
      answer = { found: true, prefix, knownVia: null, nextHops: [], lines };
      return true;
    }
    if (answer === null) return false;
    const via = VIA.exec(line.body)?.groups?.['via'];
    if (via !== undefined) answer.knownVia = via;
    const hop = HOP.exec(line.body)?.groups;
    if (hop !== undefined)
      answer.nextHops.push(hop['hop'] ?? hop['rest']?.replace(/^, via /, '') ?? 'connected');
    return via !== undefined || hop !== undefined || KNOWN.test(line.body);
  });
  return parsedFrom({ answer }, scan);
}
