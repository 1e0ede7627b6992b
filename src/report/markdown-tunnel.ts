import { code, fenced, prose, proseLines } from './markdown-escape.ts';
import type { Because, ReportCause, ReportTunnel } from './report.ts';
import {
  flowName,
  flowState,
  noCauseWords,
  peerWord,
  placeWords,
  ruledOutReason,
  stateWords,
} from './tunnel-words.ts';

/** One tunnel that is not fine, as a section of a ticket. */
export function tunnelSection(tunnel: ReportTunnel, maxQuotes: number): string[] {
  const [lead, ...others] = tunnel.causes;
  const flows = tunnel.flows.length > 1 ? tunnel.flows.slice(0, MOST_FLOWS) : [];
  return [
    `### ${tunnel.verdict.toUpperCase()}: ${code(tunnel.router)} → ${code(peerWord(tunnel))}`,
    '',
    ...[placeWords(tunnel), tunnel.description ?? '']
      .filter((text) => text !== '')
      .map((text) => `- ${prose(text)}`),
    `- ${prose(stateWords(tunnel))}`,
    ...flows.map((flow) => `- ${prose(`${flowName(flow)}: ${flowState(flow)}`)}`),
    ...(lead === undefined ? noCause(tunnel) : causeSection(lead, maxQuotes)),
    ...list(
      'Other candidates',
      others.map(({ standing, title, id }) => `${standing}: ${title} [${id}]`),
    ),
    ...list(
      'Ruled out',
      tunnel.ruledOut.slice(0, MOST_RULED_OUT).map((one) => `${one.id}: ${ruledOutReason(one)}`),
    ),
    ...(lead === undefined ? [] : adviceSection(lead)),
    ...unknownSection(tunnel.causes, tunnel.ask),
    ...list(
      'Remarks',
      tunnel.remarks.map(({ text }) => text),
    ),
  ];
}

/** A cause with its proof, for tunnels and routers. */
export function causeSection(cause: ReportCause, maxQuotes: number): string[] {
  return [
    '',
    `**Cause (${cause.standing}):** ${prose(cause.title)} (${code(cause.id)})`,
    ...clues('Why', cause.because, maxQuotes),
    ...clues('Speaks against it', cause.against, maxQuotes),
  ];
}

export function adviceSection(cause: ReportCause): string[] {
  const sure = cause.standing === 'confirmed' || cause.standing === 'likely';
  const title = sure ? 'What to do' : 'What to do, if this is the cause';
  const steps = cause.remedy.flatMap((step, index) => item(`${index + 1}. `, step));
  return [...(steps.length === 0 ? [] : ['', `**${title}**`, '', ...steps]), ...list('Verify', cause.verify)];
}

/** What the evidence does not tell, and the commands that would. */
export function unknownSection(causes: readonly ReportCause[], asked: readonly string[]): string[] {
  const missing = causes.flatMap((cause) => cause.missing);
  const asks = new Set([...missing.flatMap(({ ask }) => ask ?? []), ...asked]);
  const gaps = list('Not known', [...new Set(missing.map(({ text }) => text))]);
  return asks.size === 0 ? gaps : [...gaps, '', '**Ask**', '', ...[...asks].map((ask) => `- ${code(ask)}`)];
}

/** A bold heading and one bullet per text; nothing when there is none. */
export function list(title: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : ['', `**${title}**`, '', ...texts.flatMap((text) => item('- ', text))];
}

/** The cited lines of a source in a fence, each under `router command:line | `. */
export function quoteFence(source: NonNullable<Because['source']>): string[] {
  const lines = source.quote.split(/\r?\n/, MOST_LINES_A_QUOTE);
  const place = `${source.router} ${source.command}`;
  return fenced(
    lines.map((text, index) => `${place}:${source.firstLine + index} | ${text.trim()}`),
    '  ',
  );
}

const MOST_RULED_OUT = 3;
const MOST_FLOWS = 6;
const MOST_LINES_A_QUOTE = 4;

function noCause(tunnel: ReportTunnel): string[] {
  const reason = tunnel.reason === null ? '' : ` (${code(tunnel.reason)})`;
  return ['', `**Cause:** ${noCauseWords(tunnel)}${reason}`];
}

function clues(title: string, all: readonly Because[], maxQuotes: number): string[] {
  if (all.length === 0) return [];
  const more = all.length - maxQuotes;
  const shown = all.slice(0, maxQuotes).flatMap(({ text, source, command }) => {
    if (source !== null) return [...item('- ', text), ...quoteFence(source)];
    return item('- ', command === null ? text : `${text} (nothing of the kind in: ${command})`);
  });
  return ['', `**${title}**`, '', ...shown, ...(more > 0 ? [`- ${more} more in the JSON report`] : [])];
}

function item(mark: string, text: string): string[] {
  const [first = '', ...rest] = proseLines(text);
  const indent = ' '.repeat(mark.length);
  return [`${mark}${first}${rest.length > 0 ? '  ' : ''}`, ...rest.map((line) => `${indent}${line}  `)];
}
