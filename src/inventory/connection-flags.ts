import type { CredentialRef, Timeouts } from './inventory.ts';

/** What the command line says about connecting; set values win over the inventory, null: not given. */
export interface ConnectionFlags {
  readonly user: string | null;
  readonly port: number | null;
  readonly password: CredentialRef | null;
  readonly enableSecret: CredentialRef | null;
  readonly identity: readonly string[] | null;
  readonly passphrase: CredentialRef | null;
  readonly agent: boolean | null;
  /** As `jump:` of the inventory. */
  readonly jump: string | null;
  readonly jumpPassword: CredentialRef | null;
  readonly legacyAlgorithms: boolean | null;
  readonly hostKeys: 'strict' | 'accept-new' | null;
  readonly knownHosts: string | null;
  readonly stateDir: string | null;
  readonly typeAhead: boolean | null;
  readonly timeouts: Timeouts;
}
