/**
 * The closed vocabulary of playbook conditions. In YAML a condition is a mapping with exactly one key, named as `kind` here
 * (`all`, `any`, `not`, or a leaf); a list stands for `all`. No expression language: what a playbook cannot say here becomes
 * a new fact in tunnels/ and a new leaf, with its evaluator case, its line in playbooks/README.md and its test.
 */
export type Condition =
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | Leaf;

export type Leaf =
  /** Sum over the IKE rows of this tunnel. YAML: `phase1: [negotiating, deleted-only]` */
  | { readonly kind: 'phase1'; readonly in: readonly Phase1Kind[] }
  /** A row (deleted ones included unless `living: true`) in one of these states. YAML: `ike-state: { in: [MM_NO_STATE], living: true }` */
  | { readonly kind: 'ike-state'; readonly in: readonly string[]; readonly living: boolean }
  /** Who started the newest negotiation. YAML: `ike-role: initiator` */
  | { readonly kind: 'ike-role'; readonly is: 'initiator' | 'responder' }
  /** Connection id of the newest row; unknown on releases that number from 1 (rule of conn-id 0). YAML: `conn-id: zero` | `non-zero` */
  | { readonly kind: 'conn-id'; readonly is: 'zero' | 'non-zero' }
  | { readonly kind: 'ike-version'; readonly is: 1 | 2 }
  /** IKEv2 detailed form: the responder's SPI. YAML: `ikev2-remote-spi: zero` | `set` */
  | { readonly kind: 'ikev2-remote-spi'; readonly is: 'zero' | 'set' }
  /** Some flow of the tunnel. YAML: `phase2: [absent]` */
  | { readonly kind: 'phase2'; readonly in: readonly Phase2Kind[] }
  /** Some flow with SAs. YAML: `traffic: [encaps-only]` */
  | { readonly kind: 'traffic'; readonly in: readonly TrafficKind[] }
  /** A counter summed over the tunnel's flows. YAML: `counter: { name: send-errors, at-least: 1 }` or `{ name: decaps, equals: 0 }` */
  | {
      readonly kind: 'counter';
      readonly name: CounterName;
      readonly atLeast: number | null;
      readonly equals: number | null;
    }
  /** Share of one counter in another over the tunnel's flows (router scope: over all flows). YAML: `counter-share: { of: replay-failed, in: decaps, at-least: 0.001 }`; `below:` instead of `at-least:` */
  | {
      readonly kind: 'counter-share';
      readonly of: CounterName;
      readonly in: CounterName;
      readonly atLeast: number | null;
      readonly below: number | null;
    }
  /**
   * A log message attributed to this tunnel. `ids` are catalogue ids; `fields` compare a field with a text or /regular expression/i.
   * age live (default): not older than the present session, not stale. YAML: `logged: { ids: [CRYPTO-6-IKMP_MODE_FAILURE], fields: { mode: /main|aggressive/ } }`
   * When nothing is found it fails only if the log would have shown it (buffer level, reach, no debug needed); else unknown.
   */
  | {
      readonly kind: 'logged';
      readonly ids: readonly string[];
      readonly fields: Readonly<Record<string, string>>;
      readonly age: 'live' | 'any' | 'before-session';
      readonly atLeast: number;
    }
  /** As `logged`, over all messages of the router that belong to no tunnel. */
  | {
      readonly kind: 'router-logged';
      readonly ids: readonly string[];
      readonly fields: Readonly<Record<string, string>>;
      readonly atLeast: number;
    }
  /** `show crypto session`. YAML: `session-status: [UP-IDLE]` */
  | { readonly kind: 'session-status'; readonly in: readonly string[] }
  /** YAML: `attachment: [crypto-map]` */
  | { readonly kind: 'attachment'; readonly in: readonly AttachmentKind[] }
  /** The crypto map entry that names this peer: is its map on an interface? YAML: `crypto-map-interfaces: none` | `some` */
  | { readonly kind: 'crypto-map-interfaces'; readonly is: 'none' | 'some' }
  /** Hits of the permit lines of the crypto ACL (`show ip access-lists`). YAML: `crypto-acl-hits: none` | `some` */
  | { readonly kind: 'crypto-acl-hits'; readonly is: 'none' | 'some' }
  /** `show ip route <peer>` (or `show ip cef <peer>`). YAML: `route-to-peer: missing` | `present` */
  | { readonly kind: 'route-to-peer'; readonly is: 'missing' | 'present' }
  /** `show dmvpn` state of this peer. YAML: `dmvpn-state: [IKE]` */
  | { readonly kind: 'dmvpn-state'; readonly in: readonly string[] }
  /** IOS release of the router. YAML: `version-before: 12.0(6.5)T5`. Fails when the trains cannot be ordered; never holds for IOS-XE against an IOS release. */
  | { readonly kind: 'version-before'; readonly release: string }
  /** Number of distinct peers with a flow. YAML: `distinct-peers: { at-least: 2 }` */
  | { readonly kind: 'distinct-peers'; readonly atLeast: number }
  /** Two-ended facts: unknown (far-end-not-seen) when the other router is not in the run. YAML: `both-ends: phase1-policies-share-nothing` */
  | { readonly kind: 'both-ends'; readonly is: BothEndsFact }
  /** What the far router sees of this tunnel. YAML: `far-end-traffic: [none, encaps-only]` */
  | { readonly kind: 'far-end-traffic'; readonly in: readonly TrafficKind[] }
  /** A message the far router logged about us. YAML: `far-end-logged: { ids: [...] }` */
  | {
      readonly kind: 'far-end-logged';
      readonly ids: readonly string[];
      readonly fields: Readonly<Record<string, string>>;
    }
  /** Did this tunnel carry an answered packet in the present session (decaps, UP-ACTIVE, QM_IDLE younger than the message)? YAML: `recovered: true` */
  | { readonly kind: 'recovered'; readonly is: boolean };

export type Phase1Kind = 'absent' | 'negotiating' | 'deleted-only' | 'established' | 'no-ike';
export type Phase2Kind = 'absent' | 'inbound-only' | 'outbound-only' | 'up' | 'rekeying';
export type TrafficKind = 'both-ways' | 'encaps-only' | 'decaps-only' | 'none';
export type AttachmentKind = 'crypto-map' | 'tunnel-protection' | 'dynamic' | 'gdoi' | 'unknown';
export type CounterName =
  | 'encaps'
  | 'decaps'
  | 'send-errors'
  | 'recv-errors'
  | 'verify-failed'
  | 'replay-failed'
  | 'invalid-identity'
  | 'invalid-sa'
  | 'encaps-failed';
export type BothEndsFact =
  | 'phase1-policies-share-nothing'
  | 'pfs-differs'
  | 'transforms-share-nothing'
  | 'crypto-acls-not-mirrored'
  | 'spis-out-of-step';
