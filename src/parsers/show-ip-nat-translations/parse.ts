import { type LineRule, readerOf } from '../line-rules.ts';
import {
  addressAsPrinted,
  type Draft,
  fillBlank,
  isJoined,
  type Line,
  numberOf,
  parsedFrom,
  scanLines,
} from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { NatEnd, NatTranslation, NatTranslationFacts } from './facts.ts';

interface NatScan {
  readonly translations: Draft<NatTranslation>[];
  total: number | null;
}

/** `show ip nat translations`: which flows are translated, and to what. */
export const showIpNatTranslations: Parser<NatTranslationFacts> = {
  command: 'show ip nat translations',
  parse(text: string): Parsed<NatTranslationFacts> {
    const state: NatScan = { translations: [], total: null };
    const scan = scanLines(text, (line) => readLine(state, line));
    return parsedFrom({ translations: state.translations, total: state.total }, scan);
  },
};

const RULES: readonly LineRule<NatScan>[] = [
  {
    // Pro Inside global Inside local Outside local Outside global
    word: 'pro',
    pattern: /^Pro Inside global Inside local Outside local Outside global$/i,
    take: () => true,
  },
  {
    // Total number of translations: 2
    word: 'total',
    pattern: /^Total number of translations: ?(\d{1,12})$/i,
    take(state, match) {
      if (state.total !== null) return false;
      state.total = numberOf(match[1]);
      return true;
    },
  },
  {
    // tcp 203.0.113.2:1024 10.0.0.5:1024 198.51.100.9:80 198.51.100.9:80   |   --- 203.0.113.5 10.0.0.5 --- ---
    word: '*',
    pattern:
      /^(-{2,3}|[a-z]{2,6}|\d{1,3}) (-{2,3}|[0-9A-F.:]{3,60}) (-{2,3}|[0-9A-F.:]{3,60}) (-{2,3}|[0-9A-F.:]{3,60}) (-{2,3}|[0-9A-F.:]{3,60})$/i,
    take: takeRow,
  },
  {
    // Group_id:0 vrf: red
    word: 'group_id',
    pattern: /^Group_id: ?\d{1,9} vrf: ?(\S{1,40})$/i,
    take(state, match, line) {
      const row = rowAbove(state, line);
      if (row === null || row.vrf !== null) return false;
      row.vrf = match[1] ?? null;
      return true;
    },
  },
  // Format(H:M:S) Time-left :0:1:38
  verboseRule('format', /^Format\(H:M:S\) Time-left ?: ?([\d:-]{1,20})$/i, (match) => ({
    left: match[1] ?? null,
  })),
  // create 00:00:10, use 00:00:01 timeout:86400000, left 23:59:58, Map-Id(In): 1,
  verboseRule(
    'create',
    /^create ([\w:]{1,20}), use ([\w:]{1,20})(?: timeout: ?\d{1,12})?(?:, left ([\w:]{1,20}))?(?:,[\w ,.:()-]{0,120})?$/i,
    (match) => ({ created: match[1] ?? null, used: match[2] ?? null, left: match[3] ?? null }),
  ),
  // flags:   |   extended, use_count: 0, entry-id: 5, lc_entries: 0
  verboseRule(
    '*',
    /^(?:flags:[\w ,:-]{0,80}|(?:extended|static|none)[\w ,-]{0,60}use_count: ?\d{1,9}[\w ,:-]{0,120})$/i,
  ),
];

const readLine = readerOf(RULES);

function takeRow(state: NatScan, match: RegExpExecArray, line: Line): boolean {
  const [, protocol = '', ...texts] = match;
  const isEsp = /^(?:esp|50)$/i.test(protocol);
  const ends = texts.map((text) => readEnd(text, isEsp));
  if (ends.includes(undefined) || (isJoined(line) && line.raw.length < 40)) return false;
  const [insideGlobal, insideLocal, outsideLocal, outsideGlobal] = ends;
  state.translations.push({
    lines: { first: line.number, last: line.last },
    protocol: protocol.startsWith('-') ? null : protocol.toLowerCase(),
    insideGlobal: insideGlobal ?? null,
    insideLocal: insideLocal ?? null,
    outsideLocal: outsideLocal ?? null,
    outsideGlobal: outsideGlobal ?? null,
    vrf: null,
    created: null,
    used: null,
    left: null,
  });
  return true;
}

/** `192.0.2.1:1024` in its parts; null for `---`; undefined when it is no address. An SPI may look like a port: the protocol tells. */
function readEnd(text: string, isEsp: boolean): NatEnd | null | undefined {
  if (/^-+$/.test(text)) return null;
  // 192.0.2.1:1024   |   192.0.2.1   |   192.0.2.1:A1B2C3D4 (the SPI of an ESP flow)
  const found = /^(\d{1,3}(?:\.\d{1,3}){2,3})(?::([0-9A-F]{1,8}))?$/i.exec(text);
  if (found === null) return undefined;
  const tail = found[2];
  const spi = isEsp && tail !== undefined ? `0x${tail.toLowerCase()}` : null;
  const port = !isEsp && /^\d{1,5}$/.test(tail ?? '') ? Number(tail) : null;
  return { address: addressAsPrinted(found[1] ?? ''), port, spi, text };
}

function verboseRule(
  word: string,
  pattern: RegExp,
  fieldsOf: (match: RegExpExecArray) => Partial<Draft<NatTranslation>> = () => ({}),
): LineRule<NatScan> {
  return {
    word,
    pattern,
    take(state, match, line) {
      const row = state.translations.at(-1);
      if (
        isJoined(line) ||
        row === undefined ||
        row.lines.last !== line.number - 1 ||
        !fillBlank(row, fieldsOf(match))
      )
        return false;
      return rowAbove(state, line) !== null;
    },
  };
}

/** The row that a line of the verbose form belongs to, stretched over the line. */
function rowAbove(state: NatScan, line: Line): Draft<NatTranslation> | null {
  const row = state.translations.at(-1);
  if (row === undefined || row.lines.last !== line.number - 1) return null;
  row.lines = { first: row.lines.first, last: line.last };
  return row;
}
