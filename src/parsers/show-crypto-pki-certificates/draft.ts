import type { Draft, Line } from '../lines.ts';
import { type OpenRecord, recordAt, setFields } from '../record-fields.ts';
import type { Certificate } from './facts.ts';

/** Which list the plain lines below a label belong to; null when the last label has its value beside it. */
export type CertificateList =
  | 'issuer'
  | 'subject'
  | 'crlDistributionPoints'
  | 'keyPurposes'
  | 'extendedKeyUsage'
  | 'alternativeNames'
  | 'authorityAccess';

/** What has been read so far of one output. */
export interface CertificateScan {
  readonly certificates: Draft<Certificate>[];
  readonly open: OpenRecord<Certificate>;
  list: CertificateList | null;
}

/** A certificate of which nothing but its heading is known. */
export function blankCertificate(heading: string, line: Line): Draft<Certificate> {
  return {
    lines: { first: line.number, last: line.last },
    heading,
    kind: /^(?:Sub(?:ordinate)? )?CA\b/i.test(heading) ? 'ca' : /^RA\b/i.test(heading) ? 'ra' : 'router',
    rollover: /rollover/i.test(heading),
    status: null,
    version: null,
    serialNumber: null,
    usage: null,
    issuer: [],
    subject: [],
    subjectName: null,
    subjectAddress: null,
    subjectSerialNumber: null,
    crlDistributionPoints: [],
    validFrom: null,
    validUntil: null,
    renewAt: null,
    keyAlgorithm: null,
    keyBits: null,
    signatureAlgorithm: null,
    fingerprintMd5: null,
    fingerprintSha1: null,
    fingerprintSha256: null,
    keyUsage: null,
    keyPurposes: [],
    extendedKeyUsage: [],
    subjectKeyId: null,
    authorityKeyId: null,
    isCa: null,
    alternativeNames: [],
    authorityAccess: [],
    installedAt: null,
    trustpoints: [],
    storage: null,
    keyLabel: null,
    keyStorage: null,
    requestMd5: null,
    requestSha1: null,
  };
}

/** Sets fields of the present certificate; the list that was open is over. */
export function setCertificate(
  state: CertificateScan,
  line: Line,
  values: Partial<Draft<Certificate>>,
): boolean {
  const taken = setFields(state.open, line, values);
  if (taken) state.list = null;
  return taken;
}

/** A label whose values stand on the lines below. A list that has values already belongs to a certificate whose heading is missing. */
export function openList(state: CertificateScan, line: Line, list: CertificateList): boolean {
  const { record } = state.open;
  if (record === null) return false;
  if (record[list].length > 0) {
    state.open.record = null;
    state.list = null;
    return false;
  }
  state.list = list;
  return recordAt(state.open, line) !== null;
}
