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

/** Seconds for each phase; what is not set is left to the caller's defaults. */
export interface Timeouts {
  readonly name?: number;
  readonly connect?: number;
  readonly keyExchange?: number;
  readonly login?: number;
  readonly prompt?: number;
  readonly enable?: number;
  readonly command?: number;
  readonly total?: number;
}

/** True: all legacy algorithms; a list: only these legacy names; false: none. */
export type LegacyChoice = boolean | readonly string[];

/** True: the agent of SSH_AUTH_SOCK; a path: the agent with that socket; false: none. */
export type AgentChoice = boolean | string;

/** What is said of any server to log in to, be it a router or a jump host; null where nothing was said. */
export interface LoginSettings {
  readonly port: number | null;
  readonly user: string | null;
  readonly password: CredentialRef | null;
  /** Private key files, in the order to try; empty: none, whatever else is configured. */
  readonly identity: readonly string[] | null;
  readonly passphrase: CredentialRef | null;
  readonly agent: AgentChoice | null;
  readonly legacyAlgorithms: LegacyChoice | null;
  readonly hostKeys: HostKeyRule | null;
  readonly knownHosts: string | null;
  /** Jump hosts before it, the first one to connect to first; empty: none, whatever else is configured. */
  readonly jump: readonly JumpHost[] | null;
}

/** A server to go through. One written as `[user@]host[:port]` has no settings but these three. */
export interface JumpHost extends LoginSettings {
  /** As it is written, for messages. */
  readonly name: string;
  /** Canonical address, DNS name, or a Host of the ssh_config. */
  readonly host: string;
}

/** One router with defaults and groups merged in; null where nothing was said. */
export interface InventoryRouter extends LoginSettings {
  readonly name: string;
  /** Canonical address, DNS name, or a Host of the ssh_config. */
  readonly host: string;
  readonly enableSecret: CredentialRef | null;
  readonly typeAhead: boolean | null;
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
  /** By name, those that `jumpHosts:` declares. */
  readonly jumpHosts: ReadonlyMap<string, JumpHost>;
  /** An OpenSSH config file to read, or `none`; null where nothing was said. */
  readonly sshConfig: string | null;
}
