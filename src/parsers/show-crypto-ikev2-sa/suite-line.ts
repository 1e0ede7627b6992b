import { fillBlank, isJoined, type Line, numberOf, type Outcome } from '../lines.ts';
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
  if (!draft.inChild && !fillBlank(draft.sa, suiteOf(matches))) return false;
  return whole ? true : 'part';
}

function suiteOf(matches: readonly (RegExpExecArray | null)[]): Partial<SaDraft['sa']> {
  const text = (name: string) => matches.find((match) => match?.[1]?.toLowerCase() === name)?.[2] || null;
  return {
    encr: text('encr'),
    keySize: numberOf(text('keysize') ?? undefined),
    prf: text('prf'),
    hash: text('hash'),
    dhGroup: text('dh grp'),
    authSign: text('auth sign'),
    authVerify: text('auth verify'),
  };
}
