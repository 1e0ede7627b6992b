import type { LineRule } from '../line-rules.ts';
import { type CryptoMapScan, fillEntry, presentEntry } from './draft.ts';

/** The access list of an entry. */
export const ACL_RULES: readonly LineRule<CryptoMapScan>[] = [
  // Extended IP access list 101   |   Extended IP access list   (of an entry made from a dynamic map)
  headingRule('extended', /^Extended IP access list(?: (\S{1,120}))?$/i),
  // IPv6 access list V6-VPN
  headingRule('ipv', /^IPv6 access list(?: (\S{1,120}))?$/i),
  {
    // access-list 101 permit ip 10.1.0.0 0.0.255.255 10.2.0.0 0.0.255.255
    word: 'access',
    pattern: /^access-list (?:\S{1,120} )?(?:permit|deny) \S.{0,300}$/i,
    take: takeLine,
  },
  // permit ipv6 2001:DB8:1::/48 2001:DB8:2::/48
  { word: 'permit', pattern: /^permit \S.{0,300}$/i, take: takeLine },
  { word: 'deny', pattern: /^deny \S.{0,300}$/i, take: takeLine },
  // Extended IP access check IN list FILTER   (a filter on the clear side, not the traffic to protect)
  silent('extended', /^Extended IP access check (?:IN|OUT) list\b.{0,120}$/i),
  silent('no', /^No matching address list set\.?$/i),
  // Access-List SS dynamic: False
  silent('access', /^Access-List SS dynamic: ?\w{1,8}$/i),
];

function headingRule(word: string, pattern: RegExp): LineRule<CryptoMapScan> {
  return {
    word,
    pattern,
    take(state, match, line) {
      const entry = presentEntry(state, line);
      if (entry === null || !fillEntry(state, entry, { acl: match[1] ?? null })) return false;
      state.list = 'acl';
      return true;
    },
  };
}

function takeLine(
  state: CryptoMapScan,
  match: RegExpExecArray,
  line: { number: number; last: number },
): boolean {
  const entry = state.list === 'acl' ? state.entries.at(-1) : undefined;
  if (entry === undefined) return false;
  entry.aclLines.push({ lines: { first: line.number, last: line.last }, text: match[0] });
  entry.lines = { first: entry.lines.first, last: line.last };
  return true;
}

function silent(word: string, pattern: RegExp): LineRule<CryptoMapScan> {
  return { word, pattern, take: () => true };
}
