import type { Interval } from '../core/time.ts';
import { isBefore, messageTime, msBetween, type RouterClock } from './clock.ts';
import type { Attribution } from './correlate-messages.ts';
import type { LoggedLine, RouterFacts } from './router-facts.ts';
import type { AttributedMessage, MessageAge } from './tunnel.ts';

/** Below this age a line of a tunnel that is down still describes what is going on. */
const STALE_MS = 30 * 60_000;

/** Lines that say the tunnel (or the router) came up: what is older is history. */
const CAME_UP = new Set([
  'CRYPTO-5-SESSION_STATUS',
  'CRYPTO-5-IKEV2_SESSION_STATUS',
  'CRYPTO-6-EZVPN_CONNECTION_UP',
  'DMVPN-5-CRYPTO_SS',
  'DMVPN-5-NHRP_NHS_UP',
  'SYS-5-RESTART',
]);

/** Packets dropped on receipt: such a fault goes on across a rekey, while a failed set-up ended with the SAs that came of it. */
const DROP = /REPLAY|MAC_ERR|INV_IDENTITY|INV_PROT/;

/** Gives each message of one tunnel its age against the present session, or against now when there is none. */
export function ageMessages(
  attributions: readonly Attribution[],
  tunnel: {
    readonly since: Interval | null;
    /** As `since`, without a start that was reckoned from the age of the SAs. */
    readonly toldSince: Interval | null;
    readonly established: boolean;
  },
  facts: RouterFacts,
): readonly AttributedMessage[] {
  const restarts = facts.lines
    .filter((line) => line.message.mnemonic === 'RESTART')
    .map((line) => messageTime(line.message, facts.clock));
  const ups = attributions
    .filter(({ line }) => isUp(line))
    .map(({ line }) => messageTime(line.message, facts.clock));
  const lastUp = latest([...ups, ...restarts]);
  return attributions.map(({ line, by }) => {
    const at = messageTime(line.message, facts.clock);
    return {
      message: line.message,
      source: line.source,
      by,
      age: ageOf(
        at,
        {
          ...tunnel,
          since: DROP.test(line.message.catalogueId ?? '') ? tunnel.toldSince : tunnel.since,
          lastUp,
        },
        facts.clock,
      ),
      isFresh: isFresh(at, facts.clock),
    };
  });
}

/** True for what was logged within the last half hour, and for lines without a usable time. */
export function isFresh(at: Interval | null, clock: RouterClock): boolean {
  return at === null || clock.now === null || msBetween(at, clock.now) <= STALE_MS;
}

function isUp({ message }: LoggedLine): boolean {
  if (message.catalogueId === null || !CAME_UP.has(message.catalogueId)) return false;
  return (
    message.mnemonic === 'NHRP_NHS_UP' ||
    message.mnemonic === 'EZVPN_CONNECTION_UP' ||
    /\bUP\b/.test(message.text)
  );
}

function ageOf(
  at: Interval | null,
  tunnel: {
    readonly since: Interval | null;
    readonly established: boolean;
    readonly lastUp: Interval | null;
  },
  clock: RouterClock,
): MessageAge {
  if (at === null || clock.now === null) return 'undated';
  if (tunnel.lastUp !== null && isBefore(at, tunnel.lastUp)) return 'before-session';
  if (tunnel.since !== null && tunnel.established) {
    if (isBefore(at, tunnel.since)) return 'before-session';
    return isBefore(tunnel.since, at) ? 'live' : 'at-setup';
  }
  return isFresh(at, clock) ? 'live' : 'stale';
}

function latest(times: readonly (Interval | null)[]): Interval | null {
  let found: Interval | null = null;
  for (const at of times) if (at !== null && (found === null || at.from > found.from)) found = at;
  return found;
}
