import type { LineRule } from '../line-rules.ts';
import { addressAsPrinted, fillBlank, type Line } from '../lines.ts';
import type { DmvpnScan } from './draft.ts';
import type { DmvpnPeer } from './facts.ts';

/** The list form of IPv6 overlays, which prints a peer over four lines. */
export const LIST_RULES: readonly LineRule<DmvpnScan>[] = [
  {
    // 1.Peer NBMA Address: 2001:DB8::122
    word: '*',
    pattern: /^\d{1,6}\. ?Peer NBMA Address: ?(\S{2,45})$/i,
    take(state, match, line) {
      const printed = match[1] ?? '';
      state.peers.push({
        lines: { first: line.number, last: line.last },
        interface: state.interface,
        role: state.role,
        nbma: printed.toUpperCase() === 'UNKNOWN' ? null : addressAsPrinted(printed),
        tunnelAddress: null,
        state: '',
        upDown: '',
        attributes: '',
      });
      return true;
    },
  },
  // Tunnel IPv6 Address: FD00:192::1201
  memberRule('tunnel', /^Tunnel IPv[46] Address: ?(\S{2,45})$/i, (match) => ({
    tunnelAddress: addressAsPrinted(match[1] ?? ''),
  })),
  // IPv6 Target Network: FD00:192::1201/128
  memberRule('ipv', /^IPv[46] Target Network: ?\S{2,60}$/i, () => ({})),
  // # Ent: 1, Status: UP, UpDn Time: 00:02:39, Cache Attrib: D
  memberRule(
    '*',
    /^# Ent: ?\d{1,6}, ?Status: ?([A-Z]{2,8}), ?UpDn Time: ?(\S{1,20}), ?Cache Attrib: ?([A-Z0-9]{0,12})$/i,
    (match) => ({ state: match[1] ?? '', upDown: match[2] ?? '', attributes: match[3] ?? '' }),
  ),
];

function memberRule(
  word: string,
  pattern: RegExp,
  fieldsOf: (match: RegExpExecArray) => Partial<DmvpnPeer>,
): LineRule<DmvpnScan> {
  return {
    word,
    pattern,
    take(state, match, line: Line) {
      const peer = state.peers.at(-1);
      if (peer === undefined || !fillBlank(peer, fieldsOf(match))) return false;
      peer.lines = { first: peer.lines.first, last: line.last };
      return true;
    },
  };
}
