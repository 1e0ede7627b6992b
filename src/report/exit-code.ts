import { isGrave } from './order.ts';
import type { Report, ReportCause, ReportRouter, ReportTunnel } from './report.ts';

/**
 * What the process says about a report it could write: 1 problems found (whatever else), 3 no problem seen but
 * something is not known, 0 every tunnel healthy or idle. Exit code 2 (no run at all) is not decided here.
 */
export function exitCodeFor(report: Report): 0 | 1 | 3 {
  if (hasProblem(report)) return 1;
  return isIncomplete(report) ? 3 : 0;
}

/** True when one of the two SA tables was refused or cut short, so that silence about a tunnel means nothing. */
export function lacksMainCommand(router: ReportRouter): boolean {
  return router.collected.some(
    ({ command, fate }) => SA_TABLES.includes(command) && (fate === 'refused' || fate === 'cut-short'),
  );
}

/** True when the router stalled, was cut off or would not run a command for this login: a part of the evidence is missing. */
function wasHindered(router: ReportRouter): boolean {
  return router.collected.some(
    ({ fate, reason }) => fate === 'cut-short' || (fate === 'refused' && NOT_AUTHORIZED.test(reason ?? '')),
  );
}

// Command authorization failed.   % Authorization failed.   % Access denied   Command Rejected: …
const NOT_AUTHORIZED = /authorization failed|access denied|command rejected/i;

/** The two tables without which nothing can be said about the tunnels of a router. */
export const SA_TABLES: readonly string[] = ['show crypto isakmp sa', 'show crypto ipsec sa'];
const PROBLEMS: readonly ReportTunnel['verdict'][] = ['degraded', 'down', 'missing'];

function hasProblem(report: Report): boolean {
  return (
    report.tunnels.some((tunnel) => PROBLEMS.includes(tunnel.verdict)) ||
    report.sweep.missing.length > 0 ||
    report.routers.some(({ findings }) =>
      findings.some((finding) => isGrave(finding.severity) && isSure(finding)),
    )
  );
}

function isSure({ standing }: ReportCause): boolean {
  return standing === 'confirmed' || standing === 'likely';
}

function isIncomplete(report: Report): boolean {
  return (
    report.tunnels.length === 0 ||
    report.tunnels.some((tunnel) => tunnel.verdict === 'undetermined') ||
    report.routers.some(
      (router) =>
        router.outcome !== 'diagnosed' ||
        lacksMainCommand(router) ||
        wasHindered(router) ||
        router.findings.some((finding) => isGrave(finding.severity)),
    )
  );
}
