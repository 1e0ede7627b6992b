import type { Fact } from '../parsed.ts';
import type { ConfigBlock } from './config-block.ts';

/** Tunnel lines of an interface; each as printed, null when it is not there. */
export interface TunnelSettings {
  readonly source: string | null;
  readonly destination: string | null;
  /** `gre multipoint`, `ipsec ipv4`; null for the default, which is GRE over IPv4. */
  readonly mode: string | null;
  /** Front-door VRF. */
  readonly vrf: string | null;
  /** Whether a number tells GRE tunnels between the same ends apart; redaction takes it for a secret. */
  readonly hasKey: boolean;
  readonly protectionProfile: string | null;
  readonly protectionShared: boolean;
  /** Other words of the protection line, e.g. `isakmp-profile X`. */
  readonly protectionOptions: string | null;
  /** Other `tunnel …` lines without that word, e.g. `path-mtu-discovery`. */
  readonly others: readonly string[];
}

/** NHRP lines of an interface. The authentication string is never kept. */
export interface NhrpSettings {
  readonly networkId: number | null;
  readonly hasAuthentication: boolean;
  readonly holdtimeSec: number | null;
  /** `ip nhrp nhs …`, as printed. */
  readonly servers: readonly string[];
  /** `ip nhrp map …` except multicast, as printed. */
  readonly maps: readonly string[];
  readonly multicast: readonly string[];
  readonly redirect: boolean;
  readonly shortcut: boolean;
  /** Other NHRP lines, as printed. */
  readonly others: readonly string[];
}

/** `interface …`. */
export interface InterfaceBlock extends ConfigBlock {
  readonly name: string;
  readonly description: string | null;
  readonly shutdown: boolean;
  readonly vrf: string | null;
  /** `192.0.2.1 255.255.255.0`, `dhcp`, `negotiated`, `unnumbered Loopback0`, `… secondary`. */
  readonly addresses: readonly string[];
  readonly ipv6Addresses: readonly string[];
  readonly cryptoMap: string | null;
  readonly accessGroups: readonly { readonly name: string; readonly direction: 'in' | 'out' }[];
  readonly mtu: number | null;
  readonly ipMtu: number | null;
  readonly adjustMss: number | null;
  readonly nat: readonly ('inside' | 'outside')[];
  readonly tunnel: TunnelSettings | null;
  readonly nhrp: NhrpSettings | null;
}

/** One line of an access list. */
export interface AccessListLine extends Fact {
  readonly sequence: number | null;
  readonly action: 'permit' | 'deny' | 'remark' | 'evaluate';
  /** The line behind its action, as printed, e.g. `ip 10.1.0.0 0.0.255.255 any`. */
  readonly text: string;
}

/** `access-list 101 …` lines of one number, or `ip access-list extended NAME` with the lines below it. */
export interface AccessListBlock extends ConfigBlock {
  readonly name: string;
  /** Told by the keyword, or by the range the number lies in; null when neither tells. */
  readonly type: 'standard' | 'extended' | 'ipv6' | null;
  readonly entries: readonly AccessListLine[];
}
