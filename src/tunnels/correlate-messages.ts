import type { Interval } from '../core/time.ts';
import { type RouterClock, isBefore, messageTime, msBetween } from './clock.ts';
import type { LoggedLine, RouterFacts } from './router-facts.ts';
import type { AttributedBy, AttributedMessage, MessageAge } from './tunnel.ts';

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
/** Below this age a line of a tunnel that is down still describes what is going on. */
const STALE_MS = 30 * 60_000;

/**
 * Attributes log lines to tunnels by peer address, connection id or SPI; by time only when no other tunnel is a candidate.
 * A line that names a peer is never given to another tunnel.
 */
export function attributeMessages(lines: readonly LoggedLine[], tunnels: readonly TunnelMarks[]): readonly Attribution[] {
  const byPeer = groupBy(tunnels, (tunnel) => tunnel.peer);
  const learned = learnConnIds(lines, byPeer);
  const found: Attribution[] = [];
  const open: LoggedLine[] = [];
  for (const line of lines) {
    const direct = attributeDirectly(line, tunnels, byPeer, learned);
    if (direct !== null) found.push(direct);
    else if (isVpnLine(line) && !namesAPeer(line)) open.push(line);
  }
  return [...found, ...attributeByTime(open, found, tunnels)].sort((a, b) => a.line.source.firstLine - b.line.source.firstLine);
}

function attributeDirectly(
  line: LoggedLine,
  tunnels: readonly TunnelMarks[],
  byPeer: ReadonlyMap<string, readonly TunnelMarks[]>,
  learned: ReadonlyMap<string, string>,
): Attribution | null {
  const { fields } = line.message;
  for (const name of ['peer', 'src', 'dst', 'remote'] as const) {
    const named = byPeer.get(fields[name] ?? '');
    if (named === undefined) continue;
    const tunnel = named.find((candidate) => fields['local'] === undefined || candidate.local === fields['local']) ?? named[0];
    if (tunnel !== undefined) return { key: tunnel.key, line, by: 'peer' };
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
  const learnedKey = learned.get(`${connId}`);
  const byIke = learnedKey === undefined ? only(tunnels.filter((tunnel) => tunnel.ikeConnIds.includes(connId))) : null;
  const key = learnedKey ?? byIke?.key;
  return key === undefined ? null : { key, line, by: 'conn-id' };
}

/** Debug lines that carry both a peer and a connection id teach which tunnel that id belongs to; an id seen with two peers teaches nothing. */
function learnConnIds(
  lines: readonly LoggedLine[],
  byPeer: ReadonlyMap<string, readonly TunnelMarks[]>,
): ReadonlyMap<string, string> {
  const learned = new Map<string, string | null>();
  for (const { message } of lines) {
    const connId = message.fields['connId'];
    const [tunnel] = byPeer.get(message.fields['peer'] ?? '') ?? [];
    if (message.kind !== 'debug' || connId === undefined || connId === '0' || tunnel === undefined) continue;
    const known = learned.get(connId);
    learned.set(connId, known === undefined || known === tunnel.key ? tunnel.key : null);
  }
  return new Map([...learned].filter((entry): entry is [string, string] => entry[1] !== null));
}

/**
 * A VPN line without any mark goes to the one tunnel that has a marked line in the same moment, or to the only tunnel there is.
 * Two candidates: nobody's.
 */
function attributeByTime(
  open: readonly LoggedLine[],
  marked: readonly Attribution[],
  tunnels: readonly TunnelMarks[],
): readonly Attribution[] {
  const [sole] = tunnels;
  if (tunnels.length === 1 && sole !== undefined) return open.map((line) => ({ key: sole.key, line, by: 'time' as const }));
  const moments = indexMoments(marked);
  return open.flatMap((line) => {
    const at = line.message.stamp.at;
    if (at === null) return [];
    const near = keysNear(moments, at);
    const [key] = near;
    return near.size === 1 && key !== undefined ? [{ key, line, by: 'time' as const }] : [];
  });
}

/** Marked debug lines by bucket of SAME_MOMENT_MS, so that a long log stays linear. */
function indexMoments(marked: readonly Attribution[]): ReadonlyMap<number, readonly { readonly at: Interval; readonly key: string }[]> {
  const moments = new Map<number, { at: Interval; key: string }[]>();
  for (const { line, key } of marked) {
    const at = line.message.stamp.at;
    if (at === null || line.message.facility === 'SYS') continue;
    const bucket = Math.floor(at.from / SAME_MOMENT_MS);
    const list = moments.get(bucket) ?? [];
    list.push({ at, key });
    moments.set(bucket, list);
  }
  return moments;
}

function keysNear(
  moments: ReadonlyMap<number, readonly { readonly at: Interval; readonly key: string }[]>,
  at: Interval,
): ReadonlySet<string> {
  const keys = new Set<string>();
  const bucket = Math.floor(at.from / SAME_MOMENT_MS);
  for (let b = bucket - 1; b <= bucket + 1; b += 1) {
    for (const item of moments.get(b) ?? []) {
      if (Math.abs(item.at.from - at.from) <= SAME_MOMENT_MS) keys.add(item.key);
    }
  }
  return keys;
}

const VPN_FACILITIES = /^(CRYPTO|CRYPTO_\w+|IPSEC|IPSEC-\w+|ISAKMP\S*|IKEV2|IKEv2\S*|DMVPN|NHRP|MOTCR|FLEXVPN)$/;

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

/** Lines that say the tunnel (or the router) came up: what is older is history. */
const CAME_UP = new Set([
  'CRYPTO-5-SESSION_STATUS', 'CRYPTO-5-IKEV2_SESSION_STATUS', 'CRYPTO-6-EZVPN_CONNECTION_UP', 'DMVPN-5-CRYPTO_SS', 'DMVPN-5-NHRP_NHS_UP', 'SYS-5-RESTART',
]);

/** Gives each message of one tunnel its age against the present session, or against now when there is none. */
export function ageMessages(
  attributions: readonly Attribution[],
  tunnel: { readonly since: Interval | null; readonly established: boolean },
  facts: RouterFacts,
): readonly AttributedMessage[] {
  const restarts = facts.lines.filter((line) => line.message.mnemonic === 'RESTART').map((line) => messageTime(line.message, facts.clock));
  const ups = attributions.filter(({ line }) => isUp(line)).map(({ line }) => messageTime(line.message, facts.clock));
  const lastUp = latest([...ups, ...restarts]);
  return attributions.map(({ line, by }) => ({
    message: line.message,
    source: line.source,
    by,
    age: ageOf(messageTime(line.message, facts.clock), { ...tunnel, lastUp }, facts.clock),
  }));
}

function isUp({ message }: LoggedLine): boolean {
  if (message.catalogueId === null || !CAME_UP.has(message.catalogueId)) return false;
  return message.mnemonic === 'NHRP_NHS_UP' || message.mnemonic === 'EZVPN_CONNECTION_UP' || /\bUP\b/.test(message.text);
}

function ageOf(
  at: Interval | null,
  tunnel: { readonly since: Interval | null; readonly established: boolean; readonly lastUp: Interval | null },
  clock: RouterClock,
): MessageAge {
  if (at === null || clock.now === null) return 'undated';
  if (tunnel.lastUp !== null && isBefore(at, tunnel.lastUp)) return 'before-session';
  if (tunnel.since !== null && tunnel.established) {
    if (isBefore(at, tunnel.since)) return 'before-session';
    return isBefore(tunnel.since, at) ? 'live' : 'at-setup';
  }
  return msBetween(at, clock.now) > STALE_MS ? 'stale' : 'live';
}

function latest(times: readonly (Interval | null)[]): Interval | null {
  let found: Interval | null = null;
  for (const at of times) if (at !== null && (found === null || at.from > found.from)) found = at;
  return found;
}
