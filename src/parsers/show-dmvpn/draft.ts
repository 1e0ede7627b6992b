import type { Draft } from '../lines.ts';
import type { SessionScan } from '../show-crypto-session/draft.ts';
import type { DmvpnPeer, DmvpnServer, DmvpnSession } from './facts.ts';

export type SessionExtra = Draft<Pick<DmvpnSession, 'outboundSpi' | 'transform' | 'socketState'>>;

/** What has been read so far of one output. `extras` holds what DMVPN prints beyond a session, by the session's place. */
export interface DmvpnScan extends SessionScan {
  interface: string | null;
  role: 'hub' | 'spoke' | 'unknown';
  /** Rows that still belong to the NBMA address of the last numbered row (`# Ent` says how many). */
  continuations: number;
  readonly peers: Draft<DmvpnPeer>[];
  readonly servers: DmvpnServer[];
  readonly extras: SessionExtra[];
}
