import type { LineRule } from '../line-rules.ts';
import { addressAsPrinted, type Line } from '../lines.ts';
import { recordAt } from '../record-fields.ts';
import { type CertificateScan, openList, setCertificate } from './draft.ts';

/** Attributes that a name holds once: a second one means that the heading between two names is missing. */
const ONCE: ReadonlySet<string> = new Set(['cn', 'c', 'o', 'e', 'st', 'l', 'serialnumber', 'hostname']);

/** Lines of issuer and subject. */
export const NAME_RULES: readonly LineRule<CertificateScan>[] = [
  {
    // Issuer:
    word: 'issuer',
    pattern: /^Issuer ?:$/i,
    take: (state, _match, line) => openList(state, line, 'issuer'),
  },
  {
    // Subject:   |   Subject Name Contains:
    word: 'subject',
    pattern: /^Subject(?: Name)?(?: Contains)?(?: ?:)?$/i,
    take: (state, _match, line) => openList(state, line, 'subject'),
  },
  {
    // Name: r1.example.com
    word: 'name',
    pattern: /^Name ?: ?(\S.{0,200})$/i,
    take: (state, match, line) => setSubject(state, line, { subjectName: match[1] ?? null }),
  },
  {
    // IP Address: 192.0.2.1
    word: 'ip',
    pattern: /^IP Address: ?([0-9A-F.:]{2,45})$/i,
    take: (state, match, line) =>
      setSubject(state, line, { subjectAddress: addressAsPrinted(match[1] ?? '') }),
  },
  {
    // Serial Number: PID:ISR4451-X/K9 SN:FOC00000AAA
    word: 'serial',
    pattern: /^Serial Number: ?(\S.{0,100})$/i,
    take: (state, match, line) => setSubject(state, line, { subjectSerialNumber: match[1] ?? null }),
  },
  {
    // cn=r1.example.com   |   CN = Example Root, or an object id: 0.9.2342.19200300.100.1.25=com
    word: '*',
    pattern: /^([A-Za-z][A-Za-z0-9-]{0,30}|\d[\d.]{2,60}) ?= ?(.{0,300})$/,
    take: (state, match, line) => takeAttribute(state, (match[1] ?? '').toLowerCase(), match[2] ?? '', line),
  },
];

/** Name, address and serial number stand in the subject only, so what follows them does too. */
function setSubject(
  state: CertificateScan,
  line: Line,
  values: Parameters<typeof setCertificate>[2],
): boolean {
  const taken = setCertificate(state, line, values);
  if (taken) state.list = 'subject';
  return taken;
}

function takeAttribute(state: CertificateScan, type: string, value: string, line: Line): boolean {
  const { list, open } = state;
  if (open.record === null || (list !== 'issuer' && list !== 'subject')) return false;
  if (ONCE.has(type) && open.record[list].some((part) => part.type === type)) {
    if (line.body !== open.previous) state.list = null;
    return false;
  }
  open.record[list] = [...open.record[list], { type, value }];
  return recordAt(open, line) !== null;
}
