import type { ReportTunnel } from './report.ts';
import { VERDICT_ORDER } from './report.ts';

type Severity = ReportTunnel['severity'];

/** Tunnels worst first: verdict, then severity, router and peer in natural order (`hub2` before `hub10`); a new array. */
export function sortTunnels(tunnels: readonly ReportTunnel[]): ReportTunnel[] {
  return [...tunnels].sort(compareTunnels);
}

/** Severities that count as a problem by themselves. */
export function isGrave(severity: Severity): boolean {
  return severity === 'critical' || severity === 'high';
}

/** Natural order of names and addresses, the same on every machine: numbers by value, letters by alphabet. */
export function compareNatural(left: string, right: string): number {
  return collator.compare(left, right) || (left < right ? -1 : left > right ? 1 : 0);
}

const collator = new Intl.Collator('en', { numeric: true });
const SEVERITY_ORDER: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

function compareTunnels(a: ReportTunnel, b: ReportTunnel): number {
  return (
    VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict) ||
    SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity) ||
    compareNatural(a.router, b.router) ||
    compareNatural(a.peer ?? a.peerIdentity ?? '', b.peer ?? b.peerIdentity ?? '') ||
    compareNatural(a.id, b.id)
  );
}
