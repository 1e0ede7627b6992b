import type { Gap } from '../evidence/gap.ts';
import type { Tunnel } from './tunnel.ts';

/** A tunnel of which no table says anything; `gaps` empty means the tables answered and hold nothing of it. */
export function emptyTunnel(router: string, id: string, gaps: readonly Gap[]): Tunnel {
  return {
    id,
    router,
    local: null,
    peer: null,
    peerIdentity: null,
    peerPort: null,
    fvrf: null,
    ivrf: null,
    attachment: { kind: 'unknown', interface: null, name: null },
    description: null,
    site: null,
    expect: 'unknown',
    isDeclared: false,
    role: 'unknown',
    natt: false,
    phase1: { rows: [], kind: gaps.length > 0 ? 'unknown' : 'absent', version: null, state: null, gaps },
    flows: [],
    phase2Gaps: gaps,
    sessions: [],
    dmvpn: null,
    configured: [],
    messages: [],
    since: null,
  };
}
