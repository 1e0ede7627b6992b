import type { LineRange } from '../../evidence/source.ts';
import type { Draft, Line } from '../lines.ts';
import { noMemo } from '../memo.ts';
import type {
  DirectionSas,
  FlowCounters,
  IpsecFlow,
  IpsecSaFacts,
  ProxyIdentity,
  UnplacedSa,
} from './facts.ts';

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
  /** Headings without a flow, and the last one. */
  readonly headings: HeadingDraft[];
  /** Flows that are whole. */
  readonly flows: IpsecFlow[];
  /** The flow whose lines are being read. */
  present: FlowDraft | null;
  readonly memos: ReturnType<typeof noMemos>;
}

/** Nothing read yet. */
export function noScan(): IpsecScan {
  return { headings: [], flows: [], present: null, memos: noMemos() };
}

/** Most tunnels of a router have the same of these: what a text said is kept until another one comes. */
function noMemos() {
  return {
    transform: noMemo<readonly string[]>(),
    settings: noMemo<SaSettings>(),
    flags: noMemo<readonly string[]>(),
    sizes: noMemo<MtuSizes>(),
    localIdent: noMemo<ProxyIdentity | null>(),
    remoteIdent: noMemo<ProxyIdentity | null>(),
  };
}

/** What `in use settings` says. */
export interface SaSettings {
  readonly mode: string | null;
  readonly natt: boolean;
  readonly esn: boolean;
}

/** The sizes of one mtu line; null: not named in it. */
export type MtuSizes = Readonly<Record<'plaintext' | 'path' | 'ip' | 'ipv6' | 'media', number | null>>;

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

/** What has none: one list for all, as most flows have six such lists. */
export const NONE: readonly never[] = [];

const NO_SAS: DirectionSas = { esp: NONE, ah: NONE, pcp: NONE };

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
    flags: NONE,
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
    unplaced: NONE,
  };
  return { flow, rank: 0, sas: [], heading: null, open: null };
}

/** An SA of which nothing but its place is known yet. */
export function blankSa(heading: SaDraft['heading'], spi: string | null, line: Line): SaDraft {
  const sa = {
    lines: { first: line.number, last: line.last },
    spi,
    transform: NONE,
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
