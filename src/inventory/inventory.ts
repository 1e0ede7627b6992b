/** A secret by reference, never the secret itself; `plain` exists only where a flag allowed it. */
export type CredentialRef =
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'ask' }
  | { readonly kind: 'plain'; readonly value: string };

/** `fingerprint` is the one host key that is accepted, as `ssh-keygen -l` prints it: `SHA256:` and base64. */
export type HostKeyRule = 'strict' | 'accept-new' | { readonly fingerprint: string };

export const EXPECTATIONS = ['always-up', 'on-demand', 'backup', 'dynamic', 'off'] as const;
export type Expectation = (typeof EXPECTATIONS)[number];

/** What the inventory says of a tunnel; exactly one of `peer` and `peerIdentity` is set. */
export interface InventoryTunnel {
  /** Canonical IPv4 or IPv6 address. */
  readonly peer: string | null;
  readonly peerIdentity: string | null;
  /** null: as attachment and role say. */
  readonly expect: Expectation | null;
  readonly description: string | null;
  readonly interface: string | null;
}

/** Seconds; what is not set is left to the caller's defaults. */
export interface Timeouts {
  readonly connect?: number;
  readonly login?: number;
  readonly command?: number;
  readonly total?: number;
}

/** One router with defaults and groups merged in; null where nothing was said. */
export interface InventoryRouter {
  readonly name: string;
  /** Canonical address or DNS name. */
  readonly host: string;
  readonly port: number;
  readonly user: string | null;
  readonly password: CredentialRef | null;
  readonly enableSecret: CredentialRef | null;
  readonly identity: string | null;
  readonly jump: string | null;
  readonly legacyAlgorithms: boolean;
  readonly hostKeys: HostKeyRule | null;
  readonly knownHosts: string | null;
  readonly groups: readonly string[];
  readonly tags: readonly string[];
  readonly site: string | null;
  readonly description: string | null;
  readonly timeouts: Timeouts;
  readonly tunnels: readonly InventoryTunnel[];
  /** Line of the inventory file where the router begins. */
  readonly line: number;
}

export interface Inventory {
  readonly file: string;
  readonly format: 'yaml' | 'list';
  readonly groups: readonly string[];
  readonly routers: readonly InventoryRouter[];
}
