import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { SessionDraft, SessionScan } from './draft.ts';
import type { CryptoSessionFacts } from './facts.ts';
import { FLOW_RULES } from './flow-lines.ts';
import { IKE_RULES } from './ike-lines.ts';
import { SESSION_RULES } from './session-lines.ts';

/** `show crypto session [detail]`: one block for each peer, up, idle, negotiating or down. */
export const showCryptoSession: Parser<CryptoSessionFacts> = {
  command: 'show crypto session',
  parse(text: string): Parsed<CryptoSessionFacts> {
    const state: SessionScan = { sessions: [] };
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    return parsedFrom(
      { sessions: state.sessions.map((draft) => draft.session) },
      scan,
      endsInside(state.sessions),
    );
  },
};

const HEADINGS: readonly LineRule<SessionScan>[] = [
  // Crypto session current status
  { word: 'crypto', pattern: /^Crypto session current status$/i, take: () => true },
  // Code: C - IKE Configuration mode, D - Dead Peer Detection
  { word: 'code', pattern: /^Codes?: ?[A-Z] - [A-Za-z]/, take: () => true },
  // K - Keepalives, N - NAT-traversal, T - cTCP encapsulation
  { word: '*', pattern: /^[A-Z] - (?:IKE|SIP|Keepalives|cTCP|NAT|Stronger|Dead)\b/, take: () => true },
  // There are no crypto sessions
  { word: 'there', pattern: /^There are no (?:active )?(?:crypto )?sessions\b.{0,40}$/i, take: () => true },
  { word: 'no', pattern: /^No (?:active )?(?:crypto )?sessions\b.{0,40}$/i, take: () => true },
];

const RULES = [...HEADINGS, ...SESSION_RULES, ...IKE_RULES, ...FLOW_RULES];
const readLine = readerOf(RULES);
const starts = startsOf(RULES);

function endsInside(sessions: readonly SessionDraft[]): boolean {
  const last = sessions.at(-1)?.session;
  if (last === undefined) return false;
  const flow = last.flows.at(-1);
  return last.status === null || last.peer === null || (flow !== undefined && flow.activeSas === null);
}
