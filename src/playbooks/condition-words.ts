import type {
  AttachmentKind,
  BothEndsFact,
  CounterName,
  Phase1Kind,
  Phase2Kind,
  TrafficKind,
} from './condition.ts';

/** The closed word lists of the conditions. `complete` makes the compiler refuse a list that lacks a word of its type. */
const complete =
  <T extends string>() =>
  <const L extends readonly T[]>(list: L & ([T] extends [L[number]] ? unknown : never)): readonly T[] =>
    list;

export const PHASE1_KINDS = complete<Phase1Kind>()([
  'absent',
  'negotiating',
  'deleted-only',
  'established',
  'no-ike',
]);
export const PHASE2_KINDS = complete<Phase2Kind>()([
  'absent',
  'inbound-only',
  'outbound-only',
  'up',
  'rekeying',
]);
export const TRAFFIC_KINDS = complete<TrafficKind>()(['both-ways', 'encaps-only', 'decaps-only', 'none']);
export const ATTACHMENT_KINDS = complete<AttachmentKind>()([
  'crypto-map',
  'tunnel-protection',
  'dynamic',
  'gdoi',
  'unknown',
]);
export const COUNTER_NAMES = complete<CounterName>()([
  'encaps',
  'decaps',
  'send-errors',
  'recv-errors',
  'verify-failed',
  'replay-failed',
  'invalid-identity',
  'invalid-sa',
  'encaps-failed',
]);
export const BOTH_ENDS_FACTS = complete<BothEndsFact>()([
  'phase1-policies-share-nothing',
  'pfs-differs',
  'transforms-share-nothing',
  'crypto-acls-not-mirrored',
  'spis-out-of-step',
]);

/** States as the IKEv1 and IKEv2 tables print them. */
export const IKE_STATES = [
  'MM_NO_STATE',
  'MM_SA_SETUP',
  'MM_KEY_EXCH',
  'MM_KEY_AUTH',
  'AG_NO_STATE',
  'AG_INIT_EXCH',
  'AG_AUTH',
  'QM_IDLE',
  'CONF_XAUTH',
  'CONF_ADDR',
  'GDOI_IDLE',
  'GDOI_REKEY',
  'READY',
  'IN-NEG',
  'DELETE',
] as const;

export const SESSION_STATUSES = ['UP-ACTIVE', 'UP-IDLE', 'UP-NO-IKE', 'DOWN-NEGOTIATING', 'DOWN'] as const;
export const DMVPN_STATES = ['IKE', 'IPSEC', 'NHRP', 'UP', 'INTF'] as const;
