import { assertNever } from '../core/never.ts';
import { lacksMainCommand } from './exit-code.ts';
import { compareNatural, isGrave } from './order.ts';
import type { Report, ReportCause, ReportRouter } from './report.ts';
import { VERDICT_ORDER } from './report.ts';
import { plural, sentence } from './wording.ts';

/*
 * What both text-like renderers say about a report and its routers. Strings here may hold device text as it came:
 * whoever prints them makes them safe for the place they are printed in.
 */

/** `5 tunnels on 3 routers: 2 down, 1 idle, 2 healthy`, and what else a reader must not miss. */
export function headline(report: Report): string {
  const counts = VERDICT_ORDER.map((verdict) => ({
    verdict,
    count: report.tunnels.filter((tunnel) => tunnel.verdict === verdict).length,
  })).filter(({ count }) => count > 0);
  const scope = `${plural(report.tunnels.length, 'tunnel')} on ${plural(report.routers.length, 'router')}`;
  const findings = report.routers.flatMap((router) => router.findings).length;
  const lacking = report.routers.filter(lacksMainCommand).length;
  const extras = [
    findings > 0 ? plural(findings, 'router finding') : '',
    lacking > 0 ? `SA tables incomplete on ${plural(lacking, 'router')}` : '',
    undiagnosed(report).length > 0 ? `${plural(undiagnosed(report).length, 'router')} not diagnosed` : '',
  ].filter((extra) => extra !== '');
  const verdicts = counts.map(({ verdict, count }) => `${count} ${verdict}`).join(', ');
  return [verdicts === '' ? scope : `${scope}: ${verdicts}`, ...extras].join('; ');
}

/** `Evidence of 2026-11-23 18:57:22 UTC, run 4f1c, tunneldoc 0.1.0` */
export function provenance(report: Report): string {
  const evidence =
    report.at === null ? 'Time of the evidence not known' : `Evidence of ${momentOf(report.at)}`;
  return `${evidence}, run ${report.run}, ${report.tool}`;
}

/** Why a report without tunnels must not be read as good news. */
export function emptyWords(report: Report): string {
  if (report.routers.length > 0 && undiagnosed(report).length === report.routers.length)
    return 'No router could be diagnosed, so nothing is known about its tunnels.';
  const seen =
    report.routers.length === 0
      ? 'No router and no recording was read, so no tunnel was seen.'
      : 'No tunnel was found in what the routers answered.';
  return `${seen} This is no sign of health: it only means that no SA table, session, configuration or log line named a peer.`;
}

/** Routers that were diagnosed but named no peer, as a sentence; empty when there is none or no tunnel at all. */
export function silentRouters(report: Report): string {
  const seen = new Set(report.tunnels.map((tunnel) => tunnel.router));
  const silent = sortedRouters(report).filter(
    ({ router, outcome }) => outcome === 'diagnosed' && !seen.has(router),
  );
  if (silent.length === 0 || seen.size === 0) return '';
  return `No tunnel was seen on ${silent.map(({ router }) => router).join(', ')}; this is no sign of health.`;
}

/** Routers that gave no diagnosis, in natural order. */
export function undiagnosed(report: Report): ReportRouter[] {
  return sortedRouters(report).filter((router) => router.outcome !== 'diagnosed');
}

export function sortedRouters(report: Report): ReportRouter[] {
  return [...report.routers].sort((a, b) => compareNatural(a.router, b.router));
}

/** Findings of routers in two lots: those to read before the tunnels, and the rest to read after them. */
export function routerFindings(report: Report): Record<'grave' | 'lesser', RouterFinding[]> {
  const all = sortedRouters(report).flatMap(({ router, findings }) =>
    findings.map((finding) => ({ router, finding })),
  );
  return {
    grave: all.filter(({ finding }) => isGrave(finding.severity)),
    lesser: all.filter(({ finding }) => !isGrave(finding.severity)),
  };
}

export interface RouterFinding {
  readonly router: string;
  readonly finding: ReportCause;
}

/** `branch9 (203.0.113.9): not reached. No answer on port 22 within 10 s. [connect-timeout]` */
export function undiagnosedWords(router: ReportRouter): string {
  const { router: name, error } = router;
  const { place, reason } = placeAndReason(router);
  const mark = error === undefined ? '' : ` [${error}]`;
  return `${name}${place}: ${outcomeWords(router)}${reason === null ? '' : `. ${sentence(reason)}`}${mark}`;
}

/** The reason without the router's name in front, which stands there already; the place with its port where the reason tells it. */
function placeAndReason({ router: name, address, why }: ReportRouter): {
  place: string;
  reason: string | null;
} {
  const place = address === null || address === name ? '' : ` (${address})`;
  if (why?.startsWith(`${name}: `)) return { place, reason: why.slice(name.length + 2) };
  const end = why?.startsWith(`${name} (`) ? why.indexOf('): ') : -1;
  if (why === null || end < 0) return { place, reason: why };
  return { place: why.slice(name.length, end + 1), reason: why.slice(end + 3) };
}

/** Where the words in brackets behind undiagnosed routers are explained; null when there are none. */
export function errorHint(report: Report): string | null {
  const names = new Set(undiagnosed(report).flatMap(({ error }) => error ?? []));
  const [first] = names;
  return first === undefined ? null : `More about a word in brackets: \`tunneldoc explain ${first}\``;
}

function outcomeWords(router: ReportRouter): string {
  switch (router.outcome) {
    case 'diagnosed':
      return 'diagnosed';
    case 'not-reached':
      return 'not reached';
    case 'not-tried':
      return 'not tried';
    case 'unsupported-platform':
      return 'unsupported platform';
    case 'agent-fault':
      return 'fault in tunneldoc';
    default:
      return assertNever(router.outcome);
  }
}

function momentOf(at: string): string {
  const parts = MOMENT.exec(at);
  return parts === null ? at : `${parts[1]} ${parts[2]} UTC`;
}

// 2026-11-23T18:57:22.120Z
const MOMENT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z$/;
