import type { BuiltTunnels } from './build-tunnels.ts';
import { messageTime } from './clock.ts';
import { isVpnLine } from './correlate-messages.ts';
import { emptyTunnel } from './empty-tunnel.ts';
import { isFresh } from './message-age.ts';
import type { LoggedLine, RouterFacts } from './router-facts.ts';
import type { AttributedMessage, Tunnel } from './tunnel.ts';

/**
 * VPN lines that name no peer and belong to no tunnel, as a tunnel without addresses: what they prove is a finding of the router.
 * Null when there are none.
 */
export function looseLines(facts: RouterFacts, { tunnels, attributions }: BuiltTunnels): Tunnel | null {
  const taken = new Set(attributions.map((attribution) => attribution.line));
  // Beside known tunnels an unmarked debug line is a part of some negotiation; alone it says nothing of the router.
  const kinds = tunnels.length > 0 ? ['syslog'] : ['syslog', 'debug'];
  const loose = facts.lines.filter(
    (line) =>
      !taken.has(line) &&
      isVpnLine(line) &&
      kinds.includes(line.message.kind) &&
      isOfNobody(line, tunnels) &&
      line.message.catalogueId !== null,
  );
  if (loose.length === 0) return null;
  const messages = loose.map(({ message, source }): AttributedMessage => {
    const at = messageTime(message, facts.clock);
    const fresh = isFresh(at, facts.clock);
    return {
      message,
      source,
      by: 'time',
      age: at === null ? 'undated' : fresh ? 'live' : 'stale',
      isFresh: fresh,
    };
  });
  const gaps = [
    { kind: 'not-asked' as const, ask: 'show crypto isakmp sa', text: 'these log lines name no peer' },
  ];
  return { ...emptyTunnel(facts.router, `${facts.router}/unnamed`, gaps), messages };
}

/** Names no peer, or one that several tunnels have and nothing tells which is meant. */
function isOfNobody({ message }: LoggedLine, tunnels: readonly Tunnel[]): boolean {
  const peer = message.fields['peer'];
  return peer === undefined || tunnels.filter((tunnel) => tunnel.peer === peer).length > 1;
}
