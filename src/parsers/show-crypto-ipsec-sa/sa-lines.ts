import { type Line, numberOf } from '../lines.ts';
import { remembered } from '../memo.ts';
import {
  blankSa,
  type Direction,
  type IpsecScan,
  type SaDraft,
  type SaProtocol,
  type SaSettings,
} from './draft.ts';
import { flowFor, RANK, type Rule } from './rules.ts';

/** The kinds of line an SA has once each, as bits. */
const FIELD = { transform: 1, settings: 2, conn: 4, timing: 8, iv: 16, replay: 32, status: 64 } as const;

/** Section headings and the lines of one SA. */
export const SA_RULES: readonly Rule[] = [
  sectionRule('inbound'),
  sectionRule('outbound'),
  {
    // spi: 0x59DC848B(1507624075)
    word: 'spi',
    pattern: /^spi ?: ?(?:0x)?([0-9A-F]{1,16})(?: ?\(\d{1,20}\))?$/i,
    take(state, match, line) {
      const draft = flowFor(state, RANK.below, line);
      draft.open = blankSa(draft.heading, `0x${(match[1] ?? '').toLowerCase()}`, line);
      draft.sas.push(draft.open);
      return true;
    },
  },
  {
    // transform: esp-256-aes esp-sha-hmac ,
    word: 'transform',
    pattern: /^transform ?: ?([\w. -]{1,120}?) ?,?$/i,
    take(state, match, line) {
      const { sa } = saFor(state, FIELD.transform, line);
      sa.transform = remembered(state.memos.transform, match[1] ?? '', transformNames);
      return true;
    },
  },
  {
    // in use settings ={Transport UDP-Encaps, esn}
    word: 'in',
    pattern: /^in use settings ?= ?\{([^{}]{0,120})\}$/i,
    take(state, match, line) {
      const { sa } = saFor(state, FIELD.settings, line);
      const { mode, natt, esn } = remembered(state.memos.settings, match[1] ?? '', settingsOf);
      sa.mode = mode;
      sa.natt = natt;
      sa.esn = esn;
      return true;
    },
  },
  connRule('conn'),
  connRule('slot'),
  {
    // sa timing: remaining key lifetime (k/sec): (4302002/3214)   |   sa timing: remaining key lifetime (sec): 94
    word: 'sa',
    pattern:
      /^sa timing: ?(?:remaining key lifetime )?\((?:kB?\/)?sec\) ?:? ?\(?(?:(\d{1,15})\/)?(\d{1,12})\)?$/i,
    take(state, match, line) {
      const { sa } = saFor(state, FIELD.timing, line);
      sa.lifetimeKb = numberOf(match[1]);
      sa.lifetimeSec = numberOf(match[2]);
      return true;
    },
  },
  {
    // IV size: 16 bytes
    word: 'iv',
    pattern: /^IV size: ?(\d{1,4})(?: bytes)?$/i,
    take(state, match, line) {
      saFor(state, FIELD.iv, line).sa.ivSize = numberOf(match[1]);
      return true;
    },
  },
  {
    // replay detection support: Y replay window size: 1024
    word: 'replay',
    pattern: /^replay detection support: ?([YN])(?:,? ?replay window size: ?(\d{1,6}))?$/i,
    take(state, match, line) {
      const { sa } = saFor(state, FIELD.replay, line);
      sa.replayDetection = match[1]?.toUpperCase() === 'Y';
      sa.replayWindow = numberOf(match[2]);
      return true;
    },
  },
  {
    // Status: ACTIVE(ACTIVE)
    word: 'status',
    pattern: /^Status: ?([A-Za-z][\w -]{0,30}(?:\([\w -]{0,30}\))?)$/i,
    take(state, match, line) {
      saFor(state, FIELD.status, line).sa.status = match[1] ?? null;
      return true;
    },
  },
  // Kilobyte Volume Rekey has been disabled   |   ike_cookies: 9263635C CA4B4E99 …   |   has client configuration
  { word: 'kilobyte', pattern: /^Kilobyte Volume Rekey has been \w{1,12}$/i, take: () => true },
  { word: 'ike_cookies', pattern: /^ike_cookies: ?[0-9A-F ]{1,100}$/i, take: () => true },
];

const PROTOCOLS: readonly SaProtocol[] = ['esp', 'ah', 'pcp'];

/** Every heading there is: one for all its SAs in a text. */
const SECTIONS = {
  inbound: PROTOCOLS.map((protocol) => ({ direction: 'inbound', protocol }) as const),
  outbound: PROTOCOLS.map((protocol) => ({ direction: 'outbound', protocol }) as const),
};

// inbound esp sas:
function sectionRule(direction: Direction): Rule {
  return {
    word: direction,
    pattern: /^(?:inbound|outbound) (esp|ah|pcp) sas ?:?$/i,
    take(state, match, line) {
      const draft = flowFor(state, RANK.below, line);
      draft.heading =
        SECTIONS[direction].find(({ protocol }) => protocol === match[1]?.toLowerCase()) ?? null;
      draft.open = null;
      return true;
    },
  };
}

// slot: 0, conn id: 2000, flow_id: Onboard VPN:124, sibling_flags 80000040, crypto map: VPN, initiator : False
function connRule(word: 'conn' | 'slot'): Rule {
  return {
    word,
    pattern:
      /^(?:slot: ?\d{1,4}, ?)?conn id: ?(\d{1,10}), ?flow_id: ?([^,]{1,60})(?:, ?sibling_flags [0-9A-F]{1,32})?(?:, ?crypto map: ?([^,]{1,200}))?(?:, ?initiator ?: ?\w{1,8})?$/i,
    take(state, match, line) {
      const { sa } = saFor(state, FIELD.conn, line);
      sa.connId = numberOf(match[1]);
      sa.flowId = match[2] ?? null;
      sa.cryptoMap = match[3] ?? null;
      return true;
    },
  };
}

/** The SA a detail line belongs to: the open one, or a new one without SPI when that has such a line already. */
function saFor(state: IpsecScan, field: number, line: Line): SaDraft {
  const draft = flowFor(state, RANK.below, line);
  if (draft.open === null || (draft.open.filled & field) !== 0) {
    draft.open = blankSa(draft.heading, null, line);
    draft.sas.push(draft.open);
  }
  draft.open.filled |= field;
  draft.open.sa.lines.last = line.last;
  return draft.open;
}

function settingsOf(text: string): SaSettings {
  const words = text.split(/[, ]+/);
  return {
    mode: words.find((word) => /^(?:tunnel|transport)$/i.test(word)) ?? null,
    natt: words.some((word) => /^udp-encaps$/i.test(word)),
    esn: words.some((word) => /^esn$/i.test(word)),
  };
}

/** `esp-gcm 256` is one transform; `esp- md5-hmac` was broken in two. */
function transformNames(text: string): string[] {
  const names: string[] = [];
  for (const word of text.split(' ')) {
    const last = names.at(-1);
    if (last !== undefined && (last.endsWith('-') || /^\d/.test(word))) {
      names[names.length - 1] = last.endsWith('-') ? last + word : `${last} ${word}`;
    } else names.push(word);
  }
  return names;
}
