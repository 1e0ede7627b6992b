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
    state.headings = 0;
    return true;
  },
};

/** The column heading above each SA, here to be counted. */
export const HEADING_RULE: LineRule<SessionScan> = {
  // Tunnel-id Local Remote fvrf/ivrf Status
  word: 'tunnel',
  pattern: /^Tunnel-id (?:Local Remote )?fvrf\/ivrf Status$/i,
  take(state) {
    state.ike.closed = true;
    state.headings++;
    return true;
  },
};

/** Notes the place of an SA whose row was just read. */
export function placeSa(state: SessionScan): void {
  const isFirst = (state.sessions.at(-1)?.firstSa ?? 0) === state.places.length;
  const before = isFirst ? 0 : (state.places.at(-1) ?? 0);
  state.places.push(Math.max(state.headings, before + 1));
}

/** Sessions with their SAs. SAs beyond the number a session says it has belong to sessions whose line is missing, one to each. */
export function sessionsOf(state: SessionScan): Ikev2Session[] {
  const sas = sessionSas(state);
  const sessions: Ikev2Session[] = [];
  const nameless = (rest: readonly SessionSa[]) => {
    for (const sa of rest) sessions.push(withSas(NAMELESS, [sa], sa.lines.first));
  };
  nameless(sas.slice(0, state.sessions[0]?.firstSa ?? sas.length));
  for (const [i, session] of state.sessions.entries()) {
    const until = state.sessions[i + 1]?.firstSa ?? sas.length;
    const count = session.ikeCount ?? Number.POSITIVE_INFINITY;
    const isOwn = (at: number) => (state.places[at] ?? 0) <= count;
    let end = session.firstSa;
    while (end < until && isOwn(end)) end++;
    sessions.push(withSas(session, sas.slice(session.firstSa, end), session.lines.first, session.lines.last));
    nameless(sas.slice(end, until));
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
    return { ...sa, family, childSas: children[i] ?? [] };
  });
}
