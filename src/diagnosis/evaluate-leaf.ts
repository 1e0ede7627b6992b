import { assertNever } from '../core/never.ts';
import type { Leaf } from '../playbooks/condition.ts';
import type { Finding } from '../playbooks/finding.ts';
import type { DiagnosisCase } from './diagnosis-case.ts';
import { aclHits, mapInterfaces, routeToPeer, versionBefore } from './evaluate-config.ts';
import { counterIs, counterShare } from './evaluate-counters.ts';
import { bothEnds, farEndLogged, farEndTraffic } from './evaluate-far-end.ts';
import { logged, routerLogged } from './evaluate-log.ts';
import {
  attachmentIs,
  connIdIs,
  distinctPeers,
  dmvpnState,
  ikeRole,
  ikeState,
  ikeVersion,
  ikev2RemoteSpi,
  phase1In,
  phase2In,
  recovered,
  sessionStatus,
  trafficIn,
} from './evaluate-state.ts';

/** Evaluates one leaf of the condition vocabulary against a case: three-valued, with the lines that decide it. */
export function evaluateLeaf(leaf: Leaf, on: DiagnosisCase): Finding {
  switch (leaf.kind) {
    case 'phase1':
      return phase1In(on, leaf.in);
    case 'ike-state':
      return ikeState(on, leaf.in, leaf.living);
    case 'ike-role':
      return ikeRole(on, leaf.is);
    case 'conn-id':
      return connIdIs(on, leaf.is);
    case 'ike-version':
      return ikeVersion(on, leaf.is);
    case 'ikev2-remote-spi':
      return ikev2RemoteSpi(on, leaf.is);
    case 'phase2':
      return phase2In(on, leaf.in);
    case 'traffic':
      return trafficIn(on, leaf.in);
    case 'counter':
      return counterIs(on, leaf);
    case 'counter-share':
      return counterShare(on, leaf);
    case 'logged':
      return logged(on, leaf);
    case 'router-logged':
      return routerLogged(on, leaf);
    case 'session-status':
      return sessionStatus(on, leaf.in);
    case 'attachment':
      return attachmentIs(on, leaf.in);
    case 'crypto-map-interfaces':
      return mapInterfaces(on, leaf.is);
    case 'crypto-acl-hits':
      return aclHits(on, leaf.is);
    case 'route-to-peer':
      return routeToPeer(on, leaf.is);
    case 'dmvpn-state':
      return dmvpnState(on, leaf.in);
    case 'version-before':
      return versionBefore(on, leaf.release);
    case 'distinct-peers':
      return distinctPeers(on, leaf.atLeast);
    case 'both-ends':
      return bothEnds(on, leaf.is);
    case 'far-end-traffic':
      return farEndTraffic(on, leaf.in);
    case 'far-end-logged':
      return farEndLogged(on, leaf);
    case 'recovered':
      return recovered(on, leaf.is);
    default:
      return assertNever(leaf);
  }
}
