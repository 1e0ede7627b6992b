import type { Interval } from '../core/time.ts';
import type { LogMessage } from '../parsers/show-logging/facts.ts';
import type { LoggedLine } from './router-facts.ts';
import type { AttributedBy } from './tunnel.ts';

/** What a log line can be matched with: the addresses, numbers and identities of one tunnel. */
export interface TunnelMarks {
  readonly key: string;
  readonly peer: string;
  readonly local: string | null;
  /** Connection ids of IKE rows (`ISAKMP:(1003)`). */
  readonly ikeConnIds: readonly number[];
  /** Connection ids of IPsec SAs (`connection id=29` of replay and MAC lines). */
  readonly saConnIds: readonly number[];
  /** SPIs of either direction, canonical hex. */
  readonly spis: readonly string[];
}

export interface Attribution {
  readonly key: string;
  readonly line: LoggedLine;
  readonly by: AttributedBy;
}

/** Lines that share a stamp to within this many milliseconds may be parts of one exchange. */
const SAME_MOMENT_MS = 60;
/** Where lines of another tunnel are nearer than this, negotiations run into each other and time alone tells nothing. */
const ALONE_MS = 5000;

/**
 * Attributes log lines to tunnels by peer address, connection id or SPI; by time only when no other tunnel is a candidate.
 * A line that names a peer is never given to another tunnel.
 */
export function attributeMessages(
  lines: readonly LoggedLine[],
  tunnels: readonly TunnelMarks[],
): readonly Attribution[] {
  const byPeer = groupBy(tunnels, (tunnel) => tunnel.peer);
  const learned = learnConnIds(lines, byPeer);
  const found: Attribution[] = [];
  const open: LoggedLine[] = [];
  for (const [index, line] of lines.entries()) {
    const direct = attributeDirectly({ line, index }, tunnels, byPeer, learned);
    if (direct !== null) found.push(direct);
    else if (isVpnLine(line) && !namesAPeer(line)) open.push(line);
  }
  return [...found, ...attributeByTime(open, found, tunnels)].sort(
    (a, b) => a.line.source.firstLine - b.line.source.firstLine,
  );
}

function attributeDirectly(
  { line, index }: { readonly line: LoggedLine; readonly index: number },
  tunnels: readonly TunnelMarks[],
  byPeer: ReadonlyMap<string, readonly TunnelMarks[]>,
  learned: ReadonlyMap<string, readonly Taught[]>,
): Attribution | null {
  const { fields } = line.message;
  const names = namesAPeer(line) ? (['peer'] as const) : (['src', 'dst', 'remote'] as const);
  for (const name of names) {
    const named = byPeer
      .get(fields[name] ?? '')
      ?.filter((tunnel) => isBetweenItsEnds(tunnel, line.message, name));
    if (named === undefined || named.length === 0) continue;
    const tunnel = only(named) ?? tellApart(named, line.message);
    return tunnel === null ? null : { key: tunnel.key, line, by: 'peer' };
  }
  if (namesAPeer(line)) return null;
  const bySpi = only(tunnels.filter((tunnel) => tunnel.spis.includes(canonicalSpi(fields['spi']) ?? '-')));
  if (bySpi !== null) return { key: bySpi.key, line, by: 'spi' };
  const connId = Number(fields['connId'] ?? Number.NaN);
  if (!Number.isInteger(connId) || connId === 0) return null;
  if (line.message.kind === 'syslog') {
    const bySa = only(tunnels.filter((tunnel) => tunnel.saConnIds.includes(connId)));
    return bySa === null ? null : { key: bySa.key, line, by: 'conn-id' };
  }
  const taught = learned.get(`${connId}`);
  const key =
    taught === undefined
      ? only(tunnels.filter((tunnel) => tunnel.ikeConnIds.includes(connId)))?.key
      : keyAt(taught, index);
  return key === undefined ? null : { key, line, by: 'conn-id' };
}

/** Of several tunnels to one peer the one whose own address, SPI or connection id the line holds; null when that is none or several. */
function tellApart(named: readonly TunnelMarks[], { fields, kind }: LogMessage): TunnelMarks | null {
  const local = fields['local'];
  const here = local === undefined ? named : named.filter((tunnel) => tunnel.local === local);
  const spi = canonicalSpi(fields['spi']);
  const connId = Number(fields['connId'] ?? Number.NaN);
  return (
    only(here) ??
    only(here.filter((tunnel) => spi !== null && tunnel.spis.includes(spi))) ??
    only(here.filter((tunnel) => (kind === 'syslog' ? tunnel.saConnIds : tunnel.ikeConnIds).includes(connId)))
  );
}

/**
 * An access list logs both ends of a packet: what the peer sends to another address behind this router is no packet of the tunnel.
 */
function isBetweenItsEnds(
  tunnel: TunnelMarks,
  { facility, fields }: LogMessage,
  name: 'peer' | 'src' | 'dst' | 'remote',
): boolean {
  if (facility !== 'SEC' || tunnel.local === null) return true;
  const other = fields[name === 'src' ? 'dst' : 'src'];
  return other === undefined || other === tunnel.local;
}

/** From the first to the last line in a row that show a connection id with this tunnel's peer. */
interface Taught {
  readonly key: string;
  readonly first: number;
  last: number;
}

/** Debug lines that carry both a peer and a connection id teach which tunnel that id belongs to. */
function learnConnIds(
  lines: readonly LoggedLine[],
  byPeer: ReadonlyMap<string, readonly TunnelMarks[]>,
): ReadonlyMap<string, readonly Taught[]> {
  const learned = new Map<string, Taught[]>();
  for (const [index, { message }] of lines.entries()) {
    const connId = message.fields['connId'];
    const tunnel = only(byPeer.get(message.fields['peer'] ?? '') ?? []);
    if (message.kind !== 'debug' || connId === undefined || connId === '0' || tunnel === null) continue;
    const runs = learned.get(connId) ?? [];
    const run = runs.at(-1);
    if (run?.key === tunnel.key) run.last = index;
    else learned.set(connId, [...runs, { key: tunnel.key, first: index, last: index }]);
  }
  return learned;
}

/** Whose an id is at a place of the log. Ids are used again: with two owners it is sure only between two lines of the same one. */
function keyAt(taught: readonly Taught[], index: number): string | undefined {
  if (taught.length === 1) return taught[0]?.key;
  return taught.find((run) => run.first <= index && index <= run.last)?.key;
}

/**
 * A VPN line without any mark goes to the only tunnel there is, or to the one tunnel that has a marked line in the same moment
 * while no other has one for seconds around. Two candidates: nobody's.
 */
function attributeByTime(
  open: readonly LoggedLine[],
  marked: readonly Attribution[],
  tunnels: readonly TunnelMarks[],
): readonly Attribution[] {
  const [sole] = tunnels;
  if (tunnels.length === 1 && sole !== undefined)
    return open.map((line) => ({ key: sole.key, line, by: 'time' as const }));
  const moments = indexMoments(marked);
  return open.flatMap((line) => {
    const at = line.message.stamp.at;
    if (at === null) return [];
    const near = keysWithin(moments, at, SAME_MOMENT_MS);
    const [key] = near;
    const isAlone = near.size === 1 && keysWithin(moments, at, ALONE_MS).size === 1;
    return isAlone && key !== undefined ? [{ key, line, by: 'time' as const }] : [];
  });
}

interface Moment {
  readonly at: number;
  readonly key: string;
}

/** Marked lines in the order of their stamps. */
function indexMoments(marked: readonly Attribution[]): readonly Moment[] {
  return marked
    .flatMap(({ line, key }) => {
      const at = line.message.stamp.at;
      return at === null || line.message.facility === 'SYS' ? [] : [{ at: at.from, key }];
    })
    .sort((a, b) => a.at - b.at);
}

/** The tunnels with a marked line at most `ms` away; looks no further once there are two. */
function keysWithin(moments: readonly Moment[], at: Interval, ms: number): ReadonlySet<string> {
  const keys = new Set<string>();
  for (let i = firstFrom(moments, at.from - ms); i < moments.length; i += 1) {
    const moment = moments[i];
    if (moment === undefined || moment.at > at.from + ms || keys.size > 1) break;
    keys.add(moment.key);
  }
  return keys;
}

/** Index of the first moment not before `from`. */
function firstFrom(moments: readonly Moment[], from: number): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle]?.at ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

const VPN_FACILITIES =
  /^(CRYPTO|CRYPTO_\w+|IPSEC|IPSEC-\w+|ISAKMP\S*|IKEV2|IKEv2\S*|DMVPN|NHRP|MOTCR|FLEXVPN)$/;

/** True for messages of the VPN subsystems, whose named peers are tunnels. */
export function isVpnLine(line: LoggedLine): boolean {
  return VPN_FACILITIES.test(line.message.facility);
}

function namesAPeer(line: LoggedLine): boolean {
  return line.message.fields['peer'] !== undefined;
}

function canonicalSpi(text: string | undefined): string | null {
  if (text === undefined) return null;
  const hex = text.toLowerCase().replace(/^0x/, '').replace(/^0+/, '');
  return /^[0-9a-f]+$/.test(hex) ? `0x${hex}` : null;
}

/** SPIs as compared here: lower case, without leading zeros. */
export function spiMarks(spis: readonly string[]): readonly string[] {
  return spis.map(canonicalSpi).filter((spi): spi is string => spi !== null);
}

function only<T>(items: readonly T[]): T | null {
  return items.length === 1 ? (items[0] ?? null) : null;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
