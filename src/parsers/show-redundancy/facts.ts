import type { Fact } from '../parsed.ts';

/** What both forms say of the system as a whole; null what a form leaves out. Words are as printed. */
export interface RedundancySystem extends Fact {
  readonly uptime: string | null;
  readonly switchovers: number | null;
  readonly standbyFailures: number | null;
  readonly lastSwitchoverReason: string | null;
  /** `Duplex` with a peer, `Simplex` without. */
  readonly hardwareMode: string | null;
  readonly configuredMode: string | null;
  readonly operatingMode: string | null;
  readonly redundancyState: string | null;
  readonly maintenanceMode: string | null;
  /** `Up` or `Down`. */
  readonly communications: string | null;
  readonly communicationsReason: string | null;
  /** State of this unit (`ACTIVE`, `STANDBY HOT` …) and of the other, from `show redundancy states`. */
  readonly myState: string | null;
  readonly peerState: string | null;
  readonly unit: string | null;
  readonly unitId: string | null;
  readonly manualSwitchover: string | null;
}

/** One route processor. */
export interface RedundancyProcessor extends Fact {
  /** The one that answers, or the other. */
  readonly which: 'current' | 'peer';
  readonly location: string | null;
  /** The role its location is printed with; null when none is. */
  readonly role: 'active' | 'standby' | null;
  readonly state: string | null;
  readonly uptimeInState: string | null;
  readonly image: string | null;
}

export interface RedundancyFacts {
  readonly system: RedundancySystem | null;
  readonly processors: readonly RedundancyProcessor[];
}
