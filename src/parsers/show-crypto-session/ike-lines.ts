import type { LineRule } from '../line-rules.ts';
import { addressAsPrinted, fillBlank, numberOf, textOrNull } from '../lines.ts';
import { RANK, type SessionScan, sessionFor } from './draft.ts';

/** The IKE SAs of a session. */
export const IKE_RULES: readonly LineRule<SessionScan>[] = [
  ikeRule('ike'),
  ikeRule('ikev'),
  {
    // Capabilities:DN connid:2913 lifetime:09:03:41
    word: 'capabilities',
    pattern: /^Capabilities: ?(\(none\)|[A-Z]{0,20}) connid: ?(\d{1,10}) lifetime: ?(\S{1,20})$/i,
    take(state, match, line) {
      const sa = sessionFor(state, RANK.below, line).session.ikeSas.at(-1);
      if (sa === undefined) return false;
      const values = {
        capabilities: textOrNull(match[1]),
        connId: numberOf(match[2]),
        lifetime: match[3] ?? null,
      };
      if (!fillBlank(sa, values)) return false;
      sa.lines = { first: sa.lines.first, last: line.last };
      return true;
    },
  },
];

// IKE SA: local 192.0.2.1/500 remote 203.0.113.2/500 Active   |   IKEv2 SA: …
function ikeRule(word: 'ike' | 'ikev'): LineRule<SessionScan> {
  return {
    word,
    pattern:
      /^IKE(?:v([12]))? SA: ?local ([0-9A-F.:]{2,60})(?:\/(\d{1,5}))? remote ([0-9A-F.:]{2,60})(?:\/(\d{1,5}))? (Active|Inactive)$/i,
    take(state, match, line) {
      sessionFor(state, RANK.below, line).session.ikeSas.push({
        lines: { first: line.number, last: line.last },
        version: match[1] === '2' ? 2 : 1,
        local: addressAsPrinted(match[2] ?? ''),
        localPort: numberOf(match[3]),
        remote: addressAsPrinted(match[4] ?? ''),
        remotePort: numberOf(match[5]),
        active: match[6]?.toLowerCase() === 'active',
        capabilities: null,
        connId: null,
        lifetime: null,
      });
      return true;
    },
  };
}
