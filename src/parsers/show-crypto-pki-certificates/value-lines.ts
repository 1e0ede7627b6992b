import type { LineRule } from '../line-rules.ts';
import type { Draft, Line } from '../lines.ts';
import { readPrintedDate } from '../show-clock/printed-date.ts';
import { type CertificateScan, setCertificate } from './draft.ts';
import type { Certificate } from './facts.ts';

/** Fields whose value is text. */
type TextField = {
  [K in keyof Certificate]: Certificate[K] extends string | null ? K : never;
}[keyof Certificate];

/** Lines with a label and one value. */
export const VALUE_RULES: readonly LineRule<CertificateScan>[] = [
  // Status: Available
  textRule('status', /^Status: ?(\S.{0,60})$/i, 'status'),
  // Certificate Serial Number (hex): 3EEC76FB95DE8EAA   |   Certificate Serial Number: 01
  textRule('certificate', /^Certificate Serial Number(?: \(hex\))?: ?([0-9A-Z]{1,80})$/i, 'serialNumber'),
  // Certificate Usage: General Purpose
  textRule('certificate', /^Certificate Usage: ?(\S.{0,40})$/i, 'usage'),
  // Key Usage: General Purpose
  textRule('key', /^Key Usage: ?(\S.{0,40})$/i, 'usage'),
  // Public Key Algorithm: rsaEncryption
  textRule('public', /^Public Key Algorithm: ?(\S.{0,60})$/i, 'keyAlgorithm'),
  // Signature Algorithm: SHA256 with RSA Encryption
  textRule('signature', /^Signature Algorithm: ?(\S.{0,60})$/i, 'signatureAlgorithm'),
  // Storage: nvram:example#1.cer
  textRule('storage', /^Storage: ?(\S{1,120})$/i, 'storage'),
  // Key Label: r1.example.com
  textRule('key', /^Key Label: ?(\S.{0,120})$/i, 'keyLabel'),
  // Key storage device: private config
  textRule('key', /^Key storage device: ?(\S.{0,60})$/i, 'keyStorage'),
  // Fingerprint MD5: 796D8F17 F3E22A2E DADC2587 211ABA9A
  hexRule('fingerprint', /^Fingerprint MD5: ?([0-9A-F][0-9A-F ]{0,100})$/i, 'fingerprintMd5'),
  // Fingerprint SHA1: 481A6986 4DEEE366 883F1E48 6BE3451D D037CF70
  hexRule('fingerprint', /^Fingerprint SHA-?1: ?([0-9A-F][0-9A-F ]{0,100})$/i, 'fingerprintSha1'),
  // Fingerprint SHA256: 481A6986 4DEEE366 883F1E48 6BE3451D D037CF70 481A6986 4DEEE366 883F1E48
  hexRule('fingerprint', /^Fingerprint SHA-?(?:2|256): ?([0-9A-F][0-9A-F ]{0,160})$/i, 'fingerprintSha256'),
  // Certificate Request Fingerprint MD5: 796D8F17 F3E22A2E DADC2587 211ABA9A
  hexRule('certificate', /^Certificate Request Fingerprint MD5: ?([0-9A-F][0-9A-F ]{0,100})$/i, 'requestMd5'),
  // Certificate Request Fingerprint SHA1: 481A6986 4DEEE366 883F1E48 6BE3451D D037CF70
  hexRule(
    'certificate',
    /^Certificate Request Fingerprint SHA-?1: ?([0-9A-F][0-9A-F ]{0,100})$/i,
    'requestSha1',
  ),
  // start date: 00:08:38 UTC Feb 22 2026
  dateRule('start', /^start date: ?(\d.{10,60})$/i, 'validFrom'),
  // end   date: 00:08:38 UTC Feb 17 2046
  dateRule('end', /^end date: ?(\d.{10,60})$/i, 'validUntil'),
  // renew date: 09:19:52 UTC Apr 10 2023
  dateRule('renew', /^renew date: ?(\d.{10,60})$/i, 'renewAt'),
  // Cert install time: 22:35:39 UTC Feb 19 2024
  dateRule('cert', /^Cert install time: ?(\d.{10,60})$/i, 'installedAt'),
  {
    // Version: 3
    word: 'version',
    pattern: /^Version: ?(\d{1,2})$/i,
    take: (state, match, line) => setCertificate(state, line, { version: Number(match[1]) }),
  },
  {
    // RSA Public Key: (2048 bit)   |   EC Public Key:  (256 bit)
    word: '*',
    pattern: /^[A-Z]{2,10} Public Key: ?\((\d{2,5}) bit\)$/i,
    take: (state, match, line) => setCertificate(state, line, { keyBits: Number(match[1]) }),
  },
  {
    // Associated Trustpoints: CA-ROOT CA-OLD   |   Associated Identity: myca
    word: 'associated',
    pattern: /^Associated (?:Trustpoints?|Identity): ?(\S[^:]{0,300})$/i,
    take: (state, match, line) =>
      setCertificate(state, line, { trustpoints: (match[1] ?? '').split(/[ ,]+/) }),
  },
  {
    // Validity Date:
    word: 'validity',
    pattern: /^Validity Date ?:$/i,
    take: (state, _match, line) => setCertificate(state, line, {}),
  },
  {
    // Subject Key Info:
    word: 'subject',
    pattern: /^Subject Key Info ?:$/i,
    take: (state, _match, line) => setCertificate(state, line, {}),
  },
];

function textRule(word: string, pattern: RegExp, field: TextField): LineRule<CertificateScan> {
  return { word, pattern, take: (state, match, line) => set(state, line, field, match[1] ?? null) };
}

function hexRule(word: string, pattern: RegExp, field: TextField): LineRule<CertificateScan> {
  return {
    word,
    pattern,
    take: (state, match, line) => set(state, line, field, (match[1] ?? '').replaceAll(' ', '')),
  };
}

function dateRule(
  word: string,
  pattern: RegExp,
  field: 'validFrom' | 'validUntil' | 'renewAt' | 'installedAt',
): LineRule<CertificateScan> {
  return {
    word,
    pattern,
    take(state, match, line) {
      const date = readPrintedDate(match[1] ?? '');
      return date !== null && set(state, line, field, date);
    },
  };
}

function set<K extends keyof Certificate>(
  state: CertificateScan,
  line: Line,
  field: K,
  value: Certificate[K],
): boolean {
  return setCertificate(state, line, { [field]: value } as Partial<Draft<Certificate>>);
}
