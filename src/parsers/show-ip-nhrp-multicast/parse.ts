import { type LineRule, readerOf } from '../line-rules.ts';
import {
  addressAsPrinted,
  interfaceName,
  isJoined,
  looksLikeAddress,
  parsedFrom,
  scanLines,
} from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { NhrpMulticastEntry, NhrpMulticastFacts } from './facts.ts';

interface MulticastScan {
  readonly entries: NhrpMulticastEntry[];
}

/** `show ip nhrp multicast`: to whom a tunnel sends multicast; without it no routing protocol comes up. */
export const showIpNhrpMulticast: Parser<NhrpMulticastFacts> = {
  command: 'show ip nhrp multicast',
  parse(text: string): Parsed<NhrpMulticastFacts> {
    const state: MulticastScan = { entries: [] };
    const scan = scanLines(text, (line) => readLine(state, line));
    return parsedFrom({ entries: state.entries }, scan);
  },
};

const RULES: readonly LineRule<MulticastScan>[] = [
  {
    // I/F NBMA address
    word: '*',
    pattern: /^(?:I\/F|Interface) NBMA address(?: Flags)?(?: Status)?$/i,
    take: () => true,
  },
  {
    // Tunnel0 203.0.113.2 Flags: dynamic (Enabled)   |   Tunnel0 203.0.113.2 Flags: static
    word: '*',
    pattern:
      /^([A-Za-z][A-Za-z-]{0,30} ?\d[\d/.:]{0,20}) ([0-9A-F][0-9A-F.:]{1,44}) Flags: ?([a-z][a-z -]{0,80}?)? ?(?:\((enabled|disabled)\))?$/i,
    take(state, match, line) {
      const [, name = '', nbma = '', flags = '', enabled] = match;
      if (!looksLikeAddress(nbma) || (isJoined(line) && line.last - line.number > 1)) return false;
      state.entries.push({
        lines: { first: line.number, last: line.last },
        interface: interfaceName(name),
        nbma: addressAsPrinted(nbma),
        flags: flags.split(' ').filter((flag) => flag !== ''),
        enabled: enabled === undefined ? null : enabled.toLowerCase() === 'enabled',
      });
      return true;
    },
  },
];

const readLine = readerOf(RULES);
