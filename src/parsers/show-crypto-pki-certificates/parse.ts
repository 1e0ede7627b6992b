import { type LineRule, readerOf } from '../line-rules.ts';
import { parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { beginRecord, noRecord } from '../record-fields.ts';
import { blankCertificate, type CertificateScan } from './draft.ts';
import { EXTENSION_RULES } from './extension-lines.ts';
import type { PkiCertificateFacts } from './facts.ts';
import { NAME_RULES } from './name-lines.ts';
import { VALUE_RULES } from './value-lines.ts';

/** `show crypto pki certificates [verbose]`: the router's own certificates, those of its CAs, and requests that wait for an answer. */
export const showCryptoPkiCertificates: Parser<PkiCertificateFacts> = {
  command: 'show crypto pki certificates',
  parse(text: string): Parsed<PkiCertificateFacts> {
    const state: CertificateScan = { certificates: [], open: noRecord(), list: null };
    const scan = scanLines(text, (line) => readLine(state, line), isLabelled);
    const cut = state.certificates.some((each) => each.status === null);
    return parsedFrom({ certificates: state.certificates }, scan, cut);
  },
};

// Certificate   |   CA Certificate   |   RA Signature Certificate   |   Router Self-Signed Certificate   |   CA Certificate (Rollover)
const HEADING =
  /^(?:(?:CA|Sub(?:ordinate)? CA|RA(?: Signature| KeyEncipher(?:ment)?)?|Router(?: General Purpose| Signature| Encryption| Self-Signed| Self Signed)?|General Purpose|Peer) )?Certificate(?: \([A-Za-z -]{2,30}\))?$/i;

const HEADING_RULE: LineRule<CertificateScan> = {
  word: '*',
  pattern: HEADING,
  take(state, match, line) {
    const certificate = blankCertificate(match[0], line);
    state.certificates.push(certificate);
    beginRecord(state.open, certificate, line);
    state.list = null;
    return true;
  },
};

const readLine = readerOf([...VALUE_RULES, HEADING_RULE, ...NAME_RULES, ...EXTENSION_RULES]);

/** A label with its colon, or a heading: never the second half of a wrapped address of a CRL. */
function isLabelled(body: string): boolean {
  // Key Label: r1.example.com
  return /^[A-Z][A-Za-z0-9() -]{1,40}: ?/.test(body) || HEADING.test(body);
}
