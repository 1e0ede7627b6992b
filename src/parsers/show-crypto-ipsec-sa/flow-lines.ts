import { maskToPrefix } from '../../core/address.ts';
import { addressAsPrinted, fillBlank, numberOf, textOrNull } from '../lines.ts';
import { remembered } from '../memo.ts';
import type { MtuSizes } from './draft.ts';
import type { ProxyIdentity } from './facts.ts';
import { flowFor, RANK, type Rule } from './rules.ts';

/** Lines of a flow above its SAs, counters excepted. */
export const FLOW_RULES: readonly Rule[] = [
  {
    // protected vrf: (none)   |   protected vrf: red
    word: 'protected',
    pattern: /^protected vrf ?: ?(\S{1,80})?$/i,
    take(state, match, line) {
      flowFor(state, RANK.vrf, line).flow.protectedVrf = textOrNull(match[1]);
      return true;
    },
  },
  identRule('local'),
  identRule('remote'),
  {
    // current_peer 203.0.113.2 port 500   |   current_peer: 203.0.113.2:500   |   current_peer (none)
    word: 'current_peer',
    pattern: /^current_peer ?:? ?(\(none\)|[0-9A-Fa-f.:]{2,60})(?: port (\d{1,5}))?$/i,
    take(state, match, line) {
      const { flow } = flowFor(state, RANK.peer, line);
      const { address, port } = splitPort(match[1] ?? '');
      flow.peer = endpoint(address);
      flow.peerPort = numberOf(match[2] ?? port);
      return true;
    },
  },
  permitRule('permit'),
  permitRule('deny'),
  {
    // local crypto endpt.: 192.0.2.1, remote crypto endpt.: 203.0.113.2
    word: 'local',
    pattern: /^local crypto endpt\.?: ?([^\s,]{1,60}),?(?: ?remote crypto endpt\.?: ?(\S{1,60}))?$/i,
    take(state, match, line) {
      const { flow } = flowFor(state, RANK.below, line);
      return fillBlank(flow, { localEndpoint: endpoint(match[1]), remoteEndpoint: endpoint(match[2]) });
    },
  },
  {
    // remote crypto endpt.: 2001:DB8::2
    word: 'remote',
    pattern: /^remote crypto endpt\.?: ?(\S{1,60})$/i,
    take(state, match, line) {
      return fillBlank(flowFor(state, RANK.below, line).flow, { remoteEndpoint: endpoint(match[1]) });
    },
  },
  ...['plaintext', 'path', 'ip', 'ipv', 'media'].map(mtuRule),
  {
    // current outbound spi: 0xE7CB46BA(3888858810)   |   current outbound spi: 20890A6F
    word: 'current',
    pattern: /^current outbound spi: ?(?:0x)?([0-9A-F]{1,16})(?: ?\(\d{1,20}\))?$/i,
    take(state, match, line) {
      const { flow } = flowFor(state, RANK.below, line);
      const currentOutboundSpi = `0x${(match[1] ?? '').toLowerCase()}`;
      if (!fillBlank(flow, { currentOutboundSpi })) return false;
      flow.outboundSpiLine ??= line.number;
      return true;
    },
  },
  {
    // PFS (Y/N): Y, DH group: group14, PQC Key Exchange: ML-KEM-1024
    word: 'pfs',
    pattern:
      /^PFS \(Y\/N\): ?([YN])(?:, ?DH group: ?([\w -]{1,40}))?(?:, ?PQC Key Exchange: ?([\w -]{1,40}))?,?$/i,
    take(state, match, line) {
      const { flow } = flowFor(state, RANK.below, line);
      const pfs = match[1]?.toUpperCase() === 'Y';
      return fillBlank(flow, { pfs, dhGroup: match[2] ?? null, pqc: match[3] ?? null });
    },
  },
  // IPsecv6 policy name: OSPFv3-256   |   Group: GETVPN   (say nothing that a flow needs)
  { word: 'ipsecv', pattern: /^IPsecv6 policy name: ?\S{0,80}$/i, take: () => true },
  { word: 'group', pattern: /^Group ?: ?\S{1,80}$/i, take: () => true },
];

// local ident (addr/mask/prot/port): (10.1.0.0/255.255.0.0/0/0)   |   … (2001:DB8::/64/0/0)
function identRule(side: 'local' | 'remote'): Rule {
  return {
    word: side,
    pattern: /^(?:local|remote) ident(?: ?\(addr\/mask\/prot\/port\))? ?:? ?\(([^()\s]{1,100})\)$/i,
    take(state, match, line) {
      const memo = side === 'local' ? state.memos.localIdent : state.memos.remoteIdent;
      const identity = remembered(memo, match[1] ?? '', readIdentity);
      if (identity === null) return false;
      if (side === 'local') flowFor(state, RANK.local, line).flow.localIdent = identity;
      else flowFor(state, RANK.remote, line).flow.remoteIdent = identity;
      return true;
    },
  };
}

function readIdentity(text: string): ProxyIdentity | null {
  const parts = text.split('/');
  const [address = '', mask = '', protocol, port] = parts;
  const protocolNumber = numberOf(protocol);
  const portNumber = numberOf(port);
  if (parts.length !== 4 || address === '' || mask === '' || protocolNumber === null || portNumber === null)
    return null;
  const prefix = /^\d{1,3}$/.test(mask) ? Number(mask) : maskToPrefix(mask);
  return { address: addressAsPrinted(address), mask, prefix, protocol: protocolNumber, port: portNumber };
}

// PERMIT, flags={origin_is_acl,ipsec_sa_request_sent}
function permitRule(word: 'permit' | 'deny'): Rule {
  return {
    word,
    pattern: /^(?:PERMIT|DENY),? ?(?:flags ?= ?\{([^{}]{0,300})\})?$/i,
    take(state, match, line) {
      const { flow } = flowFor(state, RANK.flags, line);
      flow.permit = word === 'permit';
      flow.flags = remembered(state.memos.flags, match[1] ?? '', flagsOf);
      return true;
    },
  };
}

function flagsOf(text: string): readonly string[] {
  return text.split(/[, ]+/).filter((flag) => flag !== '');
}

// 203.0.113.2:500 (releases before 12.4)
function splitPort(text: string): { address: string; port: string | undefined } {
  if (!text.includes(':')) return { address: text, port: undefined };
  const [address = '', port, more] = text.split(':');
  return port !== undefined && more === undefined && address.includes('.')
    ? { address, port }
    : { address: text, port: undefined };
}

function endpoint(text: string | undefined): string | null {
  const printed = textOrNull(text);
  return printed === null ? null : addressAsPrinted(printed);
}

// plaintext mtu 1438, path mtu 1500, ip mtu 1500, ip mtu idb GigabitEthernet0/0   |   path mtu 1500, media mtu 1500
function mtuRule(word: string): Rule {
  return {
    word,
    pattern:
      /^(?:plaintext|path|ip|ipv6|media) mtu (?:\d{1,6}|idb [^,]{1,60})(?:, ?(?:plaintext|path|ip|ipv6|media) mtu (?:\d{1,6}|idb [^,]{1,60})){0,5},?$/i,
    take(state, match, line) {
      const { flow } = flowFor(state, RANK.below, line);
      const { plaintext, path, ip, ipv6, media } = remembered(state.memos.sizes, match[0], sizesOf);
      return fillBlank(flow, { plaintextMtu: plaintext, pathMtu: path, ipMtu: ip ?? ipv6 ?? media });
    },
  };
}

/** The sizes that a line of them names; of two for one kind the last. */
function sizesOf(text: string): MtuSizes {
  const sizes = new Map<string, number | null>();
  for (const [, kind = '', size] of text.matchAll(/(plaintext|path|ipv6|ip|media) mtu (\d{1,6})/gi)) {
    sizes.set(kind.toLowerCase(), numberOf(size));
  }
  const sizeOf = (kind: string) => sizes.get(kind) ?? null;
  return {
    plaintext: sizeOf('plaintext'),
    path: sizeOf('path'),
    ip: sizeOf('ip'),
    ipv6: sizeOf('ipv6'),
    media: sizeOf('media'),
  };
}
