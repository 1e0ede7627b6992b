import { noRecords, type Records } from '../records.ts';
import type {
  GdoiAccessLine,
  GdoiFacts,
  GdoiGroup,
  GdoiKek,
  GdoiMembership,
  GdoiRegistration,
  GdoiRekeys,
  GdoiServedMember,
  GdoiTek,
} from './facts.ts';

/** Which table the labels of the next lines belong to. */
export type GdoiPart =
  | 'group'
  | 'membership'
  | 'registration'
  | 'served'
  | 'acl'
  | 'kek'
  | 'tek'
  | 'rekeys'
  | 'other';

export interface GdoiScan {
  part: GdoiPart;
  /** Group that the last heading named. */
  group: string | null;
  /** `group rekey`, `sa rekey` …: the first line of a label in two lines. */
  prefix: string;
  /** Key server of the access list that is read. */
  server: string | null;
  /** Interface of the SAs that are read. */
  interface: string | null;
  readonly groups: Records<GdoiGroup>;
  readonly memberships: Records<GdoiMembership>;
  readonly registrations: Records<GdoiRegistration>;
  readonly served: Records<GdoiServedMember>;
  readonly accessLines: GdoiAccessLine[];
  readonly keks: Records<GdoiKek>;
  readonly teks: Records<GdoiTek>;
  readonly rekeys: Records<GdoiRekeys>;
  readonly rekeysSent: GdoiFacts['rekeysSent'][number][];
  registeredMembers: GdoiFacts['registeredMembers'];
}

export function emptyScan(): GdoiScan {
  return {
    part: 'other',
    group: null,
    prefix: '',
    server: null,
    interface: null,
    groups: noRecords(),
    memberships: noRecords(),
    registrations: noRecords(),
    served: noRecords(),
    accessLines: [],
    keks: noRecords(),
    teks: noRecords(),
    rekeys: noRecords(),
    rekeysSent: [],
    registeredMembers: null,
  };
}

export function blankGroup(name: string, rekeyTransport: string | null): Omit<GdoiGroup, 'lines'> {
  return {
    name,
    rekeyTransport,
    identity: null,
    type: null,
    ikev2Profile: null,
    cryptoPath: null,
    keyManagementPath: null,
    memberCount: null,
    direction: null,
    redundancy: null,
    localAddress: null,
    localPriority: null,
    localStatus: null,
    localRole: null,
    localVersion: null,
    rekeyLifetimeSec: null,
    rekeyRemainingSec: null,
    retransmitPeriodSec: null,
    retransmitAttempts: null,
    saCount: null,
    saLifetimeSec: null,
    saRemainingSec: null,
    profile: null,
    replayMethod: null,
    replayWindow: null,
    accessList: null,
    rekeysReceived: null,
    servers: [],
  };
}

export function blankRegistration(
  group: string | null,
  member: string,
  vrf: string | null,
): Omit<GdoiRegistration, 'lines'> {
  return {
    group,
    member,
    vrf,
    local: null,
    localPort: null,
    remote: null,
    remotePort: null,
    fvrf: null,
    ivrf: null,
    version: null,
    status: null,
    registeredWith: null,
    registeringTo: null,
    reregistersInSec: null,
    succeeded: null,
    attempted: null,
    lastRekeyFrom: null,
    lastRekeySequence: null,
    rekeysReceived: null,
    rekeyAcksSent: null,
    rekeyReceivedAgo: null,
    activeTeks: null,
  };
}

export function blankServed(member: string, version: string | null): Omit<GdoiServedMember, 'lines'> {
  return {
    member,
    version,
    groupId: null,
    groupName: null,
    groupType: null,
    state: null,
    keyServer: null,
    rekeysSent: null,
    rekeyRetries: null,
    rekeyAcks: null,
    rekeyAcksMissed: null,
  };
}
