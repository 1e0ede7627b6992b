import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import type { ConnectionFlags } from '../inventory/connection-flags.ts';
import type { PlanContext } from '../inventory/connection-plan.ts';
import { parseCredentialRef } from '../inventory/credential-ref.ts';
import { homeFolder } from '../inventory/home-folder.ts';
import type { CredentialRef, Inventory, Timeouts } from '../inventory/inventory.ts';
import { parseInventory } from '../inventory/parse-inventory.ts';
import { problemLine } from '../inventory/problem.ts';
import { readSshConfig, type SshConfig } from '../inventory/ssh-config-file.ts';
import { Fault } from './fault.ts';

/** The connection options as yargs gives them. */
export interface ConnectionArguments {
  readonly inventory?: string | undefined;
  readonly allowPlainPasswords?: boolean | undefined;
  readonly user?: string | undefined;
  readonly port?: number | undefined;
  readonly password?: string | undefined;
  readonly enableSecret?: string | undefined;
  /** Given once it may be one text. */
  readonly identity?: string | readonly string[] | undefined;
  readonly passphrase?: string | undefined;
  readonly agent?: boolean | undefined;
  readonly jump?: string | undefined;
  readonly jumpPassword?: string | undefined;
  readonly sshConfig?: string | undefined;
  readonly typeAhead?: boolean | undefined;
  readonly legacyAlgorithms?: boolean | undefined;
  readonly hostKeys?: 'strict' | 'accept-new' | undefined;
  readonly knownHosts?: string | undefined;
  readonly stateDir?: string | undefined;
  readonly record?: string | undefined;
  readonly transcript?: string | undefined;
  readonly samples: number;
  readonly interval: number;
  readonly timeoutConnect?: number | undefined;
  readonly timeoutKeyExchange?: number | undefined;
  readonly timeoutLogin?: number | undefined;
  readonly timeoutPrompt?: number | undefined;
  readonly timeoutCommand?: number | undefined;
  readonly timeoutRouter?: number | undefined;
}

/** Those about logging in. */
export type LoginArguments = Omit<
  ConnectionArguments,
  'inventory' | 'samples' | 'interval' | 'record' | 'transcript'
>;

export function connectionFlags(args: LoginArguments): ConnectionFlags {
  return {
    user: args.user ?? null,
    port: args.port === undefined ? null : wholeNumber('--port', args.port, 1, 65_535),
    password: reference('--password', args.password),
    enableSecret: reference('--enable-secret', args.enableSecret),
    identity: args.identity === undefined ? null : [args.identity].flat(),
    passphrase: reference('--passphrase', args.passphrase),
    agent: args.agent ?? null,
    jump: args.jump ?? null,
    jumpPassword: reference('--jump-password', args.jumpPassword),
    legacyAlgorithms: args.legacyAlgorithms ?? null,
    hostKeys: args.hostKeys ?? null,
    knownHosts: args.knownHosts ?? null,
    stateDir: args.stateDir ?? null,
    typeAhead: args.typeAhead ?? null,
    timeouts: timeoutsOf(args),
  };
}

function timeoutsOf(args: LoginArguments): Timeouts {
  const given = [
    ['connect', '--timeout-connect', args.timeoutConnect],
    ['keyExchange', '--timeout-key-exchange', args.timeoutKeyExchange],
    ['login', '--timeout-login', args.timeoutLogin],
    ['prompt', '--timeout-prompt', args.timeoutPrompt],
    ['command', '--timeout-command', args.timeoutCommand],
    ['total', '--timeout-router', args.timeoutRouter],
  ] as const;
  return Object.fromEntries(
    given.flatMap(([key, flag, seconds]) =>
      seconds === undefined ? [] : [[key, wholeNumber(flag, seconds, 1, 86_400)]],
    ),
  );
}

/** Most seconds for one router where neither a flag nor the inventory says it. */
export const USUAL_ROUTER_SECONDS = 1200;

/** What stands beside the routers: jump hosts of the inventory, the ssh_config, and the account the program runs as. */
export async function planContext(
  args: Pick<ConnectionArguments, 'sshConfig'>,
  inventory: Pick<Inventory, 'jumpHosts' | 'sshConfig'> | null,
  env: Readonly<Record<string, string | undefined>>,
): Promise<PlanContext> {
  const home = homeFolder();
  return {
    sshConfig: await sshConfigOf(args.sshConfig ?? inventory?.sshConfig ?? null, home),
    jumpHosts: inventory?.jumpHosts ?? new Map(),
    local: { user: localUser(), home, hostName: hostname(), uid: process.getuid?.() ?? null, env },
    usualKeys:
      home === null
        ? []
        : ['id_ed25519', 'id_ecdsa', 'id_rsa'].map((name) => join(home, '.ssh', name)).filter(existsSync),
  };
}

/** `~/.ssh/config` is read where nothing else is said, as ssh does; `none` switches it off. */
async function sshConfigOf(named: string | null, home: string | null): Promise<SshConfig | null> {
  if (named === 'none' || (named === null && home === null)) return null;
  const result = await readSshConfig(named ?? '~/.ssh/config', named !== null);
  if (result.ok) return result.config;
  throw new Fault('the OpenSSH config cannot be used; nothing was asked', result.problems.map(problemLine));
}

/** Null in a container whose number has no account. */
function localUser(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}

/** The inventory, or a fault that names every problem with file, line and column. */
export async function readInventory(file: string, allowPlainPasswords = false): Promise<Inventory> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Fault(
      `cannot read the inventory ${file}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const parsed = parseInventory(text, file, { allowPlainPasswords });
  if (!parsed.ok)
    throw new Fault(
      `${file} has ${parsed.problems.length} problem(s); nothing was asked`,
      parsed.problems.map(problemLine),
    );
  return parsed.inventory;
}

function reference(flag: string, text: string | undefined): CredentialRef | null {
  if (text === undefined) return null;
  const parsed = parseCredentialRef(text);
  if (!parsed.ok) throw new Fault(`${flag}: ${parsed.message}`);
  return parsed.ref;
}

/** A number option checked against its range. */
export function wholeNumber(flag: string, value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Fault(`${flag} takes a whole number from ${least} to ${most}`);
  return value;
}
