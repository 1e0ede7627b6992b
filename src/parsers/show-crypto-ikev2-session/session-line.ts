import type { LineRule } from '../line-rules.ts';
import type { SessionDraft, SessionScan } from './draft.ts';
import type { ChildSa, Ikev2Session, SessionSa } from './facts.ts';

/** The line that begins a session. What follows belongs to no SA until its row comes. */
export const SESSION_RULE: LineRule<SessionScan> = {
  // Session-id:3, Status:UP-ACTIVE, IKE count:1, CHILD count:1
  word: 'session',
  pattern:
    /^Session-id ?: ?(\d{1,12}), ?Status ?: ?([A-Z-]{1,30}), ?IKE count ?: ?(\d{1,6}), ?CHILD count ?: ?(\d{1,6})$/i,
  take(state, match, line) {
    state.sessions.push({
      lines: { first: line.number, last: line.last },
      sessionId: Number(match[1]),
      status: match[2] ?? null,
      ikeCount: Number(match[3]),
      childCount: Number(match[4]),
      firstSa: state.ike.sas.length,
    });
    state.ike.closed = true;
    return true;
  },
};

/** Sessions with their SAs. SAs beyond the number a session says it has belong to a session whose line is missing. */
export function sessionsOf(state: SessionScan): Ikev2Session[] {
  const sas = sessionSas(state);
  const sessions: Ikev2Session[] = [];
  const nameless = (rest: readonly SessionSa[]) => {
    if (rest[0] !== undefined) sessions.push(withSas(NAMELESS, rest, rest[0].lines.first));
  };
  nameless(sas.slice(0, state.sessions[0]?.firstSa ?? sas.length));
  for (const [i, session] of state.sessions.entries()) {
    const below = sas.slice(session.firstSa, state.sessions[i + 1]?.firstSa ?? sas.length);
    const count = session.ikeCount ?? below.length;
    sessions.push(withSas(session, below.slice(0, count), session.lines.first, session.lines.last));
    nameless(below.slice(count));
  }
  return sessions;
}

const NAMELESS = { sessionId: null, status: null, ikeCount: null, childCount: null };

function withSas(
  { sessionId, status, ikeCount, childCount }: Omit<SessionDraft, 'lines' | 'firstSa'>,
  sas: readonly SessionSa[],
  first: number,
  last = first,
): Ikev2Session {
  const lines = { first, last: sas.at(-1)?.lines.last ?? last };
  return { lines, sessionId, status, ikeCount, childCount, sas };
}

function sessionSas(state: SessionScan): SessionSa[] {
  const children: ChildSa[][] = state.ike.sas.map(() => []);
  for (const { sa, ...child } of state.children) children[sa]?.push(child);
  return state.ike.sas.map((draft, i) => {
    const { childSas: _unused, ...sa } = draft.sa;
    const family = sa.local.includes(':') ? ('ipv6' as const) : sa.family;
    return { ...sa, family, children: children[i] ?? [] };
  });
}
