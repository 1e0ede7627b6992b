import type { Fact } from '../parsed.ts';
import type { ConfigBlock, ConfigLine } from './config-block.ts';
import type { AccessListBlock, InterfaceBlock } from './interface-facts.ts';
import type { CryptoMapBlock, IpsecProfileBlock, TransformSetBlock } from './ipsec-facts.ts';

/** `crypto isakmp policy`. A value that IOS leaves out because it is the default is null. */
export interface IsakmpPolicyBlock extends ConfigBlock {
  readonly priority: number;
  /** The word of the configuration: `des`, `3des`, `aes`. */
  readonly encryption: string | null;
  readonly keyBits: number | null;
  readonly hash: string | null;
  readonly authentication: string | null;
  readonly dhGroup: number | null;
  readonly lifetimeSec: number | null;
}

/** A peer that a pre-shared key belongs to. The key itself is never kept. */
export interface KeyedPeer extends Fact {
  /** Name of a peer block of IKEv2. */
  readonly name: string | null;
  readonly address: string | null;
  /** Mask or prefix as printed; null for one host. */
  readonly mask: string | null;
  readonly hostname: string | null;
  /** IKEv2: `address 192.0.2.1`, `fqdn spoke1.example.com`, `key-id …` as printed. */
  readonly identity: string | null;
  /** Whether a key stands there, for the side it holds for. */
  readonly keys: readonly ('both' | 'local' | 'remote')[];
  readonly noXauth: boolean;
}

/** `crypto keyring` (IKEv1) or `crypto ikev2 keyring`. */
export interface KeyringBlock extends ConfigBlock {
  readonly version: 1 | 2;
  readonly name: string;
  readonly vrf: string | null;
  /** Address or interface and its VRF, as printed. */
  readonly localAddress: string | null;
  readonly peers: readonly KeyedPeer[];
}

/** `crypto isakmp profile`. */
export interface IsakmpProfileBlock extends ConfigBlock {
  readonly name: string;
  readonly vrf: string | null;
  readonly keyrings: readonly string[];
  /** Behind `match identity`, as printed. */
  readonly identities: readonly string[];
  readonly certificateMaps: readonly string[];
  readonly selfIdentity: string | null;
  readonly localAddress: string | null;
  readonly trustpoints: readonly string[];
  /** `30 retry 5`, as printed. */
  readonly keepalive: string | null;
  readonly virtualTemplate: number | null;
  readonly aggressive: boolean;
}

/** `crypto ikev2 proposal`: words as printed and numbers of Diffie-Hellman groups, in order of preference. */
export interface Ikev2ProposalBlock extends ConfigBlock {
  readonly name: string;
  readonly encryption: readonly string[];
  readonly integrity: readonly string[];
  readonly prf: readonly string[];
  readonly dhGroups: readonly number[];
}

/** `crypto ikev2 policy`. */
export interface Ikev2PolicyBlock extends ConfigBlock {
  readonly name: string;
  readonly proposals: readonly string[];
  /** `any` or a name. */
  readonly matchFvrf: string | null;
  readonly matchLocal: readonly string[];
}

/** `crypto ikev2 profile`. */
export interface Ikev2ProfileBlock extends ConfigBlock {
  readonly name: string;
  readonly matchFvrf: string | null;
  readonly ivrf: string | null;
  /** Behind `match identity remote`, as printed. */
  readonly identities: readonly string[];
  readonly certificateMaps: readonly string[];
  /** Behind `match address local`, as printed. */
  readonly matchLocal: readonly string[];
  readonly localIdentity: string | null;
  /** Methods, e.g. `pre-share`, `rsa-sig`, `eap`; a key behind one is not kept. */
  readonly localAuthentications: readonly string[];
  readonly remoteAuthentications: readonly string[];
  readonly keyring: string | null;
  readonly trustpoints: readonly string[];
  readonly lifetimeSec: number | null;
  readonly dpdIntervalSec: number | null;
  readonly dpdRetrySec: number | null;
  /** `periodic` or `on-demand`. */
  readonly dpd: string | null;
  readonly virtualTemplate: number | null;
  /** Lines of authorization, accounting, configuration mode and NAT, as printed. */
  readonly options: readonly string[];
}

/** A line without a block that sets something for all of IKE, IPsec or one map, e.g. `crypto isakmp keepalive 10`. */
export interface CryptoSetting extends Fact {
  readonly text: string;
  /** Lines below it, e.g. of a trustpoint or a GDOI group; those of certificates and public keys are left out. */
  readonly below: readonly ConfigLine[];
}

/** A part of the configuration that no tunnel is made of: only where it stands. */
export interface OtherPart extends Fact {
  readonly heading: string;
}

export interface RunningConfigFacts {
  readonly hostname: (Fact & { readonly name: string }) | null;
  readonly isakmpPolicies: readonly IsakmpPolicyBlock[];
  /** `crypto isakmp key … address …`, of the global VRF. */
  readonly isakmpKeys: readonly KeyedPeer[];
  readonly keyrings: readonly KeyringBlock[];
  readonly isakmpProfiles: readonly IsakmpProfileBlock[];
  readonly ikev2Proposals: readonly Ikev2ProposalBlock[];
  readonly ikev2Policies: readonly Ikev2PolicyBlock[];
  readonly ikev2Profiles: readonly Ikev2ProfileBlock[];
  readonly transformSets: readonly TransformSetBlock[];
  readonly ipsecProfiles: readonly IpsecProfileBlock[];
  readonly cryptoMaps: readonly CryptoMapBlock[];
  readonly interfaces: readonly InterfaceBlock[];
  readonly accessLists: readonly AccessListBlock[];
  readonly settings: readonly CryptoSetting[];
  readonly others: readonly OtherPart[];
}
