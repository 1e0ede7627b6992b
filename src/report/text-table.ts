import { sortTunnels } from './order.ts';
import type { ReportTunnel, Standing, Verdict } from './report.ts';
import type { Line, Span, Style } from './text-layout.ts';
import { columnsOf, cut, fit } from './text-layout.ts';
import { causeWord, MARKS, peerWord, placeShort } from './tunnel-words.ts';

/**
 * One line per tunnel, worst first, under a heading; no line is wider than `width` (at least 72).
 * The local address is shown where there is room for it; other columns give way before it is cut.
 */
export function tunnelTable(tunnels: readonly ReportTunnel[], width: number): Line[] {
  const rows = sortTunnels(tunnels).map(cellsOf);
  const columns = COLUMNS.map((column, index) => ({
    ...column,
    widest: Math.max(
      columnsOf(column.title),
      ...rows.map(({ cells }) => columnsOf(cut(cells[index] ?? '', WIDEST))),
    ),
  }));
  const widths = shrink(columns, width);
  const heading: Line = [
    {
      style: 'dim',
      text: lineOf(
        COLUMNS.map(({ title }) => title),
        widths,
      ),
    },
  ];
  return [heading, ...rows.map(({ cells, tunnel }) => tunnelLine(cells, widths, tunnel))];
}

export const VERDICT_STYLES: Readonly<Record<Verdict, Style>> = {
  down: 'red',
  missing: 'red',
  degraded: 'yellow',
  undetermined: 'magenta',
  idle: 'dim',
  healthy: 'green',
};

export const STANDING_STYLES: Readonly<Record<Standing, Style>> = {
  confirmed: 'bold',
  likely: 'bold',
  possible: 'dim',
  'ruled-out': 'dim',
  undetermined: 'dim',
};

interface Column {
  readonly title: string;
  /** The width below which a cell says nothing any more. */
  readonly least: number;
  /** Columns with a higher number give way later; 0 vanishes first. */
  readonly keep: number;
}
const GAP = '  ';
const WIDEST = 60;
const LOCAL = 2;
const COLUMNS: readonly Column[] = [
  { title: 'VERDICT', least: 14, keep: 9 },
  { title: 'ROUTER', least: 8, keep: 3 },
  { title: 'LOCAL', least: 0, keep: 0 },
  { title: 'PEER', least: 13, keep: 4 },
  { title: 'WHERE', least: 6, keep: 1 },
  { title: 'CAUSE OR REASON', least: 12, keep: 2 },
  { title: 'STANDING', least: 9, keep: 9 },
];

function cellsOf(tunnel: ReportTunnel): { tunnel: ReportTunnel; cells: string[] } {
  const verdict = `${MARKS[tunnel.verdict]} ${tunnel.verdict}`;
  const standing = tunnel.causes[0]?.standing ?? '';
  const place = [tunnel.router, tunnel.local ?? '-', peerWord(tunnel), placeShort(tunnel)];
  return { tunnel, cells: [verdict, ...place, causeWord(tunnel), standing] };
}

/** Widths that fit: the local address goes as a whole, then the others in order of `keep` down to their least. */
function shrink(columns: readonly (Column & { widest: number })[], width: number): number[] {
  const widths = columns.map(({ widest }) => widest);
  const excess = () =>
    widths.reduce((sum, one) => sum + (one === 0 ? 0 : one + GAP.length), -GAP.length) - width;
  if (excess() > 0) widths[LOCAL] = 0;
  const order = columns.map((column, index) => ({ ...column, index })).sort((a, b) => a.keep - b.keep);
  for (const { index, least } of order) {
    const now = widths[index] ?? 0;
    if (index !== LOCAL) widths[index] = Math.max(Math.min(now, least), now - Math.max(0, excess()));
  }
  return widths;
}

function lineOf(cells: readonly string[], widths: readonly number[]): string {
  const shown = cells.map((cell, index) => fit(cell, widths[index] ?? 0));
  return shown
    .filter((_, index) => widths[index] !== 0)
    .join(GAP)
    .trimEnd();
}

function tunnelLine(cells: readonly string[], widths: readonly number[], tunnel: ReportTunnel): Line {
  const [verdict = '', ...rest] = cells;
  const standing = rest.pop() ?? '';
  const first: Span = { style: VERDICT_STYLES[tunnel.verdict], text: fit(verdict, widths[0] ?? 0) };
  const middle = `${GAP}${lineOf(rest, widths.slice(1, -1))}`;
  if (standing === '') return [first, middle];
  const room = widths.slice(1, -1).reduce((sum, one) => sum + (one === 0 ? 0 : one + GAP.length), 0);
  const style = STANDING_STYLES[tunnel.causes[0]?.standing ?? 'undetermined'];
  return [first, fit(middle, room), GAP, { style, text: cut(standing, widths.at(-1) ?? 0) }];
}
