import type { Invariant } from './invariants.ts';

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

const cpu: readonly Invariant[] = [
  {
    what: 'process number',
    // four whole numbers, then the shares and the terminal line
    inText: (text) => all(text, /^ *(\d+) +\d+ +\d+ +\d+ +\d+\.\d\d%? .*\.\d\d%? +\d+ *(?:$| \S)/gm),
    inFacts: (facts: { processes: { pid: number }[] }) => facts.processes.map(({ pid }) => String(pid)),
  },
  {
    what: 'load over five minutes',
    inText: (text) => all(text, /five minutes: *(\d+)%\s*$/gm).filter((_, at) => !startsWithLoad(text, at)),
    inFacts: (facts: { loads: { fiveMinutes: number }[] }) =>
      facts.loads.map(({ fiveMinutes }) => String(fiveMinutes)),
  },
];

/** The line `Load for five secs` in front of an output ends in the same words. */
function startsWithLoad(text: string, at: number): boolean {
  const lines = text.split('\n').filter((line) => /five minutes: *\d+%\s*$/.test(line));
  return lines[at]?.startsWith('Load for') ?? false;
}

const qfpDrops: readonly Invariant[] = [
  {
    what: 'drop counter',
    inText: (text) =>
      [...text.matchAll(/^ *(?:\d+ +)?([A-Za-z]\w+) +(\d+) +(\d+) *$/gm)].map((row) =>
        row.slice(1).join('/'),
      ),
    inFacts: (facts: { counters: { id: number | null; name: string; packets: number; octets: number }[] }) =>
      facts.counters.map(({ name, packets, octets }) => `${name}/${packets}/${octets}`),
  },
];

const ipsecDrops: readonly Invariant[] = [
  {
    what: 'drop type',
    inText: (text) => all(text, /^ *\d+ +([A-Z]\w+) +\d+ *$/gm),
    inFacts: (facts: { counters: { name: string }[] }) => facts.counters.map(({ name }) => name),
  },
];

const cerm: readonly Invariant[] = [
  {
    what: 'resource',
    inText: (text) =>
      [...text.matchAll(/^ *(?:Tx|Rx|Number) .*?(\d+) +(\d+) *$/gm)].map((row) => row.slice(1).join('/')),
    inFacts: (facts: { resources: { maximum: number; available: number }[] }) =>
      facts.resources.map(({ maximum, available }) => `${maximum}/${available}`),
  },
];

const redundancy: readonly Invariant[] = [
  {
    what: 'software state',
    inText: (text) => all(text, /Software state = ([A-Z ]*[A-Z])/g),
    inFacts: (facts: { processors: { state: string | null }[] }) =>
      facts.processors.flatMap(({ state }) => state ?? []),
  },
];

const runningConfig: readonly Invariant[] = [
  {
    what: 'map entry',
    inText: (text) => all(text, /^\s*crypto (?:dynamic-)?map (?:ipv6 )?(\S+ \d+)\b/gm),
    inFacts: (facts: { cryptoMaps: { map: string; sequence: number }[] }) =>
      facts.cryptoMaps.map(({ map, sequence }) => `${map} ${sequence}`),
  },
  {
    what: 'peer of a map',
    inText: (text) => all(text, /^\s*set peer (\S+)/gm).map((peer) => peer.toLowerCase()),
    inFacts: (facts: { cryptoMaps: { peers: { peer: string }[] }[] }) =>
      facts.cryptoMaps.flatMap(({ peers }) => peers.map(({ peer }) => peer)),
  },
  {
    what: 'profile that protects a tunnel',
    inText: (text) => all(text, /^\s*tunnel protection ipsec profile (\S+)/gm),
    inFacts: (facts: { interfaces: { tunnel: { protectionProfile: string | null } | null }[] }) =>
      facts.interfaces.flatMap(({ tunnel }) => tunnel?.protectionProfile ?? []),
  },
];

const gdoi: readonly Invariant[] = [
  {
    what: 'member',
    inText: (text) => all(text, /^\s*Group [Mm]ember(?: ID)? *: *([\d.]+)/gm),
    inFacts: (facts: { registrations: { member: string }[]; servedMembers: { member: string }[] }) =>
      [...facts.registrations, ...facts.servedMembers].map(({ member }) => member),
  },
  {
    what: 'SPI',
    inText: (text) => all(text, /\bspi: *(0x[0-9A-F]+)/gi).map((spi) => spi.toLowerCase()),
    inFacts: (facts: { teks: { spi: string | null }[] }) => facts.teks.flatMap(({ spi }) => spi ?? []),
  },
  {
    what: 'group name',
    inText: (text) => all(text, /^\s*Group Name *: *([^\s()]+)/gm),
    inFacts: (facts: { groups: { name: string }[]; servedMembers: { groupName: string | null }[] }) => [
      ...facts.groups.map(({ name }) => name),
      ...facts.servedMembers.flatMap(({ groupName }) => groupName ?? []),
    ],
  },
];

export const PLATFORM_INVARIANTS: Readonly<Record<string, readonly Invariant[]>> = {
  'show crypto gdoi': gdoi,
  'show processes cpu': cpu,
  'show redundancy': redundancy,
  'show platform hardware qfp active statistics drop': qfpDrops,
  'show platform hardware qfp active feature ipsec datapath drops': ipsecDrops,
  'show platform cerm-information': cerm,
  'show running-config': runningConfig,
};
