import { LABEL_LINE, type LabelTable, labelReader } from '../labelled-values.ts';
import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { type Line, parsedFrom, scanLines } from '../lines.ts';
import type { Fact, Parsed, Parser } from '../parsed.ts';
import type { Records } from '../records.ts';
import { emptyScan, type GdoiPart, type GdoiScan } from './draft.ts';
import type { GdoiFacts } from './facts.ts';
import { HEADINGS, ITEMS } from './heading-lines.ts';
import { GROUP, KEK, MEMBERSHIP, REGISTRATION, REKEYS, SERVED_MEMBER, TEK } from './tables.ts';

/** `show crypto gdoi`, `… gm`, `… ks`, `… ks members`: GETVPN, as a group member or a key server sees it. */
export const showCryptoGdoi: Parser<GdoiFacts> = {
  command: 'show crypto gdoi',
  parse(text: string): Parsed<GdoiFacts> {
    const state = emptyScan();
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    return parsedFrom(
      {
        groups: state.groups.all,
        memberships: state.memberships.all,
        registrations: state.registrations.all,
        servedMembers: state.served.all,
        accessLines: state.accessLines,
        keks: state.keks.all,
        teks: state.teks.all,
        rekeys: state.rekeys.all,
        rekeysSent: state.rekeysSent,
        registeredMembers: state.registeredMembers,
      },
      scan,
    );
  },
};

type PartReader = (scan: GdoiScan, label: string, value: string, line: Line) => boolean;

/** By part: whose labels the lines have. */
const READERS: Readonly<Partial<Record<GdoiPart, PartReader>>> = {
  group: labels(GROUP, (scan) => scan.groups),
  membership: labels(MEMBERSHIP, (scan) => scan.memberships),
  registration: labels(REGISTRATION, (scan) => scan.registrations),
  served: labels(SERVED_MEMBER, (scan) => scan.served),
  kek: labels(KEK, (scan) => scan.keks),
  tek: labels(TEK, (scan) => scan.teks),
  rekeys: labels(REKEYS, (scan) => scan.rekeys),
};

const RULES: readonly LineRule<GdoiScan>[] = [
  ...HEADINGS,
  ...ITEMS,
  {
    // Group Rekey   (and in the next line)   Remaining Lifetime   : 86127 secs
    word: '*',
    pattern: /^(Group Rekey|Group Retransmit|SA Rekey)$/i,
    take(scan, match) {
      scan.prefix = `${(match[1] ?? '').toLowerCase()} `;
      return true;
    },
  },
  {
    // Total group members registered to this box: 2
    word: 'total',
    pattern: /^Total group members registered to this box ?: ?(\d{1,6})$/i,
    take(scan, match, line) {
      const count = Number(match[1]);
      if (scan.registeredMembers !== null && scan.registeredMembers.count !== count) return false;
      scan.registeredMembers = { lines: { first: line.number, last: line.last }, count };
      return true;
    },
  },
  {
    // Number of rekeys sent for group GETVPN : 10
    word: 'number',
    pattern: /^Number of rekeys sent for group (\S{1,64}) ?: ?(\d{1,12})$/i,
    take(scan, match, line) {
      const lines = { first: line.number, last: line.last };
      scan.rekeysSent.push({ lines, group: match[1] ?? '', count: Number(match[2]) });
      return true;
    },
  },
  {
    // Group Member Information :   (of a key server; members follow)
    word: 'group',
    pattern: /^Group Member Information ?:$/i,
    take(scan) {
      scan.part = 'served';
      return true;
    },
  },
  {
    // IPSec SA Direction       : Both
    word: '*',
    pattern: LABEL_LINE[':'],
    take(scan, match, line) {
      const label = `${scan.prefix}${(match[1] ?? '').toLowerCase()}`;
      if (READERS[scan.part]?.(scan, label, match[2] ?? '', line) !== true) return false;
      scan.prefix = '';
      return true;
    },
  },
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

function labels<R extends Fact>(table: LabelTable<R>, recordsOf: (scan: GdoiScan) => Records<R>): PartReader {
  const read = labelReader(table);
  return (scan, label, value, line) => {
    const records = recordsOf(scan);
    const taken = read(records, label, value, line);
    // A label that comes again stands in a record whose heading is missing: what follows may be of any group.
    if (!taken && records.closed) scan.group = null;
    return taken;
  };
}
