import { type LineRule, silentRules } from '../line-rules.ts';
import { addressAsPrinted, numberOf } from '../lines.ts';
import { type CryptoMapScan, type EntryDraft, fillEntry, openEntry, presentEntry } from './draft.ts';

/** Headings and fields of an entry. */
export const ENTRY_RULES: readonly LineRule<CryptoMapScan>[] = [
  {
    // Crypto Map IPv4 "VPN" 10 ipsec-isakmp   |   Crypto Map "VPN" 65535 ipsec-isakmp (discover)
    word: 'crypto',
    pattern:
      /^Crypto Map(?: IPv[46])? "([^"]{1,200})" (\d{1,6})(?: ([a-z][a-z-]{1,20}))?(?: \(?(dynamic|discover)\)?)?$/i,
    take(state, match, line) {
      const entry = openEntry(state, match[1] ?? '', Number(match[2]), line);
      entry.type = match[3] ?? null;
      entry.dynamic = match[4]?.toLowerCase() === 'dynamic';
      return true;
    },
  },
  {
    // Crypto Map Template "DYN" 10   |   Crypto Map Template"DYN" 10
    word: 'crypto',
    pattern: /^Crypto Map(?: IPv[46])? Template ?"([^"]{1,200})" (\d{1,6})$/i,
    take(state, match, line) {
      openEntry(state, match[1] ?? '', Number(match[2]), line).dynamic = true;
      return true;
    },
  },
  // Crypto Map: "Tunnel0-head-0" idb: Loopback0 local address: 192.0.2.1
  {
    word: 'crypto',
    pattern: /^Crypto Map:? "[^"]{1,200}" idb: ?\S{1,60} local address: ?[0-9A-F.:]{2,45}$/i,
    take: () => true,
  },
  rule('description', /^Description: ?(\S.{0,300})$/i, (match) => ({ description: match[1] ?? null })),
  {
    // Peer = 203.0.113.2   |   Peer = 203.0.113.2 (default)
    word: 'peer',
    pattern: /^Peer ?= ?([^\s(]{1,120})(?: ?\(\w{1,20}\))?$/i,
    take(state, match, line) {
      const entry = presentEntry(state, line);
      if (entry === null) return false;
      if (entry.currentPeer !== null || entry.lifetimeSec !== null) {
        // Peers stand above these: this one belongs to an entry whose heading is missing.
        state.list = 'closed';
        return false;
      }
      entry.peers.push(addressAsPrinted(match[1] ?? ''));
      return true;
    },
  },
  // Current peer: 203.0.113.2
  rule('current', /^Current peer ?: ?(\S{1,120})$/i, (match) => ({
    currentPeer: addressAsPrinted(match[1] ?? ''),
  })),
  // Security association lifetime: 4608000 kilobytes/3600 seconds   |   … 3600 seconds
  rule(
    'security',
    /^Security association lifetime: ?(?:(\d{1,15}) kilobytes?\/)?(\d{1,12}) seconds?(?:, ?.{1,60})?$/i,
    (match) => ({ lifetimeKb: numberOf(match[1]), lifetimeSec: numberOf(match[2]) }),
  ),
  // PFS (Y/N): Y
  {
    word: 'pfs',
    pattern: /^PFS \(Y\/N\): ?([YN])$/i,
    take(state, match, line) {
      const entry = presentEntry(state, line);
      if (entry === null || !fillEntry(state, entry, { pfs: match[1]?.toUpperCase() === 'Y' })) return false;
      entry.pfsLine ??= line.number;
      return true;
    },
  },
  // DH group: group14
  rule('dh', /^DH group: ?(\S{1,30})$/i, (match) => ({ dhGroup: match[1] ?? null })),
  rule('ikev', /^IKEv2 Profile: ?(\S{1,120})$/i, (match) => ({ ikev2Profile: match[1] ?? null })),
  rule('isakmp', /^ISAKMP Profile: ?(\S{1,120})$/i, (match) => ({ isakmpProfile: match[1] ?? null })),
  // Reverse Route Injection Enabled
  rule('reverse', /^Reverse Route Injection (Enabled|Disabled)$/i, (match) => ({
    reverseRoute: match[1]?.toLowerCase() === 'enabled',
  })),
  // WARNING: This crypto map is in an incomplete state!
  markRule('warning', /^WARNING: This crypto map is in an? incomplete state!?$/i, (entry) => {
    entry.incomplete = true;
  }),
  // (missing peer or access-list definitions)
  markRule('*', /^\(missing peer or access-list definitions\)$/i, (entry) => {
    entry.incomplete = true;
  }),
  {
    // Dynamic map template tag: DYN   (the only line of such an entry)
    word: 'dynamic',
    pattern: /^Dynamic map template tag: ?(\S{1,120})$/i,
    take(state, match, line) {
      const entry = presentEntry(state, line);
      if (entry === null || !fillEntry(state, entry, { dynamicMap: match[1] ?? null })) return false;
      state.list = 'closed';
      return true;
    },
  },
  {
    // dynamic (created from dynamic map DYN/10)
    word: 'dynamic',
    pattern: /^dynamic \(created from dynamic map ([^\s)]{1,120})\)$/i,
    take(state, match, line) {
      const entry = presentEntry(state, line);
      const dynamicMap = (match[1] ?? '').replace(/\/\d{1,6}$/, '');
      if (entry === null || !fillEntry(state, entry, { dynamicMap })) return false;
      entry.dynamic = true;
      return true;
    },
  },
  ...silentRules<CryptoMapScan>({
    security: /^Security association (?:idletime|lifetime) ?: ?\S.{0,60}$/i,
    // Dualstack (Y/N): N   |   Responder-Only (Y/N): N   |   Mixed-mode : Disabled
    dualstack: /^Dualstack \(Y\/N\): ?[YN]$/i,
    responder: /^Responder-Only \(Y\/N\): ?[YN]$/i,
    mixed: /^Mixed-mode ?: ?\w{1,12}$/i,
    // Map is a PROFILE INSTANCE.
    map: /^Map is an? [A-Za-z ]{1,60}\.?$/i,
    // Profile name: VTI-PROFILE
    profile: /^Profile name: ?\S{1,120}$/i,
    // Antireplay window size = 1024
    antireplay: /^Antireplay window size ?= ?\d{1,6}$/i,
    // Always create SAs
    always: /^Always create SAs\.?$/i,
    // QOS is applied on the outside
    qos: /^QOS\b.{0,80}$/i,
    // No crypto maps found.
    no: /^No crypto maps? (?:found|configured)\.?$/i,
    ipsecv: /^IPsecv6 policy name: ?\S{0,80}$/i,
  }),
];

function rule(
  word: string,
  pattern: RegExp,
  fieldsOf: (match: RegExpExecArray) => Partial<EntryDraft>,
): LineRule<CryptoMapScan> {
  return {
    word,
    pattern,
    take(state, match, line) {
      const entry = presentEntry(state, line);
      return entry !== null && fillEntry(state, entry, fieldsOf(match));
    },
  };
}

function markRule(word: string, pattern: RegExp, mark: (entry: EntryDraft) => void): LineRule<CryptoMapScan> {
  return {
    word,
    pattern,
    take(state, _match, line) {
      const entry = presentEntry(state, line);
      if (entry === null) return false;
      mark(entry);
      return true;
    },
  };
}
