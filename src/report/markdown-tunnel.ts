import { code, fenced, prose, proseLines } from './markdown-escape.ts';
import type { OpenPoints } from './open-points.ts';
import { adviceTitle, openPoints, otherCandidates } from './open-points.ts';
import type { Quote, Reason } from './proof-words.ts';
import { alikeWords, reasonSentence, reasonsOf } from './proof-words.ts';
import type { ReportCause, ReportTunnel } from './report.ts';
import {
  candidateWords,
  flowName,
  flowState,
  noCauseWords,
  outputWords,
  peerWord,
  placeWords,
  referenceWords,
  remarkWords,
  ruledOutReason,
  stateWords,
} from './tunnel-words.ts';
import { filled, sentence } from './wording.ts';

/** One tunnel that is not fine, as a section of a ticket. */
export function tunnelSection(tunnel: ReportTunnel, maxQuotes: number): string[] {
  const [lead] = tunnel.causes;
  const flows = tunnel.flows.length > 1 ? tunnel.flows.slice(0, MOST_FLOWS) : [];
  const open = openPoints(tunnel.causes, tunnel.ask);
  return [
    `### ${tunnel.verdict.toUpperCase()}: ${code(tunnel.router)} → ${code(peerWord(tunnel))}`,
    '',
    ...[placeWords(tunnel), tunnel.description ?? '']
      .filter((text) => text !== '')
      .map((text) => `- ${prose(text)}`),
    `- ${prose(stateWords(tunnel))}`,
    ...flows.map((flow) => `- ${prose(`${flowName(flow)}: ${flowState(flow)}`)}`),
    ...(lead === undefined ? ['', `**Cause:** ${noCauseWords(tunnel)}`] : causeSection(lead, maxQuotes)),
    ...list('Other candidates', candidateWords(otherCandidates(tunnel.causes))),
    ...(open.decides ? openSection(open) : []),
    ...list(
      'Ruled out',
      tunnel.ruledOut.slice(0, MOST_RULED_OUT).map((one) => `${one.id}: ${sentence(ruledOutReason(one))}`),
    ),
    ...(lead === undefined ? [] : adviceSection(lead, tunnel)),
    ...(open.decides ? [] : openSection(open)),
    ...(lead === undefined ? [] : seeSection(lead)),
    ...list(
      'Remarks',
      tunnel.remarks.map(({ text }) => remarkWords(text)),
    ),
  ];
}

/** A cause with its proof, for tunnels and routers. */
export function causeSection(cause: ReportCause, maxQuotes: number): string[] {
  const seen = new Set<string>();
  return [
    '',
    `**Cause (${cause.standing}):** ${prose(cause.title)} (${code(cause.id)})`,
    ...reasonSection('Why', reasonsOf(cause.because, seen), maxQuotes),
    ...reasonSection('Speaks against it', reasonsOf(cause.against, seen), maxQuotes),
  ];
}

/** What to do and how to see that it helped; steps of a tunnel name its own peer. */
export function adviceSection(cause: ReportCause, tunnel?: ReportTunnel): string[] {
  const shown = (text: string) => sentence(tunnel === undefined ? text : filled(text, tunnel));
  const steps = cause.remedy.flatMap((step, index) => item(`${index + 1}. `, shown(step)));
  return [
    ...(steps.length === 0 ? [] : ['', `**${adviceTitle(cause)}**`, '', ...steps]),
    ...list('Verify', cause.verify.map(shown)),
  ];
}

/** Where to read on about a cause. */
export function seeSection(cause: ReportCause): string[] {
  return cause.references.length === 0 ? [] : ['', `**See:** ${prose(referenceWords(cause))}`];
}

/** The commands that would decide, and what the evidence does not tell. */
export function openSection({ decides, asks, gaps }: OpenPoints): string[] {
  const title = decides ? 'Ask next' : 'Ask to confirm';
  const commands = asks.map((ask) => {
    const command = ask.replace(FAR_END, '');
    return `- ${command === ask ? '' : 'far end: '}${code(command)}`;
  });
  return [
    ...(commands.length === 0 ? [] : ['', `**${title}**`, '', ...commands]),
    ...list('Not known', gaps.map(sentence)),
  ];
}

/** A bold heading and one bullet per text; nothing when there is none. */
export function list(title: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : ['', `**${title}**`, '', ...texts.flatMap((text) => item('- ', text))];
}

/** The cited lines of a source in a fence, each behind `router command:line | `. */
export function quoteFence(source: Quote['source']): string[] {
  return fenced(placedLines(source), '  ');
}

const MOST_RULED_OUT = 3;
const MOST_FLOWS = 6;
const MOST_LINES_A_QUOTE = 4;
// far end: show crypto map
const FAR_END = /^far end: /;

function reasonSection(title: string, reasons: readonly Reason[], maxQuotes: number): string[] {
  if (reasons.length === 0) return [];
  const more = reasons.length - maxQuotes;
  return [
    '',
    `**${title}**`,
    '',
    ...reasons.slice(0, maxQuotes).flatMap(reasonItem),
    ...(more > 0 ? [`- ${more} more in the JSON report`] : []),
  ];
}

function reasonItem(reason: Reason): string[] {
  const { quotes, silence } = reason;
  const nothing = silence === null ? '' : ` Nothing of the kind is in the complete output of ${silence}.`;
  return [...item('- ', reasonSentence(reason, '') + nothing), ...fences(quotes)];
}

function fences(quotes: readonly Quote[]): string[] {
  const lines = quotes.flatMap((quote) => [
    ...placedLines(quote.source),
    ...(quote.alike.length > 0 ? [`(${alikeWords(quote)})`] : []),
  ]);
  return lines.length === 0 ? [] : fenced(lines, '  ');
}

function placedLines(source: Quote['source']): string[] {
  const lines = source.quote.split(/\r?\n/, MOST_LINES_A_QUOTE);
  const place = `${source.router} ${outputWords(source)}`;
  return lines.map((text, index) => `${place}:${source.firstLine + index} | ${text.trim()}`);
}

function item(mark: string, text: string): string[] {
  const [first = '', ...rest] = proseLines(text);
  const indent = ' '.repeat(mark.length);
  return [`${mark}${first}${rest.length > 0 ? '  ' : ''}`, ...rest.map((line) => `${indent}${line}  `)];
}
