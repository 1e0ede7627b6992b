import { countOf, ignored, type LabelTable, textOf, type ValueReader } from '../labelled-values.ts';
import { addressAsPrinted } from '../lines.ts';
import { transformsOf } from '../transforms.ts';
import type {
  GdoiGroup,
  GdoiKek,
  GdoiMembership,
  GdoiRegistration,
  GdoiRekeys,
  GdoiServedMember,
  GdoiTek,
} from './facts.ts';

/** Labels of a group; `group rekey`, `group retransmit` and `sa rekey` stand in a line of their own in front of `Remaining Lifetime`. */
export const GROUP: LabelTable<GdoiGroup> = {
  'group identity': textOf('identity'),
  'group type': textOf('type'),
  'ikev2 profile': textOf('ikev2Profile'),
  'crypto path': textOf('cryptoPath'),
  'key management path': textOf('keyManagementPath'),
  'group members': countOf('memberCount'),
  'ipsec sa direction': textOf('direction'),
  redundancy: textOf('redundancy'),
  'local address': textOf('localAddress'),
  'local priority': countOf('localPriority'),
  'local ks status': textOf('localStatus'),
  'local ks role': textOf('localRole'),
  'local ks version': textOf('localVersion'),
  'group rekey lifetime': countOf('rekeyLifetimeSec'),
  'group rekey remaining lifetime': countOf('rekeyRemainingSec'),
  'rekey retransmit period': countOf('retransmitPeriodSec'),
  'rekey retransmit attempts': countOf('retransmitAttempts'),
  'group retransmit remaining lifetime': ignored(),
  'ipsec sa number': countOf('saCount'),
  'ipsec sa rekey lifetime': countOf('saLifetimeSec'),
  'sa rekey remaining lifetime': countOf('saRemainingSec'),
  'profile name': textOf('profile'),
  'replay method': textOf('replayMethod'),
  'replay window size': countOf('replayWindow'),
  'acl configured': accessList,
  'rekeys received': countOf('rekeysReceived'),
  'group server list': (value) => (value === '' ? null : { servers: [addressAsPrinted(value)] }),
  'last rekey seq num': ignored(),
  'rekey acknowledgement cfg': ignored(),
  're-auth on new crl': ignored(),
  ckm: ignored(),
  'gdoi group': ignored(),
};

export const MEMBERSHIP: LabelTable<GdoiMembership> = {
  'ipsec sa direction': textOf('direction'),
  'acl received from ks': (value) => ({ accessList: value === '' ? null : nameOrNone(value) }),
};

export const REGISTRATION: LabelTable<GdoiRegistration> = {
  'local addr/port': endpoint('local', 'localPort'),
  'remote addr/port': endpoint('remote', 'remotePort'),
  'fvrf/ivrf': vrfs,
  version: textOf('version'),
  'registration status': textOf('status'),
  'registered with': address('registeredWith'),
  'registering to': address('registeringTo'),
  're-registers in': countOf('reregistersInSec'),
  'succeeded registration': countOf('succeeded'),
  'attempted registration': countOf('attempted'),
  'last rekey from': address('lastRekeyFrom'),
  'last rekey seq num': countOf('lastRekeySequence'),
  'unicast rekey received': countOf('rekeysReceived'),
  'multicast rekey rcvd': countOf('rekeysReceived'),
  'multicast rekey received': countOf('rekeysReceived'),
  'rekey acks sent': countOf('rekeyAcksSent'),
  'active tek number': countOf('activeTeks'),
  'pfs rekey received': ignored(),
  'dp error monitoring': ignored(),
  'ipsec init reg executed': ignored(),
  'ipsec init reg postponed': ignored(),
  'sa track (oid/status)': ignored(),
  'fail-close revert': ignored(),
  'allowable rekey cipher': ignored(),
  'allowable rekey hash': ignored(),
  'allowable transformtag': ignored(),
};

export const SERVED_MEMBER: LabelTable<GdoiServedMember> = {
  'group id': textOf('groupId'),
  'group name': textOf('groupName'),
  'group type': textOf('groupType'),
  'gm state': textOf('state'),
  'key server id': address('keyServer'),
  'rekeys sent': countOf('rekeysSent'),
  'rekeys retries': countOf('rekeyRetries'),
  'rekey acks rcvd': countOf('rekeyAcks'),
  'rekey acks missed': countOf('rekeyAcksMissed'),
  'sent seq num': ignored(),
  'rcvd seq num': ignored(),
};

export const KEK: LabelTable<GdoiKek> = {
  'rekey transport type': textOf('transport'),
  'lifetime (secs)': countOf('lifetimeSec'),
  'encrypt algorithm': textOf('encryption'),
  'key size': countOf('keyBits'),
  'sig hash algorithm': textOf('hash'),
  'sig key length (bits)': countOf('signatureBits'),
};

export const TEK: LabelTable<GdoiTek> = {
  spi,
  transform: (value) => (value === '' ? null : { transforms: transformsOf(value) }),
  'sa timing': timing,
  'anti-replay(counter based)': (value) => ({ antiReplay: `Counter Based ${value}` }),
  'anti-replay(time based)': (value) => ({ antiReplay: `Time Based ${value}` }),
  'anti-replay': textOf('antiReplay'),
  'tag method': ignored(),
  'alg key size': ignored(),
  'sig key size': ignored(),
  encaps: textOf('encaps'),
};

export const REKEYS: LabelTable<GdoiRekeys> = {
  'total received': countOf('total'),
  'after latest register': countOf('afterRegister'),
  'rekey acks sents': countOf('acks'),
  'rekey acks sent': countOf('acks'),
};

/** `None` stands for no VRF, `not registered` or an address for a peer. */
function address<R>(field: keyof R): ValueReader<R> {
  return (value) => (value === '' ? null : ({ [field]: addressAsPrinted(value) } as Partial<R>));
}

/** `203.0.113.2/848`: address and port. */
function endpoint(
  address: 'local' | 'remote',
  port: 'localPort' | 'remotePort',
): ValueReader<GdoiRegistration> {
  return (value) => {
    // 203.0.113.2/848
    const match = /^([0-9A-F.:]{2,45})\/(\d{1,5})$/i.exec(value);
    return match === null ? null : { [address]: addressAsPrinted(match[1] ?? ''), [port]: Number(match[2]) };
  };
}

/** `access-list LAN` in the same line; in others it stands in the next one. */
function accessList(value: string): Partial<GdoiGroup> {
  // access-list ACL_GETV6_MIX
  const name = /^access-list (\S{1,128})$/i.exec(value)?.[1];
  return name === undefined ? {} : { accessList: name };
}

function vrfs(value: string): Partial<GdoiRegistration> | null {
  // None/None   |   OUTSIDE/RED
  const match = /^(\S{1,64})\/(\S{1,64})$/.exec(value);
  return match === null ? null : { fvrf: nameOrNone(match[1]), ivrf: nameOrNone(match[2]) };
}

/** Name of a VRF or an access list; null for `None`. */
export function nameOrNone(name: string | undefined): string | null {
  return name === undefined || /^none$/i.test(name) ? null : name;
}

function spi(value: string): Partial<GdoiTek> | null {
  // 0x5A69F51E(1516893470)
  const hex = /^(0x[0-9A-F]{1,8})(?: ?\(\d{1,10}\))?$/i.exec(value)?.[1];
  return hex === undefined ? null : { spi: hex.toLowerCase() };
}

function timing(value: string): Partial<GdoiTek> | null {
  // remaining key lifetime (sec): (510)
  const seconds = /^remaining key lifetime \(sec\): ?\(?(\d{1,9})\)?$/i.exec(value)?.[1];
  return seconds === undefined ? null : { remainingSec: Number(seconds) };
}
