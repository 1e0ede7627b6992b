import type { HostKeyRules } from './host-key-check.ts';

/** A router to log in to, with its credentials already resolved. */
export interface RouterTarget {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | null;
  readonly enableSecret?: string | null;
  /** The text of a private key file; tried before the password. */
  readonly privateKey?: string | null;
  readonly passphrase?: string | null;
  /** True when the inventory opted this router in to SHA-1, CBC, ssh-rsa, ssh-dss and group exchange. */
  readonly legacyAlgorithms: boolean;
  readonly hostKeys: HostKeyRules;
}

/** `R1 (192.0.2.1:22)`, the beginning of every message. */
export function where(target: RouterTarget): string {
  return `${target.name} (${target.host}:${target.port})`;
}
