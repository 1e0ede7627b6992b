import { type Draft, isJoined, type Line, numberOf, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { OtherCounter, PkiCounterFacts, PkiCounters } from './facts.ts';

type Field = Exclude<keyof PkiCounters, 'lines'>;

interface CounterScan {
  counters: Draft<PkiCounters> | null;
  readonly others: OtherCounter[];
}

/** `show crypto pki counters`: how many certificates were validated, and how often a revocation list was fetched. */
export const showCryptoPkiCounters: Parser<PkiCounterFacts> = {
  command: 'show crypto pki counters',
  parse(text: string): Parsed<PkiCounterFacts> {
    const state: CounterScan = { counters: null, others: [] };
    const scan = scanLines(text, (line) => readLine(state, line));
    return parsedFrom({ counters: state.counters, others: state.others }, scan);
  },
};

/** Labels without the blanks, dashes and capitals that differ between releases. */
const FIELDS: ReadonlyMap<string, Field> = new Map([
  ['pkisessionsstarted', 'sessionsStarted'],
  ['pkisessionsended', 'sessionsEnded'],
  ['pkisessionsactive', 'sessionsActive'],
  ['successfulvalidations', 'validationsSuccessful'],
  ['failedvalidations', 'validationsFailed'],
  ['bypassedvalidations', 'validationsBypassed'],
  ['pendingvalidations', 'validationsPending'],
  ['crlschecked', 'crlsChecked'],
  ['crlfetchattempts', 'crlFetches'],
  ['crlfailedattempts', 'crlFetchesFailed'],
  ['crlrejectedbusyfetching', 'crlRejectedBusy'],
  ['aaaauthorizations', 'aaaAuthorizations'],
]);

// CRL - fetch attempts: 12
const COUNTER = /^((?:[A-Za-z]{1,20}|-)(?: (?:[A-Za-z]{1,20}|-)){0,6}): ?(\d{1,15})$/;

function readLine(state: CounterScan, line: Line): boolean {
  const found = COUNTER.exec(line.body);
  const value = numberOf(found?.[2]);
  if (found === null || value === null) return false;
  const [, label = ''] = found;
  const field = FIELDS.get(label.toLowerCase().replaceAll(/[ -]/g, ''));
  if (field === undefined) return takeOther(state, label, value, line);
  const counters = state.counters ?? blankCounters(line);
  if (counters[field] !== null) return false;
  counters[field] = value;
  counters.lines = { first: counters.lines.first, last: line.last };
  state.counters = counters;
  return true;
}

function takeOther(state: CounterScan, label: string, value: number, line: Line): boolean {
  // A label that nobody knows may be two halves of different lines.
  if (isJoined(line) || !/^(?:PKI|CRLs?|OCSPs?|AAA|SCEP|CA|Trustpool|Validations?)\b/.test(label))
    return false;
  if (state.others.some((other) => other.label === label)) return false;
  state.others.push({ lines: { first: line.number, last: line.last }, label, value });
  return true;
}

function blankCounters(line: Line): Draft<PkiCounters> {
  return {
    lines: { first: line.number, last: line.last },
    sessionsStarted: null,
    sessionsEnded: null,
    sessionsActive: null,
    validationsSuccessful: null,
    validationsFailed: null,
    validationsBypassed: null,
    validationsPending: null,
    crlsChecked: null,
    crlFetches: null,
    crlFetchesFailed: null,
    crlRejectedBusy: null,
    aaaAuthorizations: null,
  };
}
