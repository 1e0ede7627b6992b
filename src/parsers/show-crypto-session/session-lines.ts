import type { LineRule } from '../line-rules.ts';
import { addressAsPrinted, fillBlank, interfaceName, numberOf, textOrNull } from '../lines.ts';
import { RANK, type SessionScan, sessionFor } from './draft.ts';

/** Lines that belong to the session as a whole. */
export const SESSION_RULES: readonly LineRule<SessionScan>[] = [
  {
    // Interface: Tunnel0   |   Interface: (unknown)
    word: 'interface',
    pattern: /^Interface: ?(\S.{0,200})$/i,
    take(state, match, line) {
      const name = match[1] ?? '';
      sessionFor(state, RANK.interface, line).session.interface =
        name === '(unknown)' ? null : interfaceName(name);
      return true;
    },
  },
  {
    // Profile: IKEV2_PROFILE
    word: 'profile',
    pattern: /^Profile: ?(\S.{0,120})$/i,
    take(state, match, line) {
      return fillBlank(sessionFor(state, RANK.owner, line).session, { profile: match[1] ?? null });
    },
  },
  ...['username', 'group', 'assigned'].map(ownerRule),
  {
    // Uptime: 7w0d
    word: 'uptime',
    pattern: /^Uptime: ?(\S{1,20})$/i,
    take(state, match, line) {
      const { session } = sessionFor(state, RANK.uptime, line);
      session.uptime = match[1] ?? null;
      session.uptimeLine = line.number;
      return true;
    },
  },
  {
    // Session status: DOWN-NEGOTIATING
    word: 'session',
    pattern: /^Session status: ?([A-Z][A-Z-]{1,30})$/i,
    take(state, match, line) {
      const { session } = sessionFor(state, RANK.status, line);
      session.status = match[1] ?? null;
      session.statusLine = line.number;
      return true;
    },
  },
  {
    // Peer: 203.0.113.2 port 500 fvrf: (none) ivrf: red   |   Peer: 203.0.113.2/500
    word: 'peer',
    pattern:
      /^Peer: ?([0-9A-Fa-f.:]{2,60})(?:(?: port |\/)(\d{1,5}))?(?: fvrf: ?(\S{1,80}))?(?: ivrf: ?(\S{1,80}))?$/i,
    take(state, match, line) {
      const { session } = sessionFor(state, RANK.peer, line);
      session.peer = addressAsPrinted(match[1] ?? '');
      session.peerPort = numberOf(match[2]);
      session.fvrf = textOrNull(match[3]);
      session.ivrf = textOrNull(match[4]);
      return true;
    },
  },
  {
    // Desc: this is my peer at 203.0.113.2
    word: 'desc',
    pattern: /^Desc: ?(.{0,300})$/i,
    take(state, match, line) {
      return fillBlank(sessionFor(state, RANK.below, line).session, { description: textOrNull(match[1]) });
    },
  },
  {
    // Phase1_id: router1.example.net
    word: 'phase',
    pattern: /^Phase1_id: ?(.{0,300})$/i,
    take(state, match, line) {
      return fillBlank(sessionFor(state, RANK.below, line).session, { phase1Id: textOrNull(match[1]) });
    },
  },
  {
    // Session ID: 70
    word: 'session',
    pattern: /^Session ID: ?\d{1,12}$/i,
    take(state, _match, line) {
      sessionFor(state, RANK.below, line);
      return true;
    },
  },
];

// Username: cisco   |   Group: easy   |   Assigned address: 10.3.3.4   (remote access; a site-to-site diagnosis needs none)
function ownerRule(word: string): LineRule<SessionScan> {
  return {
    word,
    pattern: /^(?:Username|Group|Assigned address): ?\S.{0,120}$/i,
    take(state, _match, line) {
      sessionFor(state, RANK.owner, line);
      return true;
    },
  };
}
