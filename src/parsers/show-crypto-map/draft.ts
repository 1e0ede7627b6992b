import { type Draft, fillBlank, type Line } from '../lines.ts';
import type { CryptoMapEntry, CryptoMapFacts } from './facts.ts';

export type EntryDraft = Draft<Omit<CryptoMapEntry, 'peers' | 'aclLines' | 'transformSets'>> & {
  readonly peers: string[];
  readonly aclLines: CryptoMapEntry['aclLines'][number][];
  readonly transformSets: CryptoMapEntry['transformSets'][number][];
};

export type MapDraft = Draft<Omit<CryptoMapFacts['maps'][number], 'interfaces'>> & {
  readonly interfaces: string[];
};

/**
 * What has been read so far of one output. `list` says what plain lines below a heading are; `closed`: the present entry is over, and
 * lines that come before the next heading belong to an entry whose heading is missing.
 */
export interface CryptoMapScan {
  readonly entries: EntryDraft[];
  readonly maps: MapDraft[];
  list: 'acl' | 'transform-sets' | 'interfaces' | 'closed' | null;
}

/** A new entry at the end of the list. */
export function openEntry(state: CryptoMapScan, map: string, sequence: number, line: Line): EntryDraft {
  const entry = {
    lines: { first: line.number, last: line.last },
    map,
    sequence,
    type: null,
    dynamic: false,
    description: null,
    peers: [],
    acl: null,
    aclLines: [],
    currentPeer: null,
    lifetimeKb: null,
    lifetimeSec: null,
    pfs: null,
    pfsLine: null,
    dhGroup: null,
    transformSets: [],
    ikev2Profile: null,
    isakmpProfile: null,
    reverseRoute: null,
    incomplete: false,
    dynamicMap: null,
  };
  state.entries.push(entry);
  state.list = null;
  return entry;
}

/** Sets fields that the entry does not have yet; a field that says something else already closes the entry and leaves the line unread. */
export function fillEntry(state: CryptoMapScan, entry: EntryDraft, values: Partial<EntryDraft>): boolean {
  const taken = fillBlank(entry, values);
  if (!taken) state.list = 'closed';
  else if (state.list === 'acl') state.list = null;
  return taken;
}

/** The entry that a line below an entry's heading belongs to; null when no heading was seen or the interface list has begun. */
export function presentEntry(state: CryptoMapScan, line: Line): EntryDraft | null {
  const entry = state.entries.at(-1);
  if (entry === undefined || state.list === 'interfaces' || state.list === 'closed') return null;
  entry.lines = { first: entry.lines.first, last: line.last };
  return entry;
}
