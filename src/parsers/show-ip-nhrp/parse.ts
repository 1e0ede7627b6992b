import { type LineRule, readerOf } from '../line-rules.ts';
import {
  addressAsPrinted,
  type Draft,
  type Line,
  looksLikeAddress,
  numberOf,
  parsedFrom,
  scanLines,
} from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { beginRecord, noRecord, type OpenRecord, recordAt, setFields } from '../record-fields.ts';
import type { NhrpFacts, NhrpMapping } from './facts.ts';

interface NhrpScan {
  readonly mappings: Draft<NhrpMapping>[];
  readonly open: OpenRecord<NhrpMapping>;
}

/** `show ip nhrp [detail]`: the mappings a router learned or was given. */
export const showIpNhrp: Parser<NhrpFacts> = {
  command: 'show ip nhrp',
  parse(text: string): Parsed<NhrpFacts> {
    const state: NhrpScan = { mappings: [], open: noRecord() };
    const scan = scanLines(text, (line) => readLine(state, line), isHeading);
    const cut = state.mappings.some((mapping) => mapping.type === null);
    return parsedFrom({ mappings: state.mappings }, scan, cut);
  },
};

// 172.16.0.2/32 via 172.16.0.2   |   10.0.0.3/32, Tunnel0 created 00:00:02, expire 00:02:58   |   10.0.0.2/32 (RED) via 10.0.0.2
const HEADING =
  /^([0-9A-F][0-9A-F.:]{1,44})\/(\d{1,3})(?: \((?:vrf )?([\w.:-]{1,40})\))?(?: via ([0-9A-F][0-9A-F.:]{1,44}))?(?:, (.{10,120})| \(\w{1,12}\))?$/i;

// Tunnel0 created 00:10:05, expire 00:05:00   |   Tunnel0 created 10w2d, never expire
const CREATED =
  /^([A-Za-z][\w-]{0,40}\d[\d/.:]{0,20}) created ([\w:]{1,20}),? (?:expire ([\w:]{1,20})|(never) expires?)$/i;

const RULES: readonly LineRule<NhrpScan>[] = [
  { word: '*', pattern: HEADING, take: takeHeading },
  {
    // Tunnel0 created 00:10:05, expire 00:05:00
    word: '*',
    pattern: CREATED,
    take: (state, match, line) => setFields(state.open, line, lifeOf(match)),
  },
  {
    // Type: dynamic, Flags: unique registered used nhop
    word: 'type',
    pattern: /^Type: ?([A-Za-z-]{3,20}), ?Flags: ?([A-Za-z][A-Za-z0-9 _-]{0,120})?$/i,
    take: (state, match, line) =>
      setFields(state.open, line, { type: match[1] ?? null, flags: wordsOf(match[2]) }),
  },
  {
    // NBMA address: 203.0.113.2
    word: 'nbma',
    pattern: /^NBMA address: ?([0-9A-F][0-9A-F.:]{1,44})$/i,
    take: (state, match, line) => setFields(state.open, line, { nbma: addressOf(match[1]) }),
  },
  {
    // (Claimed NBMA address: 10.1.1.7)
    word: '*',
    pattern: /^\(?Claimed NBMA address: ?([0-9A-F][0-9A-F.:]{1,44})\)?$/i,
    take: (state, match, line) => setFields(state.open, line, { claimedNbma: addressOf(match[1]) }),
  },
  {
    // (no-socket)
    word: '*',
    pattern: /^\(no[- ]socket\)$/i,
    take(state, _match, line) {
      const mapping = recordAt(state.open, line);
      if (mapping === null) return false;
      mapping.noSocket = true;
      return true;
    },
  },
  {
    // Group: BRANCH
    word: 'group',
    pattern: /^Group: ?([\w.:-]{1,64})$/i,
    take: (state, match, line) => setFields(state.open, line, { group: match[1] ?? null }),
  },
  {
    // Preference: 255
    word: 'preference',
    pattern: /^Preference: ?(\d{1,5})$/i,
    take: (state, match, line) => setFields(state.open, line, { preference: numberOf(match[1]) }),
  },
  {
    // Cache hits: 3
    word: 'cache',
    pattern: /^Cache hits: ?(\d{1,12})$/i,
    take: (state, match, line) => setFields(state.open, line, { cacheHits: numberOf(match[1]) }),
  },
  {
    // Requester: 172.16.0.2 Request ID: 97
    word: 'requester',
    pattern: /^Requester: ?([0-9A-F][0-9A-F.:]{1,44}),? Request ID: ?(\d{1,12})$/i,
    take(state, match, line) {
      const mapping = recordAt(state.open, line);
      if (mapping === null) return false;
      const address = addressAsPrinted(match[1] ?? '');
      mapping.requesters = [...mapping.requesters, { address, requestId: Number(match[2]) }];
      return true;
    },
  },
];

const readLine = readerOf(RULES);

function takeHeading(state: NhrpScan, match: RegExpExecArray, line: Line): boolean {
  const [, target = '', length, vrf, via, rest] = match;
  const life = rest === undefined ? null : CREATED.exec(rest);
  if (!looksLikeAddress(target) || (rest !== undefined && life === null)) return false;
  const mapping: Draft<NhrpMapping> = {
    lines: { first: line.number, last: line.last },
    target: addressAsPrinted(target),
    prefixLength: Number(length),
    vrf: vrf ?? null,
    via: addressOf(via),
    interface: null,
    created: null,
    expires: null,
    type: null,
    flags: [],
    nbma: null,
    claimedNbma: null,
    noSocket: false,
    group: null,
    preference: null,
    cacheHits: null,
    requesters: [],
    ...(life === null ? {} : lifeOf(life)),
  };
  state.mappings.push(mapping);
  beginRecord(state.open, mapping, line);
  return true;
}

function lifeOf(match: RegExpExecArray): Pick<NhrpMapping, 'interface' | 'created' | 'expires'> {
  return {
    interface: match[1] ?? null,
    created: match[2] ?? null,
    expires: match[3] ?? match[4]?.toLowerCase() ?? null,
  };
}

function addressOf(text: string | undefined): string | null {
  return text === undefined ? null : addressAsPrinted(text);
}

function wordsOf(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.trim().split(' ');
}

/** Never the second half of a wrapped line. */
function isHeading(body: string): boolean {
  return HEADING.test(body);
}
