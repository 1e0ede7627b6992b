import type { LineRule } from '../line-rules.ts';
import { fillBlank, type Line, numberOf } from '../lines.ts';
import { openChild, presentChild, type SessionScan } from './draft.ts';

/** Lines of the child SAs below an IKEv2 SA. */
export const CHILD_RULES: readonly LineRule<SessionScan>[] = [
  {
    // Child sa:   |   Child sa: local selector 10.1.0.0/0 - 10.1.255.255/65535
    word: 'child',
    pattern: /^Child sa ?:(?: ?local selector ([0-9A-F.:/]{2,60} - [0-9A-F.:/]{2,60}))?$/i,
    take(state, match, line) {
      const child = openChild(state, line);
      if (child === null) return false;
      if (match[1] !== undefined) child.selectors.push({ lines: at(line), local: match[1], remote: null });
      return true;
    },
  },
  // local selector -> remote selector
  {
    word: 'local',
    pattern: /^local[ _]selector -> remote[ _]selector$/i,
    take: (state, _match, line) => hasNoSpis(state) && presentChild(state, line) !== null,
  },
  {
    // remote selector 10.2.0.0/0 - 10.2.255.255/65535
    word: 'remote',
    pattern: /^remote selector ([0-9A-F.:/]{2,60} - [0-9A-F.:/]{2,60})$/i,
    take(state, match, line) {
      const last = state.children.at(-1)?.selectors.at(-1);
      if (last === undefined || last.remote !== null || presentChild(state, line) === null) return false;
      last.remote = match[1] ?? null;
      last.lines = { first: last.lines.first, last: line.last };
      return true;
    },
  },
  {
    // 10.1.0.0/0 - 10.1.255.255/65535 -> 10.2.0.0/0 - 10.2.255.255/65535
    word: '*',
    pattern:
      /^([0-9A-F.:/]{2,60} - [0-9A-F.:/]{2,60}) ?-> ?([0-9A-F.:/]{2,60} - [0-9A-F.:]{2,60}\/\d{1,5})$/i,
    take(state, match, line) {
      const child = hasNoSpis(state) ? presentChild(state, line) : null;
      if (child === null) return false;
      child.selectors.push({ lines: at(line), local: match[1] ?? '', remote: match[2] ?? null });
      return true;
    },
  },
  spiRule('esp'),
  spiRule('ah'),
  // CPI in/out: 0x0/0x0
  spiRule('cpi'),
];

// Encr: AES-CBC, keysize: 256, esp_hmac: SHA256   |   ah_hmac: None, comp: IPCOMP_NONE, mode tunnel
const PIECE = /^(Encr|keysize|esp_hmac|ah_hmac|comp|mode)(?: ?: ?| )([\w-]{1,40})$/i;

/** True for a line of algorithms that no IKEv2 SA has, only a child SA. */
export function isChildSuite(line: Line): boolean {
  // ah_hmac: None, comp: IPCOMP_NONE, mode tunnel
  return /(?:^|, ?)(?:esp_hmac|ah_hmac|comp) ?:/i.test(line.body);
}

/** Reads a line of algorithms below a child SA, whole or not at all. */
export function readChildSuite(state: SessionScan, line: Line): boolean {
  const pieces = line.body.split(',').map((piece) => PIECE.exec(piece.trim()));
  const child = pieces.every((piece) => piece !== null) ? presentChild(state, line) : null;
  if (child === null) return false;
  const text = (name: string) => pieces.find((piece) => piece?.[1]?.toLowerCase() === name)?.[2] ?? null;
  return fillBlank(child, {
    encr: text('encr'),
    keySize: numberOf(text('keysize') ?? undefined),
    espHmac: text('esp_hmac'),
    ahHmac: text('ah_hmac'),
    compression: text('comp'),
    mode: text('mode'),
  });
}

// ESP spi in/out: 0x232CB82D/0x30767B6E   |   CPI in/out: 0x0/0x0
function spiRule(word: 'esp' | 'ah' | 'cpi'): LineRule<SessionScan> {
  return {
    word,
    pattern: /^(?:ESP spi|AH spi|CPI) in\/out ?: ?0x([0-9A-F]{1,8})\/0x([0-9A-F]{1,8})$/i,
    take(state, match, line) {
      if (state.children.at(-1)?.[word] !== null) return false;
      const child = presentChild(state, line);
      if (child === null) return false;
      child[word] = { lines: at(line), inbound: spiOf(match[1]), outbound: spiOf(match[2]) };
      return true;
    },
  };
}

/** Selectors stand above the SPIs: below them they are those of a child SA whose heading is missing. */
function hasNoSpis(state: SessionScan): boolean {
  const child = state.children.at(-1);
  return child !== undefined && child.esp === null && child.ah === null;
}

function spiOf(text: string | undefined): string | null {
  return text === undefined || /^0+$/.test(text) ? null : `0x${text.toLowerCase()}`;
}

function at(line: Line) {
  return { first: line.number, last: line.last };
}
