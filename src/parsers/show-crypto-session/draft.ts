import type { Draft, Line } from '../lines.ts';
import type { CryptoSession, SessionFlow, SessionIkeSa } from './facts.ts';

/** A session under construction. `rank` is how far down the layout the last line read stands. */
export interface SessionDraft {
  readonly session: Draft<Omit<CryptoSession, 'ikeSas' | 'flows'>> & {
    readonly ikeSas: Draft<SessionIkeSa>[];
    readonly flows: Draft<SessionFlow>[];
  };
  rank: number;
}

/** What has been read so far of one output. */
export interface SessionScan {
  readonly sessions: SessionDraft[];
}

/** Places in the layout of a session, top to bottom. A line that stands higher than the last one begins a new session. */
export const RANK = { interface: 1, owner: 2, uptime: 3, status: 4, peer: 5, below: 6 } as const;

/** The session that a line of this rank belongs to: the present one, or a new one. */
export function sessionFor(state: SessionScan, rank: number, line: Line): SessionDraft {
  const last = state.sessions.at(-1);
  const repeats = rank !== RANK.owner && rank !== RANK.below;
  const isNew = last === undefined || last.rank > rank || (repeats && last.rank === rank);
  const draft = isNew ? blankSession(line) : last;
  if (isNew) state.sessions.push(draft);
  draft.rank = Math.max(draft.rank, rank);
  draft.session.lines = { first: draft.session.lines.first, last: line.last };
  return draft;
}

/** A session of which nothing but its place is known yet. */
function blankSession(line: Line): SessionDraft {
  const session = {
    lines: { first: line.number, last: line.last },
    interface: null,
    profile: null,
    uptime: null,
    uptimeLine: null,
    status: null,
    statusLine: null,
    peer: null,
    peerPort: null,
    fvrf: null,
    ivrf: null,
    phase1Id: null,
    description: null,
    ikeSas: [],
    flows: [],
  };
  return { session, rank: 0 };
}

/** A flow of which only the text is known. */
export function blankFlow(text: string, line: Line): Draft<SessionFlow> {
  return {
    lines: { first: line.number, last: line.last },
    text,
    activeSas: null,
    origin: null,
    inboundPackets: null,
    inboundDrops: null,
    outboundPackets: null,
    outboundDrops: null,
    inboundLifetime: null,
    outboundLifetime: null,
    packetLines: { inbound: null, outbound: null },
  };
}
