import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { numberOf, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { added, fieldRule, noRecords, openRecord, presentRecord, type Records } from '../records.ts';
import { transformsOf } from '../transforms.ts';
import type { IpsecProfile, IpsecProfileFacts } from './facts.ts';

/** `show crypto ipsec profile`: transform sets, lifetimes, PFS and IKE profile of each profile, the default one included. */
export const showCryptoIpsecProfile: Parser<IpsecProfileFacts> = {
  command: 'show crypto ipsec profile',
  parse(text: string): Parsed<IpsecProfileFacts> {
    const state = noRecords<IpsecProfile>();
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    const last = state.all.at(-1);
    const cut = last !== undefined && (last.transformSets.length === 0 || state.list !== null);
    return parsedFrom({ profiles: state.all }, scan, cut);
  },
};

const field = fieldRule<IpsecProfile>;

const RULES: readonly LineRule<Records<IpsecProfile>>[] = [
  {
    // IPSEC profile VTI
    word: 'ipsec',
    pattern: /^IPSEC profile:? (\S{1,120})$/i,
    take(state, match, line) {
      openRecord(state, line, blankProfile(match[1] ?? ''));
      return true;
    },
  },
  field('description', /^Description: ?(\S.{0,255})$/i, (match) => ({ description: match[1] ?? null })),
  field('ikev', /^IKEv2 Profile: ?(\S{1,120})$/i, (match) => ({ ikev2Profile: match[1] ?? null })),
  field('isakmp', /^ISAKMP Profile: ?(\S{1,120})$/i, (match) => ({ isakmpProfile: match[1] ?? null })),
  // Security association lifetime: 4608000 kilobytes/3600 seconds   |   … 3600 seconds   |   … kilobyte disabled/3600 seconds
  field(
    'security',
    /^Security association lifetime: ?(?:(?:(\d{1,15}) kilobytes?|[a-z ]{1,30}disabled?) ?\/ ?)?(\d{1,12}) seconds?$/i,
    (match) => ({ lifetimeKb: numberOf(match[1]), lifetimeSec: numberOf(match[2]) }),
  ),
  field('security', /^Security association idle-?time ?: ?(\d{1,12}) seconds?$/i, (match) => ({
    idleSec: numberOf(match[1]),
  })),
  // Responder-Only (Y/N): N
  field('responder', /^Responder-Only \(Y\/N\): ?([YN])$/i, (match) => ({ responderOnly: isYes(match[1]) })),
  field('pfs', /^PFS \(Y\/N\): ?([YN])$/i, (match) => ({ pfs: isYes(match[1]) })),
  // DH group: group14
  field('dh', /^DH group: ?(\S{1,30})$/i, (match) => ({ dhGroup: match[1] ?? null })),
  // Mixed-mode : Disabled
  field('mixed', /^Mixed-mode ?: ?(Enabled|Disabled)$/i, (match) => ({ mixedMode: isEnabled(match[1]) })),
  field('dualstack', /^Dualstack \(Y\/N\): ?([YN])$/i, (match) => ({ dualstack: isYes(match[1]) })),
  // Reverse Route Injection Enabled
  field('reverse', /^Reverse Route Injection ?:? ?(Enabled|Disabled)$/i, (match) => ({
    reverseRoute: isEnabled(match[1]),
  })),
  // Antireplay window size = 1024
  field('antireplay', /^Antireplay window size ?= ?(\d{1,6})$/i, (match) => ({
    replayWindow: numberOf(match[1]),
  })),
  // Transform sets={   (and one line for each)
  field('transform', /^Transform sets ?= ?\{$/i, () => ({}), 'transform-sets'),
  // Transform sets={ TS1, }
  field('transform', /^Transform sets ?= ?\{([^{}]{0,200})\}$/i, setsBetween),
  {
    // default: { esp-aes esp-sha-hmac } ,   |   TS1,   (old releases print names alone)
    word: '*',
    pattern: /^([A-Za-z0-9_.-]{1,120})(?:: ?\{ ?([^{}]{0,200})\})? ?,$/,
    take(state, match, line) {
      const profile = state.list === 'transform-sets' ? presentRecord(state, line) : null;
      if (profile === null) return false;
      const set = { name: match[1] ?? '', transforms: transformsOf(match[2] ?? '') };
      profile.transformSets = added(profile.transformSets, set);
      return true;
    },
  },
  {
    // }
    word: '',
    pattern: /^\},?$/,
    take(state, _match, line) {
      if (state.list !== 'transform-sets' || presentRecord(state, line) === null) return false;
      state.list = null;
      return true;
    },
  },
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

/** Names of sets on the line of the label itself. */
function setsBetween(match: RegExpExecArray): Partial<IpsecProfile> {
  const names = (match[1] ?? '').split(/[ ,]+/).filter((name) => name !== '');
  return { transformSets: names.map((name) => ({ name, transforms: [] })) };
}

function isYes(text: string | undefined): boolean {
  return text?.toUpperCase() === 'Y';
}

function isEnabled(text: string | undefined): boolean {
  return text?.toLowerCase() === 'enabled';
}

function blankProfile(name: string): Omit<IpsecProfile, 'lines'> {
  return {
    name,
    description: null,
    ikev2Profile: null,
    isakmpProfile: null,
    lifetimeKb: null,
    lifetimeSec: null,
    idleSec: null,
    responderOnly: null,
    mixedMode: null,
    dualstack: null,
    reverseRoute: null,
    pfs: null,
    dhGroup: null,
    transformSets: [],
    replayWindow: null,
  };
}
