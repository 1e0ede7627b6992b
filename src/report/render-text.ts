import { sortTunnels } from './order.ts';
import type { Report } from './report.ts';
import { emptyWords, headline, provenance, routerFindings, silentRouters } from './report-words.ts';
import type { Line, Paint } from './text-layout.ts';
import { linesToText, plainPaint, wrap } from './text-layout.ts';
import {
  findingBlock,
  incompleteBlock,
  remarksBlock,
  securityBlock,
  sweepBlock,
  undiagnosedBlock,
} from './text-router.ts';
import { tunnelTable } from './text-table.ts';
import { tunnelBlock } from './text-tunnel.ts';
import { isFine } from './tunnel-words.ts';

export interface TextOptions {
  /** Columns of the page, 100 when absent; narrower than 72 is treated as 72. */
  readonly width?: number;
  /** Colours, if wanted: `util.styleText` fits. It only ever gets text that is already safe. */
  readonly paint?: Paint;
  /** Only the headline, the routers without a diagnosis and the table. */
  readonly quiet?: boolean;
  /** Cited clues per cause before the rest is only counted, 5 when absent. */
  readonly maxQuotes?: number;
}

/**
 * The report as a page for a terminal or a ticket: headline, table (worst first), then a block for each tunnel that
 * is not fine. Holds no control byte but line feeds and what `paint` adds; ends with a line feed.
 */
export function renderText(report: Report, options: TextOptions = {}): string {
  const width = Math.max(NARROWEST, Math.floor(options.width ?? 100));
  const summary = [headlineBlock(report, width), undiagnosedBlock(report, width), tableBlock(report, width)];
  const details = options.quiet ? [] : detailBlocks(report, { width, maxQuotes: options.maxQuotes ?? 5 });
  return linesToText(spaced([...summary, ...details]), options.paint ?? plainPaint);
}

const NARROWEST = 72;

function headlineBlock(report: Report, width: number): Line[] {
  const rows = wrap(headline(report), width);
  return [
    ...rows.map((text): Line => [{ style: 'bold', text }]),
    ...wrap(provenance(report), width).map((text): Line => [{ style: 'dim', text }]),
  ];
}

function tableBlock(report: Report, width: number): Line[] {
  const table = report.tunnels.length > 0 ? tunnelTable(report.tunnels, width) : [];
  const silence = report.tunnels.length > 0 ? silentRouters(report) : emptyWords(report);
  if (silence === '') return table;
  return [...table, ...wrap(silence, width).map((text): Line => [{ style: 'yellow', text }])];
}

function detailBlocks(report: Report, options: { width: number; maxQuotes: number }): Line[][] {
  const unwell = sortTunnels(report.tunnels).filter((tunnel) => !isFine(tunnel));
  const { grave, lesser } = routerFindings(report);
  return [
    sweepBlock(report, options.width),
    ...grave.map((finding) => findingBlock(finding, options)),
    ...unwell.map((tunnel) => tunnelBlock(tunnel, options)),
    ...lesser.map((finding) => findingBlock(finding, options)),
    securityBlock(report, options),
    incompleteBlock(report, options.width),
    remarksBlock(report, options.width),
  ];
}

/** Blocks with one empty line between them. */
function spaced(blocks: readonly (readonly Line[])[]): Line[] {
  const filled = blocks.filter((block) => block.length > 0);
  return filled.flatMap((block, index): Line[] => (index === 0 ? [...block] : [[], ...block]));
}
