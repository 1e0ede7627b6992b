import type { Line, Outcome } from '../lines.ts';
import { parsedFrom, scanLines } from '../lines.ts';
import type { Parsed, Parser } from '../parsed.ts';
import { readDetailLine } from './detail-rows.ts';
import type { IsakmpScan } from './draft.ts';
import type { IsakmpSaFacts } from './facts.ts';
import { readLabelledLine } from './labelled-rows.ts';
import { readTableLine } from './table-rows.ts';

/** `show crypto isakmp sa [detail]` in every layout: table with or without slot, status and VRF columns, detail rows, IPv6 records. */
export const showCryptoIsakmpSa: Parser<IsakmpSaFacts> = {
  command: 'show crypto isakmp sa',
  parse(text: string): Parsed<IsakmpSaFacts> {
    const state: IsakmpScan = { family: 'ipv4', vrfColumn: false, engineRead: false, sas: [] };
    const scan = scanLines(text, (line) => readLine(state, line));
    const cut = state.sas.some((sa) => sa.dst === '' || sa.src === '');
    return parsedFrom({ sas: state.sas }, scan, cut);
  },
};

function readLine(state: IsakmpScan, line: Line): Outcome {
  return (
    isLegend(line.body) ||
    readDetailLine(state, line) ||
    readLabelledLine(state, line) ||
    readTableLine(state, line)
  );
}

const LEGEND: readonly RegExp[] = [
  // Codes: C - IKE configuration mode, D - Dead Peer Detection
  /^(?:Codes: )?[A-Z] - (?:IKE|Keepalives|cTCP|NAT)/,
  // psk - Preshared key, rsig - RSA signature
  /^(?:psk|rsig|renc) - /,
  // There are no ISAKMP SAs
  /^(?:There are )?no (?:active )?(?:crypto )?(?:isakmp|ike) sas?\b.{0,20}$/i,
];

function isLegend(body: string): boolean {
  return LEGEND.some((pattern) => pattern.test(body));
}
