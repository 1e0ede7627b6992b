import type { Because, ReportCause, ReportTunnel } from './report.ts';
import type { Line } from './text-layout.ts';
import { wrap } from './text-layout.ts';
import { BULLET, clueWithQuote, LABEL, labelled, numbered, section } from './text-parts.ts';
import { STANDING_STYLES, VERDICT_STYLES } from './text-table.ts';
import {
  flowName,
  flowState,
  noCauseWords,
  peerWord,
  placeWords,
  ruledOutReason,
  stateWords,
} from './tunnel-words.ts';

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
  const [lead, ...others] = tunnel.causes;
  return [
    ...tunnelHeading(tunnel, options.width),
    ...labelled('State', stateWords(tunnel), options.width),
    ...flowLines(tunnel, options.width),
    ...(lead === undefined ? noCauseLines(tunnel, options.width) : causeLines(lead, options)),
    ...section('Other candidates', others.map(causeWords), options.width),
    ...section('Ruled out', tunnel.ruledOut.slice(0, MOST_RULED_OUT).map(ruledOutWords), options.width),
    ...(lead === undefined ? [] : adviceLines(lead, options.width)),
    ...unknownLines(tunnel.causes, tunnel.ask, options.width),
    ...section(
      'Remarks',
      tunnel.remarks.map(({ text }) => text),
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
  return [
    [LABEL('Cause'), { style, text: first.slice(LABEL('Cause').length) }],
    ...rest.map((row): Line => [row.slice(0, LABEL('Cause').length), { style, text: row.trimStart() }]),
    ...clueLines('Why', cause.because, options),
    ...clueLines('Speaks against it', cause.against, options),
  ];
}

/** What to do and how to see that it helped. */
export function adviceLines(cause: ReportCause, width: number): Line[] {
  const sure = cause.standing === 'confirmed' || cause.standing === 'likely';
  return [
    ...numbered(sure ? 'What to do' : `What to do, if it is ${cause.id}`, cause.remedy, width),
    ...section('Verify', cause.verify, width),
  ];
}

/** What the evidence does not tell, and the commands that would. */
export function unknownLines(
  causes: readonly ReportCause[],
  asked: readonly string[],
  width: number,
): Line[] {
  const missing = causes.flatMap((cause) => cause.missing);
  const asks = new Set([...missing.flatMap(({ ask }) => ask ?? []), ...asked]);
  const gaps = new Set(missing.map(({ text }) => text));
  return [...section('Not known', [...gaps], width), ...section('Ask', [...asks], width)];
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
  const reason = tunnel.reason === null ? '' : ` [${tunnel.reason}]`;
  return labelled('Cause', noCauseWords(tunnel) + reason, width);
}

function clueLines(title: string, clues: readonly Because[], options: BlockOptions): Line[] {
  if (clues.length === 0) return [];
  const more = clues.length - options.maxQuotes;
  return [
    [`  ${title}`],
    ...clues.slice(0, options.maxQuotes).flatMap((one) => clueWithQuote(one, options.width, options.home)),
    ...(more > 0 ? [[`${BULLET}${more} more in the JSON report`]] : []),
  ];
}

function causeWords(cause: ReportCause): string {
  return `${cause.standing}: ${cause.title} [${cause.id}]`;
}

function ruledOutWords(cause: ReportCause): string {
  return `${cause.id}: ${ruledOutReason(cause)}`;
}
