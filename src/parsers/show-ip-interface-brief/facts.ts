import type { Fact } from '../parsed.ts';

/** One row of `show ip interface brief`. */
export interface InterfaceRow extends Fact {
  readonly name: string;
  /** Null when unassigned. */
  readonly address: string | null;
  /** `OK?`: the address is valid. */
  readonly ok: boolean;
  /** manual, NVRAM, DHCP, unset … as printed. */
  readonly method: string;
  /** up, down, administratively down, deleted … as printed. */
  readonly status: string;
  /** Null when the row was cut. */
  readonly protocol: string | null;
  /** In brackets behind the state: looped, spoofing. */
  readonly note: string | null;
}

export interface InterfaceBriefFacts {
  readonly interfaces: readonly InterfaceRow[];
}
