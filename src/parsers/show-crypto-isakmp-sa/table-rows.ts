import { parseAddress } from '../../core/address.ts';
import { addressAsPrinted, type Draft, isJoined, type Line, looksLikeAddress } from '../lines.ts';
import { blankSa, familyOf, type IsakmpScan } from './draft.ts';
import type { IsakmpSa } from './facts.ts';

// IPv4 Crypto ISAKMP SA
const FAMILY = /^IPv([46]) Crypto ISAKMP SA:?(?= |$)/i;
// dst src state conn-id slot status   |   f_vrf/i_vrf dst src state conn-id slot
const HEADER = /^(f_vrf\/i_vrf )?dst src state conn-?id(?: slot)?(?: status)?(?= |$)/i;
// MM_NO_STATE
const STATE = /^[A-Z][A-Z0-9]{0,15}(?:[_-][A-Z0-9]{1,15}){1,4}$/;
// ACTIVE   |   STDBY
const STATUS = /^[A-Z]{2,12}$/;

/** Words that the longest heading, header or row can have. */
const MOST_WORDS = 8;

/**
 * Reads headings, column headers and rows. Several of them on one line (text that lost its line ends) are read one after another;
 * when a piece is left over nothing is taken.
 */
export function readTableLine(state: IsakmpScan, line: Line): boolean {
  let { family, vrfColumn } = state;
  const rows: Draft<IsakmpSa>[] = [];
  const words = line.body.split(' ');
  for (let at = 0; at < words.length; ) {
    const piece = words.slice(at, at + MOST_WORDS);
    const text = piece.join(' ');
    const heading = FAMILY.exec(text);
    const header = heading ? null : HEADER.exec(text);
    const row = heading || header ? null : readRow(piece, vrfColumn, line);
    if (heading) family = heading[1] === '6' ? 'ipv6' : 'ipv4';
    else if (header) vrfColumn = header[1] !== undefined;
    else if (row === null) return false;
    else rows.push(row.sa);
    at += row ? row.length : wordCount((heading ?? header)?.[0] ?? '');
  }
  state.family = family;
  state.vrfColumn = vrfColumn;
  state.sas.push(...rows);
  return true;
}

// 203.0.113.2 198.51.100.6 MM_NO_STATE 1002 [0] ACTIVE (deleted)
function readRow(
  piece: readonly string[],
  vrfColumn: boolean,
  line: Line,
): { sa: Draft<IsakmpSa>; length: number } | null {
  const offset = vrfColumn || piece[0]?.includes('/') ? 1 : 0;
  const [dst = '', src = '', ikeState = '', connId = ''] = piece.slice(offset);
  if (
    !looksLikeAddress(dst) ||
    !looksLikeAddress(src) ||
    !STATE.test(ikeState) ||
    !/^\d{1,10}$/.test(connId)
  ) {
    return null;
  }
  // A row cut behind its first address and the row after it run into one address that there is not.
  if (isJoined(line) && (parseAddress(dst) === null || parseAddress(src) === null)) return null;
  const sa = blankSa(familyOf(dst), line);
  sa.dst = addressAsPrinted(dst);
  sa.src = addressAsPrinted(src);
  sa.state = ikeState;
  sa.connId = Number(connId);
  [sa.fvrf, sa.ivrf] = offset === 1 ? splitVrfs(piece[0] ?? '') : [null, null];
  return { sa, length: offset + 4 + readTail(sa, piece.slice(offset + 4)) };
}

/** Slot, status and mark behind the connection id, each of which may be missing. Returns how many words they took. */
function readTail(sa: Draft<IsakmpSa>, tail: readonly string[]): number {
  let at = 0;
  if (/^\d{1,4}$/.test(tail[at] ?? '')) sa.slot = Number(tail[at++]);
  if (STATUS.test(tail[at] ?? '')) sa.status = tail[at++] ?? null;
  if (/^\(deleted\)$/i.test(tail[at] ?? '')) {
    sa.deleted = true;
    at++;
  }
  return at;
}

/** `red/blue` → front-door red, inside blue; `/` → neither. */
function splitVrfs(text: string): [string | null, string | null] {
  const [front = '', inside = ''] = text.split('/');
  return [front || null, inside || null];
}

function wordCount(text: string): number {
  return text.trim().split(' ').length;
}
