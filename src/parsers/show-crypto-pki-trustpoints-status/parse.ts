import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { type Draft, isJoined, type Line, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { beginRecord, noRecord, type OpenRecord, recordAt, setFields } from '../record-fields.ts';
import { readPrintedDate } from '../show-clock/printed-date.ts';
import type { Trustpoint, TrustpointCertificate, TrustpointStatusFacts } from './facts.ts';

interface TrustpointScan {
  readonly trustpoints: Draft<Trustpoint>[];
  readonly open: OpenRecord<Trustpoint>;
  readonly certificate: OpenRecord<TrustpointCertificate>;
  /** What the next line holds that has no label of its own. */
  below: 'subject' | 'next-enrollment' | null;
}

/** `show crypto pki trustpoints status`: per trustpoint whether it has keys, a CA it trusts and a certificate of its own. */
export const showCryptoPkiTrustpointsStatus: Parser<TrustpointStatusFacts> = {
  command: 'show crypto pki trustpoints status',
  parse(text: string): Parsed<TrustpointStatusFacts> {
    const state: TrustpointScan = {
      trustpoints: [],
      open: noRecord(),
      certificate: noRecord(),
      below: null,
    };
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    const cut = state.trustpoints.some((each) => each.certificateRequests === null);
    return parsedFrom({ trustpoints: state.trustpoints }, scan, cut);
  },
};

const RULES: readonly LineRule<TrustpointScan>[] = [
  {
    // Trustpoint VPN-CA:
    word: 'trustpoint',
    pattern: /^Trustpoint (\S{1,80}?) ?:$/i,
    take(state, match, line) {
      const trustpoint = blankTrustpoint(match[1] ?? '', line);
      state.trustpoints.push(trustpoint);
      beginRecord(state.open, trustpoint, line);
      closeCertificate(state);
      return true;
    },
  },
  {
    // Issuing CA certificate configured:   |   Router General Purpose certificate pending:   |   Issuing CA certificate not configured.
    word: '*',
    pattern:
      /^((?:Issuing CA|Router(?: [A-Za-z]{2,20}){0,3}) certificate) ([a-z]{3,20}(?: [a-z]{2,20}){0,2}) ?[:.]?$/i,
    take: takeCertificate,
  },
  {
    // Subject Name:   |   Requested Subject Name:
    word: '*',
    pattern: /^(?:Requested )?Subject Name ?:$/i,
    take(state, _match, line) {
      const { record } = state.certificate;
      if (record === null || record.subject !== null) return false;
      state.below = 'subject';
      return stretch(state, line);
    },
  },
  // Fingerprint MD5: 796D8F17 F3E22A2E DADC2587 211ABA9A
  fingerprintRule(/^(?:Request )?Fingerprint MD5 ?: ?([0-9A-F][0-9A-F ]{0,100})$/i, 'fingerprintMd5'),
  // Fingerprint SHA1: 481A6986 4DEEE366 883F1E48 6BE3451D D037CF70
  fingerprintRule(/^(?:Request )?Fingerprint SHA-?1 ?: ?([0-9A-F][0-9A-F ]{0,100})$/i, 'fingerprintSha1'),
  // Fingerprint SHA256: 481A6986 4DEEE366 883F1E48 6BE3451D D037CF70 481A6986 4DEEE366 883F1E48
  fingerprintRule(
    /^(?:Request )?Fingerprint SHA-?(?:2|256) ?: ?([0-9A-F][0-9A-F ]{0,160})$/i,
    'fingerprintSha256',
  ),
  {
    // Last enrollment status: Granted
    word: 'last',
    pattern: /^Last enrollment status ?: ?(\S.{0,60})$/i,
    take: (state, match, line) => set(state, line, { lastEnrollment: match[1] ?? null }),
  },
  {
    // Next enrollment attempt:   (the time stands on the next line)
    word: 'next',
    pattern: /^Next enrollment attempt ?: ?(\S.{0,60})?$/i,
    take(state, match, line) {
      const at = match[1] === undefined ? null : readPrintedDate(match[1]);
      if ((match[1] !== undefined && at === null) || !set(state, line, { nextEnrollment: at })) return false;
      if (at === null) state.below = 'next-enrollment';
      return true;
    },
  },
  {
    // State:
    word: 'state',
    pattern: /^State ?:$/i,
    take: (state, _match, line) => set(state, line, {}),
  },
  {
    // Keys generated ............. Yes (General Purpose, non-exportable)
    word: 'keys',
    pattern: /^Keys generated ?\.{3,40} ?(Yes|No)(?: \(([^()]{1,80})\))?$/i,
    take: (state, match, line) =>
      set(state, line, { keysGenerated: isYes(match[1]), keyKind: match[2] ?? null }),
  },
  {
    // Issuing CA authenticated ....... Yes
    word: 'issuing',
    pattern: /^Issuing CA authenticated ?\.{3,40} ?(Yes|No)$/i,
    take: (state, match, line) => set(state, line, { caAuthenticated: isYes(match[1]) }),
  },
  {
    // Certificate request(s) ..... Yes
    word: 'certificate',
    pattern: /^Certificate request(?:\(s\)|s)? ?\.{3,40} ?(\S.{0,60})$/i,
    take: (state, match, line) => set(state, line, { certificateRequests: match[1] ?? null }),
  },
  // cn=Example CA,o=Example
  { word: '*', pattern: /^\S.{0,500}$/, take: takeBelow },
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

function takeCertificate(state: TrustpointScan, match: RegExpExecArray, line: Line): boolean {
  const { record } = state.open;
  const [, title = '', words = ''] = match;
  if (record === null || isJoined(line)) return false;
  if (record.certificates.some((each) => each.title === title)) {
    // The heading of another trustpoint is missing, unless a terminal printed the line twice.
    if (line.body !== state.open.previous) {
      state.open.record = null;
      closeCertificate(state);
    }
    return false;
  }
  const certificate: Draft<TrustpointCertificate> = {
    lines: { first: line.number, last: line.last },
    title,
    role: /^Issuing/i.test(title) ? 'ca' : 'router',
    state: words,
    subject: null,
    fingerprintMd5: null,
    fingerprintSha1: null,
    fingerprintSha256: null,
  };
  record.certificates = [...record.certificates, certificate];
  closeCertificate(state);
  beginRecord(state.certificate, certificate, line);
  return recordAt(state.open, line) !== null;
}

/** A line without a label: the value that the label above it announced. */
function takeBelow(state: TrustpointScan, match: RegExpExecArray, line: Line): boolean {
  const { below } = state;
  const text = match[0];
  // cn=Example CA,o=Example   |   17:57:14 CET Mar 4 2026
  if (below === 'subject' && /^[A-Za-z0-9.]{1,40} ?=/.test(text)) {
    if (!setFields(state.certificate, line, { subject: text })) return false;
    state.below = null;
    return stretch(state, line);
  }
  const at = below === 'next-enrollment' ? readPrintedDate(text) : null;
  return at !== null && set(state, line, { nextEnrollment: at });
}

function fingerprintRule(
  pattern: RegExp,
  field: 'fingerprintMd5' | 'fingerprintSha1' | 'fingerprintSha256',
): LineRule<TrustpointScan> {
  return {
    word: '*',
    pattern,
    take(state, match, line) {
      const value = (match[1] ?? '').replaceAll(' ', '');
      if (!setFields(state.certificate, line, { [field]: value })) return false;
      state.below = null;
      return stretch(state, line);
    },
  };
}

function set(state: TrustpointScan, line: Line, values: Partial<Draft<Trustpoint>>): boolean {
  const taken = setFields(state.open, line, values);
  if (taken || state.open.record === null) closeCertificate(state);
  return taken;
}

function stretch(state: TrustpointScan, line: Line): boolean {
  recordAt(state.certificate, line);
  return recordAt(state.open, line) !== null;
}

function closeCertificate(state: TrustpointScan): void {
  state.certificate.record = null;
  state.below = null;
}

function isYes(word: string | undefined): boolean {
  return word?.toLowerCase() === 'yes';
}

function blankTrustpoint(name: string, line: Line): Draft<Trustpoint> {
  return {
    lines: { first: line.number, last: line.last },
    name,
    certificates: [],
    lastEnrollment: null,
    nextEnrollment: null,
    keysGenerated: null,
    keyKind: null,
    caAuthenticated: null,
    certificateRequests: null,
  };
}
