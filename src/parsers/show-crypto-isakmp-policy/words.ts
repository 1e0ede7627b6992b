type Names = readonly (readonly [RegExp, string])[];

const ENCRYPTION: Names = [
  // Three key triple DES
  [/^Three key triple DES/i, '3des'],
  // DES - Data Encryption Standard (56 bit keys).
  [/^DES - /i, 'des'],
  // AES - Advanced Encryption Standard (256 bit keys).
  [/^AES - /i, 'aes'],
  // AES-GCM - …
  [/^AES-GCM\b/i, 'aes-gcm'],
];

const HASH: Names = [
  [/^Message Digest 5$/i, 'md5'],
  // Secure Hash Standard 2 (256 bit)
  [/^Secure Hash Standard 2 \(256 bit\)$/i, 'sha256'],
  [/^Secure Hash Standard 2 \(384 bit\)$/i, 'sha384'],
  [/^Secure Hash Standard 2 \(512 bit\)$/i, 'sha512'],
  [/^Secure Hash Standard$/i, 'sha'],
];

const AUTHENTICATION: Names = [
  [/^Pre-Shared Key$/i, 'pre-share'],
  [/^Rivest-Shamir-Adleman Signature$/i, 'rsa-sig'],
  [/^Rivest-Shamir-Adleman Encryption$/i, 'rsa-encr'],
  // Elliptic Curve Digital Signature …
  [/^(?:Elliptic Curve Digital Signature|ECDSA)\b/i, 'ecdsa-sig'],
];

/** The configuration's word for a cipher as `show` prints it, or the text itself. */
export function encryptionWord(text: string): string {
  return wordFor(ENCRYPTION, text);
}

/** The configuration's word for a hash as `show` prints it, or the text itself. */
export function hashWord(text: string): string {
  return wordFor(HASH, text);
}

/** The configuration's word for an authentication method as `show` prints it, or the text itself. */
export function authenticationWord(text: string): string {
  return wordFor(AUTHENTICATION, text);
}

function wordFor(names: Names, text: string): string {
  return names.find(([pattern]) => pattern.test(text))?.[1] ?? text;
}
