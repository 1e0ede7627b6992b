import { parseAddress } from '../../src/core/address.ts';
import type { Invariant } from './invariants.ts';

const canonical = (text: string) => parseAddress(text) ?? text;
const all = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? '');

interface Certificates {
  readonly certificates: readonly {
    readonly serialNumber: string | null;
    readonly status: string | null;
    readonly validUntil: { readonly text: string } | null;
    readonly trustpoints: readonly string[];
    readonly subjectName: string | null;
  }[];
}

const certificates: readonly Invariant[] = [
  {
    what: 'serial number',
    inText: (text) => all(text, /Certificate Serial Number(?: \(hex\))?: *(\w+)/g),
    inFacts: (facts: Certificates) => facts.certificates.flatMap((each) => each.serialNumber ?? []),
  },
  {
    what: 'status',
    inText: (text) => all(text, /^\s*Status: *(\w+)/gm),
    inFacts: (facts: Certificates) => facts.certificates.flatMap((each) => each.status ?? []),
  },
  {
    what: 'end date',
    inText: (text) => all(text, /end +date: *(\S.*\d)/g),
    inFacts: (facts: Certificates) => facts.certificates.flatMap((each) => each.validUntil?.text ?? []),
  },
  {
    what: 'trustpoints',
    inText: (text) => all(text, /Associated (?:Trustpoints?|Identity): *(\S.*\S)/g),
    inFacts: (facts: Certificates) =>
      facts.certificates.flatMap((each) =>
        each.trustpoints.length === 0 ? [] : [each.trustpoints.join(' ')],
      ),
  },
  {
    what: 'name',
    inText: (text) => all(text, /^\s*Name: *(\S.*\S)/gm),
    inFacts: (facts: Certificates) => facts.certificates.flatMap((each) => each.subjectName ?? []),
  },
];

interface Trustpoints {
  readonly trustpoints: readonly {
    readonly name: string;
    readonly certificates: readonly {
      readonly subject: string | null;
      readonly fingerprintSha1: string | null;
    }[];
  }[];
}

const trustpoints: readonly Invariant[] = [
  {
    what: 'trustpoint',
    inText: (text) => all(text, /^ *Trustpoint (\S+):/gm),
    inFacts: (facts: Trustpoints) => facts.trustpoints.map((each) => each.name),
  },
  {
    what: 'subject',
    inText: (text) => all(text, /Subject Name: *\n *(\w+=.*\S)/g),
    inFacts: (facts: Trustpoints) =>
      facts.trustpoints.flatMap((each) => each.certificates.flatMap(({ subject }) => subject ?? [])),
  },
];

const counters: readonly Invariant[] = [
  {
    what: 'failed validations',
    inText: (text) => all(text, /Failed Validations: *(\d+)/g),
    inFacts: (facts: { counters: { validationsFailed: number | null } | null }) =>
      facts.counters?.validationsFailed == null ? [] : [String(facts.counters.validationsFailed)],
  },
];

const crls: readonly Invariant[] = [
  {
    what: 'next update',
    inText: (text) => all(text, /NextUpdate: *(\S.*\d)/g),
    inFacts: (facts: { crls: { nextUpdate: { text: string } | null }[] }) =>
      facts.crls.flatMap((crl) => crl.nextUpdate?.text ?? []),
  },
];

const ntp: readonly Invariant[] = [
  {
    what: 'stratum',
    inText: (text) => all(text, /, stratum (\d+), /g),
    inFacts: (facts: { status: { stratum: number | null } | null }) =>
      facts.status?.stratum == null ? [] : [String(facts.status.stratum)],
  },
];

interface BriefRows {
  readonly interfaces: readonly { readonly name: string; readonly address: string | null }[];
}

const brief: readonly Invariant[] = [
  {
    what: 'row',
    inText: (text) => all(text, /^(\S+) +\S+ +(?:YES|NO) .*\b(?:up|down)\b/gm),
    inFacts: (facts: BriefRows) => facts.interfaces.map((row) => row.name),
  },
  {
    what: 'address',
    inText: (text) => all(text, /^\S+ +(\d+\.\S+) +(?:YES|NO) .*\b(?:up|down)\b/gm).map(canonical),
    inFacts: (facts: BriefRows) => facts.interfaces.flatMap((row) => row.address ?? []),
  },
];

interface Interfaces {
  readonly interfaces: readonly {
    readonly name: string;
    readonly totalOutputDrops: number | null;
    readonly tunnel: { readonly source: string | null; readonly profile: string | null } | null;
    readonly counters: { readonly crc: number | null; readonly inputErrors: number | null } | null;
  }[];
}

const interfaces: readonly Invariant[] = [
  {
    what: 'interface',
    inText: (text) =>
      all(text, /^(\S+(?: \d+)?) is [a-z ]+(?: \(.*\))?, line protocol is [a-z]+/gim).map((name) =>
        name.replace(' ', ''),
      ),
    inFacts: (facts: Interfaces) => facts.interfaces.map((each) => each.name),
  },
  {
    what: 'tunnel source',
    inText: (text) => all(text, /Tunnel source ([^\s,]+)/g).map(canonical),
    inFacts: (facts: Interfaces) => facts.interfaces.flatMap((each) => each.tunnel?.source ?? []),
  },
  {
    what: 'profile',
    inText: (text) => all(text, /\(profile "([^"\n]+)"/g),
    inFacts: (facts: Interfaces) => facts.interfaces.flatMap((each) => each.tunnel?.profile ?? []),
  },
  {
    what: 'output drops',
    inText: (text) => all(text, /Total output drops: *(\d+)|Output queue \S+, (\d+) drops/g),
    inFacts: (facts: Interfaces) =>
      facts.interfaces.flatMap((each) =>
        each.totalOutputDrops === null ? [] : [String(each.totalOutputDrops)],
      ),
  },
  {
    what: 'CRC errors',
    inText: (text) => all(text, /(\d+) CRC,/g),
    inFacts: (facts: Interfaces) =>
      facts.interfaces.flatMap((each) => (each.counters?.crc == null ? [] : [String(each.counters.crc)])),
  },
  {
    what: 'input errors',
    inText: (text) => all(text, /(\d+) input errors,/g),
    inFacts: (facts: Interfaces) =>
      facts.interfaces.flatMap((each) =>
        each.counters?.inputErrors == null ? [] : [String(each.counters.inputErrors)],
      ),
  },
];

interface Mappings {
  readonly mappings: readonly {
    readonly target: string;
    readonly prefixLength: number;
    readonly nbma: string | null;
    readonly type: string | null;
  }[];
}

const nhrp: readonly Invariant[] = [
  {
    what: 'target',
    inText: (text) =>
      all(text, /^ *([0-9A-F.:]+\/\d+)(?:,| via| \(|$)/gim).map((target) => {
        const [address = '', length] = target.split('/');
        return `${canonical(address)}/${length}`;
      }),
    inFacts: (facts: Mappings) => facts.mappings.map((each) => `${each.target}/${each.prefixLength}`),
  },
  {
    what: 'NBMA address',
    inText: (text) => all(text, /^ *NBMA address: *([0-9A-F.:]+)/gim).map(canonical),
    inFacts: (facts: Mappings) => facts.mappings.flatMap((each) => each.nbma ?? []),
  },
  {
    what: 'type',
    inText: (text) => all(text, /^ *Type: *(\w+), Flags:/gm),
    inFacts: (facts: Mappings) => facts.mappings.flatMap((each) => each.type ?? []),
  },
];

const nhrpMulticast: readonly Invariant[] = [
  {
    what: 'entry',
    inText: (text) => all(text, /^[A-Z][a-z]+\d+ +([0-9A-F.:]{4,}) +Flags:/gim).map(canonical),
    inFacts: (facts: { entries: { nbma: string }[] }) => facts.entries.map((entry) => entry.nbma),
  },
];

interface NatRows {
  readonly translations: readonly {
    readonly insideLocal: { readonly text: string } | null;
    readonly outsideGlobal: { readonly text: string } | null;
  }[];
}

const nat: readonly Invariant[] = [
  {
    what: 'inside local',
    inText: (text) => all(text, /^ *(?:-+|[a-z]+) +\S+ +(\d[\d.:]+) +(?:-+|\d\S+)/gm),
    inFacts: (facts: NatRows) => facts.translations.flatMap((row) => row.insideLocal?.text ?? []),
  },
];

interface Policy {
  readonly name: string;
  readonly classes: readonly {
    readonly name: string | null;
    readonly queueDrops: number | null;
    readonly policy: Policy | null;
  }[];
}
interface Policies {
  readonly policies: readonly Policy[];
}

/** A policy with those inside its classes. */
const withInner = (policy: Policy): Policy[] => [
  policy,
  ...policy.classes.flatMap((each) => (each.policy === null ? [] : withInner(each.policy))),
];
const classesOf = (facts: Policies) => facts.policies.flatMap(withInner).flatMap((policy) => policy.classes);

const policyMap: readonly Invariant[] = [
  {
    what: 'policy',
    inText: (text) => all(text, /Service-policy(?: input| output)? ?: *(\S+)/g),
    inFacts: (facts: Policies) => facts.policies.flatMap(withInner).map((policy) => policy.name),
  },
  {
    what: 'class',
    inText: (text) => all(text, /Class-map: *(\S+) \(match/g),
    inFacts: (facts: Policies) => classesOf(facts).flatMap((each) => each.name ?? []),
  },
  {
    what: 'queue drops',
    inText: (text) =>
      all(
        text,
        /drops\/no-buffer drops(?:\/flowdrops)?\) \d+\/(\d+)\/\d|\(total drops\/bytes drops\) (\d+)\//g,
      ),
    inFacts: (facts: Policies) =>
      classesOf(facts).flatMap((each) => (each.queueDrops === null ? [] : [String(each.queueDrops)])),
  },
];

interface TrafficCounters {
  readonly counters: readonly { readonly label: string; readonly value: number }[];
}

const traffic: readonly Invariant[] = ["couldn't fragment", "couldn't reassemble", 'no route'].map(
  (label) => ({
    what: label,
    inText: (text: string) => all(text, new RegExp(`(\\d+) ${label}\\b`, 'g')),
    inFacts: (facts: TrafficCounters) =>
      facts.counters.filter((each) => each.label === label).map((each) => String(each.value)),
  }),
);

/** Invariants of the PKI, interfaces, NHRP, translations and queues. */
export const NETWORK_INVARIANTS: Readonly<Record<string, readonly Invariant[]>> = {
  'show crypto pki certificates': certificates,
  'show crypto pki counters': counters,
  'show crypto pki crls': crls,
  'show crypto pki trustpoints status': trustpoints,
  'show interfaces': interfaces,
  'show ip interface brief': brief,
  'show ip nat translations': nat,
  'show ip nhrp': nhrp,
  'show ip nhrp multicast': nhrpMulticast,
  'show ip traffic': traffic,
  'show ntp status': ntp,
  'show policy-map interface': policyMap,
};
