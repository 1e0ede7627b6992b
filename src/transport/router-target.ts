import type { AlgorithmLists } from '../core/ssh-algorithms.ts';
import type { HostKeyRules } from './host-key-check.ts';

export type LoginMethod = 'publickey' | 'password' | 'keyboard-interactive';

/** A private key file's text, or a public key's: that one then names a key of the agent. */
export interface PrivateKey {
  /** The file as the user named it, for messages. */
  readonly name: string;
  readonly text: string;
  readonly passphrase: string | null;
}

/** What is needed to log in to an SSH server, be it a router or a jump host; credentials already resolved. */
export interface SshEndpoint {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | null;
  /** Tried before the password, in order. */
  readonly privateKeys?: readonly PrivateKey[];
  /** Path of the ssh-agent's socket; its keys are tried after `privateKeys`. */
  readonly agent?: string | null;
  /** Only these, in this order (PreferredAuthentications of an ssh_config); null: our order. */
  readonly methods?: readonly LoginMethod[] | null;
  /** True: all legacy names are offered; a list: only these legacy names; false: none. */
  readonly legacyAlgorithms: boolean | readonly string[];
  /** Explicit lists, from an ssh_config, that replace ours for a kind. */
  readonly algorithms?: Partial<AlgorithmLists>;
  readonly hostKeys: HostKeyRules;
  /** Set by this room for the hosts on the way: they are spoken of, and their credentials counted, apart from routers. */
  readonly isJumpHost?: boolean;
}

/** A router to log in to. */
export interface RouterTarget extends SshEndpoint {
  readonly enableSecret?: string | null;
  /** Jump hosts on the way, the first one to connect to first. */
  readonly via?: readonly SshEndpoint[];
  /** Opt-in: the next command is sent before the prompt of the last one was seen. */
  readonly typeAhead?: boolean;
}

/** `R1 (192.0.2.1:22)`, the beginning of every message. */
export function where(target: Pick<SshEndpoint, 'name' | 'host' | 'port'>): string {
  return `${target.name} (${target.host}:${target.port})`;
}

/** What it is called in messages: `the router`, `the jump host`. */
export function nounOf({ isJumpHost }: Pick<SshEndpoint, 'isJumpHost'>): 'router' | 'jump host' {
  return isJumpHost === true ? 'jump host' : 'router';
}
