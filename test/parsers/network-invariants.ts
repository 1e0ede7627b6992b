import type { Invariant } from './invariants.ts';

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

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

/** Invariants of the PKI, interfaces, NHRP, translations and queues. */
export const NETWORK_INVARIANTS: Readonly<Record<string, readonly Invariant[]>> = {
  'show crypto pki certificates': certificates,
};
