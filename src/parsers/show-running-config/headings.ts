import { interfaceName } from '../lines.ts';
import { ACCESS_LIST_RULES, entryOf, typeOfNumber } from './access-list-rules.ts';
import { placeOf, reachTo } from './config-block.ts';
import { blockHeading, type ConfigScan, type HeadingRule } from './config-scan.ts';
import type { AccessListBlock, InterfaceBlock } from './interface-facts.ts';
import { INTERFACE_RULES } from './interface-rules.ts';

/** Headings outside of `crypto …`. */
export const OTHER_HEADINGS: readonly HeadingRule[] = [
  {
    // hostname hub1
    word: 'hostname',
    pattern: /^hostname (\S{1,63})$/i,
    take(scan, match, line) {
      if (scan.facts.hostname !== null && scan.facts.hostname.name !== match[1]) return false;
      scan.facts.hostname = { ...placeOf(line), name: match[1] ?? '' };
      scan.open = null;
      return true;
    },
  },
  // interface Tunnel0   |   interface Virtual-Template1 type tunnel   |   int tunnel 0   (typed by hand)
  ...['interface', 'int'].map((word) =>
    blockHeading(
      word,
      /^int(?:erface)? ([A-Za-z][A-Za-z-]{0,40} ?\d[\d/.:]{0,20})(?: (?:point-to-point|multipoint|type tunnel))?$/i,
      INTERFACE_RULES,
      (facts) => facts.interfaces,
      (match) => blankInterface(interfaceName(match[1] ?? '')),
    ),
  ),
  // ip access-list extended VPN-TRAFFIC
  blockHeading(
    'ip',
    /^ip access-list (standard|extended) (\S{1,128})$/i,
    ACCESS_LIST_RULES,
    (facts) => facts.accessLists,
    (match) => ({
      name: match[2] ?? '',
      type: match[1]?.toLowerCase() === 'standard' ? ('standard' as const) : ('extended' as const),
      entries: [],
    }),
  ),
  // ipv6 access-list VPN6
  blockHeading(
    'ipv',
    /^ipv6 access-list (\S{1,128})$/i,
    ACCESS_LIST_RULES,
    (facts) => facts.accessLists,
    (match) => ({ name: match[1] ?? '', type: 'ipv6' as const, entries: [] }),
  ),
  {
    // access-list 101 permit ip 10.1.0.0 0.0.255.255 10.2.0.0 0.0.255.255
    word: 'access',
    pattern: /^access-list (\d{1,4}) (?!(?:permit|deny)$)(permit|deny|remark)(?: (.{0,300}))?$/i,
    take(scan, match, line) {
      const list = numberedList(scan, match[1] ?? '', placeOf(line));
      list.entries.push(entryOf(undefined, match[2], match[3], line));
      reachTo(list, line);
      scan.open = null;
      return true;
    },
  },
];

/** The block of a numbered list: its lines stand in a row, but another list may have come in between. */
function numberedList(scan: ConfigScan, name: string, place: ReturnType<typeof placeOf>) {
  const known = scan.facts.accessLists.findLast((list) => list.name === name);
  if (known !== undefined) return known as typeof known & { entries: AccessListBlock['entries'][number][] };
  const list = {
    ...place,
    name,
    type: typeOfNumber(Number(name)),
    entries: [] as AccessListBlock['entries'][number][],
    unread: [],
  };
  scan.facts.accessLists.push(list);
  return list;
}

function blankInterface(name: string): Omit<InterfaceBlock, 'lines' | 'unread'> {
  return {
    name,
    description: null,
    shutdown: false,
    vrf: null,
    addresses: [],
    ipv6Addresses: [],
    cryptoMap: null,
    accessGroups: [],
    mtu: null,
    ipMtu: null,
    adjustMss: null,
    nat: [],
    tunnel: null,
    nhrp: null,
  };
}
