import { addressAsPrinted, type Draft, type Line, looksLikeAddress } from '../lines.ts';
import { blankSa, familyOf, type IsakmpScan } from './draft.ts';
import type { IsakmpSa } from './facts.ts';

// IPv4 Crypto ISAKMP SA
const FAMILY = /^IPv([46]) Crypto ISAKMP SA:?(?= |$)/i;
// dst src state conn-id slot status   |   f_vrf/i_vrf dst src state conn-id slot
const HEADER = /^(f_vrf\/i_vrf )?dst src state conn-?id(?: slot)?(?: status)?(?= |$)/i;
const STATE = /^[A-Z][A-Z0-9]{0,15}(?:[_-][A-Z0-9]{1,15}){1,4}$/;
const STATUS = /^[A-Z]{2,12}$/;

/**
 * Reads headings, column headers and rows. Several of them on one line (text that lost its line ends) are read one after another;
 * when a piece is left over nothing is taken.
 */
export function readTableLine(state: IsakmpScan, line: Line): boolean {
  let { family, vrfColumn } = state;
  const rows: Draft<IsakmpSa>[] = [];
  let rest = line.body;
  while (rest !== '') {
    const heading = FAMILY.exec(rest);
    const header = heading ? null : HEADER.exec(rest);
    const row = heading || header ? null : readRow(rest, vrfColumn, line);
    if (heading) family = heading[1] === '6' ? 'ipv6' : 'ipv4';
    else if (header) vrfColumn = header[1] !== undefined;
    else if (row === null) return false;
    else rows.push(row.sa);
    rest = row ? row.rest : rest.slice((heading ?? header)?.[0].length ?? 0).trimStart();
  }
  state.family = family;
  state.vrfColumn = vrfColumn;
  state.sas.push(...rows);
  return true;
}

// 203.0.113.2 198.51.100.6 MM_NO_STATE 1002 [0] ACTIVE (deleted)
function readRow(text: string, vrfColumn: boolean, line: Line): { sa: Draft<IsakmpSa>; rest: string } | null {
  const words = text.split(' ');
  const vrfs = vrfColumn || words[0]?.includes('/') ? words.shift() : undefined;
  const [dst = '', src = '', ikeState = '', connId = ''] = words;
  if (
    !looksLikeAddress(dst) ||
    !looksLikeAddress(src) ||
    !STATE.test(ikeState) ||
    !/^\d{1,10}$/.test(connId)
  ) {
    return null;
  }
  const sa = blankSa(familyOf(dst), line);
  sa.dst = addressAsPrinted(dst);
  sa.src = addressAsPrinted(src);
  sa.state = ikeState;
  sa.connId = Number(connId);
  [sa.fvrf, sa.ivrf] = splitVrfs(vrfs);
  let at = 4;
  if (/^\d{1,4}$/.test(words[at] ?? '')) sa.slot = Number(words[at++]);
  if (STATUS.test(words[at] ?? '')) sa.status = words[at++] ?? null;
  if (/^\(deleted\)$/i.test(words[at] ?? '')) {
    sa.deleted = true;
    at++;
  }
  return { sa, rest: words.slice(at).join(' ') };
}

/** `red/blue` → front-door red, inside blue; `/` → neither. */
function splitVrfs(text: string | undefined): [string | null, string | null] {
  const [front = '', inside = ''] = text?.split('/') ?? [];
  return [front || null, inside || null];
}
