import { parseAddress } from '../../src/core/address.ts';
import type { Parsed } from '../../src/parsers/parsed.ts';
import { CRYPTO_INVARIANTS } from './crypto-invariants.ts';
import { NETWORK_INVARIANTS } from './network-invariants.ts';
import { PLATFORM_INVARIANTS } from './platform-invariants.ts';

/** What stands in the text and must stand in the facts exactly as often; found by one crude pattern each, not by the parser's own. */
export interface Invariant {
  readonly what: string;
  /** Values in the text, in any order. */
  readonly inText: (text: string) => string[];
  /** Values in the facts, in any order. */
  readonly inFacts: (facts: never) => string[];
}

interface Sa {
  readonly spi: string | null;
}
interface Flow {
  readonly peer: string | null;
  readonly currentOutboundSpi: string | null;
  readonly localIdent: Ident | null;
  readonly remoteIdent: Ident | null;
  readonly counters: Record<string, number | null>;
  readonly inbound: Record<string, readonly Sa[]>;
  readonly outbound: Record<string, readonly Sa[]>;
  readonly unplaced: readonly Sa[];
}
interface Ident {
  readonly address: string;
  readonly mask: string;
  readonly protocol: number;
  readonly port: number;
}

const canonical = (text: string) => parseAddress(text) ?? text;
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

const ipsec: readonly Invariant[] = [
  {
    what: 'SPI of an SA',
    inText: (text) => all(text, /^\s*spi: *((?:0x)?[0-9A-F]+)/gim).map(spiText),
    inFacts: (facts: { flows: Flow[] }) =>
      facts.flows.flatMap((flow) =>
        [
          ...Object.values(flow.inbound).flat(),
          ...Object.values(flow.outbound).flat(),
          ...flow.unplaced,
        ].flatMap((sa) => (sa.spi === null ? [] : [sa.spi])),
      ),
  },
  {
    what: 'current outbound SPI',
    inText: (text) => all(text, /outbound spi: *((?:0x)?[0-9A-F]+)/gi).map(spiText),
    inFacts: (facts: { flows: Flow[] }) => facts.flows.flatMap((flow) => flow.currentOutboundSpi ?? []),
  },
  {
    what: 'peer',
    inText: (text) =>
      all(text, /current_peer:? *([0-9A-F.:]*[0-9A-F])/gi).map((peer) =>
        canonical(peer.replace(/^([\d.]+):\d+$/, '$1')),
      ),
    inFacts: (facts: { flows: Flow[] }) => facts.flows.flatMap((flow) => flow.peer ?? []),
  },
  {
    what: 'identity',
    inText: (text) => all(text, /ident .*?\(([0-9A-F.:]+\/[0-9.]+\/\d+\/\d+)\)/gi).map(identText),
    inFacts: (facts: { flows: Flow[] }) =>
      facts.flows.flatMap((flow) =>
        [flow.localIdent, flow.remoteIdent].flatMap((ident) =>
          ident === null ? [] : [`${ident.address}/${ident.mask}/${ident.protocol}/${ident.port}`],
        ),
      ),
  },
  ...(
    [
      ['encaps', /#pkts encaps:? *(\d+)/g],
      ['decaps', /#pkts decaps:? *(\d+)/g],
      ['sendErrors', /#send errors:? *(\d+)/g],
      ['recvErrors', /#recv errors:? *(\d+)/g],
      ['replayFailedRecv', /#pkts replay failed \(rcv\):? *(\d+)/g],
      ['verifyFailed', /#pkts verify failed:? *(\d+)/g],
      ['noSaSend', /#pkts no sa \(send\):? *(\d+)/g],
    ] as const
  ).map(([name, pattern]) => ({
    what: `counter ${name}`,
    inText: (text: string) => all(text, pattern),
    inFacts: (facts: { flows: Flow[] }) => facts.flows.flatMap((flow) => counted(flow.counters[name])),
  })),
];

const isakmp: readonly Invariant[] = [
  {
    what: 'state',
    inText: (text) => all(text, /\b((?:MM|AG|QM|CONF|GDOI)_[A-Z_]+)\b/g),
    inFacts: (facts: { sas: { state: string | null }[] }) => facts.sas.flatMap((sa) => sa.state ?? []),
  },
  {
    what: 'end address',
    inText: (text) =>
      text
        .split(/\s+/)
        .filter(
          (word) =>
            /^[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]+$/.test(word) && !/^\d+:\d\d:\d\d(?:\.\d+)?:?$/.test(word),
        )
        .map(canonical),
    inFacts: (facts: { sas: { dst: string; src: string }[] }) =>
      facts.sas.flatMap((sa) => [sa.dst, sa.src]).filter((address) => address !== ''),
  },
  {
    what: '(deleted)',
    inText: (text) => all(text, /(\(deleted\))/g),
    inFacts: (facts: { sas: { deleted: boolean }[] }) =>
      facts.sas.flatMap((sa) => (sa.deleted ? ['(deleted)'] : [])),
  },
];

const session: readonly Invariant[] = [
  {
    what: 'session status',
    inText: (text) => all(text, /Session status: *([A-Z-]+)/gi),
    inFacts: (facts: { sessions: { status: string | null }[] }) =>
      facts.sessions.flatMap((each) => each.status ?? []),
  },
  {
    what: 'peer',
    inText: (text) => all(text, /^\s*Peer: *([0-9A-F.:]+)/gim).map(canonical),
    inFacts: (facts: { sessions: { peer: string | null }[] }) =>
      facts.sessions.flatMap((each) => each.peer ?? []),
  },
  {
    what: 'flow',
    inText: (text) => all(text, /(IPSEC FLOW):/g),
    inFacts: (facts: { sessions: { flows: unknown[] }[] }) =>
      facts.sessions.flatMap((each) => each.flows.map(() => 'IPSEC FLOW')),
  },
  {
    what: 'IKE SA',
    inText: (text) => all(text, /IKE(?:v\d)? SA:\s*local ([0-9A-F.:]+)\//gi).map(canonical),
    inFacts: (facts: { sessions: { ikeSas: { local: string }[] }[] }) =>
      facts.sessions.flatMap((each) => each.ikeSas.map((sa) => sa.local)),
  },
  {
    what: 'packet counter',
    inText: (text) => all(text, /#pkts (?:enc|dec)'ed (\d+)/g),
    inFacts: (facts: {
      sessions: { flows: { inboundPackets: number | null; outboundPackets: number | null }[] }[];
    }) =>
      facts.sessions.flatMap((each) =>
        each.flows.flatMap((flow) => [...counted(flow.inboundPackets), ...counted(flow.outboundPackets)]),
      ),
  },
];

const ikev2: readonly Invariant[] = [
  {
    what: 'status',
    inText: (text) => all(text, /^ *\d+ .*\S\/\S+ +([A-Z-]{5,})\s*$/gm),
    inFacts: (facts: { sas: { status: string }[] }) => facts.sas.map((sa) => sa.status),
  },
  {
    what: 'SPI',
    inText: (text) => all(text, /(?:Local|Remote) spi: *([0-9A-F]{16})/gi),
    inFacts: (facts: { sas: { localSpi: string | null; remoteSpi: string | null }[] }) =>
      facts.sas.flatMap((sa) => [sa.localSpi, sa.remoteSpi]).flatMap((spi) => spi ?? []),
  },
  {
    what: 'end address',
    inText: (text) =>
      all(text, /(?:^|(?<! -)\s)([0-9A-F]*[.:][0-9A-F.:]+)\/(?:500|4500|848)(?=\s|$)/gim).map(canonical),
    inFacts: (facts: { sas: { local: string; remote: string }[] }) =>
      facts.sas.flatMap((sa) => [sa.local, sa.remote]).filter((address) => address !== ''),
  },
];

const dmvpn: readonly Invariant[] = [
  {
    what: 'peer state',
    inText: (text) => all(text, /(?:^ *\d+ .*|^\s+[0-9A-F.:]+|, Status:) +(UP|NHRP|IPSEC|IKE|INTF)\b/gm),
    inFacts: (facts: { peers: { state: string }[] }) =>
      facts.peers.map((peer) => peer.state).filter((state) => state !== ''),
  },
];

const policy: readonly Invariant[] = [
  {
    what: 'suite',
    inText: (text) => all(text, /([Pp]rotection suite)/g).map(() => 'suite'),
    inFacts: (facts: { policies: unknown[] }) => facts.policies.map(() => 'suite'),
  },
  {
    what: 'Diffie-Hellman group',
    inText: (text) => all(text, /group: *#(\d+)/g),
    inFacts: (facts: { policies: { dhGroup: number | null }[] }) =>
      facts.policies.flatMap((each) => counted(each.dhGroup)),
  },
];

const cryptoMap: readonly Invariant[] = [
  {
    what: 'peer',
    inText: (text) => all(text, /Peer = ([0-9A-F.:]+)/gi).map(canonical),
    inFacts: (facts: { entries: { peers: string[] }[] }) => facts.entries.flatMap((entry) => entry.peers),
  },
  {
    what: 'entry',
    inText: (text) => all(text, /^\s*Crypto Map (?:IPv\d |Template ?)?"([^"]+)" \d/gim),
    inFacts: (facts: { entries: { map: string }[] }) => facts.entries.map((entry) => entry.map),
  },
];

const nhs: readonly Invariant[] = [
  {
    what: 'server',
    inText: (text) => all(text, /^ *([0-9A-F.:]+) +[ERWD]+(?: |$)/gim).map(canonical),
    inFacts: (facts: { servers: { address: string }[] }) => facts.servers.map((server) => server.address),
  },
];

const INVARIANTS: Readonly<Record<string, readonly Invariant[]>> = {
  'show crypto ipsec sa': ipsec,
  'show crypto isakmp sa': isakmp,
  'show crypto session': session,
  'show crypto ikev2 sa': ikev2,
  'show crypto isakmp policy': policy,
  'show crypto map': cryptoMap,
  'show dmvpn': dmvpn,
  'show ip nhrp nhs': nhs,
  ...CRYPTO_INVARIANTS,
  ...NETWORK_INVARIANTS,
  ...PLATFORM_INVARIANTS,
};

/** What the facts of `command` lack or have too much of, against the text; empty when nothing was lost or made up. */
export function brokenInvariants(command: string, text: string, parsed: Parsed<unknown>): string[] {
  return (INVARIANTS[command] ?? []).flatMap(({ what, inText, inFacts }) => {
    const expected = inText(text).sort().join(' ');
    const found = inFacts(parsed.facts as never)
      .sort()
      .join(' ');
    return expected === found ? [] : [`${what}: text has [${expected}], facts have [${found}]`];
  });
}

/** For damaged text: values that stand neither in the facts nor in a line reported as unread, and values made up. */
export function lostOrInvented(command: string, text: string, parsed: Parsed<unknown>): string[] {
  const unread = parsed.unread
    .map((line) => line.text)
    .join('\n')
    .toLowerCase();
  return (INVARIANTS[command] ?? []).flatMap(({ what, inText, inFacts }) => {
    const printed = new Set(inText(text));
    const facts = new Set(inFacts(parsed.facts as never));
    const lost = [...printed].filter(
      (value) => !facts.has(value) && !unread.includes(value.toLowerCase().replace(/^0x/, '')),
    );
    const invented = [...facts].filter((value) => !printed.has(value));
    return [
      ...lost.map((value) => `${what} lost: ${value}`),
      ...invented.map((value) => `${what} invented: ${value}`),
    ];
  });
}

/** Line ranges of facts that do not lie inside a text of `lineCount` lines. */
export function rangesOutside(facts: unknown, lineCount: number): unknown[] {
  const bad: unknown[] = [];
  walk(facts, (range) => {
    if (range.first < 1 || range.last < range.first || range.last > lineCount) bad.push(range);
  });
  return bad;
}

function walk(value: unknown, visit: (range: { first: number; last: number }) => void): void {
  if (value === null || typeof value !== 'object') return;
  const { lines } = value as { lines?: unknown };
  if (lines !== null && typeof lines === 'object' && 'first' in lines)
    visit(lines as { first: number; last: number });
  for (const child of Object.values(value)) walk(child, visit);
}

function counted(value: number | null | undefined): string[] {
  return value === null || value === undefined ? [] : [String(value)];
}

function identText(text: string): string {
  const [address = '', ...rest] = text.split('/');
  return [canonical(address), ...rest].join('/');
}

/** Old releases print an SPI without 0x. */
function spiText(text: string): string {
  return `0x${text.toLowerCase().replace(/^0x/, '')}`;
}
