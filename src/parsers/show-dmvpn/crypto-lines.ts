import { type LineRule, readerOf } from '../line-rules.ts';
import { fillBlank, interfaceName, type Line, textOrNull } from '../lines.ts';
import { RANK, type SessionScan, sessionFor } from '../show-crypto-session/draft.ts';
import { FLOW_RULES } from '../show-crypto-session/flow-lines.ts';
import { IKE_RULES } from '../show-crypto-session/ike-lines.ts';
import { SESSION_RULES } from '../show-crypto-session/session-lines.ts';
import type { DmvpnScan, SessionExtra } from './draft.ts';

/** Lines below `Crypto Session Details:` that `show crypto session` prints too. */
export const readCryptoLine: (state: DmvpnScan, line: Line) => boolean = readerOf<SessionScan>([
  ...SESSION_RULES,
  ...IKE_RULES,
  ...FLOW_RULES,
]);

/** Lines below `Crypto Session Details:` that only DMVPN prints. */
export const CRYPTO_RULES: readonly LineRule<DmvpnScan>[] = [
  {
    // Interface: Tunnel0
    word: 'interface',
    pattern: /^Interface: ?([A-Za-z][\w/.:-]{0,60})$/i,
    take(state, match, line) {
      sessionFor(state, RANK.interface, line).session.interface = interfaceName(match[1] ?? '');
      return true;
    },
  },
  {
    // Session: [0x7F3A5C10]
    word: 'session',
    pattern: /^Session: ?\[0x[0-9A-F]{1,16}\]$/i,
    take(state, _match, line) {
      sessionFor(state, RANK.owner, line);
      return true;
    },
  },
  {
    // Crypto Session Status: UP-ACTIVE
    word: 'crypto',
    pattern: /^Crypto Session Status: ?([A-Z][A-Z-]{1,30})$/i,
    take(state, match, line) {
      const { session } = sessionFor(state, RANK.below, line);
      if (!fillBlank(session, { status: match[1] ?? null })) return false;
      session.statusLine ??= line.number;
      return true;
    },
  },
  {
    // fvrf: (none), Phase1_id: 203.0.113.2   |   fvrf: (none)
    word: 'fvrf',
    pattern: /^fvrf: ?([^\s,]{1,80})(?:, ?Phase1_id: ?(.{0,300}))?$/i,
    take(state, match, line) {
      const { session } = sessionFor(state, RANK.below, line);
      return fillBlank(session, { fvrf: textOrNull(match[1]), phase1Id: textOrNull(match[2]) });
    },
  },
  {
    // Outbound SPI : 0x       0, transform :   |   Outbound SPI : 0x4AF1F066, transform : esp-256-aes esp-sha256-hmac
    word: 'outbound',
    pattern: /^Outbound SPI ?: ?(?:0x)? ?([0-9A-F]{1,16}), ?transform ?: ?(.{0,120})$/i,
    take(state, match, line) {
      const outboundSpi = `0x${(match[1] ?? '').toLowerCase()}`;
      return fillBlank(extraFor(state, line), { outboundSpi, transform: match[2] || null });
    },
  },
  {
    // Socket State: Open
    word: 'socket',
    pattern: /^Socket State: ?(\w{1,20})$/i,
    take(state, match, line) {
      return fillBlank(extraFor(state, line), { socketState: match[1] ?? null });
    },
  },
];

function extraFor(state: DmvpnScan, line: Line): SessionExtra {
  sessionFor(state, RANK.below, line);
  const place = state.sessions.length - 1;
  const extra = state.extras[place] ?? { outboundSpi: null, transform: null, socketState: null };
  state.extras[place] = extra;
  return extra;
}
