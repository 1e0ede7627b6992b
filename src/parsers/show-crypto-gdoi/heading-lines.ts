import type { LineRule } from '../line-rules.ts';
import { addressAsPrinted, type Line } from '../lines.ts';
import { openRecord, presentRecord } from '../records.ts';
import { blankGroup, blankRegistration, blankServed, type GdoiScan } from './draft.ts';
import { nameOrNone } from './tables.ts';

type Take = (scan: GdoiScan, match: RegExpExecArray, line: Line) => void;

/** Lines that begin a part or a record. */
export const HEADINGS: readonly LineRule<GdoiScan>[] = [
  // GROUP INFORMATION
  heading('group', /^GROUP INFORMATION$/i, (scan) => {
    scan.part = 'other';
    scan.group = null;
  }),
  // Key Server Information For Group GETVPN:
  heading('key', /^Key Server Information For Group (\S{1,64}?):?$/i, (scan) => {
    scan.part = 'other';
  }),
  // Group Member Information For Group getvpn1:
  heading('group', /^Group Member Information For Group (\S{1,64}?):?$/i, (scan, match, line) => {
    scan.part = 'membership';
    scan.group = match[1] ?? null;
    openRecord(scan.memberships, line, { group: match[1] ?? '', direction: null, accessList: null });
  }),
  {
    // Group Name               : GETV4 (Unicast)
    word: 'group',
    pattern: /^Group Name ?: ?(\S{1,64})(?: \((\w{1,20})\))?$/i,
    take(scan, match, line) {
      if (scan.part === 'served') return false;
      scan.part = 'group';
      scan.group = match[1] ?? null;
      scan.prefix = '';
      openRecord(scan.groups, line, blankGroup(match[1] ?? '', match[2] ?? null));
      return true;
    },
  },
  // Group member             : 203.0.113.2         vrf: None
  heading('group', /^Group member ?: ?([0-9A-F.:]{2,45}) vrf: ?(\S{1,64})$/i, (scan, match, line) => {
    scan.part = 'registration';
    openRecord(
      scan.registrations,
      line,
      blankRegistration(scan.group, addressAsPrinted(match[1] ?? ''), nameOrNone(match[2])),
    );
  }),
  // Group Member ID    : 203.0.113.2     GM Version: 1.0.4
  heading(
    'group',
    /^Group Member ID ?: ?([0-9A-F.:]{2,45})(?: GM Version ?: ?(\S{1,20}))?$/i,
    (scan, match, line) => {
      scan.part = 'served';
      openRecord(scan.served, line, blankServed(addressAsPrinted(match[1] ?? ''), match[2] ?? null));
    },
  ),
  // Rekeys cumulative
  heading('rekeys', /^Rekeys cumulative:?$/i, (scan, _match, line) => {
    scan.part = 'rekeys';
    openRecord(scan.rekeys, line, { group: scan.group, total: null, afterRegister: null, acks: null });
  }),
  // ACL Downloaded From KS 192.0.2.1:
  heading('acl', /^ACL Downloaded From KS ([0-9A-F.:]{2,45}?):?$/i, (scan, match) => {
    // It stands above the keys of its group: below them the heading of the next group is missing.
    if (scan.part === 'kek' || scan.part === 'tek') scan.group = null;
    scan.part = 'acl';
    scan.server = addressAsPrinted(match[1] ?? '');
  }),
  // KEK POLICY:
  heading('kek', /^KEK POLICY ?:?$/i, (scan, _match, line) => {
    scan.part = 'kek';
    // A group has one: the heading of the next group is missing.
    if (scan.keks.all.at(-1)?.group === scan.group) scan.group = null;
    openRecord(scan.keks, line, {
      group: scan.group,
      transport: null,
      lifetimeSec: null,
      encryption: null,
      keyBits: null,
      hash: null,
      signatureBits: null,
    });
  }),
  // TEK POLICY for the current KS-Policy ACEs Downloaded:
  heading('tek', /^TEK POLICY\b.{0,80}$/i, (scan) => {
    scan.part = 'tek';
    scan.interface = null;
  }),
  {
    // IPsec SA:
    word: 'ipsec',
    pattern: /^IPsec SA:$/i,
    take(scan, _match, line) {
      if (scan.part !== 'tek') return false;
      const fields = { spi: null, transforms: [], remainingSec: null, antiReplay: null, encaps: null };
      openRecord(scan.teks, line, { group: scan.group, interface: scan.interface, ...fields });
      return true;
    },
  },
  {
    // GigabitEthernet0/0/1:
    word: '*',
    pattern: /^([A-Za-z][A-Za-z-]{0,30}\d[\d/.:]{0,20}?) ?:$/,
    take(scan, match) {
      if (scan.part !== 'tek') return false;
      scan.interface = match[1] ?? null;
      return true;
    },
  },
  {
    // Rekey Rcvd(hh:mm:ss)  : 00:00:19
    word: 'rekey',
    pattern: /^Rekey Rcvd ?\(hh:mm:ss\) ?: ?(\S{1,20})$/i,
    take(scan, match, line) {
      const record = scan.part === 'registration' ? presentRecord(scan.registrations, line) : null;
      if (record === null) return false;
      record.rekeyReceivedAgo = match[1] ?? null;
      return true;
    },
  },
  // KGS POLICY:   |   P2P POLICY:   |   REG_GM: local_addr 203.0.113.2
  ...['kgs', 'p', 'reg_gm'].map((word) =>
    heading(word, /^(?:(?:KGS|P2P) POLICY:|REG_GM: local_addr \S{1,45})$/i, (scan) => {
      scan.part = 'other';
      scan.group = null;
    }),
  ),
];

/** Lists whose items have no label. */
export const ITEMS: readonly LineRule<GdoiScan>[] = [
  {
    // access-list   permit ip 10.1.0.0 0.0.255.255 10.2.0.0 0.0.255.255   |   access-list LAN   (of a key server)
    word: 'access',
    pattern: /^access-list (\S.{0,300})$/i,
    take(scan, match, line) {
      const text = match[1] ?? '';
      if (scan.part === 'acl') {
        const lines = { first: line.number, last: line.last };
        scan.accessLines.push({ lines, group: scan.group, server: scan.server, text });
        return true;
      }
      const group = scan.part === 'group' && /^\S+$/.test(text) ? presentRecord(scan.groups, line) : null;
      if (group === null || group.accessList !== null) return false;
      group.accessList = text;
      return true;
    },
  },
  {
    //                            192.0.2.11     (a further key server)
    word: '',
    pattern: /^((?:\d{1,3}\.){3}\d{1,3})$/,
    take(scan, match, line) {
      const group = scan.part === 'group' ? presentRecord(scan.groups, line) : null;
      if (group === null || group.servers.length === 0) return false;
      group.servers = [...group.servers, addressAsPrinted(match[1] ?? '')];
      return true;
    },
  },
];

function heading(word: string, pattern: RegExp, begin: Take): LineRule<GdoiScan> {
  return {
    word,
    pattern,
    take(scan, match, line) {
      scan.prefix = '';
      begin(scan, match, line);
      return true;
    },
  };
}
