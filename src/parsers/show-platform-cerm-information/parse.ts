import { countOf, type LabelTable, labelTableRule, within } from '../labelled-values.ts';
import { type LineRule, readerOf, silentRules, startsOf } from '../line-rules.ts';
import { numberOf, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { noRecords, type Records } from '../records.ts';
import type { CermClient, CermFacts, CermFailures, CermResource } from './facts.ts';

interface CermScan {
  functionality: CermFacts['functionality'];
  readonly resources: CermResource[];
  readonly clients: CermClient[];
  readonly failures: Records<CermFailures>;
}

/** `show platform cerm-information`: what the export licence limits, what is left of it, and what was refused. */
export const showPlatformCermInformation: Parser<CermFacts> = {
  command: 'show platform cerm-information',
  parse(text: string): Parsed<CermFacts> {
    const state: CermScan = { functionality: null, resources: [], clients: [], failures: noRecords() };
    const scan = scanLines(text, (line) => readLine(state, line), starts);
    const { functionality, resources, clients, failures } = state;
    return parsedFrom({ functionality, resources, clients, failures: failures.all[0] ?? null }, scan);
  },
};

const FAILURES: LabelTable<CermFailures> = {
  'failed tunnels': countOf('tunnels'),
  'failed sessions': countOf('sessions'),
  'failed encrypt pkts': countOf('encryptPackets'),
  'failed encrypt pkt bytes': countOf('encryptBytes'),
  'failed decrypt pkts': countOf('decryptPackets'),
  'failed decrypt pkt bytes': countOf('decryptBytes'),
};

const RULES: readonly LineRule<CermScan>[] = [
  {
    // CERM functionality: ENABLED
    word: 'cerm',
    pattern: /^CERM functionality: ?(ENABLED|DISABLED)$/i,
    take(state, match, line) {
      const enabled = match[1]?.toUpperCase() === 'ENABLED';
      if (state.functionality !== null && state.functionality.enabled !== enabled) return false;
      state.functionality = { lines: { first: line.number, last: line.last }, enabled };
      return true;
    },
  },
  // Tx Bandwidth(in kbps)          85000                   85000
  resourceRule('tx', /^(Tx Bandwidth ?\(in kbps\)) (\d{1,12}) (\d{1,12})$/i),
  resourceRule('rx', /^(Rx Bandwidth ?\(in kbps\)) (\d{1,12}) (\d{1,12})$/i),
  // Number of tunnels              225                     221   |   Number of TLS sessions   1000   1000
  resourceRule('number', /^(Number of (?:[A-Z]{1,5} )?[a-z]{1,20}) (\d{1,12}) (\d{1,12})$/i),
  {
    // IPSEC                D               D               0        N/A
    word: '*',
    pattern: /^([A-Z][A-Z0-9_-]{1,20}) ((?:\d{1,12}|D|N\/A)(?: (?:\d{1,12}|D|N\/A)){3})$/,
    take(state, match, line) {
      const [txKbps = '', rxKbps = '', tunnels = '', tlsSessions = ''] = (match[2] ?? '').split(' ');
      state.clients.push({
        lines: { first: line.number, last: line.last },
        client: match[1] ?? '',
        txKbps,
        rxKbps,
        tunnels,
        tlsSessions,
      });
      return true;
    },
  },
  within((state) => state.failures, labelTableRule(':', FAILURES, blankFailures)),
  ...silentRules<CermScan>({
    // Crypto Export Restrictions Manager(CERM) Information:
    crypto: /^Crypto Export Restrictions Manager ?\(CERM\) Information:$/i,
    // Resource                       Maximum Limit           Available   |   Resource reservation information:
    resource: /^Resource (?:Maximum Limit Available|reservation information:)$/i,
    // D - Dynamic
    d: /^D - Dynamic$/i,
    // Client                Tx Bandwidth   Rx Bandwidth    Tunnels   TLS Sessions
    client: /^Client Tx Bandwidth Rx Bandwidth Tunnels TLS Sessions$/i,
    // Statistics information:
    statistics: /^Statistics information:$/i,
    // (in kbps)      (in kbps)   |   ----------------------------------------------------------------
    '': /^(?:\(in kbps\) \(in kbps\)|-{4,200})$/i,
  }),
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

function resourceRule(word: string, pattern: RegExp): LineRule<CermScan> {
  return {
    word,
    pattern,
    take(state, match, line) {
      const [maximum, available] = [numberOf(match[2]), numberOf(match[3])];
      if (maximum === null || available === null) return false;
      state.resources.push({
        lines: { first: line.number, last: line.last },
        name: match[1] ?? '',
        maximum,
        available,
      });
      return true;
    },
  };
}

function blankFailures(): Omit<CermFailures, 'lines'> {
  return {
    tunnels: null,
    sessions: null,
    encryptPackets: null,
    encryptBytes: null,
    decryptPackets: null,
    decryptBytes: null,
  };
}
