import type { LineRule } from '../line-rules.ts';
import type { Line } from '../lines.ts';
import { recordAt } from '../record-fields.ts';
import { type CertificateList, type CertificateScan, openList, setCertificate } from './draft.ts';

/** What a plain line below a label may look like. Whatever is printed elsewhere must not fit. */
const LISTED: Readonly<Partial<Record<CertificateList, RegExp>>> = {
  // http://pki.example.com/ca.crl   |   ldap:///CN=Example,DC=example   |   cn=CRL1, ou=vpn, o=example
  crlDistributionPoints: /^(?:(?:https?|ldaps?|ftp|file):\S{2,500}.{0,300}|[A-Za-z]{1,20} ?= ?.{1,300})$/i,
  // Digital Signature
  keyPurposes:
    /^(?:Digital Signature|Non[ -]?Repudiation|Key Encipherment|Data Encipherment|Key Agreement|Key Cert Sign|CRL Signature|Encipher Only|Decipher Only)$/i,
  // Client Auth   |   IPSEC Tunnel   |   1.3.6.1.5.5.8.2.2
  extendedKeyUsage:
    /^(?:\d[\d.]{4,60}|(?:Client|Server) Auth\w{0,12}|Code Signing|E-?mail Protection|IPSEC (?:End System|Tunnel|User)|Time ?Stamping|OCSP Signing|Any(?: Extended Key Usage)?)$/i,
  // vpn.example.com   |   IP Address : 192.0.2.1   |   OtherNames : r1@example.com
  alternativeNames: /^(?:[A-Za-z0-9*_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10}|[A-Za-z ]{2,30} : ?\S{1,200})$/,
  // OCSP URL: http://pki.example.com/ocsp   |   CA ISSUERS: ldap:///CN=Example
  authorityAccess: /^(?:OCSP URL|CA ISSUERS): ?\S.{0,500}$/i,
};

/** Lines of the verbose form. */
export const EXTENSION_RULES: readonly LineRule<CertificateScan>[] = [
  {
    // CRL Distribution Points:
    word: 'crl',
    pattern: /^CRL Distribution Points?: ?$/i,
    take: (state, _match, line) => openList(state, line, 'crlDistributionPoints'),
  },
  {
    // X509v3 Key Usage: A0000000
    word: 'x',
    pattern: /^X509v3 Key Usage: ?([0-9A-F]{1,16})$/i,
    take(state, match, line) {
      const taken = setCertificate(state, line, { keyUsage: match[1] ?? null });
      if (taken) state.list = 'keyPurposes';
      return taken;
    },
  },
  {
    // X509v3 Subject Key ID: 9E5BA777 18286333 F7D8A36A 6C99633E 26560D07
    word: 'x',
    pattern: /^X509v3 (Subject|Authority) Key ID: ?([0-9A-F][0-9A-F ]{0,100})$/i,
    take: (state, match, line) =>
      setCertificate(state, line, {
        [match[1]?.toLowerCase() === 'subject' ? 'subjectKeyId' : 'authorityKeyId']: (
          match[2] ?? ''
        ).replaceAll(' ', ''),
      }),
  },
  {
    // X509v3 Subject Alternative Name:
    word: 'x',
    pattern: /^X509v3 Subject Alternative Names?: ?$/i,
    take: (state, _match, line) => openList(state, line, 'alternativeNames'),
  },
  {
    // X509v3 extensions:   |   X509v3 Basic Constraints:
    word: 'x',
    pattern: /^X509v3 (?:extensions|Basic Constraints): ?$/i,
    take: (state, _match, line) => setCertificate(state, line, {}),
  },
  {
    // CA: TRUE
    word: 'ca',
    pattern: /^CA: ?(TRUE|FALSE)$/i,
    take: (state, match, line) => setCertificate(state, line, { isCa: match[1]?.toUpperCase() === 'TRUE' }),
  },
  {
    // Authority Info Access:
    word: 'authority',
    pattern: /^Authority Info Access: ?$/i,
    take: (state, _match, line) => openList(state, line, 'authorityAccess'),
  },
  {
    // Extended Key Usage:
    word: 'extended',
    pattern: /^Extended Key Usage: ?$/i,
    take: (state, _match, line) => openList(state, line, 'extendedKeyUsage'),
  },
  {
    // OCSP URL: http://pki.example.com/ocsp   (the label above it is lost or left out)
    word: '*',
    pattern: /^(?:OCSP URL|CA ISSUERS): ?\S.{0,500}$/i,
    take: (state, match, line) => takeListed(state, 'authorityAccess', match[0], line),
  },
  {
    word: '*',
    // vpn.example.com
    pattern: /^\S.{0,800}$/,
    take(state, match, line) {
      const { list } = state;
      if (list === null || LISTED[list]?.test(match[0]) !== true) return false;
      return takeListed(state, list, match[0], line);
    },
  },
];

function takeListed(state: CertificateScan, list: CertificateList, value: string, line: Line): boolean {
  const { record } = state.open;
  if (record === null || list === 'issuer' || list === 'subject') return false;
  if (record[list].includes(value)) return false;
  record[list] = [...record[list], value];
  state.list = list;
  return recordAt(state.open, line) !== null;
}
