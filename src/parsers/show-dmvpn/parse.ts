import { readerOf, startsOf } from '../line-rules.ts';
import { type Line, type Outcome, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { BLOCK_RULES } from './block-lines.ts';
import { CRYPTO_RULES, readCryptoLine } from './crypto-lines.ts';
import type { DmvpnScan } from './draft.ts';
import type { DmvpnFacts } from './facts.ts';
import { LIST_RULES } from './list-lines.ts';
import { readPeerRow } from './peer-rows.ts';

/** `show dmvpn [detail]`: NHRP peers of hubs and spokes, and in the detail form their servers and crypto sessions. */
export const showDmvpn: Parser<DmvpnFacts> = {
  command: 'show dmvpn',
  parse(text: string): Parsed<DmvpnFacts> {
    const state: DmvpnScan = {
      interface: null,
      role: 'unknown',
      continuations: 0,
      peers: [],
      servers: [],
      extras: [],
      sessions: [],
    };
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    const sessions = state.sessions.map((draft, i) => ({
      ...draft.session,
      ...(state.extras[i] ?? { outboundSpi: null, transform: null, socketState: null }),
    }));
    return parsedFrom({ peers: state.peers, servers: state.servers, sessions }, scan);
  },
};

const RULES = [...BLOCK_RULES, ...LIST_RULES, ...CRYPTO_RULES];
const readBlockLine = readerOf(RULES);
const starts = startsOf(RULES);

function readLine(state: DmvpnScan, line: Line): Outcome {
  return readBlockLine(state, line) || readPeerRow(state, line) || readCryptoLine(state, line);
}
