import type { LineRule } from '../line-rules.ts';
import { interfaceName, type Line } from '../lines.ts';
import { transformsOf } from '../transforms.ts';
import { type CryptoMapScan, type EntryDraft, presentEntry } from './draft.ts';

// default: { esp-aes esp-sha-hmac } ,   |   TS1,   (old releases print the names only)
const SET = /([A-Za-z0-9_.-]{1,100})(?:: ?\{ ?([^{}]{0,200})\})? ?(?:,|$)/g;

/** The lists of an entry: transform sets, and the interfaces of the map. */
export const LIST_RULES: readonly LineRule<CryptoMapScan>[] = [
  {
    // Transform sets={   |   Transform sets={ TS1, TS2, }
    word: 'transform',
    pattern: /^Transform sets ?= ?\{(.{0,300}?)(\})?$/i,
    take(state, match, line) {
      const entry = presentEntry(state, line);
      if (entry === null) return false;
      addSets(entry, match[1] ?? '');
      state.list = match[2] === undefined ? 'transform-sets' : null;
      return true;
    },
  },
  {
    // }
    word: '',
    pattern: /^\},?$/,
    take(state, _match, line) {
      const entry = state.list === 'transform-sets' ? presentEntry(state, line) : null;
      if (entry === null) return false;
      state.list = null;
      return true;
    },
  },
  {
    // Interfaces using crypto map VPN:
    word: 'interfaces',
    pattern: /^Interfaces using crypto map (\S.{0,200}?):?$/i,
    take(state, match, line) {
      state.list = 'interfaces';
      state.maps.push({
        lines: { first: line.number, last: line.last },
        map: match[1] ?? '',
        interfaces: [],
      });
      return true;
    },
  },
  {
    // TS1: { esp-256-aes esp-sha-hmac } ,   |   TS1: { esp-3des } , }
    word: '*',
    pattern:
      /^([A-Za-z0-9_.-]{1,100}(?:: ?\{[^{}]{0,200}\})? ?(?:, ?[A-Za-z0-9_.-]{1,100}(?:: ?\{[^{}]{0,200}\})? ?){0,5},?)( ?\})?$/,
    take(state, match, line) {
      const entry = state.list === 'transform-sets' ? presentEntry(state, line) : null;
      if (entry === null) return false;
      addSets(entry, match[1] ?? '');
      if (match[2] !== undefined) state.list = null;
      return true;
    },
  },
  {
    // GigabitEthernet0/0   |   Virtual-Access2
    word: '*',
    pattern: /^[A-Za-z][A-Za-z-]{1,40} ?\d[\d/.:]{0,24}$/,
    take(state, match, line) {
      const map = state.list === 'interfaces' ? state.maps.at(-1) : undefined;
      if (map === undefined) return false;
      map.interfaces.push(interfaceName(match[0]));
      map.lines = extend(map.lines, line);
      return true;
    },
  },
];

function addSets(entry: EntryDraft, text: string): void {
  for (const [, name = '', transforms] of text.matchAll(SET)) {
    entry.transformSets.push({ name, transforms: transformsOf(transforms ?? '') });
  }
}

function extend(lines: { first: number; last: number }, line: Line) {
  return { first: lines.first, last: line.last };
}
