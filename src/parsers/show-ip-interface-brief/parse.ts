import { type LineRule, readerOf } from '../line-rules.ts';
import { addressAsPrinted, type Draft, isJoined, type Line, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { InterfaceBriefFacts, InterfaceRow } from './facts.ts';

interface RowScan {
  readonly interfaces: Draft<InterfaceRow>[];
}

/** `show ip interface brief`: address and state of every interface. */
export const showIpInterfaceBrief: Parser<InterfaceBriefFacts> = {
  command: 'show ip interface brief',
  parse(text: string): Parsed<InterfaceBriefFacts> {
    const state: RowScan = { interfaces: [] };
    const scan = scanLines(text, (line) => readLine(state, line));
    const cut = state.interfaces.some((row) => row.protocol === null);
    return parsedFrom({ interfaces: state.interfaces }, scan, cut);
  },
};

const RULES: readonly LineRule<RowScan>[] = [
  {
    // Interface IP-Address OK? Method Status Protocol
    word: 'interface',
    pattern: /^Interface IP-Address OK\? Method Status(?: Prot(?:ocol)?)?$/i,
    take: () => true,
  },
  {
    // Protocol   (the header's last word, wrapped)
    word: 'protocol',
    pattern: /^Protocol$/i,
    take: () => true,
  },
  {
    // Any interface listed with OK? value "NO" does not have a valid configuration
    word: 'any',
    pattern: /^Any interface listed with OK\? value "NO" does not have a valid configuration\.?$/i,
    take: () => true,
  },
  {
    // GigabitEthernet0/0 192.0.2.1 YES NVRAM administratively down down
    word: '*',
    pattern:
      /^([A-Za-z][\w/.:-]{0,70}) ([0-9A-F.:]{3,45}|unassigned) (YES|NO) (\S{1,20}) ?([a-z][a-z ()-]{0,60})?$/i,
    take(state, match, line) {
      if (isJoined(line)) return false;
      const [, name = '', address = '', ok, method = '', words = ''] = match;
      state.interfaces.push({
        lines: { first: line.number, last: line.last },
        name,
        address: address.toLowerCase() === 'unassigned' ? null : addressAsPrinted(address),
        ok: ok?.toUpperCase() === 'YES',
        method,
        ...statesOf(words),
      });
      return true;
    },
  },
  {
    // down   (the rest of a row that a narrow terminal wrapped)
    word: '*',
    pattern: /^[a-z][a-z ()-]{0,60}$/i,
    take: completeRow,
  },
];

const readLine = readerOf(RULES);

// administratively down down   |   up up (looped)
const STATES = /^([a-z][a-z ()-]{0,40}?) (up|down)(?: \((looped|spoofing)\))?$/i;

/** Status and protocol of a row; the protocol is null when the row ends before it. */
function statesOf(words: string): Pick<InterfaceRow, 'status' | 'protocol' | 'note'> {
  const found = STATES.exec(words);
  // `administratively down` is a status whose protocol is missing.
  if (found === null || found[1]?.toLowerCase() === 'administratively')
    return { status: words, protocol: null, note: null };
  return { status: found[1] ?? '', protocol: found[2] ?? null, note: found[3] ?? null };
}

function completeRow(state: RowScan, match: RegExpExecArray, line: Line): boolean {
  const row = state.interfaces.at(-1);
  if (row === undefined || row.protocol !== null || row.lines.last !== line.number - 1) return false;
  const states = statesOf(`${row.status} ${match[0]}`.trim());
  if (states.protocol === null) return false;
  Object.assign(row, states);
  row.lines = { first: row.lines.first, last: line.last };
  return true;
}
