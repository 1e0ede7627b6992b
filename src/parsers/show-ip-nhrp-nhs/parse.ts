import { parseAddress } from '../../core/address.ts';
import { type LineRule, readerOf, silentRules, startsOf } from '../line-rules.ts';
import {
  addressAsPrinted,
  type Draft,
  fillBlank,
  isJoined,
  type Line,
  numberOf,
  parsedFrom,
  scanLines,
} from '../lines.ts';
import { isLoose } from '../loose.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { NhrpNhsFacts, NhrpServer, PendingRegistration } from './facts.ts';

interface NhsScan {
  interface: string | null;
  readonly servers: Draft<NhrpServer>[];
  readonly pending: PendingRegistration[];
}

/** `show ip nhrp nhs [detail]`: the next hop servers of a spoke, whether they answer, and what is still unanswered. */
export const showIpNhrpNhs: Parser<NhrpNhsFacts> = {
  command: 'show ip nhrp nhs',
  parse(text: string): Parsed<NhrpNhsFacts> {
    const state: NhsScan = { interface: null, servers: [], pending: [] };
    const scan = scanLines(text, (line) => !isLoose(line) && readLine(state, line), starts);
    return parsedFrom({ servers: state.servers, pending: state.pending }, scan);
  },
};

const RULES: readonly LineRule<NhsScan>[] = [
  {
    // Tunnel0:   |   Virtual-Access2:
    word: '*',
    pattern: /^([A-Za-z][A-Za-z-]{0,30}\d[\d/.:]{0,20}?) ?:$/,
    take(state, match) {
      state.interface = match[1] ?? null;
      return true;
    },
  },
  {
    // 172.16.0.1 RE NBMA Address: 203.0.113.2 priority = 0 cluster = 0 req-sent 105 req-failed 0 repl-recv 104 (00:00:49 ago)
    word: '*',
    pattern:
      /^([0-9A-F.:]{2,45})(?: ([ERWD]{1,4}))?(?: NBMA Address: ?([0-9A-F.:]{2,45}))?(?: priority ?= ?(\d{1,5}))?(?: cluster ?= ?(\d{1,5}))?(?: req-sent (\d{1,12}))?(?: req-failed (\d{1,12}))?(?: repl-recv (\d{1,12}))?(?: \((?:([\w:]{1,20}) ago|[^()]{1,40})\))?$/i,
    take(state, match, line) {
      // A cut row and the one after it run into one address that there is not.
      if (isJoined(line) && parseAddress(match[1] ?? '') === null) return false;
      if (!/[.:]/.test(match[1] ?? '') || (match[2] === undefined && match[6] === undefined)) return false;
      const letters = match[2]?.toUpperCase() ?? '';
      state.servers.push({
        lines: { first: line.number, last: line.last },
        interface: state.interface,
        address: addressAsPrinted(match[1] ?? ''),
        responding: letters.includes('R'),
        expecting: letters.includes('E'),
        waiting: letters.includes('W'),
        dynamic: letters.includes('D'),
        nbma: match[3] === undefined ? null : addressAsPrinted(match[3]),
        requestsSent: numberOf(match[6]),
        requestsFailed: numberOf(match[7]),
        repliesReceived: numberOf(match[8]),
        priority: numberOf(match[4]),
        cluster: numberOf(match[5]),
        repliedAgo: match[9] ?? null,
        currentRequestId: null,
        acknowledgedRequestId: null,
        protectionSocketRequested: null,
      });
      return true;
    },
  },
  {
    // Registration Request: Reqid 60, Ret 64 NHS 172.16.0.1 expired (Tu0)
    word: 'registration',
    pattern:
      /^Registration Request: ?Reqid (\d{1,12}), ?Ret (\d{1,6}),? NHS ([0-9A-F.:]{2,45})( expired)?(?: \(([A-Za-z-]{1,20}\d[\d/.]{0,12})\))?$/i,
    take(state, match, line) {
      state.pending.push({
        lines: { first: line.number, last: line.last },
        requestId: Number(match[1]),
        retries: Number(match[2]),
        server: addressAsPrinted(match[3] ?? ''),
        expired: match[4] !== undefined,
        interface: match[5] ?? null,
      });
      return true;
    },
  },
  {
    // Current Request ID: 35914 (Ack: 35914)
    word: 'current',
    pattern: /^Current Request ID: ?(\d{1,12})(?: \(Ack: ?(\d{1,12})\))?$/i,
    take: (state, match, line) =>
      setLast(state, line, {
        currentRequestId: numberOf(match[1]),
        acknowledgedRequestId: numberOf(match[2]),
      }),
  },
  {
    // Protection Socket Requested: FALSE
    word: 'protection',
    pattern: /^Protection Socket Requested: ?(TRUE|FALSE)$/i,
    take: (state, match, line) =>
      setLast(state, line, { protectionSocketRequested: match[1]?.toUpperCase() === 'TRUE' }),
  },
  ...silentRules<NhsScan>({
    // Legend: E=Expecting replies, R=Responding, W=Waiting, D=Dynamic   |   R=Responding
    legend: /^Legend:(?: ?[A-Z] ?= ?[A-Z]|$)/i,
    '*': /^[A-Z] ?= ?(?:Expecting|Responding|Waiting|Dynamic)\b/i,
    pending: /^Pending Registration Requests:$/i,
  }),
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

/** Sets fields of the server above, each once: a second time its row is missing. */
function setLast(state: NhsScan, line: Line, fields: Partial<Draft<NhrpServer>>): boolean {
  const server = state.servers.at(-1);
  if (server === undefined || !fillBlank(server, fields)) return false;
  server.lines = { first: server.lines.first, last: line.last };
  return true;
}
