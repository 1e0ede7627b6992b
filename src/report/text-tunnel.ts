import type { OpenPoints } from './open-points.ts';
import { adviceTitle, openPoints, otherCandidates } from './open-points.ts';
import type { Reason } from './proof-words.ts';
import { reasonsOf } from './proof-words.ts';
import type { ReportCause, ReportTunnel } from './report.ts';
import type { Line } from './text-layout.ts';
import { wrap } from './text-layout.ts';
import { BULLET, headed, LABEL, labelled, numbered, oneLiners, reasonLines, section } from './text-parts.ts';
import { STANDING_STYLES, VERDICT_STYLES } from './text-table.ts';
import {
  candidateWords,
  flowName,
  flowState,
  noCauseWords,
  peerWord,
  placeWords,
  referenceWords,
  remarkWords,
  ruledOutReason,
  stateWords,
} from './tunnel-words.ts';
import { filled, marked, sentence } from './wording.ts';

export interface PageOptions {
  readonly width: number;
  /** Cited clues shown per cause; the others are counted. */
  readonly maxQuotes: number;
}

interface BlockOptions extends PageOptions {
  /** The router the block is about; quotes from others name theirs. */
  readonly home: string;
}

/** What an engineer needs to act on one tunnel that is not fine: state, cause, proof, steps, and what is not known. */
export function tunnelBlock(tunnel: ReportTunnel, page: PageOptions): Line[] {
  const options = { ...page, home: tunnel.router };
  const [lead] = tunnel.causes;
  const open = openPoints(tunnel.causes, tunnel.ask);
  return [
    ...tunnelHeading(tunnel, options.width),
    ...labelled('State', stateWords(tunnel), options.width),
    ...flowLines(tunnel, options.width),
    ...(lead === undefined ? noCauseLines(tunnel, options.width) : causeLines(lead, options)),
    ...oneLiners('Other candidates', candidateWords(otherCandidates(tunnel.causes)), options.width),
    ...(open.decides ? openLines(open, options.width) : []),
    ...section('Ruled out', tunnel.ruledOut.slice(0, MOST_RULED_OUT).map(ruledOutWords), options.width),
    ...(lead === undefined ? [] : adviceLines(lead, options.width, tunnel)),
    ...(open.decides ? [] : openLines(open, options.width)),
    ...(lead === undefined ? [] : seeLines(lead, options.width)),
    ...section(
      'Remarks',
      tunnel.remarks.map(({ text }) => remarkWords(text)),
      options.width,
    ),
  ];
}

/** A cause with its proof: for the leading cause of a tunnel and for findings of a router. */
export function causeLines(cause: ReportCause, options: BlockOptions): Line[] {
  const [first = '', ...rest] = wrap(
    `${cause.standing}: ${cause.title} [${cause.id}]`,
    options.width,
    LABEL('Cause'),
  );
  const style = STANDING_STYLES[cause.standing];
  const seen = new Set<string>();
  return [
    [LABEL('Cause'), { style, text: first.slice(LABEL('Cause').length) }],
    ...rest.map((row): Line => [row.slice(0, LABEL('Cause').length), { style, text: row.trimStart() }]),
    ...reasonSection('Why', reasonsOf(cause.because, seen), options),
    ...reasonSection('Speaks against it', reasonsOf(cause.against, seen), options),
  ];
}

/** What to do and how to see that it helped; steps of a tunnel name its own peer. */
export function adviceLines(cause: ReportCause, width: number, tunnel?: ReportTunnel): Line[] {
  const shown = (text: string) => sentence(marked(tunnel === undefined ? text : filled(text, tunnel)));
  return [
    ...numbered(adviceTitle(cause), cause.remedy.map(shown), width),
    ...section('Verify', cause.verify.map(shown), width),
  ];
}

/** Where to read on about a cause. */
export function seeLines(cause: ReportCause, width: number): Line[] {
  return cause.references.length === 0 ? [] : labelled('See', referenceWords(cause), width);
}

/** The commands that would decide, and what the evidence does not tell. */
export function openLines({ decides, asks, gaps }: OpenPoints, width: number): Line[] {
  const askLines = section(decides ? 'Ask next' : 'Ask to confirm', asks, width);
  const gapLines = section(
    'Not known',
    gaps.map((text) => sentence(marked(text))),
    width,
  );
  return [...askLines, ...gapLines];
}

const MOST_RULED_OUT = 3;
const MOST_FLOWS = 6;

function tunnelHeading(tunnel: ReportTunnel, width: number): Line[] {
  const word = tunnel.verdict.toUpperCase();
  const place = placeWords(tunnel);
  const name = `${tunnel.router} → ${peerWord(tunnel)}${place === '' ? '' : ` (${place})`}`;
  const [first = '', ...rest] = wrap(name, width, `${word}  `);
  return [
    [
      { style: VERDICT_STYLES[tunnel.verdict], text: word },
      '  ',
      { style: 'bold', text: first.slice(word.length + 2) },
    ],
    ...rest.map((row): Line => [row]),
    ...(tunnel.description === null ? [] : labelled('Description', `“${tunnel.description}”`, width)),
  ];
}

function flowLines(tunnel: ReportTunnel, width: number): Line[] {
  if (tunnel.flows.length < 2) return [];
  const shown = tunnel.flows.slice(0, MOST_FLOWS).map((flow) => `${flowName(flow)}: ${flowState(flow)}`);
  const more = tunnel.flows.length - shown.length;
  return section('Flows', more > 0 ? [...shown, `${more} more in the JSON report`] : shown, width);
}

function noCauseLines(tunnel: ReportTunnel, width: number): Line[] {
  return labelled('Cause', noCauseWords(tunnel), width);
}

function reasonSection(title: string, reasons: readonly Reason[], options: BlockOptions): Line[] {
  if (reasons.length === 0) return [];
  const more = reasons.length - options.maxQuotes;
  return [
    headed(title, options.width),
    ...reasons.slice(0, options.maxQuotes).flatMap((one) => reasonLines(one, options.width, options.home)),
    ...(more > 0 ? [[`${BULLET}${more} more in the JSON report`]] : []),
  ];
}

function ruledOutWords(cause: ReportCause): string {
  return `${cause.id}: ${sentence(marked(ruledOutReason(cause)))}`;
}
