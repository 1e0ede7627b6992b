import { parseAddress } from '../../src/core/address.ts';
import type { Invariant } from './invariants.ts';

const canonical = (text: string) => parseAddress(text) ?? text;
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** Names behind a word in the text, and `name` of every record under `key` in the facts. */
function names(what: string, pattern: RegExp, key: string): Invariant {
  return {
    what,
    inText: (text) => all(text, pattern),
    inFacts: (facts: Readonly<Record<string, readonly { readonly name: string }[]>>) =>
      (facts[key] ?? []).map(({ name }) => name),
  };
}

/** Numbers of every line of requests, all of which stand in facts with the field `rejected`. */
const rejected: Invariant = {
  what: 'rejected requests',
  inText: (text) => all(text, /Requests:.* accepted: +\d+ +rejected: +(\d+)/g),
  inFacts: (facts: Readonly<Record<string, { rejected?: number; resourceLow?: number } | null>>) =>
    Object.entries(facts).flatMap(([key, fact]) =>
      fact?.rejected === undefined || key === 'cookieAnswers' ? [] : [String(fact.rejected)],
    ),
};

const transformSet: readonly Invariant[] = [
  names('transform set', /Transform (?:set|proposal) (\S+):/g, 'transformSets'),
  {
    what: 'transform',
    inText: (text) => all(text, /((?:esp|ah|comp)-[\w-]+)/g),
    inFacts: (facts: { transformSets: { transforms: string[] }[] }) =>
      facts.transformSets.flatMap(({ transforms }) => transforms.map((each) => each.replace(/ \d+$/, ''))),
  },
];

const ipsecProfile: readonly Invariant[] = [
  names('profile', /IPSEC profile (\S+)/g, 'profiles'),
  {
    what: 'lifetime',
    inText: (text) => all(text, /association lifetime: .*?(\d+) seconds/g),
    inFacts: (facts: { profiles: { lifetimeSec: number | null }[] }) =>
      facts.profiles.flatMap(({ lifetimeSec }) => counted(lifetimeSec)),
  },
];

const isakmpPeers: readonly Invariant[] = [
  {
    what: 'peer',
    inText: (text) => all(text, /Peer: *(\S+) +Port: *\d/g).map(canonical),
    inFacts: (facts: { peers: { peer: string }[] }) => facts.peers.map(({ peer }) => peer),
  },
  {
    what: 'identity',
    inText: (text) => all(text, /Phase1 id: *(\S+)/g).map(canonical),
    inFacts: (facts: { peers: { phase1Id: string | null }[] }) =>
      facts.peers.flatMap(({ phase1Id }) => phase1Id ?? []),
  },
];

const isakmpProfile: readonly Invariant[] = [
  names('profile', /(?:ISAKMP|IKEv1) PROFILE (\S+)/g, 'profiles'),
  {
    what: 'identity',
    inText: (text) => all(text, /^ +((?:ip-address|group|host) .*?) *$/gm),
    inFacts: (facts: { profiles: { identities: string[] | null }[] }) =>
      facts.profiles.flatMap(({ identities }) => identities ?? []),
  },
];

const ikev2Proposal: readonly Invariant[] = [
  names('proposal', /IKEv2 proposal: (\S+)/g, 'proposals'),
  {
    what: 'Diffie-Hellman group',
    inText: (text) => all(text, /\/Group (\d+)/g),
    inFacts: (facts: { proposals: { dhGroups: number[] | null }[] }) =>
      facts.proposals.flatMap(({ dhGroups }) => (dhGroups ?? []).map(String)),
  },
];

const ikev2Policy: readonly Invariant[] = [
  names('policy', /IKEv2 policy : (\S+)/g, 'policies'),
  {
    what: 'proposal',
    inText: (text) => all(text, /^ +Proposal +: *(\S+)/gm),
    inFacts: (facts: { policies: { proposals: string[] }[] }) =>
      facts.policies.flatMap(({ proposals }) => proposals),
  },
];

const ikev2Profile: readonly Invariant[] = [
  names('profile', /IKEv2 profile: (\S+)/g, 'profiles'),
  {
    what: 'identity that is an address',
    inText: (text) => all(text, /^ +(address [\d.]+ [\d.]+)/gm),
    inFacts: (facts: { profiles: { identities: string[] | null }[] }) =>
      facts.profiles.flatMap(({ identities }) => (identities ?? []).filter((each) => /^address/.test(each))),
  },
  {
    what: 'lifetime',
    inText: (text) => all(text, /Lifetime: (\d+)/g),
    inFacts: (facts: { profiles: { lifetimeSec: number | null }[] }) =>
      facts.profiles.flatMap(({ lifetimeSec }) => counted(lifetimeSec)),
  },
];

const exchange: readonly Invariant[] = [
  {
    what: 'row',
    inText: (text) => all(text, /^ *([A-Z][A-Z0-9_]+)(?: +\d+)+ *$/gm),
    inFacts: (facts: { rows: { name: string }[] }) => facts.rows.map(({ name }) => name),
  },
];

interface Pair {
  readonly inbound: string | null;
  readonly outbound: string | null;
}
interface Session {
  readonly sessionId: number | null;
  readonly sas: readonly {
    readonly status: string;
    readonly childSas: readonly { readonly esp: Pair | null; readonly ah: Pair | null }[];
  }[];
}

const ikev2Session: readonly Invariant[] = [
  {
    what: 'session',
    inText: (text) => all(text, /^Session-id: ?(\d+),/gm),
    inFacts: (facts: { sessions: Session[] }) =>
      facts.sessions.flatMap(({ sessionId }) => counted(sessionId)),
  },
  {
    what: 'status of an SA',
    inText: (text) => all(text, /^ *\d+ .*\S\/\S+ +([A-Z-]{5,})\s*$/gm),
    inFacts: (facts: { sessions: Session[] }) =>
      facts.sessions.flatMap(({ sas }) => sas.map(({ status }) => status)),
  },
  {
    what: 'SPI',
    inText: (text) =>
      [...text.matchAll(/(?:ESP|AH) spi in\/out: *(0x\w+)\/(0x\w+)/g)]
        .flatMap((pair) => [pair[1] ?? '', pair[2] ?? ''])
        .filter((spi) => spi !== '0x0')
        .map((spi) => spi.toLowerCase()),
    inFacts: (facts: { sessions: Session[] }) =>
      facts.sessions.flatMap(({ sas }) =>
        sas.flatMap(({ childSas }) =>
          childSas.flatMap(({ esp, ah }) => [esp, ah].flatMap((pair) => spisOf(pair))),
        ),
      ),
  },
];

const eli: readonly Invariant[] = [
  names('engine', /CryptoEngine[ -](\S.*?) details/g, 'engines'),
  {
    what: 'sessions in use',
    inText: (text) => all(text, /: *(\d+) active/g),
    inFacts: (facts: { engines: { sessions: { active: number }[] }[] }) =>
      facts.engines.flatMap(({ sessions }) => sessions.map(({ active }) => String(active))),
  },
];

const connections: readonly Invariant[] = [
  {
    what: 'connection',
    inText: (text) => all(text, /^ *(\d+) +[A-Z<].* \d+ +\d+/gm),
    inFacts: (facts: { connections: { id: number }[] }) => facts.connections.map(({ id }) => String(id)),
  },
];

const accelerator: readonly Invariant[] = [
  {
    what: 'packets in',
    inText: (text) => all(text, /(\d+) packets in/g),
    inFacts: (facts: { accelerators: { counters: { name: string; value: number }[] }[] }) =>
      facts.accelerators.flatMap(({ counters }) =>
        counters.flatMap(({ name, value }) => (name === 'packets in' ? [String(value)] : [])),
      ),
  },
];

/** Of the commands about configured and negotiated crypto, and of its counters. */
export const CRYPTO_INVARIANTS: Readonly<Record<string, readonly Invariant[]>> = {
  'show crypto call admission statistics': [rejected],
  'show crypto eli': eli,
  'show crypto engine accelerator statistic': accelerator,
  'show crypto engine connections active': connections,
  'show crypto ikev2 policy': ikev2Policy,
  'show crypto ikev2 profile': ikev2Profile,
  'show crypto ikev2 proposal': ikev2Proposal,
  'show crypto ikev2 session': ikev2Session,
  'show crypto ikev2 stats': [rejected],
  'show crypto ikev2 stats exchange': exchange,
  'show crypto ipsec profile': ipsecProfile,
  'show crypto ipsec transform-set': transformSet,
  'show crypto isakmp peers': isakmpPeers,
  'show crypto isakmp profile': isakmpProfile,
};

function counted(value: number | null): string[] {
  return value === null ? [] : [String(value)];
}

function spisOf(pair: Pair | null): string[] {
  return [pair?.inbound, pair?.outbound].flatMap((spi) => spi ?? []);
}
