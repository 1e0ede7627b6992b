import { readFile } from 'node:fs/promises';
import type { ConnectionFlags } from '../app/resolve-target.ts';
import { parseCredentialRef } from '../inventory/credential-ref.ts';
import type { CredentialRef, Inventory } from '../inventory/inventory.ts';
import { parseInventory } from '../inventory/parse-inventory.ts';
import { problemLine } from '../inventory/problem.ts';
import type { Limits } from '../transport/timeouts.ts';
import { Fault } from './fault.ts';

/** The connection options as yargs gives them. */
export interface ConnectionArguments {
  readonly inventory?: string | undefined;
  readonly allowPlainPasswords?: boolean | undefined;
  readonly user?: string | undefined;
  readonly port?: number | undefined;
  readonly password?: string | undefined;
  readonly enableSecret?: string | undefined;
  readonly identity?: string | undefined;
  readonly legacyAlgorithms?: boolean | undefined;
  readonly hostKeys?: 'strict' | 'accept-new' | undefined;
  readonly knownHosts?: string | undefined;
  readonly stateDir?: string | undefined;
  readonly record?: string | undefined;
  readonly transcript?: string | undefined;
  readonly samples: number;
  readonly interval: number;
  readonly timeoutConnect?: number | undefined;
  readonly timeoutLogin?: number | undefined;
  readonly timeoutCommand?: number | undefined;
  readonly timeoutRouter: number;
}

export function connectionFlags(args: ConnectionArguments): ConnectionFlags {
  return {
    user: args.user ?? null,
    port: args.port === undefined ? null : wholeNumber('--port', args.port, 1, 65_535),
    password: reference('--password', args.password),
    enableSecret: reference('--enable-secret', args.enableSecret),
    identity: args.identity ?? null,
    legacyAlgorithms: args.legacyAlgorithms ?? null,
    hostKeys: args.hostKeys ?? null,
    knownHosts: args.knownHosts ?? null,
    stateDir: args.stateDir ?? null,
  };
}

export function limitsOf(args: ConnectionArguments): Partial<Limits> {
  const ms = (flag: string, seconds: number | undefined): number | undefined =>
    seconds === undefined ? undefined : wholeNumber(flag, seconds, 1, 86_400) * 1000;
  const connectMs = ms('--timeout-connect', args.timeoutConnect);
  const authenticationMs = ms('--timeout-login', args.timeoutLogin);
  const commandIdleMs = ms('--timeout-command', args.timeoutCommand);
  return {
    // A port that accepts and says nothing is as dead as one that does not answer.
    ...(connectMs === undefined ? {} : { connectMs, identificationMs: connectMs }),
    ...(authenticationMs === undefined ? {} : { authenticationMs }),
    ...(commandIdleMs === undefined ? {} : { commandIdleMs }),
  };
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
