import { parseAddress } from '../../core/address.ts';
import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { addressAsPrinted, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { fieldRule, noRecords, openRecord, type Records } from '../records.ts';
import type { IsakmpPeer, IsakmpPeersFacts } from './facts.ts';

/** `show crypto isakmp peers`: addresses and identities of IKEv1 peers. */
export const showCryptoIsakmpPeers: Parser<IsakmpPeersFacts> = {
  command: 'show crypto isakmp peers',
  parse(text: string): Parsed<IsakmpPeersFacts> {
    const state = noRecords<IsakmpPeer>();
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    return parsedFrom({ peers: state.all }, scan);
  },
};

const field = fieldRule<IsakmpPeer>;

const RULES: readonly LineRule<Records<IsakmpPeer>>[] = [
  {
    // Peer: 203.0.113.2 Port: 500 Local: 192.0.2.1   |   Peer: 203.0.113.2 Port: 500
    word: 'peer',
    pattern: /^Peer: ?([0-9A-F.:]{2,45}) Port: ?(\d{1,5})(?: Local: ?([0-9A-F.:]{2,45}))?$/i,
    take(state, match, line) {
      openRecord(state, line, {
        peer: addressAsPrinted(match[1] ?? ''),
        port: Number(match[2]),
        local: match[3] === undefined ? null : addressAsPrinted(match[3]),
        phase1Id: null,
        description: null,
        flags: null,
      });
      return true;
    },
  },
  {
    // Local: 192.0.2.1   (right below the peer, in releases that break the line)
    word: 'local',
    pattern: /^Local: ?([0-9A-F.:]{2,45})$/i,
    take(state, match, line) {
      const peer = state.all.at(-1);
      if (peer === undefined || peer.local !== null || peer.lines.first !== line.number - 1) return false;
      peer.local = addressAsPrinted(match[1] ?? '');
      peer.lines = { first: peer.lines.first, last: line.last };
      return true;
    },
  },
  // Phase1 id: spoke1.example.net   |   Phase1 id: 203.0.113.2   |   Phase1 id:
  field('phase', /^Phase1 id:(?: ?(\S.{0,255}))?$/i, (match) => ({ phase1Id: identityOf(match[1]) })),
  field('description', /^Description: ?(\S.{0,255})$/i, (match) => ({ description: match[1] ?? null })),
  // flags: PEER_POLICY
  field('flags', /^flags: ?(\S.{0,120})$/i, (match) => ({ flags: match[1] ?? null })),
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

function identityOf(text: string | undefined): string | null {
  if (text === undefined || /^\(?none\)?$/i.test(text)) return null;
  return parseAddress(text) ?? text;
}
