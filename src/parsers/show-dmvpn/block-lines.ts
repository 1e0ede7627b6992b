import { type LineRule, silentRules } from '../line-rules.ts';
import { addressAsPrinted, interfaceName } from '../lines.ts';
import type { DmvpnScan } from './draft.ts';

/** Legend, headings of an interface, and the servers listed there. */
export const BLOCK_RULES: readonly LineRule<DmvpnScan>[] = [
  {
    // Interface: Tunnel0, IPv4 NHRP Details
    word: 'interface',
    pattern: /^Interface: ?([A-Za-z][\w/.:-]{0,60}), ?IPv[46] NHRP Details$/i,
    take(state, match) {
      openBlock(state, match[1]);
      return true;
    },
  },
  {
    // Interface Tunnel0 is up/up, Addr. is 172.16.0.1, VRF ""
    word: 'interface',
    pattern:
      /^Interface ([A-Za-z][\w/.:-]{0,60}) is [\w /-]{2,60}, ?Addr\. is [0-9A-F.:]{2,45}, ?VRF "[^"]{0,80}"$/i,
    take(state, match) {
      openBlock(state, match[1]);
      return true;
    },
  },
  {
    // Type:Spoke, NHRP Peers:2,   |   Type:Hub, Total NBMA Peers (v4/v6): 2
    word: 'type',
    pattern:
      /^Type: ?(Hub|Spoke|Unknown)(?:\/(?:Hub|Spoke))?, ?(?:NHRP Peers|Total NBMA Peers \(v4\/v6\)): ?\d{1,6},?$/i,
    take(state, match) {
      const role = match[1]?.toLowerCase();
      state.role = role === 'hub' || role === 'spoke' ? role : 'unknown';
      return true;
    },
  },
  {
    // 172.16.0.1 RE NBMA Address: 203.0.113.2 priority = 0 cluster = 0   |   172.16.0.1 E
    word: '*',
    pattern:
      /^([0-9A-F.:]{2,45}) ([ERWD]{1,4})(?: NBMA Address: ?([0-9A-F.:]{2,45}))?(?: priority ?= ?\d{1,5})?(?: cluster ?= ?\d{1,5})?$/,
    take(state, match, line) {
      if (!/[.:]/.test(match[1] ?? '')) return false;
      state.servers.push({
        lines: { first: line.number, last: line.last },
        interface: state.interface,
        address: addressAsPrinted(match[1] ?? ''),
        nbma: match[3] === undefined ? null : addressAsPrinted(match[3]),
        responding: match[2]?.includes('R') ?? false,
        expecting: match[2]?.includes('E') ?? false,
      });
      return true;
    },
  },
  // N - NATed, L - Local, X - No Socket   |   T1 - Route Installed   |   # Ent --> Number of …
  silent('*', /^(?:[A-Z]\d? - [A-Z]|# Ent -->|={10,}$|-{10,}$)/),
  // ----- --------------- --------------- ----- -------- -----
  silent('*', /^-{4,40}(?: -{4,40}){4,6}$/),
  // # Ent Peer NBMA Addr Peer Tunnel Add State UpDn Tm Attrb Target Network
  silent('*', /^# ?Ent Peer NBMA Addr Peer Tunnel Add State UpDn Tm Attrb(?: Target Network)?$/i),
  silent('*', /^(?:IPv[46] NHS:|Crypto Session Details:|Pending DMVPN Sessions:)$/i),
  ...silentRules<DmvpnScan>({
    legend: /^Legend: ?Attrb --> /i,
    nhs: /^NHS Status: ?[A-Z] --> /i,
    updn: /^UpDn Time --> /i,
    // Tunnel Src./Dest. addr: 192.0.2.1/MGRE, Tunnel VRF ""
    tunnel: /^Tunnel Src\.\/Dest\. addr: ?\S{1,100}, ?Tunnel VRF "[^"]{0,80}"$/i,
    // Protocol/Transport: "multi-GRE/IP", Protect "PROFILE"
    protocol: /^Protocol\/Transport: ?"[^"]{0,60}", ?Protect "[^"]{0,120}"(?:, ?\w.{0,60})?$/i,
    nhrp: /^nhrp event-publisher ?: ?\w{1,12}$/i,
    // There are no DMVPN sessions
    there: /^There are no (?:active )?DMVPN\b.{0,60}$/i,
  }),
  silent('interface', /^Interface State Control: ?\w{1,12}$/i),
];

function openBlock(state: DmvpnScan, name: string | undefined): void {
  state.interface = interfaceName(name ?? '');
  state.role = 'unknown';
}

function silent(word: string, pattern: RegExp): LineRule<DmvpnScan> {
  return { word, pattern, take: () => true };
}
