import type { Source } from '../evidence/source.ts';
import { isWhole, STRANGER_MESSAGES } from '../tunnels/logged-peers.ts';
import type { RouterFacts } from '../tunnels/router-facts.ts';
import type { Tunnel } from '../tunnels/tunnel.ts';

/** A line that Cisco marks as possibly hostile, from an address that is no peer of this router. */
export interface SecurityNote {
  readonly text: string;
  readonly from: string;
  readonly source: Source;
}

export function securityNotes(facts: RouterFacts, tunnels: readonly Tunnel[]): readonly SecurityNote[] {
  if (!isWhole(facts)) return [];
  const peers = new Set(tunnels.filter(isKnown).map((tunnel) => tunnel.peer));
  const notes = new Map<string, SecurityNote>();
  for (const { message, source } of facts.lines) {
    const from = message.fields['peer'];
    if (from === undefined || peers.has(from) || message.catalogueId === null) continue;
    if (!STRANGER_MESSAGES.has(message.catalogueId)) continue;
    notes.set(`${from} ${message.catalogueId}`, {
      text: `${message.catalogueId} from ${from}, which is no configured peer of ${facts.router}`,
      from,
      source,
    });
  }
  return [...notes.values()];
}

function isKnown(tunnel: Tunnel): boolean {
  return (
    tunnel.phase1.rows.length > 0 ||
    tunnel.flows.length > 0 ||
    tunnel.configured.length > 0 ||
    tunnel.isDeclared ||
    tunnel.dmvpn !== null ||
    tunnel.sessions.length > 0
  );
}
