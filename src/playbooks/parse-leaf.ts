import { didYouMean } from '../core/closest.ts';
import { parseRelease } from '../parsers/show-version/release.ts';
import type { Leaf } from './condition.ts';
import {
  ATTACHMENT_KINDS,
  BOTH_ENDS_FACTS,
  COUNTER_NAMES,
  DMVPN_STATES,
  IKE_STATES,
  PHASE1_KINDS,
  PHASE2_KINDS,
  SESSION_STATUSES,
  TRAFFIC_KINDS,
} from './condition-words.ts';
import { readFieldPattern } from './field-pattern.ts';
import {
  all,
  type KeySet,
  type Reading,
  readBoolean,
  readEntries,
  readList,
  readMap,
  readNumber,
  readText,
  readWord,
  readWords,
  type YamlNode,
} from './yaml-reading.ts';

/** A Reading that also knows the message catalogue; null when ids are not to be checked. */
export interface PlaybookReading extends Reading {
  readonly catalogueIds: ReadonlySet<string> | null;
}

type LeafOf<K extends Leaf['kind']> = Extract<Leaf, { kind: K }>;
type LeafReaders = { readonly [K in Leaf['kind']]: (r: PlaybookReading, n: YamlNode) => LeafOf<K> | null };

/** One reader a leaf; the compiler refuses a leaf of condition.ts without one. */
const READERS: LeafReaders = {
  phase1: (r, n) => withIn('phase1', readWords(r, n, PHASE1_KINDS)),
  'ike-state': readIkeState,
  'ike-role': (r, n) => withIs('ike-role', readWord(r, n, ['initiator', 'responder'])),
  'conn-id': (r, n) => withIs('conn-id', readWord(r, n, ['zero', 'non-zero'])),
  'ike-version': readIkeVersion,
  'ikev2-remote-spi': (r, n) => withIs('ikev2-remote-spi', readWord(r, n, ['zero', 'set'])),
  phase2: (r, n) => withIn('phase2', readWords(r, n, PHASE2_KINDS)),
  traffic: (r, n) => withIn('traffic', readWords(r, n, TRAFFIC_KINDS)),
  counter: readCounter,
  'counter-share': readCounterShare,
  logged: readLogged,
  'router-logged': readRouterLogged,
  'session-status': (r, n) => withIn('session-status', readWords(r, n, SESSION_STATUSES)),
  attachment: (r, n) => withIn('attachment', readWords(r, n, ATTACHMENT_KINDS)),
  'crypto-map-interfaces': (r, n) => withIs('crypto-map-interfaces', readWord(r, n, ['none', 'some'])),
  'crypto-acl-hits': (r, n) => withIs('crypto-acl-hits', readWord(r, n, ['none', 'some'])),
  'route-to-peer': (r, n) => withIs('route-to-peer', readWord(r, n, ['missing', 'present'])),
  'dmvpn-state': (r, n) => withIn('dmvpn-state', readWords(r, n, DMVPN_STATES)),
  'version-before': readVersionBefore,
  'distinct-peers': readDistinctPeers,
  'both-ends': (r, n) => withIs('both-ends', readWord(r, n, BOTH_ENDS_FACTS)),
  'far-end-traffic': (r, n) => withIn('far-end-traffic', readWords(r, n, TRAFFIC_KINDS)),
  'far-end-logged': readFarEndLogged,
  recovered: (r, n) => withIs('recovered', readBoolean(r, n)),
};

export const LEAF_KINDS = Object.keys(READERS) as readonly Leaf['kind'][];

/** The leaf named `kind` with its YAML value; null after a problem was noted. */
export function parseLeaf(reading: PlaybookReading, kind: Leaf['kind'], value: YamlNode): Leaf | null {
  return READERS[kind](reading, value);
}

function withIn<const K extends string, T>(
  kind: K,
  list: readonly T[] | null,
): { kind: K; in: readonly T[] } | null {
  return list === null ? null : { kind, in: list };
}

function withIs<const K extends string, T>(kind: K, is: T | null): { kind: K; is: T } | null {
  return is === null ? null : { kind, is };
}

function readIkeState(r: PlaybookReading, n: YamlNode): LeafOf<'ike-state'> | null {
  const keys = readMap(r, n, { required: ['in'], optional: ['living'] });
  const states = keys?.get('in');
  if (keys == null || states === undefined) return null;
  const list = readWords(r, states, IKE_STATES);
  const living = optional(keys, 'living', (node) => readBoolean(r, node), false);
  return list === null || living === null ? null : { kind: 'ike-state', in: list, living };
}

function readIkeVersion(r: PlaybookReading, n: YamlNode): LeafOf<'ike-version'> | null {
  const version = readNumber(r, n, 1);
  if (version === 1 || version === 2) return { kind: 'ike-version', is: version };
  return version === null ? null : r.refuse(n, 'expected 1 or 2');
}

function readCounter(r: PlaybookReading, n: YamlNode): LeafOf<'counter'> | null {
  const keys = readMap(r, n, { required: ['name'], optional: ['at-least', 'equals'] });
  const named = keys?.get('name');
  if (keys == null || named === undefined) return null;
  const name = readWord(r, named, COUNTER_NAMES);
  const bound = readBound(r, n, keys, ['at-least', 'equals']);
  if (name === null || bound === null) return null;
  return { kind: 'counter', name, atLeast: bound[0], equals: bound[1] };
}

function readCounterShare(r: PlaybookReading, n: YamlNode): LeafOf<'counter-share'> | null {
  const keys = readMap(r, n, { required: ['of', 'in'], optional: ['at-least', 'below'] });
  const part = keys?.get('of');
  const whole = keys?.get('in');
  if (keys == null || part === undefined || whole === undefined) return null;
  const of = readWord(r, part, COUNTER_NAMES);
  const within = readWord(r, whole, COUNTER_NAMES);
  const bound = readBound(r, n, keys, ['at-least', 'below']);
  if (of === null || within === null || bound === null) return null;
  return {
    kind: 'counter-share',
    of,
    in: within,
    atLeast: bound[0],
    below: bound[1],
  };
}

/** Exactly one of two numeric keys: the values in the order of `names`, null for the one not given. */
function readBound(
  r: PlaybookReading,
  n: YamlNode,
  keys: ReadonlyMap<string, YamlNode>,
  names: readonly [string, string],
): readonly [number | null, number | null] | null {
  const [first, second] = [keys.get(names[0]), keys.get(names[1])];
  const only = first ?? second;
  if (only === undefined || (first !== undefined && second !== undefined)) {
    return r.refuse(n, `expected one of ${names.join(' or ')}`);
  }
  const value = readNumber(r, only, 0);
  if (value === null) return null;
  return first === undefined ? [null, value] : [value, null];
}

const LOG_KEYS: KeySet = { required: ['ids'], optional: ['fields', 'at-least'] };

function readLogged(r: PlaybookReading, n: YamlNode): LeafOf<'logged'> | null {
  const keys = readMap(r, n, { ...LOG_KEYS, optional: [...LOG_KEYS.optional, 'age'] });
  const found = keys === null ? null : readMessages(r, keys);
  if (keys === null || found === null) return null;
  const age = optional(
    keys,
    'age',
    (node) => readWord(r, node, ['live', 'any', 'before-session']),
    'live' as const,
  );
  const atLeast = optional(keys, 'at-least', (node) => readNumber(r, node, 1), 1);
  return age === null || atLeast === null ? null : { kind: 'logged', ...found, age, atLeast };
}

function readRouterLogged(r: PlaybookReading, n: YamlNode): LeafOf<'router-logged'> | null {
  const keys = readMap(r, n, LOG_KEYS);
  const found = keys === null ? null : readMessages(r, keys);
  if (keys === null || found === null) return null;
  const atLeast = optional(keys, 'at-least', (node) => readNumber(r, node, 1), 1);
  return atLeast === null ? null : { kind: 'router-logged', ...found, atLeast };
}

function readFarEndLogged(r: PlaybookReading, n: YamlNode): LeafOf<'far-end-logged'> | null {
  const keys = readMap(r, n, { required: ['ids'], optional: ['fields'] });
  const found = keys === null ? null : readMessages(r, keys);
  return found === null ? null : { kind: 'far-end-logged', ...found };
}

function readMessages(
  r: PlaybookReading,
  keys: ReadonlyMap<string, YamlNode>,
): { ids: readonly string[]; fields: Readonly<Record<string, string>> } | null {
  const idsNode = keys.get('ids');
  if (idsNode === undefined) return null;
  const ids = all(readList(r, idsNode)?.map((item) => readCatalogueId(r, item)));
  const fields = optional(keys, 'fields', (node) => readFields(r, node), {});
  return ids === null || fields === null ? null : { ids, fields };
}

function readCatalogueId(r: PlaybookReading, n: YamlNode): string | null {
  const id = readText(r, n);
  if (id === null || r.catalogueIds === null || r.catalogueIds.has(id)) return id;
  return r.refuse(n, `the message catalogue has no entry ${id}${didYouMean(id, [...r.catalogueIds])}`);
}

function readFields(r: PlaybookReading, n: YamlNode): Readonly<Record<string, string>> | null {
  const entries = readEntries(r, n);
  const read = all(
    entries?.map(({ key, value }) => {
      const text = readText(r, value);
      if (text === null) return null;
      const pattern = readFieldPattern(text);
      return 'refused' in pattern ? r.refuse(value, pattern.refused) : ([key, text] as const);
    }),
  );
  return read === null ? null : Object.fromEntries(read);
}

function readVersionBefore(r: PlaybookReading, n: YamlNode): LeafOf<'version-before'> | null {
  const release = readText(r, n);
  if (release === null) return null;
  if (parseRelease(release) === null) return r.refuse(n, `${release} is not an IOS release`);
  return { kind: 'version-before', release };
}

function readDistinctPeers(r: PlaybookReading, n: YamlNode): LeafOf<'distinct-peers'> | null {
  const keys = readMap(r, n, { required: ['at-least'], optional: [] });
  const node = keys?.get('at-least');
  const atLeast = node === undefined ? null : readNumber(r, node, 1);
  return atLeast === null ? null : { kind: 'distinct-peers', atLeast };
}

/** The value of a key, its default when the key is not given, null when the value could not be read. */
function optional<T>(
  keys: ReadonlyMap<string, YamlNode>,
  key: string,
  read: (node: YamlNode) => T | null,
  otherwise: T,
): T | null {
  const node = keys.get(key);
  return node === undefined ? otherwise : read(node);
}
