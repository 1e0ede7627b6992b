import { createHash } from 'node:crypto';

/** The parts of a host key blob (RFC 4253 §6.6) that the rest of the room asks about. */
export interface HostKey {
  /** `ssh-rsa`, `ssh-ed25519`, `ecdsa-sha2-nistp256` … */
  readonly type: string;
  /** The blob in base64, as it stands in known_hosts. */
  readonly base64: string;
  /** `SHA256:` and 43 characters, as OpenSSH prints it. */
  readonly fingerprint: string;
  /** Length of an RSA modulus or DSA prime; null for the other types, whose length is in their name. */
  readonly bits: number | null;
}

/** Reads a host key blob; a blob without a readable type gets type `''`. */
export function hostKey(blob: Uint8Array): HostKey {
  const fields = blobFields(blob);
  const type = keyType(blob);
  // ssh-rsa: type, exponent, modulus; ssh-dss: type, p, q, g, y
  const number = type === 'ssh-rsa' ? fields[2] : type === 'ssh-dss' ? fields[1] : undefined;
  return {
    type,
    base64: Buffer.from(blob).toString('base64'),
    fingerprint: fingerprint(blob),
    bits: number === undefined ? null : bitLength(number),
  };
}

/** The type that a key blob begins with; `''` when it has none. */
export function keyType(blob: Uint8Array): string {
  return Buffer.from(blobFields(blob)[0] ?? []).toString('latin1');
}

/** The OpenSSH fingerprint of a key blob. */
export function fingerprint(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256')
    .update(blob)
    .digest('base64')
    .replace(/={1,2}$/, '')}`;
}

/** The length-prefixed fields of the blob, up to the first that does not fit. */
export function blobFields(blob: Uint8Array): Uint8Array[] {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const fields: Uint8Array[] = [];
  for (let at = 0; at + 4 <= blob.length; ) {
    const length = view.getUint32(at);
    if (at + 4 + length > blob.length) break;
    fields.push(blob.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

function bitLength(mpint: Uint8Array): number {
  const first = mpint.findIndex((byte) => byte !== 0);
  if (first < 0) return 0;
  return (mpint.length - first - 1) * 8 + (32 - Math.clz32(mpint[first] ?? 0));
}
