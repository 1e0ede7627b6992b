import { addressAsPrinted, interfaceName, type Line } from '../lines.ts';
import type { IpsecScan } from './draft.ts';
import type { Rule } from './rules.ts';

/** Lines above the flows, and lines that say nothing a flow needs. */
export const HEADING_RULES: readonly Rule[] = [
  {
    // interface: GigabitEthernet0/0.100
    word: 'interface',
    pattern: /^interface: ([A-Za-z][\w/.:-]{0,60}(?: \d[\d/.:]{0,20})?)$/i,
    take(state, match, line) {
      openHeading(state, line, interfaceName(match[1] ?? ''), true);
      return true;
    },
  },
  {
    // Crypto map tag: VPN, local addr 192.0.2.1   |   Crypto map tag: VPN, local addr. 192.0.2.1
    word: 'crypto',
    pattern: /^Crypto map tag: ([^,]{1,200}), ?local addr\.?:? ?(\S{1,60})?$/i,
    take(state, match, line) {
      const last = state.headings.at(-1);
      const follows = last !== undefined && last.place.cryptoMapTag === null && last.flows === 0;
      const heading = follows ? last : openHeading(state, line, '', false);
      heading.place.cryptoMapTag = match[1] ?? null;
      heading.place.localAddr = match[2] === undefined ? null : addressAsPrinted(match[2]);
      heading.place.lines = { first: heading.place.lines.first, last: line.last };
      return true;
    },
  },
  // No SAs found   |   There are no ipsec sas
  { word: 'no', pattern: /^No (?:active )?(?:IPsec )?SAs?\b.{0,40}$/i, take: () => true },
  { word: 'there', pattern: /^There are no (?:active )?(?:IPsec )?SAs?\b.{0,40}$/i, take: () => true },
];

function openHeading(state: IpsecScan, line: Line, name: string, hasInterfaceLine: boolean) {
  const place = {
    lines: { first: line.number, last: line.last },
    interface: name,
    cryptoMapTag: null as string | null,
    localAddr: null as string | null,
  };
  const heading = { place, hasInterfaceLine, flows: 0 };
  // Only headings without flows are facts of their own.
  if ((state.headings.at(-1)?.flows ?? 0) > 0) state.headings.pop();
  state.headings.push(heading);
  return heading;
}
