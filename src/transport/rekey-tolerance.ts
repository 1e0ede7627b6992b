import type { Client } from 'ssh2';

/** Where ssh2 hands over each packet it has deciphered; it puts another function there while keys are exchanged. */
interface Decipher {
  _onPayload: (payload: Uint8Array) => unknown;
}

/** IGNORE and DEBUG: they say nothing. */
const NOISE: readonly number[] = [2, 4];
/** From here on come requests and data of channels. */
const FIRST_OF_CHANNELS = 80;

/**
 * Keeps a later key exchange from ending the connection for packets that servers do send in it; to be called at each
 * `handshake`. Between KEXINIT and NEWKEYS ssh2 takes nothing else. But IGNORE and DEBUG are forbidden in the first key
 * exchange only, and IOS puts an IGNORE around every packet it sends; and some servers (asyncssh 2.10) go on with their
 * output. Those packets come under the old keys, as authentic as the ones before.
 * @returns false when ssh2 looks different inside from what we know; then nothing was changed
 */
export function tolerateInRekey(client: Client): boolean {
  const decipher = decipherOf(client);
  if (decipher === null) return false;
  const outsideOfRekey = decipher._onPayload;
  let now = outsideOfRekey;
  const take = (payload: Uint8Array): unknown => {
    const type = payload[0] ?? 0;
    if (NOISE.includes(type)) return undefined;
    return (type >= FIRST_OF_CHANNELS ? outsideOfRekey : now)(payload);
  };
  Object.defineProperty(decipher, '_onPayload', {
    get: () => take,
    set: (next: Decipher['_onPayload']) => {
      now = next;
    },
  });
  return true;
}

function decipherOf(client: Client): Decipher | null {
  const { _protocol } = client as { readonly _protocol?: { readonly _decipher?: Partial<Decipher> } };
  const decipher = _protocol?._decipher;
  return typeof decipher?._onPayload === 'function' ? (decipher as Decipher) : null;
}
