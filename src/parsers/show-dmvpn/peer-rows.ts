import { addressAsPrinted, type Line, looksLikeAddress } from '../lines.ts';
import type { DmvpnScan } from './draft.ts';

const STATE = /^(?:UP|NHRP|IPSEC|IKE|INTF|DOWN)$/i;
const DURATION = /^(?:never|\d{1,4}:\d\d:\d\d|(?:\d{1,4}[ywdhms]){1,4})$/i;
const ATTRIBUTES = /^(?:[A-Z]\d?){1,8}$/;

/**
 * Reads a row of the peer table. A row without NBMA address belongs to the peer above it; the detail form has a target network behind.
 */
// 2 198.51.100.6 172.16.0.3 UP 00:00:05 DT2 172.16.0.3/32   |   172.16.0.3 UP 00:00:05 DT1   |   0 UNKNOWN 172.16.0.9 NHRP never S
export function readPeerRow(state: DmvpnScan, line: Line): boolean {
  const words = line.body.split(' ');
  const at = words.findIndex((word) => STATE.test(word));
  if (at < 1 || !DURATION.test(words[at + 1] ?? '') || !ATTRIBUTES.test(words[at + 2] ?? '')) return false;
  if (
    words.length > at + 4 ||
    (words.length === at + 4 && !/^[0-9A-F.:]{2,45}\/\d{1,3}$/i.test(words[at + 3] ?? ''))
  )
    return false;
  const before = words.slice(0, at);
  const hasCount = /^\d{1,6}$/.test(before[0] ?? '');
  const addresses = hasCount ? before.slice(1) : before;
  if (addresses.length < 1 || addresses.length > 2 || !addresses.every(isAddressOrUnknown)) return false;
  const [first = '', second] = addresses;
  if (second !== undefined) state.continuations = hasCount ? Number(before[0]) : 0;
  state.continuations--;
  state.peers.push({
    lines: { first: line.number, last: line.last },
    interface: state.interface,
    role: state.role,
    nbma: second === undefined ? continuedNbma(state) : known(first),
    tunnelAddress: known(second ?? first),
    state: (words[at] ?? '').toUpperCase(),
    upDown: words[at + 1] ?? '',
    attributes: words[at + 2] ?? '',
  });
  return true;
}

/** The address of the numbered row above, as long as that row announced further entries. */
function continuedNbma(state: DmvpnScan): string | null {
  const last = state.peers.at(-1);
  return state.continuations >= 0 && last?.interface === state.interface ? last.nbma : null;
}

function isAddressOrUnknown(word: string): boolean {
  return word.toUpperCase() === 'UNKNOWN' || looksLikeAddress(word);
}

function known(word: string): string | null {
  return word.toUpperCase() === 'UNKNOWN' ? null : addressAsPrinted(word);
}
