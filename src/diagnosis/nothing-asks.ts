import type { DiagnosisCase } from './diagnosis-case.ts';
import { aclHits } from './evaluate-config.ts';

/**
 * True when the evidence shows that nobody wants the tunnel: its crypto ACL counts nothing on a map that is applied, the log that
 * would show the far end's tries is there, and no IKE SA was made for traffic that then found no IPsec SA.
 */
export function nothingAsks(on: DiagnosisCase): boolean {
  const { tunnel, facts } = on;
  if (tunnel === null || facts.log.gaps.length > 0) return false;
  const isApplied =
    tunnel.flows.length > 0 || tunnel.configured.some((entry) => (entry.interfaces?.length ?? 0) > 0);
  const hasCarried = tunnel.flows.some(({ facts: { counters } }) => (counters.decaps ?? 0) > 0);
  if (!isApplied || (tunnel.phase1.kind === 'established' && !hasCarried)) return false;
  return aclHits(on, 'none').is === 'holds';
}
