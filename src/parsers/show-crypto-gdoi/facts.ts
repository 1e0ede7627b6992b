import type { Fact } from '../parsed.ts';

/** A group as `show crypto gdoi` and `show crypto gdoi ks` print it. Null what a layout or a role leaves out; seconds everywhere. */
export interface GdoiGroup extends Fact {
  readonly name: string;
  /** `Unicast` or `Multicast`, where it stands behind the name. */
  readonly rekeyTransport: string | null;
  readonly identity: string | null;
  readonly type: string | null;
  readonly ikev2Profile: string | null;
  readonly cryptoPath: string | null;
  readonly keyManagementPath: string | null;
  /** Key server: members of the group. */
  readonly memberCount: number | null;
  readonly direction: string | null;
  /** Key server: `Configured` when there are others beside it. */
  readonly redundancy: string | null;
  readonly localAddress: string | null;
  readonly localPriority: number | null;
  /** Key server: `Alive` … */
  readonly localStatus: string | null;
  /** Key server: `Primary`, `Secondary`. */
  readonly localRole: string | null;
  readonly localVersion: string | null;
  readonly rekeyLifetimeSec: number | null;
  readonly rekeyRemainingSec: number | null;
  readonly retransmitPeriodSec: number | null;
  readonly retransmitAttempts: number | null;
  readonly saCount: number | null;
  readonly saLifetimeSec: number | null;
  readonly saRemainingSec: number | null;
  readonly profile: string | null;
  readonly replayMethod: string | null;
  readonly replayWindow: number | null;
  readonly accessList: string | null;
  /** Group member: rekeys since it registered. */
  readonly rekeysReceived: number | null;
  readonly servers: readonly string[];
}

/** How one address of this router is registered as a member. */
export interface GdoiRegistration extends Fact {
  readonly group: string | null;
  readonly member: string;
  readonly vrf: string | null;
  readonly local: string | null;
  readonly localPort: number | null;
  readonly remote: string | null;
  readonly remotePort: number | null;
  readonly fvrf: string | null;
  readonly ivrf: string | null;
  readonly version: string | null;
  /** `Registered`, `Registering`, `Not initialized` … as printed. */
  readonly status: string | null;
  readonly registeredWith: string | null;
  /** Key server it tries, while it is not registered. */
  readonly registeringTo: string | null;
  readonly reregistersInSec: number | null;
  readonly succeeded: number | null;
  readonly attempted: number | null;
  readonly lastRekeyFrom: string | null;
  readonly lastRekeySequence: number | null;
  readonly rekeysReceived: number | null;
  readonly rekeyAcksSent: number | null;
  /** Time since the last rekey, as printed (`00:00:19`). */
  readonly rekeyReceivedAgo: string | null;
  readonly activeTeks: number | null;
}

/** What a group member's registration says of its group. */
export interface GdoiMembership extends Fact {
  readonly group: string;
  readonly direction: string | null;
  /** Name of the access list the key server sent; null for none. */
  readonly accessList: string | null;
}

/** Key server: one member as `show crypto gdoi ks members` prints it. */
export interface GdoiServedMember extends Fact {
  readonly member: string;
  readonly version: string | null;
  readonly groupId: string | null;
  readonly groupName: string | null;
  readonly groupType: string | null;
  readonly state: string | null;
  readonly keyServer: string | null;
  readonly rekeysSent: number | null;
  readonly rekeyRetries: number | null;
  readonly rekeyAcks: number | null;
  readonly rekeyAcksMissed: number | null;
}

/** A line of the access list that came from a key server. */
export interface GdoiAccessLine extends Fact {
  /** Group whose part it stands in; null when no line names one. */
  readonly group: string | null;
  readonly server: string | null;
  readonly text: string;
}

/** Policy of the key that protects rekeys. */
export interface GdoiKek extends Fact {
  /** Group whose part it stands in; null when no line names one. */
  readonly group: string | null;
  readonly transport: string | null;
  readonly lifetimeSec: number | null;
  readonly encryption: string | null;
  readonly keyBits: number | null;
  readonly hash: string | null;
  readonly signatureBits: number | null;
}

/** One IPsec SA of the group. */
export interface GdoiTek extends Fact {
  /** Group whose part it stands in; null when no line names one. */
  readonly group: string | null;
  readonly interface: string | null;
  /** Hex, lower case, `0x…`. */
  readonly spi: string | null;
  readonly transforms: readonly string[];
  readonly remainingSec: number | null;
  /** `Counter Based 64`, `Time Based 20 sec interval` as printed without its brackets. */
  readonly antiReplay: string | null;
  /** `ENCAPS_TUNNEL`, `ENCAPS_TRANSPORT` as printed. */
  readonly encaps: string | null;
}

/** Rekeys over all registrations. */
export interface GdoiRekeys extends Fact {
  /** Group whose part it stands in; null when no line names one. */
  readonly group: string | null;
  readonly total: number | null;
  readonly afterRegister: number | null;
  readonly acks: number | null;
}

export interface GdoiFacts {
  readonly groups: readonly GdoiGroup[];
  readonly memberships: readonly GdoiMembership[];
  readonly registrations: readonly GdoiRegistration[];
  readonly servedMembers: readonly GdoiServedMember[];
  readonly accessLines: readonly GdoiAccessLine[];
  readonly keks: readonly GdoiKek[];
  readonly teks: readonly GdoiTek[];
  readonly rekeys: readonly GdoiRekeys[];
  /** Key server: rekeys sent to a group. */
  readonly rekeysSent: readonly (Fact & { readonly group: string; readonly count: number })[];
  /** Key server: members registered here, over all groups. */
  readonly registeredMembers: (Fact & { readonly count: number }) | null;
}
