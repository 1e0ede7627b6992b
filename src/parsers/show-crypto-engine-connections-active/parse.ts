import { type LineRule, readerOf, startsOf } from '../line-rules.ts';
import { addressAsPrinted, type Line, numberOf, parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import type { EngineConnection, EngineConnectionsFacts } from './facts.ts';

/** `show crypto engine connections active`: packets of each connection of the crypto engine. */
export const showCryptoEngineConnectionsActive: Parser<EngineConnectionsFacts> = {
  command: 'show crypto engine connections active',
  parse(text: string): Parsed<EngineConnectionsFacts> {
    const connections: EngineConnection[] = [];
    const scan = scanLines(text, (line) => readLine(connections, line), starts);
    return parsedFrom({ connections }, scan);
  },
};

type Columns = Partial<Omit<EngineConnection, 'lines'>>;

const RULES: readonly LineRule<EngineConnection[]>[] = [
  // Crypto Engine Connections   (headings say nothing the rows do not)
  { word: 'crypto', pattern: /^Crypto Engine Connections$/i, take: () => true },
  // ID Type Algorithm Encrypt Decrypt LastSeqN IP-Address   |   ID Interface IP-Address State Algorithm Encrypt Decrypt
  {
    word: 'id',
    pattern: /^ID (?:(?:Type|Interface|IP-Address|State|Algorithm|Encrypt|Decrypt|LastSeqN) ?){4,8}$/i,
    take: () => true,
  },
  // 1001 IKE SHA256+AES256 0 0 0 192.0.2.1   |   1002 IKE SHA+AES256 0 0 0
  rowRule(
    /^(\d{1,10}) ([A-Z]\w{1,12}) ([\w+<>/.-]{2,60}) (\d{1,15}) (\d{1,15}) (\d{1,15})(?: ([0-9A-F]{1,4}[.:][0-9A-F.:]{1,40}))?$/i,
    (match) => ({
      type: match[2] ?? null,
      algorithm: match[3] ?? '',
      encrypted: Number(match[4]),
      decrypted: Number(match[5]),
      lastSequence: numberOf(match[6]),
      address: addressOrNull(match[7]),
    }),
  ),
  // 1 Se1/0.10 IPsec AES+SHA 0 9 192.0.2.1
  rowRule(
    /^(\d{1,10}) ([A-Z][A-Z-]{0,30}\d[\d/.:]{0,20}|<none>) (IPsec|IKE) ([\w+<>/.-]{2,60}) (\d{1,15}) (\d{1,15})(?: ([0-9A-F]{1,4}[.:][0-9A-F.:]{1,40}))?$/i,
    (match) => ({
      interface: nameOrNull(match[2]),
      type: match[3] ?? null,
      algorithm: match[4] ?? '',
      encrypted: Number(match[5]),
      decrypted: Number(match[6]),
      address: addressOrNull(match[7]),
    }),
  ),
  // 2000 Ethernet0/0 192.0.2.1 set HMAC_MD5+DES_56_CB 0 9   |   1 <none> <none> set HMAC_SHA+3DES_56_C 0 0
  rowRule(
    /^(\d{1,10}) ([A-Z][A-Z-]{0,30}\d[\d/.:]{0,20}|<none>) ([0-9A-F]{1,4}[.:][0-9A-F.:]{2,40}|<none>) ([a-z]{2,12}) ([\w+<>/.-]{2,60}) (\d{1,15}) (\d{1,15})$/i,
    (match) => ({
      interface: nameOrNull(match[2]),
      address: addressOrNull(match[3]),
      state: match[4] ?? null,
      algorithm: match[5] ?? '',
      encrypted: Number(match[6]),
      decrypted: Number(match[7]),
    }),
  ),
];

const readLine = readerOf(RULES);
const starts = startsOf(RULES);

function rowRule(
  pattern: RegExp,
  columnsOf: (match: RegExpExecArray) => Columns,
): LineRule<EngineConnection[]> {
  return {
    word: '',
    pattern,
    take(connections, match, line: Line) {
      connections.push({
        lines: { first: line.number, last: line.last },
        id: Number(match[1]),
        type: null,
        interface: null,
        algorithm: '',
        state: null,
        encrypted: 0,
        decrypted: 0,
        lastSequence: null,
        address: null,
        ...columnsOf(match),
      });
      return true;
    },
  };
}

function addressOrNull(text: string | undefined): string | null {
  return text === undefined || text === '<none>' ? null : addressAsPrinted(text);
}

function nameOrNull(text: string | undefined): string | null {
  return text === undefined || text === '<none>' ? null : text;
}
