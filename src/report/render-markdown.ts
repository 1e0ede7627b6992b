import { cell, code, prose } from './markdown-escape.ts';
import {
  adviceSection,
  causeSection,
  list,
  openSection,
  quoteFence,
  seeSection,
  tunnelSection,
} from './markdown-tunnel.ts';
import { openPoints } from './open-points.ts';
import { sortTunnels } from './order.ts';
import { foldedRemarks, incompleteEvidence } from './remark-words.ts';
import type { Report } from './report.ts';
import type { RouterFinding } from './report-words.ts';
import {
  emptyWords,
  errorHint,
  headline,
  provenance,
  routerFindings,
  silentRouters,
  undiagnosed,
  undiagnosedWords,
} from './report-words.ts';
import { causeWord, isFine, MARKS, peerWord, placeShort } from './tunnel-words.ts';
import { counted, sentence } from './wording.ts';

/**
 * The report as Markdown for a ticket (GitHub, GitLab, Jira's Markdown editor). Device text stands only in code spans
 * and fences or as plain words: it makes no link, image, mention, table cell or HTML.
 */
export function renderMarkdown(
  report: Report,
  { maxQuotes = 5 }: { readonly maxQuotes?: number } = {},
): string {
  const silence = silentRouters(report);
  const { grave, lesser } = routerFindings(report);
  const sections = [
    [`## ${headline(report)}`, '', prose(provenance(report))],
    list('Not diagnosed', undiagnosedRows(report)),
    report.tunnels.length === 0 ? [`**${emptyWords(report)}**`] : table(report),
    silence === '' ? [] : [prose(silence)],
    sweepSection(report),
    ...grave.map((finding) => findingSection(finding, maxQuotes)),
    ...sortTunnels(report.tunnels)
      .filter((tunnel) => !isFine(tunnel))
      .map((tunnel) => tunnelSection(tunnel, maxQuotes)),
    ...lesser.map((finding) => findingSection(finding, maxQuotes)),
    securitySection(report),
    list('Evidence not complete', counted(incompleteEvidence(report), MOST_LISTED)),
    list('Remarks', counted(foldedRemarks(report), MOST_LISTED)),
  ];
  const filled = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n').trim());
  return `${filled.join('\n\n')}\n`;
}

function undiagnosedRows(report: Report): string[] {
  const hint = errorHint(report);
  return [...undiagnosed(report).map(undiagnosedWords), ...(hint === null ? [] : [hint])];
}

const MOST_NOTES = 10;
const MOST_LISTED = 20;

function table(report: Report): string[] {
  const rows = sortTunnels(report.tunnels).map((tunnel) => {
    const verdict = `${MARKS[tunnel.verdict]} ${tunnel.verdict}`;
    const place = [tunnel.router, tunnel.local ?? '-', peerWord(tunnel), placeShort(tunnel)].map(cell);
    return [verdict, ...place, cell(causeWord(tunnel)), tunnel.causes[0]?.standing ?? ''];
  });
  const heading = ['Verdict', 'Router', 'Local', 'Peer', 'Where', 'Cause or reason', 'Standing'];
  return [heading, heading.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function sweepSection(report: Report): string[] {
  const { sharedCauses, missing, pairs } = report.sweep;
  return [
    ...list(
      'Shared causes',
      sharedCauses.map(({ text, id }) => `${text} [${id}]`),
    ),
    ...list('Expected, but in no table', missing),
    ...list(
      'Both ends together',
      pairs.map(({ text }) => text),
    ),
  ];
}

function findingSection({ router, finding }: RouterFinding, maxQuotes: number): string[] {
  return [
    `### ROUTER: ${code(router)} (${finding.severity})`,
    ...causeSection(finding, maxQuotes),
    ...adviceSection(finding),
    ...openSection({ ...openPoints([finding], []), decides: false }),
    ...seeSection(finding),
  ];
}

function securitySection(report: Report): string[] {
  if (report.security.length === 0) return [];
  const shown = report.security.slice(0, MOST_NOTES);
  const more = report.security.length - shown.length;
  const items = shown.flatMap((note) => [
    `- ${prose(`${note.source.router}: ${sentence(note.text)}`)}`,
    ...quoteFence(note.source),
  ]);
  return ['**Security notes**', '', ...items, ...(more > 0 ? [`- ${more} more in the JSON report`] : [])];
}
