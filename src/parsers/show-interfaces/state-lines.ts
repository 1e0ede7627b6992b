import type { LineRule } from '../line-rules.ts';
import { type Draft, interfaceName, type Line, numberOf } from '../lines.ts';
import { setFields } from '../record-fields.ts';
import type { InterfaceScan } from './draft.ts';
import type { InterfaceState } from './facts.ts';

/** Lines of what the interface is and how it is set. */
export const STATE_RULES: readonly LineRule<InterfaceScan>[] = [
  {
    // Hardware is iGbE, address is 0000.5e00.5301 (bia 0000.5e00.5301)
    word: 'hardware',
    pattern: /^Hardware is ([^,]{1,80})(?:, address is ([0-9a-f.:]{11,17}) \(bia [0-9a-f.:]{11,17}\))?$/i,
    take: (state, match, line) =>
      set(state, line, { hardware: match[1] ?? null, macAddress: match[2] ?? null }),
  },
  {
    // Description: to the branch
    word: 'description',
    pattern: /^Description: ?(.{0,400})$/i,
    take(state, match, line) {
      return set(state, line, { description: match[1] || null });
    },
  },
  {
    // Internet address is 192.0.2.1/24   |   Internet address will be negotiated using IPCP
    word: 'internet',
    pattern: /^Internet address (?:is (\d[\d./]{6,20})|(will be negotiated using \w{2,10}))$/i,
    take: (state, match, line) => set(state, line, { address: match[1] ?? match[2] ?? null }),
  },
  {
    // Interface is unnumbered. Using address of Loopback0 (10.255.0.1)
    word: 'interface',
    pattern: /^Interface is unnumbered\. Using address of ([A-Za-z][\w /.:-]{0,60}) \(([0-9A-F.:]{2,45})\)$/i,
    take: (state, match, line) =>
      set(state, line, { unnumbered: interfaceName(match[1] ?? ''), address: match[2] ?? null }),
  },
  {
    // MTU 1500 bytes, BW 1000000 Kbit/sec, DLY 10 usec, [reliability 255/255, txload 1/255, rxload 1/255]
    word: 'mtu',
    pattern:
      /^MTU (\d{1,6}) bytes(?:, sub MTU \d{1,6})?, BW (\d{1,12}) Kbit(?:\/sec)?(?:, RxBW \d{1,12} Kbit(?:\/sec)?)?, DLY (\d{1,12}) usec,?(?: (?:reliability|rely) (\d{1,3})\/255, (?:txload|load) (\d{1,3})\/255(?:, rxload (\d{1,3})\/255)?)?$/i,
    take: (state, match, line) =>
      set(state, line, {
        mtu: numberOf(match[1]),
        bandwidthKbit: numberOf(match[2]),
        delayUsec: numberOf(match[3]),
        ...loadOf(match.slice(4)),
      }),
  },
  {
    // reliability 255/255, txload 1/255, rxload 1/255
    word: '*',
    pattern:
      /^(?:reliability|rely) (\d{1,3})\/255, (?:txload|load) (\d{1,3})\/255(?:, rxload (\d{1,3})\/255)?$/i,
    take: (state, match, line) => set(state, line, loadOf(match.slice(1))),
  },
  {
    // Encapsulation 802.1Q Virtual LAN, Vlan ID 100., loopback not set   |   Encapsulation TUNNEL
    word: 'encapsulation',
    pattern:
      /^Encapsulation ([A-Z][^,]{1,60}|802\.1[^,]{1,60})((?:, (?:outer |inner )?(?:Vlan )?ID ? ?\d{1,5}\.?){0,2})(?:, (?:crc \d{1,3}|media-type \w{1,20}|LCP \w{1,20}|multilink \w{1,20})){0,3}(?:, loopback (?:not set|set))?(?:, keepalive (?:set \(\d{1,6} sec\)|not set))?$/i,
    take: (state, match, line) =>
      set(state, line, { encapsulation: `${match[1] ?? ''}${match[2] ?? ''}`.replace(/\.$/, '') }),
  },
  {
    // Keepalive set (10 sec), retries 3   |   Keepalive not set   |   Keepalive not supported
    word: 'keepalive',
    pattern: /^Keepalive (?:set \((\d{1,6} sec)\)((?:, retries \d{1,4})?)|not set|not supported)$/i,
    take: (state, match, line) =>
      set(state, line, {
        keepaliveSet: match[1] !== undefined,
        keepalive: match[1] === undefined ? null : `${match[1]}${match[2] ?? ''}`,
      }),
  },
  {
    // Full Duplex, 1000Mbps, link type is auto, media type is RJ45   |   Auto-duplex, 100Mb/s, 100BaseTX/FX
    word: '*',
    pattern:
      /^((?:Full|Half|Auto|Unknown)[- ]duplex), ((?:Auto|Unknown)[- ]speed|\d{1,6} ?[MGT]b(?:\/s|ps))(?:, [\w /.-]{2,60}){0,3}$/i,
    take: (state, match, line) => set(state, line, { duplex: match[1] ?? null, speed: match[2] ?? null }),
  },
];

function loadOf(words: readonly (string | undefined)[]): Partial<Draft<InterfaceState>> {
  return { reliability: numberOf(words[0]), txLoad: numberOf(words[1]), rxLoad: numberOf(words[2]) };
}

function set(state: InterfaceScan, line: Line, values: Partial<Draft<InterfaceState>>): boolean {
  return setFields(state.open, line, values);
}
