import { type LineRule, readerOf } from '../line-rules.ts';
import { type Draft, isJoined, type Line, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { IpCounters, IpTrafficFacts, TrafficCounter } from './facts.ts';

interface TrafficScan {
  section: string | null;
  /** The section counts in pairs, sent and received. */
  pairs: boolean;
  group: string | null;
  ip: Draft<IpCounters> | null;
  readonly counters: TrafficCounter[];
  /** Section, group and label of every counter that was taken; of every group, without a label. */
  readonly taken: Set<string>;
  /** Text of the last line that was taken. */
  previous: string;
}

/** `show ip traffic`: counters of every protocol of the router since the last restart or clearing. */
export const showIpTraffic: Parser<IpTrafficFacts> = {
  command: 'show ip traffic',
  parse(text: string): Parsed<IpTrafficFacts> {
    const state: TrafficScan = {
      section: null,
      pairs: false,
      group: null,
      ip: null,
      counters: [],
      taken: new Set(),
      previous: '',
    };
    const scan = scanLines(text, (line) => readLine(state, line), isLabelled);
    return parsedFrom({ ip: state.ip, counters: state.counters }, scan);
  },
};

/** Counters of the IP section that are facts of their own, by label: no other counter of the section has the same. */
const IP_FIELDS: ReadonlyMap<string, Exclude<keyof IpCounters, 'lines'>> = new Map([
  ['total', 'received'],
  ['generated', 'generated'],
  ['forwarded', 'forwarded'],
  ['format errors', 'formatErrors'],
  ['checksum errors', 'checksumErrors'],
  ['bad hop count', 'badHopCount'],
  ['reassembled', 'reassembled'],
  ['timeouts', 'reassemblyTimeouts'],
  ["couldn't reassemble", 'couldNotReassemble'],
  ['fragmented', 'fragmented'],
  ['fragments', 'fragments'],
  ["couldn't fragment", 'couldNotFragment'],
  ['encapsulation failed', 'encapsulationFailed'],
  ['unresolved', 'unresolved'],
  ['no adjacency', 'noAdjacency'],
  ['no route', 'noRoute'],
  ['unicast rpf', 'unicastRpf'],
  ['forced drop', 'forcedDrop'],
]);

const RULES: readonly LineRule<TrafficScan>[] = [
  {
    // IP statistics:   |   PIMv2 statistics: Sent/Received
    word: '*',
    pattern: /^([A-Za-z][\w-]{1,20}) statistics:( Sent\/Received)?$/i,
    take(state, match) {
      state.section = match[1] ?? null;
      state.pairs = match[2] !== undefined;
      state.group = null;
      return true;
    },
  },
  {
    // Last clearing of OSPF traffic counters never
    word: 'last',
    pattern: /^Last clearing of \w{2,12} traffic counters [\w:]{2,20}$/i,
    take: () => true,
  },
  {
    // Frags: 0 reassembled, 0 timeouts, 0 couldn't reassemble   |   0 fragmented, 5 fragments, 0 couldn't fragment
    word: '*',
    pattern: /^(?:([A-Z][a-z]{2,12}): ?)?(\d{1,20} [a-z].{0,300})$/i,
    take: takeItems,
  },
  {
    // Total: 7458/8859, 0 checksum errors   |   Registers: 1/1 (0 non-rp, 0 non-sm-group), Register Stops: 1/1, Hellos: 5011/5008
    word: '*',
    pattern: /^[A-Za-z][\w /-]{1,40}: ?\d{1,20}(?:\/\d{1,20})?(?:[ ,(].{0,300})?$/,
    take: takePairs,
  },
];

const readLine = readerOf(RULES);

// 9 echo reply   |   2922 replies (2 proxy)
const ITEM = /^(\d{1,20}) ([A-Za-z][A-Za-z0-9 '/-]{0,60}?)(?: \((\d{1,20}) ([a-z-]{2,20})\))?$/;

function takeItems(state: TrafficScan, match: RegExpExecArray, line: Line): boolean {
  const { section } = state;
  if (section === null || isJoined(line)) return false;
  if (match[1] !== undefined && beginsAnother(state, match[1], line)) return false;
  const group = match[1] ?? state.group;
  const found: TrafficCounter[] = [];
  for (const text of (match[2] ?? '').replace(/ no port (?=\d)/, ' no port, ').split(/, ?/)) {
    // IOS forgets a comma: 15906 no port 0 finput
    const item = ITEM.exec(text);
    if (item === null) return false;
    const [, value, label = '', inner, innerLabel = ''] = item;
    const lines = { first: line.number, last: line.last };
    found.push({ lines, section, group, label, value: Number(value) });
    if (inner !== undefined) found.push({ lines, section, group, label: innerLabel, value: Number(inner) });
  }
  return keep(state, group, found, line);
}

/** Labels of groups, which are no counters themselves. */
const GROUPS: ReadonlySet<string> = new Set(['Rcvd', 'Sent', 'Opts', 'Frags', 'Bcast', 'Mcast', 'Drop']);

// Hellos: 5011/5008   |   Drop due to input queue full: 0   |   0 checksum errors
const PAIR = /^([A-Za-z][\w /-]{1,40}): ?(\d{1,20})(?:\/(\d{1,20}))?$/;

function takePairs(state: TrafficScan, match: RegExpExecArray, line: Line): boolean {
  const { section } = state;
  if (section === null || isJoined(line)) return false;
  const lines = { first: line.number, last: line.last };
  const found: TrafficCounter[] = [];
  for (const text of match[0].replaceAll(/[()]/g, ',').split(/ ?,[ ,]*/)) {
    if (text === '') continue;
    const pair = PAIR.exec(text);
    // Sent: 12   (the label of a group whose counters were cut off)
    if (GROUPS.has(pair?.[1] ?? '')) return false;
    const item = pair === null ? ITEM.exec(text) : null;
    if (pair === null && item === null) return false;
    const [, label = '', sent, received] = pair ?? [];
    if (item !== null)
      found.push({ lines, section, group: null, label: item[2] ?? '', value: Number(item[1]) });
    else if (received === undefined) found.push({ lines, section, group: null, label, value: Number(sent) });
    else if (!state.pairs) {
      // The heading of a section that counts in pairs is missing.
      state.section = null;
      return false;
    } else {
      found.push({ lines, section, group: 'Sent', label, value: Number(sent) });
      found.push({ lines, section, group: 'Received', label, value: Number(received) });
    }
  }
  return keep(state, state.group, found, line);
}

/** True for a group that no section has a second time, or not this one: then the heading of another section is missing. */
function beginsAnother(state: TrafficScan, group: string, line: Line): boolean {
  if (group !== 'Rcvd' && group !== 'Sent') return false;
  if (!state.taken.has(`${state.section}|${group}|`) && !state.pairs) return false;
  if (line.body !== state.previous) state.section = null;
  return true;
}

/** Takes the counters of one line. A counter that is there already means that the heading of another section is missing: then nothing is taken. */
function keep(
  state: TrafficScan,
  group: string | null,
  found: readonly TrafficCounter[],
  line: Line,
): boolean {
  const names = found.map((each) => `${each.section}|${each.group}|${each.label}`);
  if (names.some((name) => state.taken.has(name))) {
    if (line.body !== state.previous) state.section = null;
    return false;
  }
  state.previous = line.body;
  for (const name of names) state.taken.add(name);
  state.taken.add(`${state.section}|${group}|`);
  state.group = group;
  state.counters.push(...found);
  if (state.section !== 'IP') return true;
  const ip = state.ip ?? blankIp(line);
  for (const each of found) {
    const field = IP_FIELDS.get(each.label.toLowerCase());
    if (field !== undefined) ip[field] = each.value;
  }
  ip.lines = { first: ip.lines.first, last: line.last };
  state.ip = ip;
  return true;
}

function blankIp(line: Line): Draft<IpCounters> {
  return {
    lines: { first: line.number, last: line.last },
    received: null,
    generated: null,
    forwarded: null,
    formatErrors: null,
    checksumErrors: null,
    badHopCount: null,
    reassembled: null,
    reassemblyTimeouts: null,
    couldNotReassemble: null,
    fragmented: null,
    fragments: null,
    couldNotFragment: null,
    encapsulationFailed: null,
    unresolved: null,
    noAdjacency: null,
    noRoute: null,
    unicastRpf: null,
    forcedDrop: null,
  };
}

/** A group with its first counter, or a heading: never the second half of a wrapped line. */
function isLabelled(body: string): boolean {
  // Frags: 0 reassembled
  return /^[A-Z][\w-]{1,20}(?: statistics)?:/.test(body);
}
