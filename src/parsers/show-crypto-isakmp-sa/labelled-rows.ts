import { addressAsPrinted, type Draft, isJoined, type Line, looksLikeAddress } from '../lines.ts';
import { blankSa, extendSa, familyOf, type IsakmpScan } from './draft.ts';
import type { IsakmpSa } from './facts.ts';

// state: QM_IDLE conn-id: 1001 slot: 0 status: ACTIVE   |   conn-id: 1001 I-VRF: Status: ACTIVE Encr: des Hash: sha Auth: psk
const LABEL =
  /(?:^| )(dst|src|state|conn-id|slot|status|I-VRF|Encr|Hash|Auth|DH|Lifetime|Cap|Engine-id:Conn-id)(?::| ?=)/gi;

/** Labels that may begin a record. */
const BEGINS: ReadonlySet<string> = new Set(['dst', 'src', 'state', 'conn-id']);

/** Reads the records of the IPv6 tables, which print labels instead of columns over two or three lines. */
export function readLabelledLine(state: IsakmpScan, line: Line): boolean {
  const pairs = readPairs(line.body);
  if (pairs === null || !pairs.every(([label, value]) => isFit(label, value))) return false;
  // An engine line by itself belongs to the detail rows.
  if (pairs.every(([label]) => label.startsWith('engine-id'))) return false;
  if (!isJoined(line) && isWrapped(pairs)) return false;
  if (state.sas.length === 0 && !pairs.some(([label]) => BEGINS.has(label))) return false;
  for (const [label, value] of pairs) {
    const sa = recordFor(state, label, value, line);
    setField(sa, label, value);
    extendSa(sa, line);
  }
  return true;
}

function readPairs(body: string): [string, string][] | null {
  const found = [...body.matchAll(LABEL)];
  if (found.length === 0 || found[0]?.index !== 0) return null;
  return found.map((match, i) => {
    const from = match.index + match[0].length;
    return [(match[1] ?? '').toLowerCase(), body.slice(from, found[i + 1]?.index ?? body.length).trim()];
  });
}

/** The value of the last label stands on the next line. (A blank I-VRF is none.) */
function isWrapped(pairs: readonly [string, string][]): boolean {
  const [label = '', value = ''] = pairs.at(-1) ?? [];
  return value === '' && (label === 'auth' || label === 'encr' || label === 'status');
}

function isFit(label: string, value: string): boolean {
  if (label === 'dst' || label === 'src') return looksLikeAddress(value);
  if (label === 'conn-id' || label === 'slot' || label === 'dh') return /^\d{1,10}$/.test(value);
  if (label === 'state') return /^[A-Z][A-Z0-9_-]{1,30}$/.test(value);
  return value.length <= 40;
}

/** A record begins where a label comes that the present record has already. */
function recordFor(state: IsakmpScan, label: string, value: string, line: Line): Draft<IsakmpSa> {
  const last = state.sas.at(-1);
  if (last !== undefined && !hasAlready(last, label)) return last;
  const sa = blankSa(label === 'dst' || label === 'src' ? familyOf(value) : state.family, line);
  state.sas.push(sa);
  return sa;
}

function hasAlready(sa: Draft<IsakmpSa>, label: string): boolean {
  if (label === 'dst') return sa.dst !== '' || sa.connId !== null;
  if (label === 'src') return sa.src !== '';
  if (label === 'state') return sa.state !== null;
  return label === 'conn-id' && sa.connId !== null;
}

function setField(sa: Draft<IsakmpSa>, label: string, value: string): void {
  if (label === 'dst') sa.dst = addressAsPrinted(value);
  else if (label === 'src') sa.src = addressAsPrinted(value);
  else if (label === 'state') sa.state = value;
  else if (label === 'conn-id') sa.connId = Number(value);
  else if (label === 'slot') sa.slot = Number(value);
  else if (label === 'dh') sa.dh = Number(value);
  else if (label === 'status') setStatus(sa, value);
  else if (label === 'engine-id:conn-id') sa.deleted ||= /\(deleted\)$/i.test(value);
  else setText(sa, label, value);
}

// ACTIVE (deleted)
function setStatus(sa: Draft<IsakmpSa>, value: string): void {
  const [, word = '', deleted] = /^([A-Za-z]{0,12}) ?(\(deleted\))?$/i.exec(value) ?? ['', value];
  sa.status = word || null;
  if (deleted !== undefined) sa.deleted = true;
}

function setText(sa: Draft<IsakmpSa>, label: string, value: string): void {
  const text = value || null;
  if (label === 'i-vrf') sa.ivrf = text;
  else if (label === 'encr') sa.encr = text;
  else if (label === 'hash') sa.hash = text;
  else if (label === 'auth') sa.auth = text;
  else if (label === 'lifetime') sa.lifetime = text;
  else if (label === 'cap') sa.capabilities = text;
}
