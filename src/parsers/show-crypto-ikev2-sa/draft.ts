import type { Draft, Line } from '../lines.ts';
import type { Ikev2Sa } from './facts.ts';

export type ChildDraft = Draft<Ikev2Sa['childSas'][number]> & { spis: string[] };

/** An IKEv2 SA under construction. */
export interface SaDraft {
  readonly sa: Draft<Omit<Ikev2Sa, 'childSas'>> & { readonly childSas: ChildDraft[] };
  /** True while the lines belong to a child SA. */
  inChild: boolean;
  /** True after `Remote subnets:`: lines of two addresses follow. */
  inSubnets: boolean;
}

/** What has been read so far of one output. */
export interface Ikev2Scan {
  family: 'ipv4' | 'ipv6';
  readonly sas: SaDraft[];
  /** True between a column header and its row: lines that come then belong to an SA whose row is missing. */
  closed: boolean;
}

/** A new SA at the end of the list. */
export function openSa(state: Ikev2Scan, tunnelId: number, status: string, line: Line): SaDraft {
  const sa = {
    lines: { first: line.number, last: line.last },
    family: state.family,
    tunnelId,
    local: '',
    localPort: 0,
    remote: '',
    remotePort: 0,
    fvrf: null,
    ivrf: null,
    status,
    encr: null,
    keySize: null,
    prf: null,
    hash: null,
    dhGroup: null,
    authSign: null,
    authVerify: null,
    lifetimeSec: null,
    activeSec: null,
    statusDescription: null,
    localSpi: null,
    remoteSpi: null,
    localId: null,
    remoteId: null,
    natDetected: null,
    dpdSec: null,
    pqc: null,
    initiator: null,
    childSas: [],
  };
  const draft = { sa, inChild: false, inSubnets: false };
  state.sas.push(draft);
  state.closed = false;
  return draft;
}

/** The SA that a line below a row belongs to; null when no row was seen. */
export function presentSa(state: Ikev2Scan, line: Line): SaDraft | null {
  const draft = state.sas.at(-1);
  if (draft === undefined || state.closed) return null;
  draft.sa.lines = { first: draft.sa.lines.first, last: line.last };
  return draft;
}
