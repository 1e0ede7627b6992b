import type { LineRule } from '../line-rules.ts';
import { addressAsPrinted } from '../lines.ts';
import { type Ikev2Scan, openSa, presentSa } from './draft.ts';

/** Headings, and the row that begins an SA. */
export const ROW_RULES: readonly LineRule<Ikev2Scan>[] = [
  {
    // IPv6 Crypto IKEv2 SA
    word: 'ipv',
    pattern: /^IPv([46]) Crypto IKEv2 (?:SA|Session)$/i,
    take(state, match) {
      state.family = match[1] === '6' ? 'ipv6' : 'ipv4';
      return true;
    },
  },
  {
    // Tunnel-id Local Remote fvrf/ivrf Status
    word: 'tunnel',
    pattern: /^Tunnel-id (?:Local Remote )?fvrf\/ivrf Status$/i,
    take(state) {
      state.closed = true;
      return true;
    },
  },
  // There are no IKEv2 SAs
  { word: 'there', pattern: /^There are no IKEv2 (?:SAs?|sessions?)\b.{0,40}$/i, take: () => true },
  {
    // 1 192.0.2.1/500 203.0.113.2/500 red/blue IN-NEG
    word: '',
    pattern:
      /^(\d{1,10}) ([0-9A-F.:]{2,60})\/(\d{1,5}) ([0-9A-F.:]{2,60})\/(\d{1,5}) ([^\s/]{1,80})\/([^\s/]{1,80}) ([A-Z][A-Z_-]{1,30})$/i,
    take(state, match, line) {
      const { sa } = openSa(state, Number(match[1]), match[8] ?? '', line);
      sa.family = match[2]?.includes(':') ? 'ipv6' : 'ipv4';
      sa.local = addressAsPrinted(match[2] ?? '');
      sa.localPort = Number(match[3]);
      sa.remote = addressAsPrinted(match[4] ?? '');
      sa.remotePort = Number(match[5]);
      sa.fvrf = vrfName(match[6]);
      sa.ivrf = vrfName(match[7]);
      return true;
    },
  },
  {
    // 1 none/none READY   (IPv6 tables print the addresses on lines of their own)
    word: '',
    pattern: /^(\d{1,10}) ([^\s/]{1,80})\/([^\s/]{1,80}) ([A-Z][A-Z_-]{1,30})$/i,
    take(state, match, line) {
      if (/^[\d.:]+$/.test(match[2] ?? '') && (match[2] ?? '').includes('.')) return false;
      const { sa } = openSa(state, Number(match[1]), match[4] ?? '', line);
      sa.fvrf = vrfName(match[2]);
      sa.ivrf = vrfName(match[3]);
      return true;
    },
  },
  endRule('local'),
  endRule('remote'),
];

// Local 2001:DB8::1/500
function endRule(side: 'local' | 'remote'): LineRule<Ikev2Scan> {
  return {
    word: side,
    pattern: /^(?:Local|Remote):? ?([0-9A-F.:]{2,60})\/(\d{1,5})$/i,
    take(state, match, line) {
      const draft = presentSa(state, line);
      if (draft === null || draft.sa[side] !== '') return false;
      draft.sa[side] = addressAsPrinted(match[1] ?? '');
      if (side === 'local') draft.sa.localPort = Number(match[2]);
      else draft.sa.remotePort = Number(match[2]);
      return true;
    },
  };
}

function vrfName(text: string | undefined): string | null {
  return text === undefined || text === 'none' ? null : text;
}
