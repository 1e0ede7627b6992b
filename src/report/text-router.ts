import { openPoints } from './open-points.ts';
import { foldedRemarks, incompleteEvidence } from './remark-words.ts';
import type { Report } from './report.ts';
import type { RouterFinding } from './report-words.ts';
import { errorHint, undiagnosed, undiagnosedWords } from './report-words.ts';
import type { Line } from './text-layout.ts';
import { cut, wrap } from './text-layout.ts';
import { quoteLines, section } from './text-parts.ts';
import type { PageOptions } from './text-tunnel.ts';
import { adviceLines, causeLines, openLines, seeLines } from './text-tunnel.ts';
import { counted, sentence } from './wording.ts';

/** Routers without a diagnosis, so that nobody takes their silence for health. */
export function undiagnosedBlock(report: Report, width: number): Line[] {
  const routers = undiagnosed(report);
  if (routers.length === 0) return [];
  const hint = errorHint(report);
  const rows = [
    ...routers.flatMap((router) => wrap(undiagnosedWords(router), width, '  ! ')),
    ...(hint === null ? [] : wrap(hint, width, '    ')),
  ];
  return [[{ style: 'yellow', text: 'Not diagnosed' }], ...rows.map((row): Line => [row])];
}

/** A fault that belongs to a router, not to one tunnel. */
export function findingBlock({ router, finding }: RouterFinding, page: PageOptions): Line[] {
  return [
    [
      { style: 'yellow', text: 'ROUTER' },
      '  ',
      { style: 'bold', text: cut(`${router} (${finding.severity})`, page.width - 8) },
    ],
    ...causeLines(finding, { ...page, home: router }),
    ...adviceLines(finding, page.width),
    ...openLines({ ...openPoints([finding], []), decides: false }, page.width),
    ...seeLines(finding, page.width),
  ];
}

/** What only the view over several routers shows: shared causes, missing tunnels, pairs of ends. */
export function sweepBlock(report: Report, width: number): Line[] {
  const { sharedCauses, missing, pairs } = report.sweep;
  const lines = [
    ...section(
      'Shared causes',
      sharedCauses.map(({ text, id }) => `${text} [${id}]`),
      width,
    ),
    ...section('Expected, but in no table', missing, width),
    ...section(
      'Both ends together',
      pairs.map(({ text }) => text),
      width,
    ),
  ];
  return lines.length === 0 ? [] : [[{ style: 'bold', text: 'Across routers' }], ...lines];
}

/** Packets that no configured peer should have sent. */
export function securityBlock(report: Report, options: PageOptions): Line[] {
  if (report.security.length === 0) return [];
  const lines = report.security
    .slice(0, MOST_NOTES)
    .flatMap((note): Line[] => [
      ...wrap(`${note.source.router}: ${sentence(note.text)}`, options.width, '  - ').map(
        (row): Line => [row],
      ),
      ...quoteLines(note.source, options.width, note.source.router),
    ]);
  const more = report.security.length - MOST_NOTES;
  const rest: Line[] = more > 0 ? [[`  - ${more} more in the JSON report`]] : [];
  return [[{ style: 'bold', text: 'Security notes' }], ...lines, ...rest];
}

/** Commands that were refused or cut short, lines nobody understood, files not used. */
export function incompleteBlock(report: Report, width: number): Line[] {
  return listBlock('Evidence not complete', incompleteEvidence(report), width);
}

/** Observations that are no fault: those of routers and of the tunnels that have no block of their own. */
export function remarksBlock(report: Report, width: number): Line[] {
  return listBlock('Remarks', foldedRemarks(report), width);
}

const MOST_NOTES = 10;
const MOST_LISTED = 20;

function listBlock(title: string, texts: readonly string[], width: number): Line[] {
  if (texts.length === 0) return [];
  const rows = counted(texts, MOST_LISTED).flatMap((text) => wrap(text, width, '  - '));
  return [[{ style: 'bold', text: title }], ...rows.map((row): Line => [row])];
}
