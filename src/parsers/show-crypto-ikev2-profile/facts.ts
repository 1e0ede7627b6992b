import type { Fact } from '../parsed.ts';

/** One IKEv2 profile. Single values are null when the router prints `none` or nothing; lists are null only when the line is missing. */
export interface Ikev2Profile extends Fact {
  readonly name: string;
  readonly shutdown: boolean | null;
  readonly refCount: number | null;
  /** Front VRF a request must come from: `global`, `any` or a name. */
  readonly matchFvrf: string | null;
  /** Address or interface a request must come to. */
  readonly matchLocal: string | null;
  /** Identities of peers that match, as printed: `address 203.0.113.0 255.255.255.0`, `fqdn domain example.net`, `any` … */
  readonly identities: readonly string[] | null;
  readonly certificateMaps: readonly string[] | null;
  /** What this router calls itself, as printed: `address 192.0.2.1`, `fqdn hub.example.net`, `dn`. */
  readonly localIdentity: string | null;
  readonly remoteIdentity: string | null;
  /** pre-share, rsa-sig, ecdsa-sig, eap … as printed. */
  readonly localAuthentication: string | null;
  readonly remoteAuthentications: readonly string[] | null;
  readonly eapOptions: string | null;
  /** Name of the keyring, never what is in it. */
  readonly keyring: string | null;
  readonly ppkKeyring: string | null;
  readonly trustpoints: readonly string[] | null;
  readonly lifetimeSec: number | null;
  /** null when dead peers are not looked for. */
  readonly dpdIntervalSec: number | null;
  readonly dpdRetrySec: number | null;
  /** periodic, on-demand or disabled; null when the line is missing. */
  readonly dpd: string | null;
  readonly natKeepaliveSec: number | null;
  readonly ivrf: string | null;
  readonly virtualTemplate: string | null;
  readonly modeAuto: string | null;
  /** Lists of AAA by their names; FlexVPN takes the policy of a peer from the two of authorization. */
  readonly aaaAnyconnectEapAuthentication: string | null;
  readonly aaaEapAuthentication: string | null;
  readonly aaaAuthentication: string | null;
  readonly aaaAccounting: string | null;
  readonly aaaGroupAuthorization: string | null;
  readonly aaaUserAuthorization: string | null;
}

export interface Ikev2ProfileFacts {
  readonly profiles: readonly Ikev2Profile[];
}
