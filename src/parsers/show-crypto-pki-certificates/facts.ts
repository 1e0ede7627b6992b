import type { Fact } from '../parsed.ts';
import type { PrintedDate } from '../show-clock/printed-date.ts';

/** One attribute of a distinguished name, e.g. type `cn`. Types are in lower case, in the order printed. */
export interface NamePart {
  readonly type: string;
  readonly value: string;
}

/** One certificate of `show crypto pki certificates [verbose]`. The plain form leaves keys, fingerprints and extensions out (null, empty). */
export interface Certificate extends Fact {
  /** Heading as printed, e.g. `CA Certificate (Rollover)`. */
  readonly heading: string;
  readonly kind: 'router' | 'ca' | 'ra';
  readonly rollover: boolean;
  /** Available, Pending … as printed. */
  readonly status: string | null;
  readonly version: number | null;
  /** Hex digits as printed. */
  readonly serialNumber: string | null;
  /** General Purpose, Signature … as printed. */
  readonly usage: string | null;
  readonly issuer: readonly NamePart[];
  readonly subject: readonly NamePart[];
  /** `Name:` of the subject, which the request asked for. */
  readonly subjectName: string | null;
  readonly subjectAddress: string | null;
  readonly subjectSerialNumber: string | null;
  readonly crlDistributionPoints: readonly string[];
  readonly validFrom: PrintedDate | null;
  readonly validUntil: PrintedDate | null;
  /** When automatic enrolment asks for the next certificate. */
  readonly renewAt: PrintedDate | null;
  readonly keyAlgorithm: string | null;
  readonly keyBits: number | null;
  readonly signatureAlgorithm: string | null;
  /** Fingerprints without blanks. */
  readonly fingerprintMd5: string | null;
  readonly fingerprintSha1: string | null;
  readonly fingerprintSha256: string | null;
  /** Bits of the key usage extension in hex, as printed. */
  readonly keyUsage: string | null;
  /** Key usages in words. */
  readonly keyPurposes: readonly string[];
  /** Names or object ids of the extended key usage extension. */
  readonly extendedKeyUsage: readonly string[];
  readonly subjectKeyId: string | null;
  readonly authorityKeyId: string | null;
  /** Whether the basic constraints make it a CA. */
  readonly isCa: boolean | null;
  /** Names and addresses as printed, e.g. `vpn.example.com`, `IP Address : 192.0.2.1`. */
  readonly alternativeNames: readonly string[];
  /** `OCSP URL: …`, `CA ISSUERS: …` as printed. */
  readonly authorityAccess: readonly string[];
  readonly installedAt: PrintedDate | null;
  readonly trustpoints: readonly string[];
  readonly storage: string | null;
  readonly keyLabel: string | null;
  readonly keyStorage: string | null;
  /** Fingerprints of a request that is not answered yet. */
  readonly requestMd5: string | null;
  readonly requestSha1: string | null;
}

export interface PkiCertificateFacts {
  readonly certificates: readonly Certificate[];
}
