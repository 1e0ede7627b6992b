/** True when a private key's text can be opened only with a passphrase. Text that is no private key is not encrypted. */
export function isEncrypted(text: string): boolean {
  // -----BEGIN ENCRYPTED PRIVATE KEY-----  |  Proc-Type: 4,ENCRYPTED  |  Encryption: aes256-cbc (PuTTY)
  if (/^-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: ?4,ENCRYPTED/m.test(text)) return true;
  const putty = /^Encryption: ?([^\r\n]{1,60})/m.exec(text)?.[1];
  if (putty !== undefined && text.startsWith('PuTTY-User-Key-File-')) return putty.trim() !== 'none';
  // -----BEGIN OPENSSH PRIVATE KEY-----
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----\s([A-Za-z0-9+/=\s]{1,200})/.exec(text)?.[1];
  if (body === undefined) return false;
  const blob = Buffer.from(body, 'base64');
  const length = blob.length < MAGIC.length + 4 ? 0 : blob.readUInt32BE(MAGIC.length);
  const cipher = blob.toString('latin1', MAGIC.length + 4, MAGIC.length + 4 + length);
  return blob.toString('latin1', 0, MAGIC.length) === MAGIC && cipher !== 'none';
}

const MAGIC = 'openssh-key-v1\0';
