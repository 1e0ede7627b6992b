import { isJoined, type Line, numberOf, type Outcome } from '../lines.ts';
import { type Ikev2Scan, presentSa, type SaDraft } from './draft.ts';

/** Pieces without a value: `QR` (a post-quantum key was mixed in) says nothing the fields do not. */
const KNOWN_ALONE = /^(?:QR)?$/i;

// Encr: AES-CBC, keysize: 256, PRF: SHA256, Hash: SHA256, DH Grp:14, Auth sign: PSK, Auth verify: PSK, QR
const PIECE =
  /^(Encr|keysize|PRF|Hash|DH Grp|Auth sign|Auth verify|esp_hmac|ah_hmac|comp|mode) ?:? ?([^,]{0,60})$/i;

/** Reads the line of algorithms, also when it was wrapped into pieces. 'part' when one of the pieces is unknown. */
export function readSuiteLine(state: Ikev2Scan, line: Line): Outcome {
  const pieces = line.body.split(',').map((piece) => piece.trim());
  const matches = pieces.map((piece) => PIECE.exec(piece));
  const whole = matches.every((match, i) => match !== null || KNOWN_ALONE.test(pieces[i] ?? ''));
  const begins = matches[0] !== null || pieces[0] === '';
  if (!matches.some((match) => match !== null) || !begins || (!whole && isJoined(line))) return false;
  const draft = presentSa(state, line);
  if (draft === null) return false;
  for (const match of matches) if (match) setPiece(draft, (match[1] ?? '').toLowerCase(), match[2] ?? '');
  return whole ? true : 'part';
}

function setPiece({ sa, inChild }: SaDraft, name: string, text: string): void {
  if (inChild) return;
  const value = text || null;
  if (name === 'encr') sa.encr = value;
  else if (name === 'keysize') sa.keySize = numberOf(text);
  else if (name === 'prf') sa.prf = value;
  else if (name === 'hash') sa.hash = value;
  else if (name === 'dh grp') sa.dhGroup = value;
  else if (name === 'auth sign') sa.authSign = value;
  else if (name === 'auth verify') sa.authVerify = value;
}
