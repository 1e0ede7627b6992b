import type { LineRange } from '../../evidence/source.ts';
import type { Draft, Line } from '../lines.ts';
import type { DirectionSas, FlowCounters, IpsecFlow, IpsecSaFacts, UnplacedSa } from './facts.ts';

export type Direction = 'inbound' | 'outbound';
export type SaProtocol = 'esp' | 'ah' | 'pcp';

/** An SA under construction, with the heading it stands under (null: none was printed). */
export interface SaDraft {
  readonly heading: { readonly direction: Direction; readonly protocol: SaProtocol } | null;
  readonly sa: Draft<Omit<UnplacedSa, 'lines'>> & { readonly lines: Draft<LineRange> };
  /** The sum of the kinds of line it has had. */
  filled: number;
}

/** A flow under construction. `rank` is how far down the layout the last line read stands. */
export interface FlowDraft {
  readonly flow: Draft<Omit<IpsecFlow, 'lines' | 'counters' | 'counterLines'>> & {
    readonly lines: Draft<LineRange>;
    readonly counters: Draft<FlowCounters>;
    readonly counterLines: Draft<IpsecFlow['counterLines']>;
  };
  rank: number;
  readonly sas: SaDraft[];
  heading: SaDraft['heading'];
  /** The SA that detail lines belong to; null right after a section heading. */
  open: SaDraft | null;
}

/** An `interface:` or `Crypto map tag:` heading. */
export interface HeadingDraft {
  readonly place: Draft<IpsecSaFacts['interfaces'][number]>;
  hasInterfaceLine: boolean;
  flows: number;
}

/** What has been read so far of one output. */
export interface IpsecScan {
  readonly headings: HeadingDraft[];
  readonly flows: FlowDraft[];
}

const NO_COUNTERS: FlowCounters = {
  encaps: null,
  encrypt: null,
  digest: null,
  decaps: null,
  decrypt: null,
  verify: null,
  sendErrors: null,
  recvErrors: null,
  noSaSend: null,
  invalidSaRecv: null,
  encapsFailedSend: null,
  decapsFailedRecv: null,
  invalidProtRecv: null,
  verifyFailed: null,
  invalidIdentityRecv: null,
  invalidLenRecv: null,
  replayRolloverSend: null,
  replayRolloverRecv: null,
  replayFailedRecv: null,
  internalErrSend: null,
  internalErrRecv: null,
};

const NO_SAS: DirectionSas = { esp: [], ah: [], pcp: [] };

/** A flow of which only the heading above it is known. */
export function blankFlow(heading: HeadingDraft | undefined, line: Line): FlowDraft {
  const flow = {
    lines: { first: line.number, last: line.last },
    interface: heading?.hasInterfaceLine ? heading.place.interface : null,
    cryptoMapTag: heading?.place.cryptoMapTag ?? null,
    localAddr: heading?.place.localAddr ?? null,
    protectedVrf: null,
    localIdent: null,
    remoteIdent: null,
    peer: null,
    peerPort: null,
    permit: null,
    flags: [],
    counters: { ...NO_COUNTERS },
    counterLines: { encaps: null, decaps: null, errors: null },
    localEndpoint: null,
    remoteEndpoint: null,
    plaintextMtu: null,
    pathMtu: null,
    ipMtu: null,
    currentOutboundSpi: null,
    outboundSpiLine: null,
    pfs: null,
    dhGroup: null,
    pqc: null,
    inbound: NO_SAS,
    outbound: NO_SAS,
    unplaced: [],
  };
  return { flow, rank: 0, sas: [], heading: null, open: null };
}

/** An SA of which nothing but its place is known yet. */
export function blankSa(heading: SaDraft['heading'], spi: string | null, line: Line): SaDraft {
  const sa = {
    lines: { first: line.number, last: line.last },
    spi,
    transform: [],
    mode: null,
    natt: false,
    esn: false,
    connId: null,
    flowId: null,
    cryptoMap: null,
    lifetimeKb: null,
    lifetimeSec: null,
    ivSize: null,
    replayDetection: null,
    replayWindow: null,
    status: null,
  };
  return { heading, sa, filled: 0 };
}
