import type { LineRule } from '../line-rules.ts';
import { readerOf } from '../line-rules.ts';
import type { Line } from '../lines.ts';
import { isJoined } from '../lines.ts';
import type { Fact } from '../parsed.ts';
import {
  type BlockLines,
  type BlockRule,
  type ConfigBlock,
  type ConfigLine,
  type Making,
  reachTo,
} from './config-block.ts';
import type { RunningConfigFacts } from './facts.ts';

/** The block whose lines come now. */
export interface OpenBlock {
  /** Reads a line below the heading; false when it is none of this block. */
  readonly read: (line: Line) => boolean;
  /** Where an indented line goes that nothing reads; null for parts that no tunnel is made of. */
  readonly unread: ConfigLine[] | null;
  readonly place: { lines: Fact['lines'] };
  readonly isClosed: () => boolean;
}

/** The configuration read so far. */
export interface ConfigScan {
  readonly facts: Making<RunningConfigFacts>;
  open: OpenBlock | null;
}

export type HeadingRule = LineRule<ConfigScan>;

export function emptyScan(): ConfigScan {
  return {
    facts: {
      hostname: null,
      isakmpPolicies: [],
      isakmpKeys: [],
      keyrings: [],
      isakmpProfiles: [],
      ikev2Proposals: [],
      ikev2Policies: [],
      ikev2Profiles: [],
      transformSets: [],
      ipsecProfiles: [],
      cryptoMaps: [],
      interfaces: [],
      accessLists: [],
      settings: [],
      others: [],
    },
    open: null,
  };
}

/** A heading that opens a block whose lines the given rules read. */
export function blockHeading<R extends ConfigBlock>(
  word: string,
  pattern: RegExp,
  rules: readonly BlockRule<R>[],
  listOf: (facts: Making<RunningConfigFacts>) => readonly R[],
  blank: (match: RegExpExecArray, line: Line) => Omit<R, 'lines' | 'unread'>,
): HeadingRule {
  const readLine = readerOf(rules);
  return {
    word,
    pattern,
    take(scan, match, line) {
      const fields = blank(match, line);
      const unread: ConfigLine[] = [];
      const record = {
        ...fields,
        lines: { first: line.number, last: line.last },
        unread,
      } as unknown as Making<R>;
      (listOf(scan.facts) as unknown as Making<R>[]).push(record);
      scan.open = openBlock(record, readLine, unread);
      return true;
    },
  };
}

function openBlock<R extends ConfigBlock>(
  record: Making<R>,
  readLine: (block: BlockLines<Making<R>>, line: Line) => boolean,
  unread: ConfigLine[],
): OpenBlock {
  const block: BlockLines<Making<R>> = { record, seen: new Map(), last: null, closed: false };
  return {
    read: (line) => !block.closed && readLine(block, line),
    unread,
    place: record as unknown as OpenBlock['place'],
    isClosed: () => block.closed,
  };
}

// set peer 192.0.2.7   |   tunnel source Loopback0   |   ip nhrp map …      (lines that only a map or an interface has)
const OF_A_TUNNEL = /^(?:set (?:peer|transform-set) |match address (?!ipv4 )|tunnel |ip nhrp |crypto )/i;

/** A part whose indented lines are `take`n as they are, but for those that a lost heading left behind. */
export function openPart(place: OpenBlock['place'], take: (line: Line) => void): OpenBlock {
  return {
    read(line) {
      if (!isIndented(line) || isJoined(line) || OF_A_TUNNEL.test(line.body)) return false;
      take(line);
      return true;
    },
    unread: null,
    place,
    isClosed: () => false,
  };
}

/** Makes the open block reach to a line that was read in it. */
export function extendOpen(scan: ConfigScan, line: Line): void {
  if (scan.open !== null) reachTo(scan.open.place, line);
}

export function isIndented(line: Line): boolean {
  return /^[ \t]/.test(line.raw);
}
