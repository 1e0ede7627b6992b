import {
  addressAsPrinted,
  type Draft,
  isJoined,
  type Line,
  looksLikeAddress,
  type Outcome,
} from '../lines.ts';
import { isLoose } from '../loose.ts';
import { blankSa, extendSa, familyOf, type IsakmpScan } from './draft.ts';
import type { IsakmpSa } from './facts.ts';

// C-id Local Remote I-VRF Status Encr Hash Auth DH Lifetime Cap.   (the last word may be wrapped)
const HEADER = /^(?:(?:C-id|Conn-?id) Local Remote [A-Za-z/ -]{1,80}\.?|Cap\.)$/i;
// Engine-id:Conn-id = SW:1001   |   Engine-id:Conn-id = ???(deleted)
const ENGINE = /^Engine-id:Conn-id ?= ?[A-Za-z0-9 _?-]{0,40}(?::\d{1,10})? ?(\(deleted\))?$/i;
const STATUS = /^(?:ACTIVE|STDBY|STANDBY|DELETED?|NEGO?\w{0,12}|DEAD|UNKNOWN)$/;
const CIPHER = /^(?:(?:\d{1,3}-?)?aes|3?des|seal|null)[\w-]{0,12}$/i;
const HASH = /^(?:sha|md5)[\w-]{0,8}$/i;
const AUTH = /^(?:psk|rsig|renc|ecdsa?\w{0,6}|xauth\w{0,8})$/i;
const LIFETIME = /^(?:\d{1,4}:\d\d:\d\d|(?:\d{1,4}[ywdhms]){1,4}|\d{1,10})$/;

/** Reads the lines of the `detail` form. */
export function readDetailLine(state: IsakmpScan, line: Line): Outcome {
  if (HEADER.test(line.body)) return true;
  const engine = ENGINE.exec(line.body);
  if (engine) return readEngine(state, line, engine[1] !== undefined);
  if (/^\(deleted\)$/i.test(line.body)) return state.sas.length > 0 && belongsToLast(state, line, true);
  const words = line.body.split(' ');
  const [connId = '', local = '', remote = ''] = words;
  if (!/^\d{1,10}$/.test(connId) || !looksLikeAddress(local) || !looksLikeAddress(remote)) return false;
  if (isLoose(line)) return false;
  const sa = blankSa(familyOf(local), line);
  sa.connId = Number(connId);
  sa.local = addressAsPrinted(local);
  sa.remote = addressAsPrinted(remote);
  sa.src = sa.local;
  sa.dst = sa.remote;
  const rest = readColumns(sa, words.slice(3));
  if (rest.length > 0 && isJoined(line)) return false;
  state.sas.push(sa);
  state.engineRead = false;
  return rest.length === 0 ? true : 'part';
}

function readEngine(state: IsakmpScan, line: Line, deleted: boolean): boolean {
  if (state.engineRead) return false;
  state.engineRead = true;
  return belongsToLast(state, line, deleted);
}

function belongsToLast(state: IsakmpScan, line: Line, deleted: boolean): boolean {
  const sa = state.sas.at(-1);
  if (sa === undefined) return !deleted;
  if (deleted) sa.deleted = true;
  extendSa(sa, line);
  return true;
}

/** The columns after the addresses; each may be blank while an SA is made or unmade, so each is told by its look. Returns what is left. */
function readColumns(sa: Draft<IsakmpSa>, words: string[]): string[] {
  const statusAt = words.slice(0, 2).findIndex((word) => STATUS.test(word));
  if (statusAt === 1 || (statusAt < 0 && words.length > 0 && !CIPHER.test(words[0] ?? ''))) {
    sa.ivrf = words.shift() ?? null;
  }
  if (STATUS.test(words[0] ?? '')) sa.status = words.shift() ?? null;
  if (CIPHER.test(words[0] ?? '')) sa.encr = words.shift() ?? null;
  if (HASH.test(words[0] ?? '')) sa.hash = words.shift() ?? null;
  if (AUTH.test(words[0] ?? '')) sa.auth = words.shift() ?? null;
  if (/^\d{1,2}$/.test(words[0] ?? '')) sa.dh = Number(words.shift());
  if (LIFETIME.test(words[0] ?? '')) sa.lifetime = words.shift() ?? null;
  const letters: string[] = [];
  while (/^[A-Z]{1,10}$/.test(words[0] ?? '')) letters.push(words.shift() ?? '');
  if (letters.length > 0) sa.capabilities = letters.join('');
  if (/^\(deleted\)$/i.test(words[0] ?? '')) {
    sa.deleted = true;
    words.shift();
  }
  return words;
}
