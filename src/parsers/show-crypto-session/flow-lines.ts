import type { LineRule } from '../line-rules.ts';
import { type Draft, fillBlank, type Line, numberOf } from '../lines.ts';
import { blankFlow, RANK, type SessionScan, sessionFor } from './draft.ts';
import type { SessionFlow } from './facts.ts';

/** The IPsec flows of a session. */
export const FLOW_RULES: readonly LineRule<SessionScan>[] = [
  {
    // IPSEC FLOW: permit 47 host 192.0.2.1 host 203.0.113.2
    word: 'ipsec',
    pattern: /^IPSEC FLOW: ?(\S.{0,300})$/i,
    take(state, match, line) {
      sessionFor(state, RANK.below, line).session.flows.push(blankFlow(match[1] ?? '', line));
      return true;
    },
  },
  {
    // Active SAs: 2, origin: crypto map
    word: 'active',
    pattern: /^Active SAs: ?(\d{1,6})(?:, ?origin: ?(.{1,80}))?$/i,
    take(state, match, line) {
      const flow = lastFlow(state, line);
      if (flow === null) return false;
      return fillBlank(flow, { activeSas: numberOf(match[1]), origin: match[2] ?? null });
    },
  },
  packetRule('inbound'),
  packetRule('outbound'),
];

// Inbound: #pkts dec'ed 4 drop 0 life (KB/Sec) 4605665/2949   |   … KB Vol Rekey Disabled/239
function packetRule(direction: 'inbound' | 'outbound'): LineRule<SessionScan> {
  return {
    word: direction,
    pattern:
      /^(?:Inbound|Outbound): ?#pkts (?:dec|enc)'?ed (\d{1,20}) drop (\d{1,20}) life \(KB\/Sec\) ?(?:(\d{1,15})|KB Vol Rekey Disabled)\/(\d{1,12})$/i,
    take(state, match, line) {
      const flow = lastFlow(state, line);
      if (flow === null) return false;
      const lifetime = { kb: numberOf(match[3]), seconds: numberOf(match[4]) };
      const [packets, drops] = [Number(match[1]), Number(match[2])];
      const taken =
        direction === 'inbound'
          ? fillBlank(flow, { inboundPackets: packets, inboundDrops: drops })
          : fillBlank(flow, { outboundPackets: packets, outboundDrops: drops });
      if (!taken) return false;
      if (direction === 'inbound') flow.inboundLifetime ??= lifetime;
      else flow.outboundLifetime ??= lifetime;
      flow.packetLines = { ...flow.packetLines, [direction]: line.number };
      return true;
    },
  };
}

function lastFlow(state: SessionScan, line: Line): Draft<SessionFlow> | null {
  const flow = state.sessions.at(-1)?.session.flows.at(-1);
  if (flow === undefined) return null;
  sessionFor(state, RANK.below, line);
  flow.lines = { first: flow.lines.first, last: line.last };
  return flow;
}
