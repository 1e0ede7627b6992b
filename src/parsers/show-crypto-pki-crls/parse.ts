import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { type Draft, type Line, numberOf, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { beginRecord, noRecord, type OpenRecord, recordAt, setFields } from '../record-fields.ts';
import { readPrintedDate } from '../show-clock/printed-date.ts';
import type { CrlFacts, HeldCrl } from './facts.ts';

interface CrlScan {
  readonly crls: Draft<HeldCrl>[];
  readonly open: OpenRecord<HeldCrl>;
  /** What a line without a label is. */
  below: 'issuer' | 'distribution-point' | null;
  cacheBytes: number | null;
  cacheLimitBytes: number | null;
}

/** `show crypto pki crls`: the revocation lists the router holds, from when to when each is good, and where it came from. */
export const showCryptoPkiCrls: Parser<CrlFacts> = {
  command: 'show crypto pki crls',
  parse(text: string): Parsed<CrlFacts> {
    const state: CrlScan = {
      crls: [],
      open: noRecord(),
      below: null,
      cacheBytes: null,
      cacheLimitBytes: null,
    };
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    const { crls, cacheBytes, cacheLimitBytes } = state;
    return parsedFrom(
      { crls, cacheBytes, cacheLimitBytes },
      scan,
      crls.some((crl) => crl.issuer === null),
    );
  },
};

const RULES: readonly LineRule<CrlScan>[] = [
  {
    // CRL Issuer Name:   (the name stands behind the colon or on the next line)
    word: 'crl',
    pattern: /^CRL Issuer Name ?: ?(\S.{0,300})?$/i,
    take(state, match, line) {
      const crl = blankCrl(match[1] ?? null, line);
      state.crls.push(crl);
      beginRecord(state.open, crl, line);
      state.below = match[1] === undefined ? 'issuer' : null;
      return true;
    },
  },
  // LastUpdate: 12:39:13 UTC Jan 27 2025
  dateRule('lastupdate', /^LastUpdate ?: ?(\d.{10,60})$/i, 'lastUpdate'),
  // NextUpdate: 13:09:13 UTC Jan 27 2025
  dateRule('nextupdate', /^NextUpdate ?: ?(\d.{10,60})$/i, 'nextUpdate'),
  // CRL downloaded at: 12:40:18 UTC Jan 27 2025
  dateRule('crl', /^CRL downloaded at ?: ?(\d.{10,60})$/i, 'downloadedAt'),
  {
    // Retrieved from CRL Distribution Point:
    word: 'retrieved',
    pattern: /^Retrieved from CRL Distribution Points? ?:$/i,
    take(state, _match, line) {
      if (!set(state, line, {})) return false;
      state.below = 'distribution-point';
      return true;
    },
  },
  {
    // CRL DER is 350 bytes
    word: 'crl',
    pattern: /^CRL DER is (\d{1,12}) bytes$/i,
    take: (state, match, line) => set(state, line, { bytes: numberOf(match[1]) }),
  },
  {
    // CRL is stored in parsed CRL cache
    word: 'crl',
    pattern: /^CRL is stored in (\S.{0,60})$/i,
    take: (state, match, line) => set(state, line, { storedIn: match[1] ?? null }),
  },
  {
    // Parsed CRL cache current size is 350 bytes   |   Parsed CRL cache maximum size is 65536 bytes
    word: 'parsed',
    pattern: /^Parsed CRL cache (current|maximum) size is (\d{1,12}) bytes$/i,
    take(state, match) {
      const field = match[1]?.toLowerCase() === 'current' ? 'cacheBytes' : 'cacheLimitBytes';
      if (state[field] !== null) return false;
      state[field] = numberOf(match[2]);
      return true;
    },
  },
  // cn=Example CA, o=Example   |   http://pki.example.com/ca.crl   |   ** CDP Not Published - Retrieved via SCEP
  { word: '*', pattern: /^\S.{0,500}$/, take: takeBelow },
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

function takeBelow(state: CrlScan, match: RegExpExecArray, line: Line): boolean {
  const [text] = match;
  const { record } = state.open;
  if (record === null) return false;
  if (state.below === 'issuer' && /^[A-Za-z0-9.]{1,40} ?= ?\S/.test(text))
    return set(state, line, { issuer: text });
  if (state.below !== 'distribution-point') return false;
  // LDAP: CN = CRL1, OU = vpn, O = example
  if (!/^(?:[A-Za-z]{3,8}:|\*\* |[A-Za-z]{1,20} ?= ?\S)/.test(text)) return false;
  if (record.distributionPoints.includes(text)) return false;
  record.distributionPoints = [...record.distributionPoints, text];
  return recordAt(state.open, line) !== null;
}

function dateRule(
  word: string,
  pattern: RegExp,
  field: 'lastUpdate' | 'nextUpdate' | 'downloadedAt',
): LineRule<CrlScan> {
  return {
    word,
    pattern,
    take(state, match, line) {
      const date = readPrintedDate(match[1] ?? '');
      return date !== null && set(state, line, { [field]: date });
    },
  };
}

function set(state: CrlScan, line: Line, values: Partial<Draft<HeldCrl>>): boolean {
  const taken = setFields(state.open, line, values);
  if (taken) state.below = null;
  return taken;
}

function blankCrl(issuer: string | null, line: Line): Draft<HeldCrl> {
  return {
    lines: { first: line.number, last: line.last },
    issuer,
    lastUpdate: null,
    nextUpdate: null,
    downloadedAt: null,
    distributionPoints: [],
    bytes: null,
    storedIn: null,
  };
}
