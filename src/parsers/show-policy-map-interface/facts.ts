import type { Fact } from '../parsed.ts';

/** What became of the packets of one mark in weighted random early detection. */
export interface RandomDropRow {
  /** DSCP name, precedence or class as printed. */
  readonly name: string;
  readonly packets: number;
  readonly randomDrops: number;
  readonly tailDrops: number;
}

/** One outcome of a policer. Packets are null where only bytes are counted. */
export interface PoliceOutcome {
  readonly packets: number | null;
  readonly bytes: number;
  /** Rate of late. */
  readonly bps: number | null;
  readonly actions: readonly string[];
}

export interface Police {
  readonly rateBps: number | null;
  /** As printed, e.g. `1500 bytes`. */
  readonly burst: string | null;
  readonly conformed: PoliceOutcome | null;
  readonly exceeded: PoliceOutcome | null;
  readonly violated: PoliceOutcome | null;
}

/** One thing a class matches, with its own counters where the release prints them. */
export interface PolicyMatch {
  /** As printed, e.g. `access-group name VOICE`. */
  readonly text: string;
  readonly packets: number | null;
  readonly bytes: number | null;
}

/** Counters of one class. Null where the class has no such thing. */
export interface PolicyClass extends Fact {
  /** Null: the queue that all priority classes of the policy share. */
  readonly name: string | null;
  readonly match: 'match-all' | 'match-any' | null;
  readonly packets: number | null;
  readonly bytes: number | null;
  readonly offeredBps: number | null;
  readonly dropBps: number | null;
  readonly matches: readonly PolicyMatch[];
  readonly queueLimit: string | null;
  readonly queueDepth: number | null;
  /** Packets the queue dropped. */
  readonly queueDrops: number | null;
  readonly noBufferDrops: number | null;
  /** What left the queue. */
  readonly packetsOutput: number | null;
  readonly bytesOutput: number | null;
  /** What was put into the queue: old layouts count that (`pkts matched`, `pkts queued`). */
  readonly packetsQueued: number | null;
  readonly bytesQueued: number | null;
  /** e.g. `30% (29961 kbps)`, `remaining 70%` … as printed. */
  readonly bandwidth: string | null;
  /** `10% (10000 kbps)`, `Strict`, of old layouts `Strict Priority` as printed. */
  readonly priority: string | null;
  readonly priorityLevel: number | null;
  readonly priorityDrops: number | null;
  readonly shapeBps: number | null;
  readonly police: Police | null;
  readonly randomDrops: readonly RandomDropRow[];
  /** The policy inside the class (a shaper's queues). */
  readonly policy: ServicePolicy | null;
}

/** A policy in one direction of one interface, or inside a class of another policy (then interface and direction are null). */
export interface ServicePolicy extends Fact {
  readonly interface: string | null;
  readonly direction: 'input' | 'output' | null;
  readonly name: string;
  readonly classes: readonly PolicyClass[];
}

export interface PolicyMapFacts {
  readonly policies: readonly ServicePolicy[];
}
